"""How a proposal changed on its way: its versions, what differs between two, revising and reviewing it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prasan.agencies.queries import decide
from prasan.kernel.digits import to_arabic
from prasan.kernel.refusals import Refused
from prasan.planning import rules
from prasan.planning.actions import review_proposal, revise_proposal
from prasan.planning.models import ProposalVersion
from prasan.planning.queries import may_see_inside, proposals_for
from prasan.planning.queries.versions import differences, versions_of
from prasan.web.agencies.views.acts import act_form, filled
from prasan.web.planning.forms import ProposalForm
from prasan.web.planning.trails import under_proposals
from prasan.web.planning.views.similar import beside_proposal
from prasan.web.shell.requests import SignedInRequest
from prasan.web.shell.trail import Crumb


@login_required
@require_safe
def version_list(request: SignedInRequest, pk: int) -> HttpResponse:
    """The versions of a proposal and what differs between two of them (`from`, `to`), else the last two."""
    proposal = get_object_or_404(proposals_for(request.user), pk=pk)
    if not may_see_inside(request.user, proposal):
        raise Http404
    versions = list(versions_of(proposal))
    after = _named(versions, request.GET.get("to", "")) or next(iter(versions), None)
    earlier = [version for version in versions if after is not None and version.number < after.number]
    before = _named(versions, request.GET.get("from", "")) or next(iter(earlier), None)
    both = before is not None and after is not None
    context = {
        "proposal": proposal,
        "versions": versions,
        "before": before,
        "after": after,
        "differences": differences(before.content, after.content) if both and before and after else None,
        "trail": [*under_proposals(proposal), Crumb(_("Versions"))],
    }
    return render(request, "planning/proposal_versions_page.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def revise_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a proposal on its way; how it read before is kept."""
    proposal = get_object_or_404(proposals_for(request.user), pk=pk)
    if not decide(request.user, rules.REVISE, proposal):
        raise Http404
    form = ProposalForm(**filled(request), proposal=proposal)
    return act_form(
        request,
        form,
        lambda: revise_proposal(proposal, form.words, by=request.user),
        title=_("Revise the proposal"),
        button=_("Save as a new version"),
        back=reverse("planning:proposal", args=[pk]),
        done=_("The new version is saved. Whoever decides next is told what changed."),
        effect=_("It stays where it stands. How it read before is kept, and the difference is shown."),
        trail=under_proposals(proposal),
        template="planning/proposal_form.html",
        about=lambda: {
            "similar_address": reverse("planning:proposal-edit-similar", args=[pk]),
            **beside_proposal(request, form),
        },
    )


@login_required
@require_POST
def review(request: SignedInRequest, pk: int) -> HttpResponse:
    """Confirm that a proposal still holds in this quarter."""
    proposal = get_object_or_404(proposals_for(request.user), pk=pk)
    if not may_see_inside(request.user, proposal):
        raise Http404
    try:
        review_proposal(proposal, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Saved: the proposal still holds. The next review is due next quarter."))
    return redirect("planning:proposal", pk)


def _named(versions: list[ProposalVersion], number: str) -> ProposalVersion | None:
    return next((each for each in versions if str(each.number) == to_arabic(number)), None)
