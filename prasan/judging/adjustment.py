"""What entries would have got from all judges alike: scores adjusted for how generous each judge is.

A score is taken to be the entry's own value, plus what the judge gives more or less than others, plus
error. Entries are compared as they are, however few judges saw them; what a judge adds is drawn towards
zero by as much as chance would explain it (best linear unbiased prediction, variances by restricted maximum
likelihood).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from fractions import Fraction

from prasan.judging.chances import beyond
from prasan.judging.comparing import common_information, comparability, parts
from prasan.judging.equations import (
    NOISE,
    ONE,
    WORKING,
    ZERO,
    Matrix,
    Tridiagonal,
    Vector,
    decimal,
    dot,
    inverse,
    settled,
    tridiagonal,
)
from prasan.judging.scores import Score, by_entry

ALL_SEE_ALL = "all_see_all"
"""Every judge scored every entry: adjusting would change no place, the means are fair as they are."""
DISCONNECTED = "disconnected"
"""Some judges share no entry with the others, even by way of third ones: they cannot be compared."""
HARDLY_COMPARABLE = "hardly_comparable"
"""Panels share so few entries that strict judges cannot be told from weak entries."""
TOO_FEW_SCORES = "too_few_scores"
"""There are too few scores to tell strictness from chance."""
JUDGES_ALIKE = "judges_alike"
"""Judges differ no more than chance would make them."""

LEAST_COMPARABILITY = Decimal("0.05")
LEAST_FREEDOM = 8
"""Scores beyond those that the values of entries and judges use up."""
MOST_CHANCE = Decimal("0.01")
"""Judges are held to differ where judges who are alike would differ as much in one edition of a hundred."""

SIX_FIGURES = Context(prec=6, rounding=ROUND_HALF_EVEN)
RATIOS = tuple(WORKING.power(Decimal(4), power) for power in range(-10, 41))
"""Between which the ratio of variances is sought; beyond the last nothing is left of errors."""
HALVINGS = 40

FREEDOMS = (*range(1, 31), 40, 60, 120, 1000)
# fmt: off
QUANTILES = tuple(Decimal(thousandths).scaleb(-3) for thousandths in (
    12706, 4303, 3182, 2776, 2571, 2447, 2365, 2306, 2262, 2228, 2201, 2179, 2160, 2145, 2131, 2120, 2110,
    2101, 2093, 2086, 2080, 2074, 2069, 2064, 2060, 2056, 2052, 2048, 2045, 2042, 2021, 2000, 1980, 1962,
))
# fmt: on
"""Within how many standard errors 95 in 100 lie (Student's t), by degrees of freedom."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What an entry got, in points of the sheet.

    `raw` is the exact mean of its scores; `adjusted` is None where nothing was adjusted. `error` is the
    standard error and `low` to `high` the 95 % interval of the adjusted value, or of the raw mean where
    there is none; None where chance cannot be told. Six places, half-even.
    """

    entry: str
    scores: int
    raw: Fraction
    adjusted: Decimal | None
    error: Decimal | None
    low: Decimal | None
    high: Decimal | None

    @property
    def counts(self) -> Fraction:
        """What entries are ranked by: the adjusted value, or the raw mean where nothing was adjusted."""
        return self.raw if self.adjusted is None else Fraction(self.adjusted)


@dataclass(frozen=True, slots=True)
class Leaning:
    """What a judge gives more (above zero: generous) or less (below: strict) than the judges on average.

    In points of the sheet, with its standard error; told where scores are adjusted or all judges saw all.
    """

    judge: str
    scores: int
    points: Decimal
    error: Decimal


@dataclass(frozen=True, slots=True)
class Adjustment:
    """The estimates of all entries, by name; `reason` says why nothing was adjusted, None where it was.

    `deviation` is the standard deviation of a judge's error, `between` that of leanings, in points; None
    where not told. `comparability` is how well judges can be compared (0 to 1), `parts` the groups of
    judges that share no entry with each other. `chance` is how often judges who are alike would differ as
    much as these (0 to 1); None where that was not asked.
    """

    reason: str | None
    estimates: tuple[Estimate, ...]
    leanings: tuple[Leaning, ...]
    deviation: Decimal | None
    between: Decimal | None
    comparability: Decimal
    parts: tuple[tuple[str, ...], ...]
    chance: Decimal | None = None


def adjust(scores: Iterable[Score]) -> Adjustment:
    """What each entry would have got from judges who give alike, beside what it got.

    Nothing is adjusted where all judges saw all entries, where they cannot be compared, do not differ, or
    gave too few scores; `reason` says which, and the interval is that of the raw mean. ValueError as
    `by_entry`.
    """
    given = by_entry(scores)
    groups = tuple(parts(given))
    judges = sorted({judge for panel in given.values() for judge in panel})
    common = comparability(given)
    reason, chance = _why_not(given, judges, groups, common), None
    with localcontext(WORKING):
        if reason is None:
            found = _comparison(given, judges)
            chance = settled(found.chance)
            if chance <= MOST_CHANCE:
                return _adjusted(given, found, common, groups, chance)
            reason = JUDGES_ALIKE
        square, freedom = (_crossed if reason == ALL_SEE_ALL else _within)(given, judges)
        deviation = decimal(square / freedom).sqrt() if freedom > 0 else None
        estimates = []
        for entry, panel in given.items():
            error = None if deviation is None else deviation / Decimal(len(panel)).sqrt()
            estimates.append(_estimate(entry, panel, None, error, freedom))
        leanings, told = [], None
        if deviation is not None:
            leanings = _leanings(given, judges, deviation) if reason == ALL_SEE_ALL else []
            told = settled(deviation)
    return Adjustment(reason, tuple(estimates), tuple(leanings), told, None, common, groups, chance)


def _why_not(
    given: Mapping[str, Mapping[str, Decimal]],
    judges: Sequence[str],
    groups: Sequence[tuple[str, ...]],
    common: Decimal,
) -> str | None:
    count = sum(len(panel) for panel in given.values())
    if given and count == len(given) * len(judges):
        return ALL_SEE_ALL
    if len(groups) > 1:
        return DISCONNECTED
    if count - len(given) - len(judges) + 1 < LEAST_FREEDOM:
        return TOO_FEW_SCORES
    return HARDLY_COMPARABLE if common < LEAST_COMPARABILITY else None


def _crossed(given: Mapping[str, Mapping[str, Decimal]], judges: Sequence[str]) -> tuple[Fraction, int]:
    """What entries and judges leave unexplained where all judges saw all entries: squares and freedom."""
    entry_means = {entry: _mean(panel.values()) for entry, panel in given.items()}
    judge_means = {judge: _mean(panel[judge] for panel in given.values()) for judge in judges}
    mean = sum(entry_means.values(), Fraction(0)) / len(given)
    square = sum(
        (
            (Fraction(total) - entry_means[entry] - judge_means[judge] + mean) ** 2
            for entry, panel in given.items()
            for judge, total in panel.items()
        ),
        Fraction(0),
    )
    return square, (len(given) - 1) * (len(judges) - 1)


def _leanings(
    given: Mapping[str, Mapping[str, Decimal]], judges: Sequence[str], deviation: Decimal
) -> list[Leaning]:
    """What each judge gave more than all on average where all saw all; as it is, drawn towards nothing."""
    mean = _mean(total for panel in given.values() for total in panel.values())
    error = settled(deviation * ((ONE - ONE / len(judges)) / len(given)).sqrt())
    return [
        Leaning(
            judge, len(given), settled(decimal(_mean(panel[judge] for panel in given.values()) - mean)), error
        )
        for judge in judges
    ]


def _within(given: Mapping[str, Mapping[str, Decimal]], judges: Sequence[str]) -> tuple[Fraction, int]:
    """What values of entries alone leave unexplained: strictness of judges is then part of the error."""
    square = sum((value**2 for panel in given.values() for value in _deviations(panel).values()), Fraction(0))
    return square, sum(len(panel) - 1 for panel in given.values())


@dataclass(frozen=True, slots=True)
class _Comparison:
    """What the scores tell about judges once the values of entries are taken out.

    `sums` are what each judge gave above the means of his entries, `square` the squares of all such
    differences, `within` how many of them are free. Since that all judges are generous alike cannot be
    told, `information` has the sum of leanings pinned to zero by one observation more; `turned` is the same
    turned.
    """

    judges: Sequence[str]
    loads: Mapping[str, int]
    sums: Vector
    square: Decimal
    within: int
    information: Matrix
    turned: Tridiagonal

    @property
    def freedom(self) -> int:
        """Scores beyond those that the values of entries and judges use up."""
        return self.within - len(self.judges) + 1

    @property
    def chance(self) -> Decimal:
        """How often judges who are alike would differ as much: the F test on their leanings, unshrunk."""
        explained = dot(self.turned.solved(ZERO), self.turned.turned)
        left = self.square - explained
        if explained <= NOISE:
            return ONE
        if left <= NOISE * self.square:
            return ZERO
        above = len(self.judges) - 1
        return beyond(explained / above / (left / self.freedom), above, self.freedom)

    @property
    def ratio(self) -> Decimal:
        """The variance of leanings by that of errors, in six figures: restricted maximum likelihood.

        Where the likelihood has several peaks it is the first one, that adjusts least.
        """
        if not self._is_rising(RATIOS[0]):
            return ZERO
        low = high = RATIOS[0]
        for high in RATIOS:
            if not self._is_rising(high):
                break
            low = high
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            low, high = (middle, high) if self._is_rising(middle) else (low, middle)
        return SIX_FIGURES.plus(low)

    def _is_rising(self, ratio: Decimal) -> bool:
        """Whether the likelihood still grows with the ratio."""
        shift = ONE / ratio
        points = self.turned.solved(shift)
        left = self.square - dot(points, self.turned.turned)
        explained = len(points) - shift * self.turned.trace_of_inverse(shift) - ONE / (ONE + shift)
        return self.within * shift * dot(points, points) > left * explained


def _comparison(given: Mapping[str, Mapping[str, Decimal]], judges: Sequence[str]) -> _Comparison:
    sums, square = dict.fromkeys(judges, Fraction(0)), Fraction(0)
    for panel in given.values():
        for judge, value in _deviations(panel).items():
            sums[judge] += value
            square += value**2
    loads = {judge: sum(judge in panel for panel in given.values()) for judge in judges}
    pinned = ONE / len(judges)
    information = [[value + pinned for value in line] for line in common_information(given, judges)]
    exact = [decimal(value) for value in sums.values()]
    return _Comparison(
        judges=judges,
        loads=loads,
        sums=exact,
        square=decimal(square),
        within=sum(loads.values()) - len(given),
        information=information,
        turned=tridiagonal(information, exact),
    )


def _adjusted(
    given: Mapping[str, Mapping[str, Decimal]],
    found: _Comparison,
    common: Decimal,
    groups: tuple[tuple[str, ...], ...],
    chance: Decimal,
) -> Adjustment:
    ratio = found.ratio
    solution = _solution(found, ratio)
    variance = max(found.square - dot(found.sums, solution.points), ZERO) / found.within
    place = {judge: number for number, judge in enumerate(found.judges)}
    estimates = []
    for entry, panel in given.items():
        seats = [place[judge] for judge in panel]
        shift = sum((solution.points[seat] for seat in seats), ZERO) / len(seats)
        error = (variance * (ONE / len(seats) + solution.spread_of(seats))).sqrt()
        value = decimal(_mean(panel.values())) - shift
        estimates.append(_estimate(entry, panel, value, error, found.freedom))
    leanings = [
        Leaning(
            judge,
            found.loads[judge],
            settled(solution.points[seat]),
            settled((variance * solution.spread_of([seat])).sqrt()),
        )
        for judge, seat in place.items()
    ]
    deviation, between = settled(variance.sqrt()), settled((variance * ratio).sqrt())
    return Adjustment(None, tuple(estimates), tuple(leanings), deviation, between, common, groups, chance)


@dataclass(frozen=True, slots=True)
class _Solution:
    """The leanings for one ratio, and what is uncertain in them, in multiples of the variance of errors.

    `level` is the part of it that all judges have in common, which moves all entries alike and no order.
    """

    points: Vector
    uncertain: Matrix
    level: Decimal

    def spread_of(self, seats: Sequence[int]) -> Decimal:
        """The variance of the mean leaning of these judges beside the mean of all."""
        total = ZERO
        for row in seats:
            for column in seats:
                total += self.uncertain[row][column]
        return max(total / len(seats) ** 2 - self.level, ZERO)


def _solution(found: _Comparison, ratio: Decimal) -> _Solution:
    size = len(found.sums)
    if not ratio:
        return _Solution([ZERO] * size, [[ZERO] * size for _ in found.sums], ZERO)
    shift = ONE / ratio
    uncertain = inverse(
        [
            [value + shift if row == column else value for column, value in enumerate(line)]
            for row, line in enumerate(found.information)
        ]
    )
    return _Solution([dot(line, found.sums) for line in uncertain], uncertain, ONE / (size * (ONE + shift)))


def _estimate(
    entry: str,
    panel: Mapping[str, Decimal],
    adjusted: Decimal | None,
    error: Decimal | None,
    freedom: int,
) -> Estimate:
    raw = _mean(panel.values())
    value = decimal(raw) if adjusted is None else adjusted
    told = None if adjusted is None else settled(adjusted)
    if error is None:
        return Estimate(entry, len(panel), raw, told, None, None, None)
    reach = QUANTILES[bisect_right(FREEDOMS, freedom) - 1] * error
    return Estimate(
        entry, len(panel), raw, told, settled(error), settled(value - reach), settled(value + reach)
    )


def _deviations(panel: Mapping[str, Decimal]) -> dict[str, Fraction]:
    mean = _mean(panel.values())
    return {judge: Fraction(total) - mean for judge, total in panel.items()}


def _mean(values: Iterable[Decimal]) -> Fraction:
    exact = [Fraction(value) for value in values]
    return sum(exact, Fraction(0)) / len(exact)
