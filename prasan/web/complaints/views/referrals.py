"""The inbox of an agency: complaints that were sent to it, and its answers."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from prasan.agencies.queries import holds_anywhere
from prasan.cases.queries import open_steps, timeline
from prasan.cases.searching import searched
from prasan.complaints import rules
from prasan.complaints.models import Complaint, Referral
from prasan.complaints.queries import clocks_of, photographs_for, referrals_for
from prasan.complaints.states import REFERRAL
from prasan.web.agencies.lists import by_state
from prasan.web.agencies.views.stepping import asking_step
from prasan.web.complaints.beside import acts_beside
from prasan.web.complaints.clock_words import told as in_words
from prasan.web.complaints.lists import by_officer, by_urgency
from prasan.web.complaints.reuse import reused_for
from prasan.web.complaints.steps import OF_REFERRALS
from prasan.web.complaints.texts import filled_from_template, texts_beside
from prasan.web.shell.lists import Order, Rows, list_frame
from prasan.web.shell.requests import SignedInRequest
from prasan.web.shell.trail import Crumb

MOST_COUNTED = 1_000
"""Of an agency that holds 300,000 complaints, those with a common word are counted to this in 0.1 s."""


@login_required
@require_safe
def referral_list(request: SignedInRequest) -> HttpResponseBase:
    """What was sent to the person's agency, what has waited longest first."""
    if not holds_anywhere(request.user, rules.HANDLE):
        raise Http404
    frame = list_frame(
        request,
        referrals_for(request.user),
        search=_searched,
        filters=[by_state(REFERRAL), by_urgency(), by_officer(request.user)],
        orders=[
            Order("urgent", _("Most urgent first"), ("due_on", "pk")),
            Order("old", _("Waiting longest first"), ("state_since", "pk")),
            Order("new", _("Newest first"), ("-pk",)),
        ],
        counted_to=MOST_COUNTED,
        counted_in_order=True,
    )
    context = {"frame": frame, "trail": [Crumb(_("Complaints for your agency"))]}
    return render(request, "complaints/referral_list.html", context)


@login_required
@require_safe
def referral_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """One complaint as the agency received it, with the answers open to it."""
    referral = get_object_or_404(referrals_for(request.user), pk=pk)
    photographs = list(photographs_for(request.user, referral.complaint))
    clocks = clocks_of(referral.complaint, timezone.now())
    context = {
        "referral": referral,
        "complaint": referral.complaint,
        "steps": [each for each in open_steps(referral, request.user) if each.step.right is rules.HANDLE],
        "photographs": photographs,
        "reused": reused_for(photographs, request.user),
        "clocks": in_words(clocks.at_agencies.get(referral.pk, ())),
        "beside": acts_beside(referral.complaint, request.user),
        "events": timeline(referral, viewer=request.user),
        "course": timeline(referral.complaint, viewer=request.user),
        "trail": [*_under(referral)[:1], Crumb(referral.complaint.number)],
    }
    return render(request, "complaints/referral_page.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def referral_act(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Acknowledge, begin work, answer, return or refer on."""
    referral = get_object_or_404(referrals_for(request.user), pk=pk)
    return asking_step(
        request,
        referral,
        code,
        asked=filled_from_template(request, OF_REFERRALS, referral.complaint),
        back=reverse("complaints:referral", args=[pk]),
        trail=_under(referral),
        template="complaints/act_form.html",
        about=texts_beside(request, code),
    )


def _searched(rows: Rows, text: str) -> Rows:
    return rows.filter(complaint__in=searched(Complaint.objects.all(), text))


def _under(referral: Referral) -> list[Crumb]:
    return [
        Crumb(_("Complaints for your agency"), reverse("complaints:referral-list")),
        Crumb(referral.complaint.number, reverse("complaints:referral", args=[referral.pk])),
    ]
