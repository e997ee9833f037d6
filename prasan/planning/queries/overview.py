"""What an area holds: needs, proposals, money asked and planned, at every level from village to country."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Case, CharField, Count, DecimalField, F, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce, Substr

from prasan.places.models import Area, Level
from prasan.planning.models import Need, PlanItem, PlanVersion, Proposal

_NOTHING = Decimal(0)
_PATH_LENGTH = {Level.PROVINCE: 3, Level.AMPHOE: 8, Level.TAMBON: 15, Level.VILLAGE: 24}
"""Letters of the path of an area at each level: `32/3203/320305/`."""


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
    child_length = _PATH_LENGTH[Level(area.level + 1)] if area.level < Level.VILLAGE else 0
    for path, kind, state, number, money in _rows(area.path, child_length or len(area.path)):
        _add(whole, kind, state, number, money)
        if child_length and len(path) == child_length:
            code = path.rstrip("/").rpartition("/")[2]
            _add(parts.setdefault(code, Totals()), kind, state, number, money)
    return whole, parts


def _add(totals: Totals, kind: str, state: str, number: int, money: Decimal) -> None:
    match kind:
        case "need":
            totals.needs[state] += number
        case "proposal":
            totals.proposals[state] += number
            totals.asked += money if state != "withdrawn" else _NOTHING
            totals.included += money if state == "included" else _NOTHING
        case "bill":
            totals.in_bill += money
            totals.bill_lines += number
        case "cluster":
            totals.cluster_money += money


def _rows(path: str, length: int) -> Iterator[tuple[str, str, str, int, Decimal]]:
    """Numbers and money by the beginning of the path, kind and state: one row for each."""
    inside = Q(area__path__startswith=path) if path else Q()
    bill = Q(version__source=PlanVersion.Source.BILL, version__state="in_bill")
    of_cluster = Case(
        When(version__plan__cluster=None, then=Value("bill")),
        default=Value("cluster"),
        output_field=CharField(),
    )
    none = Value(_NOTHING, DecimalField())
    needs = _grouped(Need.objects.filter(inside).exclude(state="draft"), Value("need"), F("state"), length)
    proposals = _grouped(
        Proposal.objects.filter(inside).exclude(state="draft"), Value("proposal"), F("state"), length
    )
    items = _grouped(PlanItem.objects.filter(inside, bill), of_cluster, Value(""), length)
    columns = ("part", "kind", "at", "number", "money")
    counted = needs.annotate(money=none).values_list(*columns)
    return iter(
        counted.union(
            proposals.annotate(money=Sum("budget_asked")).values_list(*columns),
            items.annotate(money=Sum("amount")).values_list(*columns),
            all=True,
        )
    )


def _grouped(rows: QuerySet[Any], kind: Any, state: Any, length: int) -> QuerySet[Any, Any]:
    # A line of a cluster may have no place, and so no path.
    part = Coalesce(Substr("area__path", 1, max(length, 1)), Value(""), output_field=CharField())
    grouped = rows.order_by().annotate(part=part, kind=kind, at=state).values("part", "kind", "at")
    return grouped.annotate(number=Count("pk"))
