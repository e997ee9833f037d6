"""A person's own page, and the end of a session on another device."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from prasan.agencies.queries import postings_held_by
from prasan.web.shell.preferences import PreferencesForm, chosen_by
from prasan.web.shell.requests import SignedInRequest


@login_required
@require_safe
def me(request: SignedInRequest) -> HttpResponse:
    """Who I am here, what I hold, how I sign in and how I like to read."""
    person = request.user
    return render(
        request,
        "accounts/me_page.html",
        {
            "postings": postings_held_by(person),
            "form": PreferencesForm(initial=chosen_by(request)),
            "has_second_factor": is_mfa_enabled(person),
            "has_identity_provider": bool(settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]),
        },
    )


@login_required
@require_POST
def end_session(request: SignedInRequest, pk: int) -> HttpResponse:
    """Sign the person out on one of his devices."""
    get_object_or_404(UserSession, user=request.user, pk=pk).end()
    messages.success(request, _("That device is signed out."))
    return redirect("usersessions_list")
