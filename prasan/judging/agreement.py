"""How far judges agree: Krippendorff's alpha, and the entries that ought to be talked about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from math import isqrt

from prasan.judging.adjustment import Adjustment
from prasan.judging.scores import Score, by_entry, variance

NOMINAL = "nominal"
ORDINAL = "ordinal"
INTERVAL = "interval"

JUDGES_DISAGREE = "judges_disagree"
"""The judges of this entry are further apart than usual."""
NEAR_LINE = "near_line"
"""What the entry is worth lies on either side of the line of an award, for all that is known."""

Value = int | Decimal | Fraction


def alpha(units: Iterable[Iterable[Value]], level: str) -> Fraction | None:
    """Krippendorff's alpha, exact: 1 for full agreement, 0 for what chance gives, below for less.

    `units` are the values that each unit was given, missing ones left out; units with fewer than two values
    say nothing. `level` says how far apart values are: `nominal` (equal or not), `ordinal` (by how many
    values lie between) or `interval` (by the square of their difference). None where all values are the
    same, or where no unit has two: there is then nothing to agree about. ValueError for another level.

    After K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011).
    """
    pairable = [
        counted for unit in units if (counted := Counter(Fraction(value) for value in unit)).total() > 1
    ]
    totals: Counter[Fraction] = Counter()
    for counted in pairable:
        totals.update(counted)
    apart = _distances(totals, level)
    observed = sum(
        (
            Fraction(counted[low] * counted[high], counted.total() - 1) * apart[low, high]
            for counted in pairable
            for low, high in combinations(sorted(counted), 2)
        ),
        Fraction(0),
    )
    expected = sum(
        (totals[low] * totals[high] * distance for (low, high), distance in apart.items()), Fraction(0)
    )
    return 1 - (totals.total() - 1) * observed / expected if expected else None


def _distances(totals: Mapping[Fraction, int], level: str) -> dict[tuple[Fraction, Fraction], Fraction]:
    """How far apart each two values are, the lower first."""
    values = sorted(totals)
    if level == NOMINAL:
        return {pair: Fraction(1) for pair in combinations(values, 2)}
    if level == INTERVAL:
        return {(low, high): (high - low) ** 2 for low, high in combinations(values, 2)}
    if level != ORDINAL:
        raise ValueError(f"{level} is no level: {NOMINAL}, {ORDINAL} or {INTERVAL}")
    middles, below = {}, Fraction(0)
    for value in values:
        middles[value] = below + Fraction(totals[value], 2)
        below += totals[value]
    return {(low, high): (middles[high] - middles[low]) ** 2 for low, high in combinations(values, 2)}


@dataclass(frozen=True, slots=True)
class Talk:
    """An entry that ought to be talked about, and why.

    `times` is how many times further apart its judges are than those of the other entries are, to hundredths;
    None where the others agree wholly, or for another reason. `line` names the line that is near.
    """

    entry: str
    reason: str
    times: Decimal | None = None
    line: str | None = None


def to_talk_about(
    scores: Iterable[Score],
    adjustment: Adjustment,
    lines: Mapping[str, Fraction],
    at_least: Decimal = Decimal(2),
) -> list[Talk]:
    """The entries whose judges disagree unusually, the worst first; then those near a line, by line and name.

    Judges of an entry are held to disagree where the standard deviation of their scores, leanings taken
    out, is `at_least` times that within the other entries. An entry is near a line where its 95 % interval
    reaches to both sides of it; `lines` are by name, in points. ValueError as `by_entry`, and for scores
    that the adjustment was not made of.
    """
    given = by_entry(scores)
    if {entry: len(panel) for entry, panel in given.items()} != {
        each.entry: each.scores for each in adjustment.estimates
    }:
        raise ValueError("the adjustment was made of other scores")
    return [*_disagreements(given, adjustment, Fraction(at_least)), *_near(adjustment, lines)]


def _disagreements(
    given: Mapping[str, Mapping[str, Decimal]], adjustment: Adjustment, at_least: Fraction
) -> list[Talk]:
    leaning = {each.judge: each.points for each in adjustment.leanings}
    squares, freedom = {}, {}
    for entry, panel in given.items():
        spread = variance(Fraction(total) - Fraction(leaning.get(judge, 0)) for judge, total in panel.items())
        if spread is not None:
            freedom[entry] = len(panel) - 1
            squares[entry] = spread * freedom[entry]
    whole, free = sum(squares.values(), Fraction(0)), sum(freedom.values())
    found: list[tuple[Fraction | None, str]] = []
    for entry, square in squares.items():
        others = free - freedom[entry]
        if not others or not square:
            continue
        usual = (whole - square) / others
        ratio = square / freedom[entry] / usual if usual else None
        if ratio is None or ratio >= at_least**2:
            found.append((ratio, entry))
    found.sort(key=lambda each: (each[0] is not None, -(each[0] or 0), each[1]))
    return [
        Talk(entry, JUDGES_DISAGREE, times=None if ratio is None else _root(ratio)) for ratio, entry in found
    ]


def _root(ratio: Fraction) -> Decimal:
    """The square root in hundredths, rounded down."""
    return Decimal(isqrt(10_000 * ratio.numerator // ratio.denominator)).scaleb(-2)


def _near(adjustment: Adjustment, lines: Mapping[str, Fraction]) -> list[Talk]:
    return [
        Talk(each.entry, NEAR_LINE, line=name)
        for name, line in sorted(lines.items())
        for each in adjustment.estimates
        if each.low is not None and each.high is not None and each.low < line < each.high
    ]
