"""What judges gave: marks on weighted criteria, the exact total of each sheet, and what follows at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact, InvalidOperation
from fractions import Fraction

EXACT = Context(prec=300, traps=[Inexact, InvalidOperation])
"""Sums and products that are exact or fail."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """What is judged: marks go from 0 to `most`; a mark counts `weight` times in the total of a sheet."""

    code: str
    weight: Decimal
    most: Decimal

    def __post_init__(self) -> None:
        if not (self.weight.is_finite() and self.weight >= 0):
            raise ValueError(f"{self.code}: a weight is a number, not below zero")
        if not (self.most.is_finite() and self.most > 0):
            raise ValueError(f"{self.code}: the highest mark is a number above zero")


@dataclass(frozen=True, slots=True)
class Mark:
    """What one judge gave one entry on one criterion."""

    judge: str
    entry: str
    criterion: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Score:
    """What one judge gave one entry in total."""

    judge: str
    entry: str
    total: Decimal


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A sheet that has no total, and the criteria on which it has no mark."""

    judge: str
    entry: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """The total of each whole sheet, and the sheets that are not whole: unknown, not zero."""

    scores: tuple[Score, ...]
    unfinished: tuple[Unfinished, ...]


def totals(criteria: Sequence[Criterion], marks: Iterable[Mark]) -> Totals:
    """The exact total of each sheet, weight times mark added up over all criteria; by entry and judge.

    The total is in points of the sheet: from 0 to the sum of weight times highest mark. A criterion of weight
    zero needs a mark like any other. ValueError for criteria that stand twice or have no weight at all, for a
    mark on no criterion, outside its scale, or given twice.
    """
    by_code = {criterion.code: criterion for criterion in criteria}
    if len(by_code) != len(criteria):
        raise ValueError("each criterion stands once")
    if criteria and not any(criterion.weight for criterion in criteria):
        raise ValueError("at least one criterion has a weight")
    scores, unfinished = [], []
    for (entry, judge), given in sorted(_sheets(by_code, marks).items()):
        if missing := tuple(criterion.code for criterion in criteria if criterion.code not in given):
            unfinished.append(Unfinished(judge, entry, missing))
        else:
            scores.append(Score(judge, entry, _total(criteria, given)))
    return Totals(tuple(scores), tuple(unfinished))


def _sheets(
    by_code: Mapping[str, Criterion], marks: Iterable[Mark]
) -> Mapping[tuple[str, str], Mapping[str, Decimal]]:
    sheets: dict[tuple[str, str], dict[str, Decimal]] = defaultdict(dict)
    for mark in marks:
        criterion = by_code.get(mark.criterion)
        if criterion is None or not (mark.value.is_finite() and 0 <= mark.value <= criterion.most):
            raise ValueError(f"{mark.value} on {mark.criterion} is no mark of this sheet")
        sheet = sheets[mark.entry, mark.judge]
        if mark.criterion in sheet:
            raise ValueError(f"{mark.criterion}: {mark.judge} marked {mark.entry} twice")
        sheet[mark.criterion] = mark.value
    return sheets


def _total(criteria: Sequence[Criterion], given: Mapping[str, Decimal]) -> Decimal:
    total = Decimal(0)
    for criterion in criteria:
        total = EXACT.add(total, EXACT.multiply(criterion.weight, given[criterion.code]))
    return total


def by_entry(scores: Iterable[Score]) -> dict[str, dict[str, Decimal]]:
    """The totals as entry → judge → total, both in the order of their names.

    ValueError for a judge who scored an entry twice, and for a total that is no number below 10⁹ in size.
    """
    found: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for score in sorted(scores, key=lambda score: (score.entry, score.judge)):
        if not (score.total.is_finite() and abs(score.total) < 10**9):
            raise ValueError(f"{score.total} is no total")
        if score.judge in found[score.entry]:
            raise ValueError(f"{score.judge} scored {score.entry} twice")
        found[score.entry][score.judge] = score.total
    return dict(found)


def raw_means(scores: Iterable[Score]) -> dict[str, Fraction]:
    """The exact mean of what each entry was given, in points of the sheet."""
    return {entry: _mean(given.values()) for entry, given in by_entry(scores).items()}


def criterion_means(marks: Iterable[Mark]) -> dict[str, dict[str, Fraction]]:
    """The exact mean of the marks of each entry on each criterion: entry → criterion → marks."""
    given: dict[str, dict[str, list[Decimal]]] = defaultdict(lambda: defaultdict(list))
    for mark in marks:
        given[mark.entry][mark.criterion].append(mark.value)
    return {
        entry: {criterion: _mean(values) for criterion, values in sorted(by_criterion.items())}
        for entry, by_criterion in sorted(given.items())
    }


def spreads(scores: Iterable[Score]) -> dict[str, Fraction | None]:
    """The exact variance among the judges of each entry, in points squared; None where only one scored it."""
    return {entry: variance(given.values()) for entry, given in by_entry(scores).items()}


def first_places(scores: Iterable[Score]) -> dict[str, Fraction]:
    """How many judges put each entry first among all they scored; who puts several first shares one vote."""
    found = by_entry(scores)
    by_judge: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for entry, given in found.items():
        for judge, total in given.items():
            by_judge[judge][entry] = total
    votes = dict.fromkeys(found, Fraction(0))
    for given in by_judge.values():
        best = [entry for entry, total in given.items() if total == max(given.values())]
        for entry in best:
            votes[entry] += Fraction(1, len(best))
    return votes


def variance(values: Iterable[Decimal | Fraction]) -> Fraction | None:
    """The exact variance of a sample, with one less than its size as divisor; None below two values."""
    exact = [Fraction(value) for value in values]
    if len(exact) < 2:
        return None
    mean = sum(exact, Fraction(0)) / len(exact)
    return sum(((value - mean) ** 2 for value in exact), Fraction(0)) / (len(exact) - 1)


def _mean(values: Iterable[Decimal]) -> Fraction:
    exact = [Fraction(value) for value in values]
    return sum(exact, Fraction(0)) / len(exact)
