"""The inbox of an agency: what was sent to it, what it thinks of it, and its answer."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prasan.agencies.queries import decide, holds_anywhere
from prasan.cases.queries import next_steps, open_steps, timeline
from prasan.planning import rules
from prasan.planning.actions.assessment import why_not_now
from prasan.planning.models import Routing
from prasan.planning.queries import (
    Assessed,
    assessments_of,
    brief_of,
    files_for,
    inbox_for,
    proposals_for,
    routings_for,
    with_reading,
)
from prasan.planning.states import ROUTING
from prasan.web.agencies.lists import by_state
from prasan.web.planning.exports import routings_table
from prasan.web.planning.inbox import (
    by_assessment,
    by_part,
    by_province_sent_from,
    by_waiting,
    searched_by_proposal,
)
from prasan.web.planning.steps import OF_ROUTINGS
from prasan.web.planning.trails import under_proposals, under_routing
from prasan.web.planning.views.moving import asking_step, bare_step, marks_of
from prasan.web.shell.exports import table_file
from prasan.web.shell.lists import Order, list_frame
from prasan.web.shell.requests import SignedInRequest
from prasan.web.shell.trail import Crumb


@login_required
@require_safe
def routing_list(request: SignedInRequest) -> HttpResponseBase:
    """What was sent to the person's agency, what has waited longest first."""
    if not holds_anywhere(request.user, rules.KEEP_INBOX):
        raise Http404
    frame = list_frame(
        request,
        inbox_for(request.user),
        search=searched_by_proposal,
        filters=[
            by_state(ROUTING),
            by_waiting(),
            by_assessment(),
            by_part(),
            by_province_sent_from(request),
        ],
        orders=[
            Order("old", _("Sent first"), ("pk",)),
            Order("new", _("Newest first"), ("-pk",)),
            Order("budget", _("Largest budget"), ("-proposal__budget_asked", "-pk")),
        ],
        exports=("csv", "xlsx"),
    )
    if frame.export:
        return table_file(request, routings_table(frame.found), frame.export, name="inbox")
    context = {
        "frame": frame,
        "may_answer": holds_anywhere(request.user, rules.ANSWER),
        "trail": [Crumb(_("Inbox of the agency"))],
    }
    return render(request, "planning/routing_list.html", context)


@login_required
@require_safe
def routing_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """One proposal as an agency received it, with the answers open to it."""
    return _show(request, _found(request, pk))


@login_required
@require_POST
def routing_step(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Receive."""
    routing = _found(request, pk)
    return bare_step(
        request,
        routing,
        code,
        back=reverse("planning:routing", args=[pk]),
        show=lambda told, status: _show(request, routing, told, status),
    )


@login_required
@require_http_methods(["GET", "POST"])
def routing_act(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Accept, decline, return, or take the answer back."""
    routing = _found(request, pk)
    return asking_step(
        request,
        routing,
        code,
        asked=OF_ROUTINGS,
        back=reverse("planning:routing", args=[pk]),
        trail=under_routing(routing),
        template="planning/routing_step_form.html",
        about={"assessments": _assessments(request, routing)},
    )


def _found(request: SignedInRequest, pk: int) -> Routing:
    return get_object_or_404(with_reading(routings_for(request.user), "proposal_id"), pk=pk)


def _assessments(request: SignedInRequest, routing: Routing) -> list[Assessed]:
    return assessments_of(request.user, Routing.objects.filter(pk=routing.pk))


def _show(
    request: SignedInRequest, routing: Routing, told: Mapping[str, object] | None = None, status: int = 200
) -> HttpResponse:
    user = request.user
    rows = with_reading(routings_for(user), "proposal_id")
    routing = rows.filter(pk=routing.pk).first() or routing
    proposal = proposals_for(user).filter(pk=routing.proposal_id).first()
    context = {
        "routing": routing,
        "proposal": proposal or routing.proposal,
        "brief": brief_of(proposal or routing.proposal),
        "may_see_proposal": proposal is not None,
        "steps": [each for each in open_steps(routing, user) if each.step.right is rules.ANSWER],
        "events": timeline(routing, viewer=user),
        "next": [each for each in next_steps(routing) if each.step.right is rules.ANSWER],
        "files": files_for(user, routing.proposal),
        "read_marks": marks_of(routing),
        "assessments": _assessments(request, routing),
        "may_assess": not why_not_now(routing) and bool(decide(user, rules.ASSESS, routing)),
        "trail": [
            *under_proposals(proposal),
            Crumb(_("Sent to %(agency)s") % {"agency": routing.agency}),
        ],
        **(told or {}),
    }
    return render(request, "planning/routing_page.html", context, status=status)
