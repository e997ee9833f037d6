"""Addresses that only take what a form sends: what becomes of those who come there in another way."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _


class PostedOnly:
    """Leads a sender whose session ended back to the page of the form, and shows a page to whoever opens it.

    Django would lead the first to the bare address, which shows nothing, and the second sees nothing at all.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if answer.status_code == 405 and request.method == "GET":
            page = render(request, "404.html", status=405)
            page.headers["Allow"] = answer.headers["Allow"]
            return page
        is_sent_away = answer.status_code == 302 and answer.headers["Location"].startswith(settings.LOGIN_URL)
        if request.method == "POST" and is_sent_away and (form := _page_of_the_form(request)):
            messages.warning(
                request,
                _("You were signed out. Nothing has been saved: please sign in and send the form again."),
            )
            return redirect(f"{settings.LOGIN_URL}?{urlencode({'next': form})}")
        return answer


def _page_of_the_form(request: HttpRequest) -> str:
    """The path of our own page from which the form came; empty where the browser does not tell."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc != request.get_host() or came_from.path.startswith(settings.LOGIN_URL):
        return ""
    return came_from.path + (f"?{came_from.query}" if came_from.query else "")
