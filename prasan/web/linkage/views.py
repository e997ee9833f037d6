"""Letters that came in: what became of each, and those that wait for an officer."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prasan.kernel.refusals import Refused
from prasan.linkage.actions import open_letter, settle_letter
from prasan.linkage.charsets import decoded
from prasan.linkage.models import IncomingLetter
from prasan.linkage.queries import letters_for, may_read_letters
from prasan.linkage.reading import read_letter
from prasan.web.shell.lists import Filter, Order, Rows, list_frame
from prasan.web.shell.requests import SignedInRequest
from prasan.web.shell.trail import Crumb

SHOWN_RAW = 20_000
"""Bytes shown of a letter that cannot be read: enough to see who wrote it."""


@login_required
@require_safe
def letter_list(request: SignedInRequest) -> HttpResponseBase:
    """The letters of the person's province; those that wait for him can be asked for alone."""
    if not may_read_letters(request.user):
        raise Http404
    frame = list_frame(
        request,
        letters_for(request.user),
        filters=[
            Filter("waits", _("For you to do"), (("yes", _("waits to be looked at")),), _waiting),
            Filter("outcome", _("What became of it"), IncomingLetter.Outcome.choices, _by_outcome),
        ],
        orders=[Order("new", _("Newest first"), ("-pk",))],
    )
    context = {"frame": frame, "trail": [*_under(), Crumb(_("Letters that came in"))]}
    return render(request, "linkage/letter_list.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def letter_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """What became of one letter; asked for, what it says, which is recorded."""
    letter = get_object_or_404(letters_for(request.user), pk=pk)
    told: dict[str, object] = {}
    if request.method == "POST":
        try:
            content = open_letter(letter, by=request.user)
        except Refused as refusal:
            told["refusal"] = refusal
        else:
            told["read"] = read = read_letter(content)
            told["raw"] = "" if read.words else decoded(content[:SHOWN_RAW], None)
    context = {
        "letter": letter,
        "trail": [
            *_under(),
            Crumb(_("Letters that came in"), reverse("linkage:letters")),
            Crumb(_("Letter that came in")),
        ],
        **told,
    }
    return render(request, "linkage/letter_page.html", context, status=422 if "refusal" in told else 200)


@login_required
@require_POST
def letter_settle(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that a letter is dealt with."""
    letter = get_object_or_404(letters_for(request.user), pk=pk)
    try:
        settle_letter(letter, by=request.user)
        messages.success(request, _("The letter is settled."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("linkage:letters")


def _waiting(rows: Rows, _code: str) -> Rows:
    return rows.filter(outcome=IncomingLetter.Outcome.SET_ASIDE, settled_at=None)


def _by_outcome(rows: Rows, code: str) -> Rows:
    return rows.filter(outcome=code)


def _under() -> list[Crumb]:
    return [Crumb(_("Complaints"), reverse("complaints:list"))]
