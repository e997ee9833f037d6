"""A province's own list of projects: sent, its columns confirmed, looked at, taken in."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prasan.agencies.queries import Person, within_reach
from prasan.kernel.refusals import Refused
from prasan.planning import rules
from prasan.planning.actions.listing import order_taking_in
from prasan.planning.imports.lists import confirm, looked_at, receive_file
from prasan.planning.models import ProposalList
from prasan.sheets.guessing import samples_of
from prasan.web.agencies.views.acts import act_form, made_already, sent
from prasan.web.planning.forms.listing import ListForm, ProjectColumnsForm, provinces_bringing_lists
from prasan.web.planning.trails import under_proposals
from prasan.web.shell.requests import SignedInRequest
from prasan.web.shell.trail import Crumb

MOST_FAULTS = 200
"""Faults shown on the page; more make a person mend the file first anyway."""


@login_required
@require_safe
def list_list(request: SignedInRequest) -> HttpResponse:
    """The lists that were sent, the latest first."""
    if not provinces_bringing_lists(request.user).exists():
        raise Http404
    context = {
        "lists": _lists_for(request.user)[:100],
        "trail": [*under_proposals(), Crumb(_("Lists of projects"))],
    }
    return render(request, "planning/list_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@transaction.atomic
def list_form(request: SignedInRequest) -> HttpResponse:
    """Send a file."""
    own = ProposalList.objects.filter(sent_by=request.user).defer("content")
    if (made := made_already(request, own)) is not None:
        return redirect("planning:list" if made.is_confirmed else "planning:list-columns", made.pk)
    if not provinces_bringing_lists(request.user).exists():
        raise Http404
    form = ListForm(sent(request), request.FILES or None, by=request.user)

    def receive() -> HttpResponse:
        file, area = form.cleaned_data["file"], form.cleaned_data["area"]
        form_key = form.cleaned_data["form_key"]
        listing = receive_file(area, file.read(), name=file.name or "", by=request.user, form_key=form_key)
        return redirect("planning:list-columns", listing.pk)

    return act_form(
        request,
        form,
        receive,
        title=_("Take in a list of projects"),
        button=_("Look at the file"),
        back=reverse("planning:list-list"),
        effect=_("Nothing is taken in before you have seen what the columns mean and which rows are wrong."),
        trail=_under_lists(),
    )


@login_required
@require_http_methods(["GET", "POST"])
def columns_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Confirm what each column means."""
    listing = _open(request, pk)
    form = ProjectColumnsForm(
        sent(request), listing=listing, samples=samples_of(bytes(listing.content or b""))
    )
    return act_form(
        request,
        form,
        lambda: confirm(
            listing,
            form.columns,
            fiscal_year=form.cleaned_data["fiscal_year"],
            standing=form.cleaned_data["standing"],
            by=request.user,
        ),
        title=_("What do the columns mean?"),
        button=_("Check the rows"),
        back=reverse("planning:list", args=[pk]),
        done=_("The columns are confirmed. A file with the same headings will be understood at once."),
        trail=_under_lists(),
        template="agencies/columns_form.html",
    )


@login_required
@require_safe
def list_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """What a list holds: right rows, wrong ones with their reasons; or what was taken in."""
    listing = get_object_or_404(_lists_for(request.user), pk=pk)
    if not listing.is_confirmed:
        return redirect("planning:list-columns", pk)
    is_open = listing.taken_at is None and listing.ordered_at is None
    reading, new = looked_at(listing) if is_open else (None, 0)
    context = {
        "listing": listing,
        "is_open": is_open,
        "reading": reading,
        "faults": reading.faults[:MOST_FAULTS] if reading else (),
        "new": new,
        "repeated": len(reading.projects) - new if reading else 0,
        "trail": [*_under_lists(), Crumb(listing.file_name)],
    }
    return render(request, "planning/list_page.html", context)


@login_required
@require_POST
def list_take(request: SignedInRequest, pk: int) -> HttpResponse:
    """Have the right rows taken in."""
    listing = get_object_or_404(_lists_for(request.user), pk=pk)
    try:
        order_taking_in(listing, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("planning:list", pk)


def _lists_for(user: Person) -> QuerySet[ProposalList]:
    rows = ProposalList.objects.select_related("area").defer("content")
    return within_reach(user, rules.IMPORT_PROPOSALS, rows).order_by("-pk")


def _open(request: SignedInRequest, pk: int) -> ProposalList:
    """A list that still waits to be taken in."""
    return get_object_or_404(_lists_for(request.user), pk=pk, taken_at=None, ordered_at=None)


def _under_lists() -> list[Crumb]:
    return [*under_proposals(), Crumb(_("Lists of projects"), reverse("planning:list-list"))]
