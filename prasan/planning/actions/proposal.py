"""Writing a proposal that answers needs, submitting it and taking it back; what the tambon committee does."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.actions import made_before, wait_for_turn
from prasan.agencies.models import Agency, Committee, Resolution
from prasan.agencies.queries import require
from prasan.cases.actions import begin, move
from prasan.kernel.refusals import Refused
from prasan.kernel.rights import Right
from prasan.ledger.actions import record
from prasan.places.models import Area
from prasan.planning import events, rules
from prasan.planning.actions.brief import (
    ProposalWords,
    facts_of,
    is_in_force,
    keep_version,
    write_rows,
    write_words,
)
from prasan.planning.actions.call import take_into_call
from prasan.planning.models import Need, Proposal, ProposalVersion, StrategicIssue

ANSWERS_NOTHING = ("draft", "withdrawn", "declined", "refused", "merged", "split")
"""States of a proposal that keep no need from waiting for another one."""

REOPENINGS = ("reroute", "reclassify", "reconsider_refusal")
"""Steps that bring a declined or refused proposal back to life."""


@transaction.atomic
def propose_from_needs(
    needs: Collection[Need], words: ProposalWords, *, by: User | None, form_key: UUID | None = None
) -> Proposal:
    """Begin a proposal that answers entered needs; its target is the smallest area that holds them all.

    Once for each form: a form sent again gives the proposal as it stands now.
    """
    wait_for_turn(form_key)
    locked = _locked_needs(need.pk for need in needs)
    require(by, rules.PROPOSE, *locked)
    if (made := made_before(form_key, Proposal.objects.filter(created_by=by))) is not None:
        return made
    if not locked:
        raise Refused(_("A proposal answers at least one need. Please choose the needs."))
    if not_entered := [need for need in locked if need.state != "entered"]:
        raise Refused(_not_entered(not_entered))
    area = area_of_all([need.area for need in locked])
    proposal = Proposal(area=area, created_by=by, form_key=form_key)
    posting = require(by, rules.PROPOSE, proposal)
    write_words(proposal, words)
    begin(
        proposal,
        by=by,
        posting=posting,
        after={"area": proposal.area_id, "needs": [need.pk for need in locked], **facts_of(proposal)},
    )
    proposal.needs.set(locked)
    write_rows(proposal, words)
    return proposal


@transaction.atomic
def edit_proposal(proposal: Proposal, words: ProposalWords, *, by: User | None) -> Proposal:
    """Change a proposal that is still, or again, a draft."""
    proposal = locked_proposal(proposal)
    posting = require(by, writing_right(proposal), proposal)
    if proposal.state not in ("draft", "agency_draft"):
        raise Refused(_("The proposal is submitted already and can no longer be changed."))
    before = facts_of(proposal)
    write_words(proposal, words)
    proposal.save()
    write_rows(proposal, words)
    record(events.PROPOSAL_EDITED, proposal, by=by, posting=posting, before=before, after=facts_of(proposal))
    return proposal


@transaction.atomic
def submit_proposal(proposal: Proposal, *, by: User | None, note: str = "") -> Proposal:
    """Send a proposal to the tambon committee; the needs it answers are answered from then on."""
    proposal = locked_proposal(proposal)
    require(by, rules.PROPOSE, proposal)
    needs = _locked_needs(proposal.needs.values_list("pk", flat=True))
    if not_entered := [need for need in needs if need.state not in ("entered", "answered")]:
        raise Refused(_not_entered(not_entered))
    take_into_call(proposal, by=by)
    if by is not None:
        proposal.submitters.add(by)
    version = keep_version(proposal, ProposalVersion.Why.SUBMITTED, by=by)
    moved = move(
        proposal, "submit", by=by, note=note, after={**facts_of(proposal), "version": version.number}
    )
    answer_needs(moved, by=by)
    return moved


@transaction.atomic
def withdraw_proposal(proposal: Proposal, *, by: User | None, note: str) -> Proposal:
    """Take a proposal out of the way; needs that nothing else answers wait again."""
    proposal = locked_proposal(proposal)
    moved = move(proposal, "withdraw", by=by, note=note)
    reopen_needs(moved, by=by, note=note)
    return moved


@transaction.atomic
def refuse_proposal(proposal: Proposal, *, by: User | None, note: str) -> Proposal:
    """Say no as the governor; needs that nothing else answers wait again."""
    proposal = locked_proposal(proposal)
    moved = move(proposal, "refuse", by=by, note=note)
    reopen_needs(moved, by=None, note=note)
    return moved


@transaction.atomic
def reopen_proposal(proposal: Proposal, step: str, *, by: User | None, note: str) -> Proposal:
    """Bring a declined or refused proposal back by one of `REOPENINGS`; it answers its needs again."""
    if step not in REOPENINGS:
        raise ValueError(f"{step} brings no proposal back")
    moved = move(locked_proposal(proposal), step, by=by, note=note)
    answer_needs(moved, by=None)
    return moved


@transaction.atomic
def classify_proposal(
    proposal: Proposal,
    *,
    doer: str,
    level: str = "",
    issue: StrategicIssue | None = None,
    resolution: Resolution,
    by: User | None,
    note: str = "",
) -> Proposal:
    """Record on both axes what the tambon committee resolved: who does it, and which issue it serves."""
    proposal = locked_proposal(proposal)
    require(by, rules.CLASSIFY, proposal)
    if doer not in Proposal.Doer.values:
        raise Refused(_("Please say who does it: the area itself, jointly, or an agency."))
    if (doer == Proposal.Doer.REFER) != (level in Agency.Level.values):
        raise Refused(_("Please name the level of the agency exactly when the proposal is referred to one."))
    refuse_foreign_resolution(resolution, Committee.Kind.TAMBON, proposal.area)
    if issue is not None and not is_in_force(issue, proposal):
        raise Refused(
            _("This strategic issue belongs to another area or other years. Please choose another.")
        )
    proposal.doer, proposal.refer_level, proposal.issue = doer, level, issue
    proposal.serves = Proposal.Serves.ISSUE if issue else Proposal.Serves.NONE
    proposal.classified_in = resolution
    proposal.save(update_fields=["doer", "refer_level", "issue", "serves", "classified_in"])
    return move(
        proposal,
        "classify",
        by=by,
        note=note,
        after={
            "doer": doer,
            "level": level,
            "serves": str(proposal.serves),
            "issue": issue.pk if issue else None,
            "resolution": resolution.pk,
        },
    )


def writing_right(proposal: Proposal) -> Right:
    """The right to write a proposal: the area's own people, or the agency whose own project it is."""
    return rules.PROPOSE if proposal.own_by_id is None else rules.PROPOSE_OWN


def locked_proposal(proposal: Proposal) -> Proposal:
    """The proposal as it now stands, held until the act ends; locked before any of its routings or needs."""
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("area", "sector", "issue")
    return rows.get(pk=proposal.pk)


def answer_needs(proposal: Proposal, *, by: User | None) -> None:
    """Take the needs of a proposal that still wait out of waiting; `by` is None where this only follows."""
    for need in _locked_needs(proposal.needs.values_list("pk", flat=True)):
        if need.state == "entered":
            move(need, "answer", by=by, after={"proposal": proposal.pk})


def reopen_needs(proposal: Proposal, *, by: User | None, note: str) -> None:
    """Let the needs that no other proposal answers wait again; `by` is None where this only follows."""
    for need in _locked_needs(proposal.needs.values_list("pk", flat=True)):
        others = need.proposals.exclude(pk=proposal.pk).exclude(state__in=ANSWERS_NOTHING)
        if need.state == "answered" and not others.exists():
            move(need, "reopen", by=by, note=note, after={"proposal": proposal.pk})


def refuse_foreign_resolution(resolution: Resolution, kind: Committee.Kind, area: Area) -> None:
    """A resolution counts only when a committee of that kind, whose area holds this one, passed it."""
    committee = resolution.meeting.committee
    if committee.kind != kind or not area.path.startswith(committee.area.path):
        raise Refused(
            _("This is not a resolution of the %(committee)s of this area. Please choose another.")
            % {"committee": kind.label}
        )


def area_of_all(areas: Sequence[Area]) -> Area:
    """The smallest area that holds all of these; Refused where only the country does."""
    shared = []
    for codes in zip(*(area.path.split("/")[:-1] for area in areas), strict=False):
        if len(set(codes)) > 1:
            break
        shared.append(codes[0])
    if not shared:
        raise Refused(_("These needs lie in different provinces. Please write one proposal for each."))
    return Area.objects.get(code=shared[-1])


def _locked_needs(keys: Iterable[int]) -> list[Need]:
    rows = Need.objects.select_for_update(of=("self",)).select_related("area")
    return list(rows.filter(pk__in=list(keys)).order_by("pk"))


def _not_entered(needs: Collection[Need]) -> str:
    return _("Only entered needs can be answered; please check: %(needs)s.") % {
        "needs": ", ".join(f"“{need.title}”" for need in needs)
    }
