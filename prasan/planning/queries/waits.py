"""In whose hands the cases of an area lie, how many in each, and which has waited longest for a step."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from prasan.agencies.queries import Person, decide
from prasan.kernel.calendar import BANGKOK, today
from prasan.places.models import COUNTRY, PARENTS, Area
from prasan.places.queries import last_code_inside
from prasan.planning import rules
from prasan.planning.models import Need, Proposal
from prasan.planning.queries.overview import Totals
from prasan.planning.states import ANSWERING, HANDS, HELD, Hand


@dataclass(frozen=True, slots=True)
class Waits:
    """How many cases wait in one hand, and the one of them that has stood longest in its state."""

    hand: Hand
    number: int
    longest: Need | Proposal

    @property
    def since(self) -> datetime:
        """The moment of the last step on the case that waits longest."""
        return self.longest.state_since

    @property
    def days(self) -> int:
        """For how many days it has waited, as days pass in Bangkok."""
        return (today() - self.since.astimezone(BANGKOK).date()).days


def waits_in(user: Person, area: Area, totals: Totals) -> list[Waits]:
    """What waits in the area and all inside it, by hand, what has waited longest in front.

    The totals of the area say how many. Nothing where the person does not see all that is counted there.
    Three queries at most.
    """
    if not decide(user, rules.FOLLOW_FIGURES, area):
        return []
    held = [state for state in HELD if totals.proposals[state]]
    found = _longest(area, held, [state for state in ANSWERING.states if totals.needs[state]])
    needs = [key for kind, key in found if kind == "need"]
    proposals = [key for kind, key in found if kind == "proposal"]
    cases: list[tuple[Hand, Need | Proposal, int]] = []
    if needs:
        for need in Need.objects.filter(pk__in=needs).select_related(f"area__{PARENTS}"):
            cases.append((ANSWERING, need, totals.needs[need.state]))
    if proposals:
        hands = {state: hand for hand in HANDS for state in hand.states}
        rows = Proposal.objects.filter(pk__in=proposals)
        for proposal in rows.select_related(f"area__{PARENTS}", "lead_agency"):
            hand = hands[proposal.state]
            cases.append((hand, proposal, sum(totals.proposals[state] for state in hand.states)))
    return _by_hand(cases)


def _by_hand(cases: Iterable[tuple[Hand, Need | Proposal, int]]) -> list[Waits]:
    """Of each hand the case that has waited longest, in the order of their waiting."""
    kept: dict[str, Waits] = {}
    for hand, case, number in sorted(cases, key=lambda each: (each[1].state_since, each[1].pk)):
        kept.setdefault(hand.code, Waits(hand, number, case))
    return list(kept.values())


def _longest(area: Area, proposals: Collection[str], needs: Collection[str]) -> list[tuple[str, int]]:
    """The kind and key of what has stood longest in each of these states of proposals and of needs."""
    with connection.cursor() as cursor:
        cursor.execute(
            _EVERYWHERE if area.code == COUNTRY else _INSIDE,
            {
                "proposals": list(proposals),
                "needs": list(needs),
                "province": area.code[:2],
                "first": area.code,
                "last": last_code_inside(area.code),
            },
        )
        return cursor.fetchall()


# Written out, because each state is asked by itself: the first row that its index gives is the one, and no
# other is read. The index holds these states only, which the question repeats for the planner.
_FIRST = """
SELECT '{kind}', waiting.id FROM unnest(%({kind}s)s::text[]) AS wanted(state), LATERAL (
    SELECT id FROM planning_{kind} WHERE state = wanted.state AND state IN ({states}) {inside}
    ORDER BY state_since, id LIMIT 1
) AS waiting
"""


def _statement(inside: str) -> str:
    kinds = {"proposal": HELD, "need": ANSWERING.states}
    return "UNION ALL".join(
        _FIRST.format(kind=kind, inside=inside, states=", ".join(f"'{state}'" for state in states))
        for kind, states in kinds.items()
    )


_EVERYWHERE = _statement("")
_INSIDE = _statement("AND province = %(province)s AND area_id BETWEEN %(first)s AND %(last)s")
