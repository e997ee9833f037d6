"""What changed from one version of a plan to another."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from prasan.planning.models import PlanItem, PlanVersion


@dataclass(frozen=True, slots=True)
class Change:
    """An item in both versions whose words or money differ."""

    before: PlanItem
    after: PlanItem

    @property
    def difference(self) -> Decimal:
        """How much more it costs now."""
        return self.after.amount - self.before.amount


@dataclass(frozen=True, slots=True)
class Changes:
    """What came in, what went out and what differs; items that are the same are only counted."""

    added: list[PlanItem]
    removed: list[PlanItem]
    changed: list[Change]
    same: int

    @property
    def difference(self) -> Decimal:
        """How much more the later version costs."""
        gained = sum((item.amount for item in self.added), Decimal(0))
        lost = sum((item.amount for item in self.removed), Decimal(0))
        return gained - lost + sum((change.difference for change in self.changed), Decimal(0))


def changes_between(earlier: PlanVersion, later: PlanVersion) -> Changes:
    """The items of two versions of one plan beside each other: an item is known by its proposal, or by the
    document and line it was read from."""
    before, after = _items(earlier), _items(later)
    shared = [key for key in before if key in after]
    changed = [Change(before[key], after[key]) for key in shared if not _is_same(before[key], after[key])]
    return Changes(
        added=[item for key, item in after.items() if key not in before],
        removed=[item for key, item in before.items() if key not in after],
        changed=changed,
        same=len(shared) - len(changed),
    )


def _items(version: PlanVersion) -> dict[tuple[object, ...], PlanItem]:
    rows = version.items.select_related("area", "sector").order_by("priority", "pk")
    return {(item.proposal_id, item.source_document, item.source_line): item for item in rows}


def _is_same(one: PlanItem, other: PlanItem) -> bool:
    return (one.title, one.amount, one.area_id) == (other.title, other.amount, other.area_id)
