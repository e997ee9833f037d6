"""Complaints of another system as a file: sent, its columns confirmed, looked through, taken in."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prasan.accounts.models import User
from prasan.complaints.actions.listing import confirm_list, discard_list, order_list
from prasan.complaints.imports.listed import FIELDS
from prasan.complaints.imports.lists import looked_at, receive_file
from prasan.complaints.models import ComplaintList
from prasan.kernel.refusals import Refused
from prasan.sheets.guessing import samples_of
from prasan.web.agencies.columns import meanings_of
from prasan.web.agencies.views.acts import act_form, made_already, sent
from prasan.web.complaints.listing import (
    ComplaintColumnsForm,
    ComplaintListForm,
    lists_for,
    provinces_bringing_complaints,
)
from prasan.web.shell.requests import SignedInRequest
from prasan.web.shell.trail import Crumb

MOST_FAULTS = 200
"""Faults shown on the page; more make a person mend the file first anyway."""


@login_required
@require_safe
def list_list(request: SignedInRequest) -> HttpResponse:
    """The lists that were sent, the latest first."""
    _require_bringing(request)
    context = {"lists": lists_for(request.user)[:100], "trail": _under_lists()}
    return render(request, "complaints/list_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@transaction.atomic
def list_form(request: SignedInRequest) -> HttpResponse:
    """Send a file."""
    own = ComplaintList.objects.filter(sent_by=request.user).defer("content")
    if (made := made_already(request, own)) is not None:
        return redirect("complaints:list-page", made.pk)
    _require_bringing(request)
    form = ComplaintListForm(sent(request), request.FILES or None, by=request.user)

    def receive() -> HttpResponse:
        given = form.cleaned_data
        listing = receive_file(
            given["area"],
            given["agency"],
            given["file"].read(),
            name=given["file"].name or "",
            by=request.user,
            form_key=given["form_key"],
        )
        return redirect("complaints:list-columns", listing.pk)

    return act_form(
        request,
        form,
        receive,
        title=_("Take in a list of complaints"),
        button=_("Look at the file"),
        back=reverse("complaints:list-list"),
        effect=_("Nothing is taken in before you have seen what the columns mean and which rows are wrong."),
        trail=_under_lists(),
    )


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def columns_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Confirm what each column means."""
    listing = _open(request, pk)
    form = ComplaintColumnsForm(
        sent(request), listing=listing, samples=samples_of(bytes(listing.content or b""))
    )
    return act_form(
        request,
        form,
        lambda: confirm_list(listing, form.columns, manner=form.cleaned_data["manner"], by=request.user),
        title=_("What do the columns mean?"),
        button=_("Check the rows"),
        back=reverse("complaints:list-page", args=[pk]),
        done=_("The columns are confirmed. A file with the same headings will be understood at once."),
        trail=_under_lists(),
        template="agencies/columns_form.html",
    )


@login_required
@never_cache
@require_safe
def list_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """What a list holds: right rows, wrong ones with their reasons; or how far taking in has come."""
    listing = get_object_or_404(lists_for(request.user), pk=pk)
    if not listing.is_confirmed and listing.is_open:
        return redirect("complaints:list-columns", pk)
    reading, new = looked_at(listing) if listing.is_open else (None, 0)
    names = {"": _("not used"), **dict(meanings_of(FIELDS))}
    context = {
        "listing": listing,
        "meanings": [(header, names[listing.columns.get(header, "")]) for header in listing.headers],
        "reading": reading,
        "faults": reading.faults[:MOST_FAULTS] if reading else (),
        "unknown_kinds": reading.unknown_kinds.most_common(20) if reading else (),
        "new": new,
        "repeated": len(reading.complaints) - new if reading else 0,
        "trail": [*_under_lists(), Crumb(listing.file_name)],
    }
    return render(request, "complaints/list_page.html", context)


@login_required
@require_POST
def list_take(request: SignedInRequest, pk: int) -> HttpResponse:
    """Have the right rows taken in."""
    return _act(request, pk, order_list)


@login_required
@require_POST
def list_discard(request: SignedInRequest, pk: int) -> HttpResponse:
    """Throw the file away."""
    return _act(request, pk, discard_list)


def _act(request: SignedInRequest, pk: int, act: Callable[..., ComplaintList]) -> HttpResponse:
    listing = get_object_or_404(lists_for(request.user), pk=pk)
    by: User = request.user
    try:
        act(listing, by=by)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("complaints:list-page", pk)


def _require_bringing(request: SignedInRequest) -> None:
    if not provinces_bringing_complaints(request.user).exists():
        raise Http404


def _open(request: SignedInRequest, pk: int) -> ComplaintList:
    """A list that still waits for somebody to say what becomes of it."""
    return get_object_or_404(
        lists_for(request.user), pk=pk, taken_at=None, ordered_at=None, discarded_at=None
    )


def _under_lists() -> list[Crumb]:
    return [
        Crumb(_("Complaints"), reverse("complaints:list")),
        Crumb(_("Lists of complaints"), reverse("complaints:list-list")),
    ]
