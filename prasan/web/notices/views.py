"""A person's letters: the list with what is unread, one letter, and the switch for e-mail."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from prasan.accounts.models import User
from prasan.agencies.models import Call
from prasan.awards.models import Edition, Entry
from prasan.awards.queries import editions_for, entries_for
from prasan.complaints.models import Complaint, Referral
from prasan.complaints.queries import complaints_for, referrals_for
from prasan.innovations.models import Adoption, Cookbook, FollowUpOrder
from prasan.innovations.queries import adoptions_inside, cookbooks_for, orders_for
from prasan.ledger.queries import kind_of
from prasan.notices.actions import mark_read, switch_mail
from prasan.notices.models import Letter
from prasan.notices.queries import letters_for, reason_in, wants_mail
from prasan.planning.models import Need, Proposal
from prasan.planning.queries import calls_for, needs_for, proposals_for
from prasan.web.shell.lists import Filter, Order, Rows, list_frame
from prasan.web.shell.requests import SignedInRequest
from prasan.web.shell.trail import Crumb

MY_WORK = Crumb(_("My work"), "/my/")


@login_required
@require_safe
def letter_list(request: SignedInRequest) -> HttpResponse:
    """The person's letters, the newest first."""
    frame = list_frame(
        request,
        letters_for(request.user),
        filters=[Filter("read", _("Read"), (("no", _("unread")), ("yes", _("read"))), _by_reading)],
        orders=[Order("new", _("Newest first"), ("-pk",))],
    )
    context = {
        "frame": frame,
        "wants_mail": wants_mail(request.user),
        "goes_by": settings.LETTERS_GO_BY,
        "trail": [MY_WORK, Crumb(_("My letters"))],
    }
    return render(request, "notices/letter_list.html", context)


@login_required
@require_safe
def letter_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """One letter, which counts as read from then on."""
    letter = get_object_or_404(letters_for(request.user), pk=pk)
    letter = mark_read(letter, by=request.user)
    context = {
        "letter": letter,
        "reason": reason_in(letter),
        "about": _address_of(letter, request.user),
        "trail": [MY_WORK, Crumb(_("My letters"), reverse("notices:letters")), Crumb(letter.title)],
    }
    return render(request, "notices/letter_page.html", context)


@login_required
@require_POST
def mail(request: SignedInRequest) -> HttpResponse:
    """Switch the person's letters by e-mail on or off."""
    on = request.POST.get("on") == "yes"
    switch_mail(by=request.user, on=on)
    messages.success(
        request,
        _("Your letters come by e-mail, too.")
        if on
        else _("Your letters stand here only, not in your e-mail."),
    )
    return redirect("notices:letters")


def _by_reading(rows: Rows, code: str) -> Rows:
    return rows.filter(read_at__isnull=code == "no")


def _address_of(letter: Letter, user: User) -> str:
    """Where what the letter tells of is read; empty where the person does not reach it any more."""
    for model, rows, page in (
        (Call, calls_for, "planning:call"),
        (Need, needs_for, "planning:need"),
        (Proposal, proposals_for, "planning:proposal"),
        (Complaint, complaints_for, "complaints:complaint"),
        (Referral, referrals_for, "complaints:referral"),
        (Edition, editions_for, "awards:edition"),
        (Entry, entries_for, "awards:entry"),
        (Adoption, adoptions_inside, "innovations:adoption"),
        (FollowUpOrder, orders_for, "innovations:order"),
    ):
        if letter.subject_kind == kind_of(model):
            found = rows(user).filter(pk=letter.subject_id).exists()
            return reverse(page, args=[letter.subject_id]) if found else ""
    if letter.subject_kind == kind_of(Cookbook):
        cookbook = cookbooks_for(user).filter(pk=letter.subject_id).first()
        return reverse("innovations:cookbook", args=[cookbook.innovation_id]) if cookbook else ""
    return ""
