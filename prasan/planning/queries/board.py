"""What lies before a committee: the needs and proposals of its area, by how far they have come."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Model, Prefetch, QuerySet

from prasan.agencies.queries import Person, within_reach
from prasan.places.models import Area, Level
from prasan.planning import rules
from prasan.planning.models import Need, Proposal, Routing
from prasan.planning.queries.needs import needs_for
from prasan.planning.queries.proposals import proposals_for
from prasan.planning.queries.reviews import with_reading
from prasan.planning.states import NEED, PROPOSAL

MOST_IN_A_COLUMN = 100
"""Cases shown in one column; the list shows the rest."""

COMPOSABLE = ("submitted", "tambon_review")
"""States in which the tambon committee may merge, split or classify a proposal, in the order of its way."""

TICKABLE = (*COMPOSABLE, "classified", "amphoe_review")
"""States in which a committee acts on several proposals at once."""

_TAMBON = ("submitted", "tambon_review", "classified", "handed_over")
_AMPHOE = ("amphoe_review", "forwarded", "accepted", "declined")


@dataclass(frozen=True, slots=True)
class Column:
    """Cases in one state: those shown, and how many there are."""

    state: str
    label: str
    cases: list[Model]
    number: int

    @property
    def ticked_with(self) -> str:
        """The column whose acts these are ticked for; empty where nothing is done with several."""
        if self.state in COMPOSABLE:
            return COMPOSABLE[-1]
        return self.state if self.state in TICKABLE else ""


def boards_for(user: Person) -> QuerySet[Area]:
    """The amphoe and tambon whose boards the person may open."""
    rows = Area.objects.filter(level__in=(Level.AMPHOE, Level.TAMBON), is_abolished=False)
    return within_reach(user, rules.VIEW_BOARD, rows).order_by("path")


def needs_on_board(user: Person, area: Area) -> Column:
    """The needs of an area that wait for a proposal."""
    rows = needs_for(user).filter(area__path__startswith=area.path, state="entered")
    return _column("entered", str(NEED.state("entered").label), rows.order_by("area__path", "pk"))


def proposals_on_board(user: Person, area: Area) -> list[Column]:
    """The proposals of an area in the states that its committee looks at, in the order of their way."""
    states = _AMPHOE if area.level == Level.AMPHOE else _TAMBON
    sent_to = Prefetch("routings", Routing.objects.select_related("agency").order_by("-is_lead", "pk"))
    rows = with_reading(proposals_for(user).filter(area__path__startswith=area.path))
    rows = rows.prefetch_related(sent_to)
    return [
        _column(state, str(PROPOSAL.state(state).label), rows.filter(state=state).order_by("pk"))
        for state in states
    ]


def _column(state: str, label: str, rows: QuerySet[Need] | QuerySet[Proposal]) -> Column:
    shown: list[Model] = list(rows[: MOST_IN_A_COLUMN + 1])
    number = len(shown) if len(shown) <= MOST_IN_A_COLUMN else rows.count()
    return Column(state, label, shown[:MOST_IN_A_COLUMN], number)
