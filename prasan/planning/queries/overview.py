"""What an area holds: needs, proposals, money asked and planned, at every level from village to country."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Count, Q, QuerySet, Sum
from django.db.models.functions import Substr

from prasan.places.models import Area, Level
from prasan.planning.models import Need, PlanItem, PlanVersion, Proposal

_NOTHING = Decimal(0)


@dataclass(slots=True)
class Totals:
    """Figures of an area and all inside it. Drafts are nobody's business and are left out.

    `cluster_money` is what clusters of provinces plan at places inside the area: it is told apart and is part
    of no other figure here.
    """

    needs: dict[str, int] = field(default_factory=dict)
    proposals: dict[str, int] = field(default_factory=dict)
    asked: Decimal = _NOTHING
    included: Decimal = _NOTHING
    in_bill: Decimal = _NOTHING
    bill_lines: int = 0
    cluster_money: Decimal = _NOTHING

    @property
    def all_needs(self) -> int:
        """Needs in any state."""
        return sum(self.needs.values())

    @property
    def all_proposals(self) -> int:
        """Proposals in any state."""
        return sum(self.proposals.values())


def totals_below(area: Area) -> Totals:
    """The figures of an area and all inside it."""
    return _totals(area.path, 0).get("", Totals())


def totals_of_children(area: Area) -> Mapping[str, Totals]:
    """The figures of each child of an area, by the child's code; children with nothing are absent."""
    if area.level == Level.VILLAGE:
        return {}
    totals = _totals(area.path, 2 * (area.level + 1))
    return {code: found for code, found in totals.items() if len(code) == 2 * (area.level + 1)}


def _totals(path: str, digits: int) -> dict[str, Totals]:
    """The figures below a path, parted by the first digits of the area's code; all under "" for no digits."""
    totals: dict[str, Totals] = {}
    inside = Q(area__path__startswith=path) if path else Q()
    part = Substr("area_id", 1, digits, output_field=CharField())

    def of(row: Mapping[str, object]) -> Totals:
        return totals.setdefault(str(row["part"]) if digits else "", Totals())

    def parted(rows: QuerySet[Any], *columns: str) -> QuerySet[Any]:
        return rows.annotate(part=part).values("part", *columns) if digits else rows.values(*columns)

    needs = Need.objects.filter(inside).exclude(state="draft")
    for row in parted(needs, "state").annotate(number=Count("pk")).order_by():
        of(row).needs[row["state"]] = row["number"]
    proposals = Proposal.objects.filter(inside).exclude(state="draft")
    for row in parted(proposals, "state").annotate(number=Count("pk"), asked=Sum("budget_asked")).order_by():
        found = of(row)
        found.proposals[row["state"]] = row["number"]
        if row["state"] == "included":
            found.included += row["asked"]
        if row["state"] != "withdrawn":
            found.asked += row["asked"]
    items = PlanItem.objects.filter(inside, version__source=PlanVersion.Source.BILL, version__state="in_bill")
    lines = parted(items, "version__plan__cluster").annotate(number=Count("pk"), amount=Sum("amount"))
    for row in lines.order_by():
        found = of(row)
        if row["version__plan__cluster"] is None:
            found.in_bill += row["amount"]
            found.bill_lines += row["number"]
        else:
            found.cluster_money += row["amount"]
    return totals
