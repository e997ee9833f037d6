"""What waits for a person: the table says which state waits for whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import KW_ONLY, dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from prasan.agencies.queries import Person, postings_of, within_reach
from prasan.cases.models import Case
from prasan.kernel.rights import Right
from prasan.places.models import PARENTS
from prasan.planning import rules
from prasan.planning.models import Need, PlanItem, PlanVersion, Proposal, Routing

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

MOST_OF_A_KIND = 100
"""Cases of one kind on the desk at a time; the rest stands in the list."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Cases in a state wait for whoever has the right; `icon` and label are those of what is to be done.

    `only` narrows them to those that leave something to do, `own` to those that the person began or that lie
    right where his post is: others with the right need not be troubled. Icons stand by name, for set-up.
    """

    model: type[Case]
    state: str
    right: Right
    to_do: str | StrPromise
    _: KW_ONLY
    icon: str = "inbox"
    only: Q | None = None
    own: bool = False


@dataclass(frozen=True, slots=True)
class WorkPiece:
    """One case that waits for the person, and since when."""

    waiting: Waiting
    case: Case

    @property
    def since(self) -> datetime:
        """The moment from which it has waited."""
        return self.case.state_since


_WITH_ITEMS = Q(pk__in=PlanItem.objects.values("version"))
_WITH_UNPLACED = Q(pk__in=PlanItem.objects.filter(placing=PlanItem.Placing.UNPLACED).values("version"))
_WITH_UNCONFIRMED = Q(
    pk__in=PlanItem.objects.filter(run__isnull=False, run__confirmed_at=None).values("version")
)

CONFIRM_CLUSTERS = Waiting(
    PlanVersion,
    "in_bill",
    rules.PLACE,
    _("Confirm which cluster the pages of the bill are about"),
    icon="question-circle",
    only=_WITH_UNCONFIRMED,
)
PLACE_LINES = Waiting(
    PlanVersion,
    "in_bill",
    rules.PLACE,
    _("Say where lines of the bill belong"),
    icon="geo-alt",
    only=_WITH_UNPLACED,
)

WAITING = (
    Waiting(Need, "draft", rules.ENTER_NEED, _("Finish and enter the need"), icon="pencil", own=True),
    Waiting(Need, "entered", rules.PROPOSE, _("Answer the need with a proposal"), icon="file-earmark-plus"),
    Waiting(Proposal, "draft", rules.PROPOSE, _("Finish and submit the proposal"), icon="pencil", own=True),
    Waiting(
        Proposal,
        "agency_draft",
        rules.PROPOSE_OWN,
        _("Finish and submit the agency's project"),
        icon="pencil",
    ),
    Waiting(Proposal, "submitted", rules.CLASSIFY, _("Take up for the tambon committee"), icon="inbox"),
    Waiting(Proposal, "tambon_review", rules.CLASSIFY, _("Record the classification"), icon="diagram-3"),
    Waiting(Proposal, "classified", rules.CLASSIFY, _("Pass on what was classified"), icon="arrow-up-circle"),
    Waiting(
        Proposal, "amphoe_review", rules.ROUTE, _("Send to the agency with the power"), icon="signpost-split"
    ),
    Waiting(Routing, "sent", rules.ANSWER, _("Receive the proposal"), icon="inbox"),
    Waiting(Routing, "received", rules.ANSWER, _("Answer the proposal"), icon="check-circle"),
    Waiting(Proposal, "accepted", rules.DECIDE, _("Decide on the proposal"), icon="journal-check"),
    Waiting(Proposal, "ranked", rules.DECIDE, _("Decide on the proposal"), icon="journal-check"),
    Waiting(
        PlanVersion,
        "draft",
        rules.KEEP_PLAN,
        _("Bring the plan before the provincial committee"),
        icon="journal-text",
        only=_WITH_ITEMS,
    ),
    Waiting(PlanVersion, "endorsed", rules.ADOPT, _("Adopt the plan"), icon="journal-check"),
    CONFIRM_CLUSTERS,
    PLACE_LINES,
)
_WITH = {
    Need: (f"area__{PARENTS}",),
    Proposal: (f"area__{PARENTS}",),
    Routing: (f"proposal__area__{PARENTS}", "agency"),
    PlanVersion: ("plan__area", "plan__cluster"),
}


def work_pieces(user: Person) -> list[WorkPiece]:
    """Everything that waits for the person, what has waited longest first."""
    pieces = [piece for waiting in WAITING for piece in _pieces(user, waiting)]
    return sorted(pieces, key=lambda piece: piece.since)


def _pieces(user: Person, waiting: Waiting) -> Iterator[WorkPiece]:
    rows = waiting.model._base_manager.filter(waiting.only or Q(), state=waiting.state)
    if waiting.own:
        rows = rows.filter(
            Q(created_by=user) | Q(area__in=[posting.area_id for posting in postings_of(user)])
        )
    rows = rows.select_related(*_WITH[waiting.model])
    cases = list(within_reach(user, waiting.right, rows).order_by("pk")[:MOST_OF_A_KIND])
    for case in cases:
        yield WorkPiece(waiting, case)
