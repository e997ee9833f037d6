"""Proposals: the list, one proposal's page, writing one and taking it along its steps."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prasan.agencies.queries import decide, holds_anywhere
from prasan.cases.queries import next_steps, open_steps
from prasan.kernel.flow import Step
from prasan.planning import rules
from prasan.planning.actions import edit_proposal, propose_from_needs
from prasan.planning.actions.proposal import writing_right
from prasan.planning.models import Need, Proposal
from prasan.planning.queries import (
    areas_of_work,
    assessments_of,
    brief_of,
    files_for,
    item_of,
    may_propose_own,
    may_see_inside,
    needs_for,
    needs_to_propose,
    proposals_for,
    proposals_inside,
    revised_since_classified,
    routings_for,
    routings_of,
    searched,
    stale_among,
    whole_history,
    with_reading,
)
from prasan.planning.queries.versions import standing_on
from prasan.planning.states import PROPOSAL
from prasan.web.agencies.lists import by_area, by_state, state_asked
from prasan.web.agencies.views.acts import act_form, made_already
from prasan.web.planning.exports import proposals_table
from prasan.web.planning.forms import FileForm, ProposalForm, ProposeForm
from prasan.web.planning.forms.proposal_rows import filled_by_file
from prasan.web.planning.forms.standing import StandingForm
from prasan.web.planning.lists import by_author, by_hand, by_proposer, by_review, by_sector, by_stage
from prasan.web.planning.required import files_asked_by_form, files_asked_of
from prasan.web.planning.steps import OF_PROPOSALS
from prasan.web.planning.trails import under_proposals
from prasan.web.planning.views.files import kinds_of_files
from prasan.web.planning.views.moving import asking_step, bare_step, marks_of, submit_unless_draft
from prasan.web.planning.views.similar import beside_kept, beside_proposal
from prasan.web.shell.exports import table_file
from prasan.web.shell.lists import Order, list_frame
from prasan.web.shell.requests import SignedInRequest
from prasan.web.shell.trail import Crumb


@login_required
@require_safe
def proposal_list(request: SignedInRequest) -> HttpResponseBase:
    """The proposals that the person's posts are about; those of other areas stand in the plan."""
    frame = list_frame(
        request,
        proposals_inside(request.user, state=state_asked(request, PROPOSAL)),
        search=searched,
        filters=[
            by_state(PROPOSAL),
            by_stage(),
            by_hand(),
            by_author(request),
            *by_area(request),
            by_sector(),
            by_review(),
            by_proposer(),
        ],
        orders=[
            Order("new", _("Newest first"), ("-pk",)),
            Order("budget", _("Largest budget"), ("-budget_asked", "-pk")),
            Order("area", _("Area"), ("area_id", "-pk")),
        ],
        exports=("csv", "xlsx"),
    )
    if frame.export:
        return table_file(request, proposals_table(frame.found), frame.export, name="proposals")
    context = {
        "frame": frame,
        "stale": stale_among(frame.rows),
        "may_propose_own": may_propose_own(request.user),
        "may_propose": needs_to_propose(request.user).exists(),
        "may_bring_lists": holds_anywhere(request.user, rules.IMPORT_PROPOSALS),
        "trail": [Crumb(_("Proposals"))],
    }
    return render(request, "planning/proposal_list.html", context)


@login_required
@require_safe
def proposal_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """One proposal with all that belongs to it; who is not inside sees it as an item of the plan."""
    proposal = get_object_or_404(proposals_for(request.user), pk=pk)
    if not may_see_inside(request.user, proposal):
        item = item_of(proposal)
        if item is None:
            raise Http404
        return redirect("planning:item", item.pk)
    return _show(request, proposal)


@login_required
@require_http_methods(["GET", "POST"])
@transaction.atomic
def propose_form(request: SignedInRequest) -> HttpResponse:
    """Write a proposal that answers needs; the address may name them (`need`, more than once)."""
    if (written := made_already(request, Proposal.objects.filter(created_by=request.user))) is not None:
        return redirect("planning:proposal", written.pk)
    if not needs_to_propose(request.user).exists():
        raise Http404
    chosen = _needs_named(request)
    form = ProposeForm(**filled_by_file(request, areas_of_work(request.user)), by=request.user, chosen=chosen)
    return act_form(
        request,
        form,
        lambda: _propose(request, form),
        title=_("Write a proposal"),
        button=_("Save and submit"),
        back=reverse("planning:need", args=[chosen[0].pk])
        if len(chosen) == 1
        else reverse("planning:proposal-list"),
        trail=under_proposals(),
        effect=_("Once submitted, the tambon committee receives it; its needs count as answered."),
        template="planning/proposal_form.html",
        about=lambda: {
            "may_keep": True,
            "may_fill": True,
            "similar_address": reverse("planning:proposal-similar"),
            **beside_proposal(request, form),
            **files_asked_by_form(form, by=request.user),
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def proposal_edit_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a proposal that is a draft, and submit it at once unless it is to stay one."""
    proposal = get_object_or_404(proposals_for(request.user), pk=pk)
    if not decide(request.user, writing_right(proposal), proposal):
        raise Http404
    form = ProposalForm(**filled_by_file(request, [proposal.area]), proposal=proposal)
    return act_form(
        request,
        form,
        lambda: submit_unless_draft(request, edit_proposal(proposal, form.words, by=request.user)),
        title=_("Change the proposal"),
        button=_("Save and submit"),
        back=reverse("planning:proposal", args=[pk]),
        trail=under_proposals(proposal),
        effect=_("Once submitted, it is ranked with what villages asked for; the governor decides.")
        if proposal.own_by_id
        else _("Once submitted, the tambon committee receives it; its needs count as answered."),
        template="planning/proposal_form.html",
        about=lambda: {
            "may_keep": True,
            "may_fill": True,
            "similar_address": reverse("planning:proposal-edit-similar", args=[pk]),
            **beside_proposal(request, form),
            **files_asked_by_form(form, by=request.user, proposal=proposal),
        },
    )


@login_required
@require_POST
def proposal_step(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Take a step that needs no more than a note."""
    proposal = _inside(request, pk)
    return bare_step(
        request,
        proposal,
        code,
        back=reverse("planning:proposal", args=[pk]),
        show=lambda told, status: _show(request, proposal, told, status),
    )


@login_required
@require_http_methods(["GET", "POST"])
def proposal_act(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Take a step that asks for more."""
    proposal = _inside(request, pk)
    return asking_step(
        request,
        proposal,
        code,
        asked=OF_PROPOSALS,
        back=reverse("planning:proposal", args=[pk]),
        trail=under_proposals(proposal),
        template="planning/proposal_step_form.html",
    )


def _inside(request: SignedInRequest, pk: int) -> Proposal:
    proposal = get_object_or_404(with_reading(proposals_for(request.user)), pk=pk)
    if not may_see_inside(request.user, proposal):
        raise Http404
    return proposal


def _show(
    request: SignedInRequest, proposal: Proposal, told: Mapping[str, object] | None = None, status: int = 200
) -> HttpResponse:
    user = request.user
    rows = with_reading(proposals_for(user)).prefetch_related("versions", "routings", "submitters")
    proposal = rows.filter(pk=proposal.pk).first() or proposal
    steps = open_steps(proposal, user)
    answering = [each for each in steps if each.step.right is rules.ANSWER]
    sent_to = routings_for(user).filter(proposal=proposal)
    files = list(files_for(user, proposal))
    may_edit = _may_edit(request, proposal)
    context = {
        "proposal": proposal,
        "brief": brief_of(proposal),
        "read_marks": marks_of(proposal),
        "assessments": assessments_of(user, proposal.routings.all()),
        "steps": [each for each in steps if each not in answering and _has_form(each.step, proposal)],
        "made_of": proposals_for(user).filter(descents__child=proposal),
        "became": proposals_for(user).filter(origins__parent=proposal).exclude(state="withdrawn"),
        "to_answer": sent_to.filter(is_lead=True).first() if answering else None,
        "needs": proposal.needs.select_related("area").order_by("pk"),
        "needs_seen": set(needs_for(user).filter(proposals=proposal).values_list("pk", flat=True)),
        "routings": routings_of(proposal),
        "routings_seen": set(sent_to.values_list("pk", flat=True)),
        "files": files,
        "item": item_of(proposal),
        "chapters": whole_history(proposal, viewer=user),
        "next": next_steps(proposal),
        "may_edit": may_edit,
        **(beside_kept(request, proposal) if may_edit else {}),
        "may_revise": bool(decide(user, rules.REVISE, proposal)),
        "is_stale": proposal.state in rules.LIVE and bool(stale_among([proposal])),
        "revised": revised_since_classified(proposal),
        "kinds_of_files": kinds_of_files(files),
        "may_release": proposal.state != "draft" and bool(decide(user, rules.RELEASE, proposal)),
        "file_form": FileForm() if may_edit else None,
        **(files_asked_of(proposal) if may_edit else {}),
        **_as_of(request, proposal),
        "trail": [*under_proposals(), Crumb(proposal.name)],
        **(told or {}),
    }
    return render(request, "planning/proposal_page.html", context, status=status)


def _as_of(request: SignedInRequest, proposal: Proposal) -> dict[str, object]:
    """How the proposal stood on the day that the address asks for (`as_of`), if it asks for one."""
    form = StandingForm(request.GET if "as_of" in request.GET else None)
    then = standing_on(proposal, form.cleaned_data["as_of"]) if form.is_valid() else None
    return {"standing_form": form, "then": then}


def _has_form(step: Step, proposal: Proposal) -> bool:
    """Steps that several proposals take together are taken on the board of the committee."""
    if step.code == "dissolve":
        return proposal.origins.exists()
    return not step.by_action or step.code in OF_PROPOSALS


def _may_edit(request: SignedInRequest, proposal: Proposal) -> bool:
    is_draft = proposal.state in ("draft", "agency_draft")
    return is_draft and bool(decide(request.user, writing_right(proposal), proposal))


def _needs_named(request: SignedInRequest) -> list[Need]:
    asked = request.GET.getlist("need")[:50]
    keys = [key for key in asked if key.isascii() and key.isdigit() and len(key) < 12]
    return list(needs_to_propose(request.user).filter(pk__in=keys)) if keys else []


def _propose(request: SignedInRequest, form: ProposeForm) -> HttpResponse:
    given = form.cleaned_data
    proposal = propose_from_needs(given["needs"], form.words, by=request.user, form_key=given["form_key"])
    return submit_unless_draft(request, proposal)
