"""Headers that tell browsers what pages of ours may do, and to keep no copy of what a session was shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import cast
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def content_policy(tiles: str, providers: Iterable[str] = ()) -> str:
    """The Content-Security-Policy: all from us alone, no inline script.

    Map tiles may come from the host that the settings name, and the button of sign-in may lead on to the
    identity providers: some browsers hold `form-action` against the address that a form is redirected to.
    """
    tile_host = _origin(tiles)
    provider_hosts = "".join(dict.fromkeys(_origin(address) for address in providers))
    return "; ".join(
        (
            "default-src 'self'",
            "script-src 'self'",
            "style-src 'self'",
            f"img-src 'self' data: blob:{tile_host}",
            f"connect-src 'self'{tile_host}",
            "font-src 'self'",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            f"form-action 'self'{provider_hosts}",
        )
    )


def _origin(address: str) -> str:
    """Scheme and host of an address, with a space in front; empty where there is none."""
    parts = urlsplit(address)
    return f" {parts.scheme}://{parts.netloc}" if parts.netloc else ""


def _providers() -> list[str]:
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return [cast("dict[str, str]", app["settings"])["server_url"] for app in apps]


class ContentSecurityPolicy:
    """Adds the policies to every answer; a view that set its own keeps it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.headers = {
            "Content-Security-Policy": content_policy(settings.MAP_TILES, _providers()),
            "Permissions-Policy": "geolocation=(self), camera=(self), microphone=(), payment=(), usb=()",
        }

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        for name, value in self.headers.items():
            answer.headers.setdefault(name, value)
        return answer


class NoCopies:
    """Tells browsers to keep nothing of what a session was shown; a view that set its own rule keeps it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        # The cookie is asked, not the person: this must also work while the database does not answer.
        if settings.SESSION_COOKIE_NAME in request.COOKIES or settings.SESSION_COOKIE_NAME in answer.cookies:
            answer.headers.setdefault("Cache-Control", "private, no-store")
        return answer
