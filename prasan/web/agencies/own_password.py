"""Whoever was given a temporary password chooses his own before anything else."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _


class OwnPasswordFirst:
    """Sends a person with a temporary password to the page where he replaces it; he may also sign out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        change = reverse("account_change_password")
        if getattr(request.user, "has_temporary_password", False) and request.path not in (
            change,
            reverse("account_logout"),
            reverse("account_reauthenticate"),
            reverse("shell:preferences"),
        ):
            messages.info(request, _("Please choose a password of your own first, known to you alone."))
            return redirect(change)
        return self.get_response(request)
