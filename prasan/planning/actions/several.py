"""One act on several proposals or routings at once: on all of them, or on none."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.models import Agency
from prasan.cases.actions import move
from prasan.kernel.refusals import Refused
from prasan.planning.actions.proposal import locked_proposal
from prasan.planning.actions.routing import (
    accept_routing,
    forward_proposal,
    hand_over_proposal,
    locked_routing,
)
from prasan.planning.models import Proposal, Routing

C = TypeVar("C", Proposal, Routing)


@transaction.atomic
def pass_on_proposals(proposals: Sequence[Proposal], *, by: User | None, note: str = "") -> list[Proposal]:
    """Pass classified proposals on to the amphoe committee."""
    return _each(proposals, lambda each: move(locked_proposal(each), "pass_on", by=by, note=note))


@transaction.atomic
def hand_over_proposals(
    proposals: Sequence[Proposal], *, agency: Agency, by: User | None, note: str = ""
) -> list[Proposal]:
    """Hand what the area does itself to one local government."""
    return _each(proposals, lambda each: hand_over_proposal(each, agency=agency, by=by, note=note))


@transaction.atomic
def forward_proposals(
    proposals: Sequence[Proposal],
    *,
    lead: Agency,
    co_agencies: Collection[Agency] = (),
    by: User | None,
    note: str = "",
) -> list[Proposal]:
    """Send proposals to one lead agency, and to the same agencies that help."""
    return _each(
        proposals,
        lambda each: forward_proposal(each, lead=lead, co_agencies=co_agencies, by=by, note=note),
    )


@transaction.atomic
def receive_routings(routings: Sequence[Routing], *, by: User | None) -> list[Routing]:
    """Say that what was sent has arrived."""
    return _each(routings, lambda each: move(each, "receive", by=by))


@transaction.atomic
def accept_routings(
    routings: Sequence[Routing], *, by: User | None, note: str = "", internal_note: str = ""
) -> list[Routing]:
    """Take all of them on, with the same words; what was not yet received is received first."""

    def accept(routing: Routing) -> Routing:
        _proposal, routing = locked_routing(routing)
        if routing.state == "sent":
            routing = move(routing, "receive", by=by)
        return accept_routing(routing, by=by, note=note, internal_note=internal_note)

    return _each(routings, accept)


def _each(cases: Sequence[C], act: Callable[[C], C]) -> list[C]:
    """Act on each in the order of its proposal, so that two who act on the same ones never block each other.

    A refusal names the proposal that it is about.
    """
    done = []
    for case in sorted(cases, key=lambda each: each.pk if isinstance(each, Proposal) else each.proposal_id):
        try:
            done.append(act(case))
        except Refused as refused:
            proposal = case if isinstance(case, Proposal) else case.proposal
            raise Refused(
                _("“%(name)s”: %(reason)s") % {"name": proposal.name, "reason": refused}
            ) from refused
    return done
