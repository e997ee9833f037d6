"""Which award each entry gets: levels with so many places, from so many points on, or both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from prasan.judging.ranking import Standing


@dataclass(frozen=True, slots=True)
class Level:
    """An award: for at most `places` entries, for values of at least `threshold`; None is without limit."""

    code: str
    places: int | None = None
    threshold: Fraction | None = None

    def __post_init__(self) -> None:
        if self.places is not None and self.places < 1:
            raise ValueError(f"{self.code}: a level has at least one place")


@dataclass(frozen=True, slots=True)
class Awards:
    """The level of each entry, None for no award; what could not be decided; and the lines between levels.

    `undecided` are entries that share a place across a line, with the levels that they share, None for no
    award: people decide, or a rule for ties that tells all apart. `lines` is, by level, the value that
    parts it from what lies below: its threshold, or the middle between the last in and the first out where
    places ran out.
    """

    levels: Mapping[str, str | None]
    undecided: Mapping[str, tuple[str | None, ...]]
    lines: Mapping[str, Fraction]


def award(standings: Sequence[Standing], levels: Sequence[Level]) -> Awards:
    """Give the levels, the highest first, to the entries as `rank` put them.

    Places that a threshold leaves empty are not handed down. ValueError for levels that stand twice, or where
    a lower one asks for more.
    """
    _check(levels)
    reached = list(_reached(standings, levels))
    codes: list[str | None] = [*(level.code for level in levels), None]
    decided, undecided = {}, {}
    for standing, numbers in reached:
        if len(numbers) == 1:
            decided[standing.entry] = codes[numbers[0]]
        else:
            undecided[standing.entry] = tuple(codes[number] for number in numbers)
    lines = {
        level.code: line
        for number, level in enumerate(levels)
        if (line := _line(level, number, reached)) is not None
    }
    return Awards(decided, undecided, lines)


def _check(levels: Sequence[Level]) -> None:
    if len({level.code for level in levels}) != len(levels):
        raise ValueError("each level stands once")
    asked = [level.threshold for level in levels if level.threshold is not None]
    if asked != sorted(asked, reverse=True):
        raise ValueError("a lower level asks for no more than a higher one")


def _reached(
    standings: Sequence[Standing], levels: Sequence[Level]
) -> Iterator[tuple[Standing, tuple[int, ...]]]:
    """Each entry with the numbers of the levels that its group fills; one more than the last is none."""
    number = used = 0
    for _place, together in groupby(standings, key=lambda standing: standing.place):
        group = list(together)
        left, numbers = len(group), []
        while left:
            while number < len(levels) and not _takes(levels[number], used, group[0].value):
                number, used = number + 1, 0
            places = levels[number].places if number < len(levels) else None
            filled = left if places is None else min(left, places - used)
            numbers.append(number)
            left, used = left - filled, used + filled
        yield from ((standing, tuple(numbers)) for standing in group)


def _takes(level: Level, used: int, value: Fraction) -> bool:
    has_place = level.places is None or used < level.places
    return has_place and (level.threshold is None or value >= level.threshold)


def _line(level: Level, number: int, reached: Sequence[tuple[Standing, tuple[int, ...]]]) -> Fraction | None:
    above = [standing.value for standing, numbers in reached if numbers[0] <= number]
    below = [standing.value for standing, numbers in reached if numbers[-1] > number]
    if level.threshold is not None and (not below or max(below) < level.threshold):
        return level.threshold
    return (min(above) + max(below)) / 2 if above and below else None
