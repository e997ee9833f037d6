"""What an area holds: needs, proposals, money asked and planned, at every level from village to country."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import connection

from prasan.places.models import COUNTRY, Area

_NOTHING = Decimal(0)

PUT_TOGETHER = ("merged", "split")
"""States of proposals in whose place others stand, which alone count."""


@dataclass(slots=True)
class Totals:
    """Figures of an area and all inside it. Drafts are nobody's business and are left out.

    `cluster_money` is what clusters of provinces plan at places inside the area: it is told apart and is part
    of no other figure here.
    """

    needs: Counter[str] = field(default_factory=Counter)
    proposals: Counter[str] = field(default_factory=Counter)
    asked: Decimal = _NOTHING
    included: Decimal = _NOTHING
    in_bill: Decimal = _NOTHING
    bill_lines: int = 0
    cluster_money: Decimal = _NOTHING

    @property
    def all_needs(self) -> int:
        """Needs in any state."""
        return self.needs.total()

    @property
    def all_proposals(self) -> int:
        """Proposals in any state."""
        return self.proposals.total()


def totals_below(area: Area) -> Totals:
    """The figures of an area and all inside it."""
    return figures_of(area)[0]


def figures_of(area: Area) -> tuple[Totals, Mapping[str, Totals]]:
    """The figures of an area and, by their codes, those of its children; children with nothing are absent.

    One query. What belongs to the area itself, and to none of its children, is in the first part alone.
    """
    whole: Totals = Totals()
    parts: dict[str, Totals] = {}
    digits = 2 * (area.level + 1)  # of a child's code
    for part, kind, state, number, money in _rows(area.code, digits):
        _add(whole, kind, state, number, money)
        if len(part) == digits and part != COUNTRY:
            _add(parts.setdefault(part, Totals()), kind, state, number, money)
    return whole, parts


def _add(totals: Totals, kind: str, state: str, number: int, money: Decimal) -> None:
    match kind:
        case "need":
            totals.needs[state] += number
        case "proposal":
            if state not in PUT_TOGETHER:
                totals.proposals[state] += number
                totals.asked += money if state != "withdrawn" else _NOTHING
            totals.included += money if state == "included" else _NOTHING
        case "bill":
            totals.in_bill += money
            totals.bill_lines += number
        case "cluster":
            totals.cluster_money += money


def _rows(code: str, digits: int) -> list[tuple[str, str, str, int, Decimal]]:
    """Numbers and money by the beginning of the area's code, kind and state: one row for each."""
    with connection.cursor() as cursor:
        if code == COUNTRY:
            cursor.execute(_EVERYWHERE, {"digits": digits})
        else:
            cursor.execute(_INSIDE, {"digits": digits, "inside": f"{code}%"})
        return cursor.fetchall()


# Written out, because every page of an area asks this: an area's code begins with those of the areas around
# it (decision 3), so that an index on the code alone answers. A line of a cluster may have no place.
_FIGURES = """
SELECT left(area_id, %(digits)s), 'need', state, count(*), 0::numeric
FROM planning_need WHERE state <> 'draft' {inside} GROUP BY 1, 3
UNION ALL
SELECT left(area_id, %(digits)s), 'proposal', state, count(*), sum(budget_asked)
FROM planning_proposal WHERE state <> 'draft' {inside} GROUP BY 1, 3
UNION ALL
SELECT coalesce(left(item.area_id, %(digits)s), ''),
       CASE WHEN plan.cluster_id IS NULL THEN 'bill' ELSE 'cluster' END, '', count(*), sum(amount)
FROM planning_planitem AS item
JOIN planning_planversion AS version ON version.id = item.version_id
JOIN planning_plan AS plan ON plan.id = version.plan_id
WHERE version.source = 'bill' AND version.state = 'in_bill' {inside_item} GROUP BY 1, 2
"""
_EVERYWHERE = _FIGURES.format(inside="", inside_item="")
_INSIDE = _FIGURES.format(
    inside="AND area_id LIKE %(inside)s", inside_item="AND item.area_id LIKE %(inside)s"
)
