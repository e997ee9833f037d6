"""The versions of the criteria: from when to when each holds, and what it changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from prasan.innovations.models import CriteriaSet, Criterion
from prasan.kernel.calendar import FiscalYear, today


@dataclass(frozen=True, slots=True)
class CriterionChange:
    """A criterion that was added, taken away or weighed otherwise; None where it was not or is no more."""

    before: Criterion | None
    after: Criterion | None

    @property
    def criterion(self) -> Criterion:
        """Which one it is, as it is called now."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 - one of the two is there
        return found

    @property
    def is_weighed_otherwise(self) -> bool:
        """Whether it stands in both with another weight."""
        return bool(self.before and self.after) and self.before.weight != self.after.weight  # type: ignore[union-attr]


@dataclass(frozen=True, slots=True)
class CriteriaVersion:
    """A version with the days on which it is in force, `last_day` None for the latest."""

    criteria: CriteriaSet
    rows: Sequence[Criterion]
    first_day: date
    last_day: date | None
    changes: Sequence[CriterionChange]
    scale: int
    scale_before: int | None

    @property
    def gates(self) -> list[Criterion]:
        """What must be passed."""
        return [each for each in self.rows if each.group == Criterion.Group.GATE]

    @property
    def weighed(self) -> list[Criterion]:
        """What is weighed."""
        return [each for each in self.rows if each.group != Criterion.Group.GATE]

    @property
    def is_to_come(self) -> bool:
        """Whether its first day has not come."""
        return self.first_day > today()

    @property
    def is_over(self) -> bool:
        """Whether a later version has taken over."""
        return self.last_day is not None and self.last_day < today()

    @property
    def is_of_another_scale(self) -> bool:
        """Whether marks went to another number before."""
        return self.scale_before is not None and self.scale_before != self.scale


def criteria_versions() -> list[CriteriaVersion]:
    """All versions, the latest first; anybody may read them."""
    sets = list(CriteriaSet.objects.order_by("fiscal_year_from").prefetch_related("rows"))
    versions, before = list[CriteriaVersion](), list[Criterion]()
    for place, criteria in enumerate(sets):
        rows = list(criteria.rows.all())
        later = sets[place + 1] if place + 1 < len(sets) else None
        versions.append(
            CriteriaVersion(
                criteria,
                rows,
                first_day=FiscalYear(criteria.fiscal_year_from).starts,
                last_day=FiscalYear(later.fiscal_year_from).starts - timedelta(days=1) if later else None,
                changes=_changes(before, rows) if before else (),
                scale=_scale(rows),
                scale_before=_scale(before) if before else None,
            )
        )
        before = rows
    return versions[::-1]


def known_gates() -> list[Criterion]:
    """Every gate of any version once, as its latest version words it, in the order of first use."""
    found: dict[str, Criterion] = {}
    gates = Criterion.objects.filter(group=Criterion.Group.GATE)
    for each in gates.order_by("criteria__fiscal_year_from", "position"):
        found[each.code] = each
    return list(found.values())


def _scale(rows: Sequence[Criterion]) -> int:
    return max(each.scale for each in rows)


def _changes(before: Sequence[Criterion], after: Sequence[Criterion]) -> list[CriterionChange]:
    old, new = {each.code: each for each in before}, {each.code: each for each in after}
    changes = [CriterionChange(old.get(code), each) for code, each in new.items()]
    changes += [CriterionChange(each, None) for code, each in old.items() if code not in new]
    return [each for each in changes if not (each.before and each.after) or each.is_weighed_otherwise]
