"""What an agency proposes by itself, without a village asking."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.actions import made_before, wait_for_turn
from prasan.agencies.models import Agency
from prasan.agencies.queries import postings_of, require
from prasan.cases.actions import begin, move
from prasan.kernel.refusals import Refused
from prasan.places.models import Area
from prasan.planning import rules
from prasan.planning.actions.brief import ProposalWords, facts_of, keep_version, write_rows, write_words
from prasan.planning.actions.call import take_into_call
from prasan.planning.actions.proposal import answer_needs, locked_proposal, reopen_needs
from prasan.planning.actions.routing import refuse_without_power
from prasan.planning.models import Need, Proposal, ProposalVersion


@transaction.atomic
def propose_as_agency(
    agency: Agency,
    area: Area,
    words: ProposalWords,
    *,
    needs: Collection[Need] = (),
    by: User | None,
    form_key: UUID | None = None,
) -> Proposal:
    """Begin a project of an agency for an area in which it has power; it may answer needs, and need not.

    Once for each form: a form sent again gives the project as it stands now.
    """
    wait_for_turn(form_key)
    proposal = Proposal(area=area, own_by=agency, created_by=by, form_key=form_key)
    posting = require(by, rules.PROPOSE_OWN, proposal)
    if (made := made_before(form_key, Proposal.objects.filter(created_by=by))) is not None:
        return made
    require(by, rules.ANSWER_NEED, *needs)
    if any(not need.area.path.startswith(area.path) for need in needs):
        raise Refused(_("Only needs inside the target area can be answered. Please choose others."))
    if by is not None and agency.pk not in {
        held.agency_id for held in postings_of(by) if held.role == "agency_officer"
    }:
        raise Refused(_("You can propose for your own agency only."))
    refuse_without_power(agency, proposal)
    write_words(proposal, words)
    begin(
        proposal,
        by=by,
        posting=posting,
        after={"area": area.pk, "agency": agency.pk, **facts_of(proposal)},
    )
    proposal.needs.set(needs)
    write_rows(proposal, words)
    return move(proposal, "propose_own", by=by)


@transaction.atomic
def submit_own_project(proposal: Proposal, *, by: User | None, note: str = "") -> Proposal:
    """Send an agency's project to be ranked with what villages asked for."""
    proposal = locked_proposal(proposal)
    posting = require(by, rules.PROPOSE_OWN, proposal)
    take_into_call(proposal, by=by)
    version = keep_version(proposal, ProposalVersion.Why.SUBMITTED, by=by, posting=posting)
    if by is not None:
        proposal.submitters.add(by)
    moved = move(
        proposal, "submit_own", by=by, note=note, after={**facts_of(proposal), "version": version.number}
    )
    answer_needs(moved, by=None)
    return moved


@transaction.atomic
def withdraw_own_project(proposal: Proposal, *, by: User | None, note: str) -> Proposal:
    """Take an agency's project out of the way; needs that nothing else answers wait again."""
    moved = move(locked_proposal(proposal), "withdraw_own", by=by, note=note)
    reopen_needs(moved, by=None, note=note)
    return moved
