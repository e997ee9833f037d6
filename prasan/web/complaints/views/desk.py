"""Complaints as officers see them: the list, one complaint, its steps, and who sent it."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prasan.agencies.queries import Person, decide, holds_anywhere
from prasan.cases.queries import next_steps, open_steps, timeline
from prasan.cases.searching import searched
from prasan.complaints import rules
from prasan.complaints.actions import reveal_sender
from prasan.complaints.models import Complaint, Sender
from prasan.complaints.queries import (
    areas_with_figures,
    clocks_of,
    complaints_for,
    likely_same_as,
    may_see_complaints,
    may_take_in,
    photographs_for,
    referrals_of,
    repeats_of,
    right_to_reveal,
)
from prasan.complaints.states import COMPLAINT
from prasan.kernel.refusals import Refused
from prasan.web.agencies.lists import by_area, by_state, state_asked
from prasan.web.agencies.views.stepping import asking_step
from prasan.web.complaints.beside import acts_beside
from prasan.web.complaints.clock_words import told as in_words
from prasan.web.complaints.lists import by_agency, by_group, by_kind, by_officials, by_urgency
from prasan.web.complaints.periods import by_period
from prasan.web.complaints.reuse import reused_for
from prasan.web.complaints.steps import OF_COMPLAINTS
from prasan.web.complaints.texts import filled_from_template, texts_beside
from prasan.web.places.outlines import around
from prasan.web.shell.fields import Point
from prasan.web.shell.lists import Order, list_frame
from prasan.web.shell.requests import SignedInRequest
from prasan.web.shell.trail import Crumb

FIELD_NAMES = {
    "name": _("Name"),
    "phone": _("Telephone"),
    "email": _("E-mail"),
    "citizen_number": _("Citizen number"),
    "address": _("Address"),
}


@login_required
@require_safe
def complaint_list(request: SignedInRequest) -> HttpResponseBase:
    """The complaints that the person may see."""
    if not may_see_complaints(request.user):
        raise Http404
    frame = list_frame(
        request,
        complaints_for(request.user, state=state_asked(request, COMPLAINT)),
        search=searched,
        filters=[
            by_state(COMPLAINT),
            by_urgency(),
            by_kind(),
            *by_area(request),
            by_period(),
            by_group(),
            *by_agency(request.GET.get("agency", "")),
            *([by_officials()] if holds_anywhere(request.user, rules.VIEW_RESTRICTED) else []),
        ],
        orders=[
            Order("urgent", _("Most urgent first"), ("due_on", "pk")),
            Order("new", _("Newest first"), ("-pk",)),
            Order("old", _("Waiting longest first"), ("state_since", "pk")),
        ],
    )
    context = {
        "frame": frame,
        "may_take_in": may_take_in(request.user),
        "has_figures": bool(areas_with_figures(request.user)),
        "may_see_rules": holds_anywhere(request.user, rules.VIEW_RULES),
        "trail": [Crumb(_("Complaints"))],
    }
    return render(request, "complaints/complaint_list.html", context)


@login_required
@require_safe
def complaint_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """One complaint: what was told, where it is, what happened and what can be done."""
    return _show(request, _found(request, pk))


@login_required
@require_http_methods(["GET", "POST"])
def complaint_act(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Screen, send to agencies, take on, ask for more, join, part, close or open again."""
    complaint = _found(request, pk)
    return asking_step(
        request,
        complaint,
        code,
        asked=filled_from_template(request, OF_COMPLAINTS, complaint),
        back=reverse("complaints:complaint", args=[pk]),
        trail=_under(complaint),
        template="complaints/act_form.html",
        about=texts_beside(request, code),
    )


@login_required
@never_cache
@require_POST
def sender_field(request: SignedInRequest, pk: int, field: str) -> HttpResponse:
    """Show one field of who sent it; that it was looked at is recorded."""
    complaint = _found(request, pk)
    if field not in Sender.FIELDS:
        raise Http404
    try:
        shown = reveal_sender(complaint, field, by=request.user)
    except Refused as refusal:
        return _show(request, complaint, {"refusal": refusal}, 422)
    told = {"field": FIELD_NAMES[field], "shown": shown or _("not told")}
    return _show(request, complaint, {"revealed": told})


def _found(request: SignedInRequest, pk: int) -> Complaint:
    return get_object_or_404(complaints_for(request.user), pk=pk)


def _under(complaint: Complaint) -> list[Crumb]:
    return [
        Crumb(_("Complaints"), reverse("complaints:list")),
        Crumb(complaint.number, reverse("complaints:complaint", args=[complaint.pk])),
    ]


def _show(
    request: SignedInRequest,
    complaint: Complaint,
    told: Mapping[str, object] | None = None,
    status: int = 200,
) -> HttpResponse:
    user = request.user
    complaint = complaints_for(user).filter(pk=complaint.pk).first() or complaint
    point = (
        Point(complaint.latitude, complaint.longitude) if complaint.latitude and complaint.longitude else None
    )
    may_screen = bool(decide(user, rules.SCREEN, complaint))
    photographs = list(photographs_for(user, complaint))
    clocks = clocks_of(complaint, timezone.now())
    steps = [each for each in open_steps(complaint, user) if each.step.right is rules.SCREEN]
    context = {
        "complaint": complaint,
        "steps": steps,
        "events": timeline(complaint, viewer=user),
        "next": next_steps(complaint),
        "referrals": [
            (referral, in_words(clocks.at_agencies.get(referral.pk, ())))
            for referral in referrals_of(complaint)
        ],
        "photographs": photographs,
        "reused": reused_for(photographs, user),
        "clocks": in_words(clocks.own),
        "beside": acts_beside(complaint, user),
        "repeats": repeats_of(complaint, user),
        "likely": _likely(user, complaint) if may_screen and complaint.state == "received" else (),
        "sender_fields": FIELD_NAMES.items() if decide(user, right_to_reveal(complaint), complaint) else (),
        "point": point,
        "around": around(complaint.area, [point]) if point else "",
        "trail": [*_under(complaint)[:1], Crumb(complaint.number)],
        **(told or {}),
    }
    return render(request, "complaints/complaint_page.html", context, status=status)


def _likely(user: Person, complaint: Complaint) -> list[Complaint]:
    """Those likely the same that the person may see, the likeliest first."""
    keys = [each.key for each in likely_same_as(complaint)]
    seen = complaints_for(user).in_bulk(keys)
    return [seen[key] for key in keys if key in seen]
