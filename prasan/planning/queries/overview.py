"""What an area holds: needs, proposals, money asked and planned, at every level from village to country."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import connection

from prasan.places.models import COUNTRY, Area
from prasan.planning.states import NEED, PROPOSAL, STAGES

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

_NOTHING = Decimal(0)

DRAFTS = ("draft", "agency_draft")
"""States that are nobody's business but the author's."""

PUT_TOGETHER = ("merged", "split")
"""States of proposals in whose place others stand, which alone count."""

NOT_ASKED = ("withdrawn",)
"""States of proposals that count, but ask for no money any more."""

JOINED = ("joined",)
"""States of needs that are told again by another, which counts for them."""

COUNTED = tuple(state.code for state in PROPOSAL.states if state.code not in (*DRAFTS, *PUT_TOGETHER))
"""States of the proposals that are counted."""

ASKING = tuple(state for state in COUNTED if state not in NOT_ASKED)
"""States of the proposals whose money is counted as asked."""

COUNTED_NEEDS = tuple(state.code for state in NEED.states if state.code not in (*DRAFTS, *JOINED))
"""States of the needs that are counted, each hardship once."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many needs or proposals stand in a state, or in the states of a stage, and what they ask for."""

    code: str
    label: str | StrPromise
    tone: str
    number: int
    money: Decimal = _NOTHING
    parts: tuple[Share, ...] = ()


@dataclass(slots=True)
class Totals:
    """Figures of an area and all inside it, by state. Drafts are nobody's business and are left out.

    `cluster_money` is what clusters of provinces plan at places inside the area: it is told apart and is part
    of no other figure here.
    """

    needs: Counter[str] = field(default_factory=Counter)
    proposals: Counter[str] = field(default_factory=Counter)
    money: dict[str, Decimal] = field(default_factory=dict)
    in_bill: Decimal = _NOTHING
    bill_lines: int = 0
    cluster_money: Decimal = _NOTHING

    @property
    def all_needs(self) -> int:
        """Needs in any state, each hardship once: joined ones count with the one that stands for them."""
        return self.needs_told - sum(self.needs[state] for state in JOINED)

    @property
    def needs_told(self) -> int:
        """Needs as they were told, joined ones each by itself."""
        return self.needs.total()

    @property
    def all_proposals(self) -> int:
        """Proposals in any state."""
        return self.proposals.total()

    @property
    def asked(self) -> Decimal:
        """What the proposals ask for, without the withdrawn ones."""
        return sum((sum_ for state, sum_ in self.money.items() if state not in NOT_ASKED), _NOTHING)

    @property
    def included(self) -> Decimal:
        """What the included ones ask for."""
        return self.money.get("included", _NOTHING)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was told, proposed or planned."""
        return not (self.needs_told or self.all_proposals or self.bill_lines or self.cluster_money)

    @property
    def stages(self) -> list[Share]:
        """The proposals by stage and, in each, by state; they sum to all proposals and to the money asked."""
        return [
            Share(stage.code, stage.label, stage.tone, *self._sums(stage.states), self._states(stage.states))
            for stage in STAGES
        ]

    @property
    def states_of_needs(self) -> list[Share]:
        """The needs by state; their numbers sum to all needs."""
        states = (NEED.state(code) for code in COUNTED_NEEDS)
        return [Share(state.code, state.label, state.tone, self.needs[state.code]) for state in states]

    def without(self, parts: Iterable[Totals]) -> Totals:
        """What is left where the parts, which lie inside, are taken away."""
        rest = Totals(
            Counter(self.needs),
            Counter(self.proposals),
            dict(self.money),
            self.in_bill,
            self.bill_lines,
            self.cluster_money,
        )
        for part in parts:
            rest._add(part, -1)
        return rest

    def _add(self, other: Totals, sign: int) -> None:
        for mine, more in ((self.needs, other.needs), (self.proposals, other.proposals)):
            for state, number in more.items():
                mine[state] += sign * number
        for state, money in other.money.items():
            self.money[state] = self.money.get(state, _NOTHING) + sign * money
        self.in_bill += sign * other.in_bill
        self.bill_lines += sign * other.bill_lines
        self.cluster_money += sign * other.cluster_money
        _leave_out_nothing(self)

    def _sums(self, states: Iterable[str]) -> tuple[int, Decimal]:
        known = [state for state in states if state in self.proposals]
        asking = (self.money.get(state, _NOTHING) for state in known if state not in NOT_ASKED)
        return sum(self.proposals[state] for state in known), sum(asking, _NOTHING)

    def _states(self, states: Iterable[str]) -> tuple[Share, ...]:
        shown = (PROPOSAL.state(code) for code in states)
        return tuple(Share(state.code, state.label, state.tone, *self._sums([state.code])) for state in shown)


def together(parts: Iterable[Totals]) -> Totals:
    """The figures of several areas as one."""
    whole = Totals()
    for part in parts:
        whole._add(part, 1)
    return whole


def totals_below(area: Area) -> Totals:
    """The figures of an area and all inside it."""
    return figures_of(area)[0]


def figures_of(area: Area) -> tuple[Totals, Mapping[str, Totals]]:
    """The figures of an area and, by their codes, those of its children; children with nothing are absent.

    One query, exact at the moment of asking. What belongs to the area itself, and to none of its children, is
    in the first part alone.
    """
    whole: Totals = Totals()
    parts: dict[str, Totals] = {}
    digits = 2 * (area.level + 1)  # of a child's code
    for is_tallied, part, kind, state, number, money in _rows(area.code, digits):
        if not is_tallied or part == area.code:
            _add(whole, kind, state, number, money)
        if part != area.code and len(part) == digits and part != COUNTRY:
            _add(parts.setdefault(part, Totals()), kind, state, number, money)
    for totals in (whole, *parts.values()):
        _leave_out_nothing(totals)
    return whole, {code: totals for code, totals in parts.items() if not totals.is_empty}


def _leave_out_nothing(totals: Totals) -> None:
    """Drop the states that a change not folded in yet has emptied."""
    totals.needs, totals.proposals = +totals.needs, +totals.proposals
    totals.money = {state: money for state, money in totals.money.items() if state in totals.proposals}


def _add(totals: Totals, kind: str, state: str, number: int, money: Decimal) -> None:
    match kind:
        case "need" if state not in DRAFTS:
            totals.needs[state] += number
        case "proposal" if state not in (*DRAFTS, *PUT_TOGETHER):
            totals.proposals[state] += number
            totals.money[state] = totals.money.get(state, _NOTHING) + money
        case "bill":
            totals.in_bill += money
            totals.bill_lines += number
        case "cluster":
            totals.cluster_money += money


def _rows(code: str, digits: int) -> list[tuple[bool, str, str, str, int, Decimal]]:
    """Numbers and money by area, kind and state; a tallied row of the area itself holds those inside too."""
    with connection.cursor() as cursor:
        if code == COUNTRY:
            cursor.execute(_EVERYWHERE, {"code": code, "digits": digits})
        else:
            cursor.execute(_INSIDE, {"code": code, "digits": digits, "inside": f"{code}%"})
        return cursor.fetchall()


# Written out, because every page of an area asks this: the tally, what is not folded into it yet, and the
# lines of bills. An area's code begins with those of the areas around it (decision 3), so that indexes on
# codes alone answer. A line of a cluster may have no place.
_FIGURES = """
SELECT true, area_code, kind, state, number, money FROM planning_tally
WHERE (area_code = %(code)s OR above = %(code)s) AND number <> 0
UNION ALL
SELECT false, left(area_code, %(digits)s), kind, state, sum(number)::bigint, sum(money)
FROM planning_tallychange {inside_change} GROUP BY 2, 3, 4
UNION ALL
SELECT false, coalesce(left(item.area_id, %(digits)s), ''),
       CASE WHEN plan.cluster_id IS NULL THEN 'bill' ELSE 'cluster' END, '', count(*), sum(amount)
FROM planning_planitem AS item
JOIN planning_planversion AS version ON version.id = item.version_id
JOIN planning_plan AS plan ON plan.id = version.plan_id
WHERE version.source = 'bill' AND version.state = 'in_bill' {inside_item} GROUP BY 2, 3
"""
_EVERYWHERE = _FIGURES.format(inside_change="", inside_item="")
_INSIDE = _FIGURES.format(
    inside_change="WHERE area_code LIKE %(inside)s", inside_item="AND item.area_id LIKE %(inside)s"
)
