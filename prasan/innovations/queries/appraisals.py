"""What the ministry found of an innovation, counted from its marks by the weights of its criteria."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from prasan.agencies.queries import Person, within_reach
from prasan.innovations import rules
from prasan.innovations.models import Appraisal, AppraisalMark, Criterion, Innovation
from prasan.selection import ranking

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


@dataclass(frozen=True, slots=True)
class Counted:
    """A mark and the points of 100 that it brings."""

    mark: AppraisalMark
    points: Fraction


@dataclass(frozen=True, slots=True)
class Result:
    """An appraisal read: gates apart from what is weighed; the total is out of 100, exact."""

    appraisal: Appraisal
    gates: tuple[AppraisalMark, ...]
    parts: tuple[Counted, ...]
    quality: tuple[Counted, ...]
    total: Fraction

    @property
    def is_passed(self) -> bool:
        """Whether every gate is passed; the total opens none."""
        return all(each.is_passed for each in self.gates)

    @property
    def groups(self) -> tuple[tuple[str, tuple[Counted, ...]], ...]:
        """What is weighed, by its heading."""
        groups = ((Criterion.Group.PART, self.parts), (Criterion.Group.QUALITY, self.quality))
        return tuple((str(group.label), rows) for group, rows in groups if rows)


def results_for(user: Person, innovation: Innovation) -> list[Result]:
    """All appraisals of an innovation that the person may read, the one that counts first."""
    rows = within_reach(user, rules.READ_APPRAISAL, innovation.appraisals.all())
    rows = rows.select_related("criteria", "version", "posting").prefetch_related("marks__criterion")
    return [result_of(each) for each in rows.order_by("-number")]


def result_of(appraisal: Appraisal) -> Result:
    """The appraisal, counted."""
    marks = sorted(appraisal.marks.all(), key=lambda each: each.criterion.position)
    weighed = [each for each in marks if each.criterion.group != Criterion.Group.GATE]
    standing = _standing(weighed)
    points = {share.criterion: share.points for share in standing.shares}

    def of(group: Criterion.Group) -> tuple[Counted, ...]:
        found = (each for each in weighed if each.criterion.group == group)
        return tuple(Counted(each, points[each.criterion.code]) for each in found)

    return Result(
        appraisal,
        gates=tuple(each for each in marks if each.criterion.group == Criterion.Group.GATE),
        parts=of(Criterion.Group.PART),
        quality=of(Criterion.Group.QUALITY),
        total=standing.points or Fraction(0),
    )


def told_total(total: Fraction) -> str:
    """A total as the ledger keeps it: to two decimals, halves away from nought."""
    exact = Decimal(total.numerator) / Decimal(total.denominator)
    return str(exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))


def can_be_appraised(innovation: Innovation) -> bool:
    """Whether it lies at the ministry, or an appraisal of what is registered can be corrected."""
    if innovation.state == "registered":
        return innovation.appraisals.exists()
    return innovation.state == "proposed"


def why_not_to_register(innovation: Innovation) -> str | StrPromise:
    """What the last appraisal leaves in the way of the register; empty where nothing does."""
    last = innovation.appraisals.select_related("version").prefetch_related("marks__criterion").last()
    if last is None or last.version != innovation.versions.last():
        return _("Please appraise it first: it is registered only where every gate is passed.")
    if not result_of(last).is_passed:
        return _("A gate is not passed. Please return it or decline it, or correct the appraisal.")
    return ""


def _standing(weighed: Sequence[AppraisalMark]) -> ranking.Standing[int]:
    (standing,) = ranking.rank(
        [0],
        [
            ranking.Criterion(each.criterion.code, each.criterion.weight, each.criterion.scale)
            for each in weighed
        ],
        [ranking.Mark(0, each.criterion.code, 0, each.value or 0) for each in weighed],
    )
    return standing
