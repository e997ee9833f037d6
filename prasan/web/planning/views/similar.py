"""What is like the need or proposal that is being written, beside its form; nothing is kept of the words.

They are posted, since an address is kept in logs and histories. What cannot be read yet is left out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from prasan.agencies.queries import decide
from prasan.planning import rules
from prasan.planning.models import Need, Proposal
from prasan.planning.queries import may_propose_own, may_see_inside, needs_for, proposals_for
from prasan.planning.queries.similar import SoFar, similar_to, so_far_of
from prasan.web.planning.forms import NeedForm, ProposalForm, ProposeForm
from prasan.web.planning.forms.proposal import OwnProjectForm
from prasan.web.shell.requests import SignedInRequest


@login_required
@require_POST
def of_need(request: SignedInRequest, pk: int | None = None) -> HttpResponse:
    """For the form of a new need, or of the one that is being changed."""
    need = get_object_or_404(needs_for(request.user), pk=pk) if pk else None
    form = NeedForm(request.POST, by=request.user, need=need)
    if not form.offers_villages:
        raise Http404
    form.full_clean()
    return _answer(request, beside(request, form.so_far, but=need))


@login_required
@require_POST
def of_proposal(request: SignedInRequest, pk: int | None = None) -> HttpResponse:
    """For the form of a new proposal that answers needs, or of one that is being changed or revised."""
    if pk is None:
        return _of_proposal(request, ProposeForm(request.POST, by=request.user))
    proposal = get_object_or_404(proposals_for(request.user), pk=pk)
    if not may_see_inside(request.user, proposal):
        raise Http404
    return _of_proposal(request, ProposalForm(request.POST, proposal=proposal))


@login_required
@require_POST
def of_own_project(request: SignedInRequest) -> HttpResponse:
    """For the form of an agency's new project."""
    if not may_propose_own(request.user):
        raise Http404
    return _of_proposal(request, OwnProjectForm(request.POST, by=request.user))


def beside(
    request: SignedInRequest,
    so_far: SoFar,
    *,
    but: Need | Proposal | None = None,
    answered: Collection[int] = (),
) -> Mapping[str, object]:
    """What planning/similar_part.html shows: the similar ones, and the board on which they can be joined."""
    found = similar_to(request.user, so_far, but=but, answered=answered)
    area = so_far.area
    keeps_board = bool(found) and area is not None and decide(request.user, rules.JOIN_NEEDS, area)
    return {"similar": found, "board": area.pk[:6] if keeps_board and area is not None else ""}


def beside_proposal(request: SignedInRequest, form: ProposalForm) -> Mapping[str, object]:
    """What is shown beside the form of a proposal that was sent, or is kept already."""
    if form.is_bound:
        return beside(request, form.so_far, but=form.proposal, answered=form.answered)
    return beside_kept(request, form.proposal) if form.proposal is not None else {}


def beside_kept(request: SignedInRequest, case: Need | Proposal) -> Mapping[str, object]:
    """What is like one that is kept already."""
    answered = case.needs.values_list("pk", flat=True) if isinstance(case, Proposal) else ()
    return beside(request, so_far_of(case), but=case, answered=list(answered))


def _of_proposal(request: SignedInRequest, form: ProposalForm) -> HttpResponse:
    form.full_clean()
    return _answer(request, beside_proposal(request, form))


def _answer(request: SignedInRequest, told: Mapping[str, object]) -> HttpResponse:
    return render(request, "planning/similar_part.html", told)
