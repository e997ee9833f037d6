"""Revising a proposal on its way, confirming that it still holds, and deciding on what was really read."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.queries import require
from prasan.kernel.calendar import Quarter, today
from prasan.kernel.refusals import Refused
from prasan.ledger.actions import record
from prasan.planning import events, rules
from prasan.planning.actions.brief import (
    ProposalWords,
    facts_of,
    is_in_force,
    keep_version,
    write_rows,
    write_words,
)
from prasan.planning.actions.proposal import locked_proposal
from prasan.planning.models import Proposal, ProposalVersion, Review
from prasan.planning.queries.brief import content_of
from prasan.planning.queries.reviews import Reading, with_reading
from prasan.planning.states.proposal.guards import proposal_is_complete


@transaction.atomic
def revise_proposal(proposal: Proposal, words: ProposalWords, *, by: User | None) -> Proposal:
    """Change a proposal on its way, before it is decided, and keep how it read before and after.

    Where it stands stays; whoever decides next is told that it changed. This also counts as the quarter's
    review.
    """
    proposal = locked_proposal(proposal)
    posting = require(by, rules.REVISE, proposal)
    before, read_before = facts_of(proposal), content_of(proposal)
    write_words(proposal, words)
    if reason := proposal_is_complete(proposal):
        raise Refused(reason)
    if proposal.issue is not None and not is_in_force(proposal.issue, proposal):
        raise Refused(
            _("It was classified under a strategic issue of other years. Please keep the fiscal year.")
        )
    proposal.save()
    if by is not None:
        proposal.submitters.add(by)
    write_rows(proposal, words)
    if content_of(proposal) == read_before:
        raise Refused(
            _("Nothing was changed. If the proposal still holds as it stands, please confirm that.")
        )
    version = keep_version(proposal, ProposalVersion.Why.REVISED, by=by, posting=posting)
    record(
        events.PROPOSAL_REVISED,
        proposal,
        by=by,
        posting=posting,
        before=before,
        after={**facts_of(proposal), "version": version.number},
    )
    _look(proposal, version, by=by)
    return proposal


@transaction.atomic
def review_proposal(proposal: Proposal, *, by: User | None) -> Review:
    """Confirm in the current quarter that a proposal on its way still holds as it stands."""
    proposal = locked_proposal(proposal)
    posting = require(by, rules.REVISE, proposal)
    quarter = Quarter.of(today())
    if proposal.reviews.filter(fiscal_year=quarter.fiscal_year.be, quarter=quarter.number).exists():
        raise Refused(_("This quarter's review is done already. If something changed, please revise it."))
    review = _look(proposal, proposal.versions.last(), by=by)
    record(
        events.PROPOSAL_REVIEWED,
        proposal,
        by=by,
        posting=posting,
        after={"fiscal_year": review.fiscal_year, "quarter": review.quarter},
    )
    return review


def refuse_unread(readings: Mapping[int, Reading]) -> None:
    """Hold these proposals until the act ends; Refused if one was revised or has gone on since it was read.

    It comes first in the transaction of an act, before anything else is held.
    """
    rows = Proposal.objects.select_for_update(of=("self",)).filter(pk__in=readings).order_by("pk")
    held = [row.pk for row in rows]
    for proposal in with_reading(Proposal.objects.filter(pk__in=held)):
        read = readings[proposal.pk]
        version: int = proposal.read_version  # type: ignore[attr-defined] # by `with_reading`
        if version != read.version:
            raise Refused(
                _(
                    "“%(name)s” was revised after you opened the page: it now reads as version %(number)d. "
                    "Please look at it again, then decide."
                )
                % {"name": proposal.name, "number": version}
            )
        if read.state not in ("", proposal.state):
            raise Refused(
                _(
                    "“%(name)s” has gone on after you opened the page: it now stands at “%(state)s”. "
                    "Please look at it again, then decide."
                )
                % {"name": proposal.name, "state": proposal.state_now.label}
            )


def _look(proposal: Proposal, version: ProposalVersion | None, *, by: User | None) -> Review:
    quarter = Quarter.of(today())
    review, _is_new = Review.objects.update_or_create(
        proposal=proposal,
        fiscal_year=quarter.fiscal_year.be,
        quarter=quarter.number,
        defaults={"version": version, "reviewed_by": by},
    )
    return review
