"""Ranking cases by what several people gave them on several weighted criteria."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Generic, TypeVar

CaseKey = TypeVar("CaseKey", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Criterion:
    """What is judged: marks go from 0 to `scale`; `weight` is its share beside the other weights."""

    code: str
    weight: Decimal
    scale: int

    def __post_init__(self) -> None:
        if self.scale < 1:
            raise ValueError(f"{self.code}: a scale has at least one step")
        if self.weight < 0:
            raise ValueError(f"{self.code}: a weight is not below zero")


@dataclass(frozen=True, slots=True)
class Mark(Generic[CaseKey]):
    """What one person gave one case on one criterion."""

    case: CaseKey
    criterion: str
    scorer: Hashable
    value: int


@dataclass(frozen=True, slots=True)
class Share:
    """How one criterion adds to the points of a case: the mean of so many marks, and points out of 100."""

    criterion: str
    mean: Fraction
    marks: int
    points: Fraction


@dataclass(frozen=True, slots=True)
class Standing(Generic[CaseKey]):
    """Where a case stands. `place` and `points` are None while a criterion is unmarked: unknown, not zero."""

    case: CaseKey
    place: int | None
    points: Fraction | None
    shares: tuple[Share, ...]
    missing: tuple[str, ...] = ()
    tied_with: tuple[CaseKey, ...] = ()


def rank(
    cases: Sequence[CaseKey], criteria: Sequence[Criterion], marks: Iterable[Mark[CaseKey]]
) -> list[Standing[CaseKey]]:
    """The cases from the highest points to the lowest, in exact arithmetic, the unknown ones last.

    A case's points are the weighted mean of its criteria, out of 100; a criterion counts by the mean of what
    all scorers gave. Equal points share a place and the next place is passed over (1, 2, 2, 4); ties and
    unknown ones stand in the order in which the cases are given. ValueError for weights that are all zero,
    a mark outside its scale, on no criterion, or given twice by the same person.
    """
    whole = sum((Fraction(criterion.weight) for criterion in criteria), Fraction(0))
    if criteria and not whole:
        raise ValueError("at least one criterion has a weight")
    given = _by_case(criteria, marks)
    counted = [_counted(case, criteria, given.get(case, {}), whole) for case in cases]
    known = sorted(
        (standing for standing in counted if standing.points is not None),
        key=lambda standing: -(standing.points or 0),
    )
    return [*_placed(known), *(standing for standing in counted if standing.points is None)]


def _by_case(
    criteria: Sequence[Criterion], marks: Iterable[Mark[CaseKey]]
) -> Mapping[CaseKey, Mapping[str, list[int]]]:
    scales = {criterion.code: criterion.scale for criterion in criteria}
    if len(scales) != len(criteria):
        raise ValueError("each criterion stands once")
    given: dict[CaseKey, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    seen: set[tuple[CaseKey, str, Hashable]] = set()
    for mark in marks:
        if mark.criterion not in scales or not 0 <= mark.value <= scales[mark.criterion]:
            raise ValueError(f"{mark.value} on {mark.criterion} is no mark of this sheet")
        if (key := (mark.case, mark.criterion, mark.scorer)) in seen:
            raise ValueError(f"{mark.criterion}: the same person marked the same case twice")
        seen.add(key)
        given[mark.case][mark.criterion].append(mark.value)
    return given


def _counted(
    case: CaseKey, criteria: Sequence[Criterion], given: Mapping[str, list[int]], whole: Fraction
) -> Standing[CaseKey]:
    shares = tuple(
        _share(criterion, given[criterion.code], whole) for criterion in criteria if given.get(criterion.code)
    )
    missing = tuple(criterion.code for criterion in criteria if not given.get(criterion.code))
    points = None if missing or not criteria else sum((share.points for share in shares), Fraction(0))
    return Standing(case, None, points, shares, missing)


def _share(criterion: Criterion, values: Sequence[int], whole: Fraction) -> Share:
    mean = Fraction(sum(values), len(values))
    return Share(
        criterion.code, mean, len(values), mean / criterion.scale * Fraction(criterion.weight) / whole * 100
    )


def _placed(known: Sequence[Standing[CaseKey]]) -> Iterable[Standing[CaseKey]]:
    by_points: dict[Fraction | None, list[CaseKey]] = defaultdict(list)
    for standing in known:
        by_points[standing.points].append(standing.case)
    place = 1
    for number, standing in enumerate(known, start=1):
        if number > 1 and standing.points != known[number - 2].points:
            place = number
        tied = tuple(case for case in by_points[standing.points] if case != standing.case)
        yield Standing(standing.case, place, standing.points, standing.shares, (), tied)
