"""The headers that tell browsers what pages of ours may do: load from us alone, run no inline script."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def content_policy(tiles: str) -> str:
    """The Content-Security-Policy; map tiles may come from the host that the settings name, if any."""
    address = urlsplit(tiles)
    tile_host = f" {address.scheme}://{address.netloc}" if address.netloc else ""
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
            "form-action 'self'",
        )
    )


class ContentSecurityPolicy:
    """Adds the policies to every answer; a view that set its own keeps it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.headers = {
            "Content-Security-Policy": content_policy(settings.MAP_TILES),
            "Permissions-Policy": "geolocation=(self), camera=(self), microphone=(), payment=(), usb=()",
        }

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        for name, value in self.headers.items():
            answer.headers.setdefault(name, value)
        return answer
