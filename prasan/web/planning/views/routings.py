"""What was sent to an agency, and its answer."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prasan.cases.queries import next_steps, open_steps, timeline
from prasan.planning import rules
from prasan.planning.models import Routing
from prasan.planning.queries import brief_of, files_for, proposals_for, routings_for
from prasan.web.planning.steps import OF_ROUTINGS
from prasan.web.planning.trails import under_proposals
from prasan.web.planning.views.moving import asking_step, bare_step
from prasan.web.shell.requests import SignedInRequest
from prasan.web.shell.trail import Crumb


@login_required
@require_safe
def routing_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """One proposal as an agency received it, with the answers open to it."""
    return _show(request, get_object_or_404(routings_for(request.user), pk=pk))


@login_required
@require_POST
def routing_step(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Receive."""
    routing = get_object_or_404(routings_for(request.user), pk=pk)
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
    routing = get_object_or_404(routings_for(request.user), pk=pk)
    return asking_step(
        request,
        routing,
        code,
        asked=OF_ROUTINGS,
        back=reverse("planning:routing", args=[pk]),
        trail=[*under_proposals(), Crumb(str(routing.agency), reverse("planning:routing", args=[pk]))],
        template="planning/routing_step_form.html",
    )


def _show(
    request: SignedInRequest, routing: Routing, told: Mapping[str, object] | None = None, status: int = 200
) -> HttpResponse:
    user = request.user
    routing = routings_for(user).filter(pk=routing.pk).first() or routing
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
        "trail": [
            *under_proposals(proposal),
            Crumb(_("Sent to %(agency)s") % {"agency": routing.agency}),
        ],
        **(told or {}),
    }
    return render(request, "planning/routing_page.html", context, status=status)
