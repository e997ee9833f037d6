"""Which shade of a map an area gets for its figure: few classes of about equally many areas."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

Figure = int | Decimal

SHADES = 5
"""Shades there are, from 1, the palest, for the least."""

UNKNOWN = 0
"""The shade of an area whose figure is not known: hatched."""


@dataclass(frozen=True, slots=True)
class ShadeClass:
    """Areas of one shade: the least and the greatest of their figures, and how many they are."""

    shade: int
    least: Figure
    greatest: Figure
    number: int


@dataclass(frozen=True, slots=True)
class Shading:
    """The shade of each area, what each shade stands for, and how many figures are not known."""

    by_code: Mapping[str, int]
    classes: tuple[ShadeClass, ...]
    unknown: int


def shading_of(figures: Mapping[str, Figure | None]) -> Shading:
    """Shades by quantile: a greater figure never gets a paler shade, equal figures always the same one.

    Where there are fewer classes than shades they are spread over the scale; a single one is pale for
    nothing at all and in the middle otherwise.
    """
    known = sorted(figure for figure in figures.values() if figure is not None)
    quantiles = {figure: _quantile(known, figure) for figure in known}
    steps = sorted(set(quantiles.values()))
    shades = {figure: _shade(steps.index(step), len(steps), figure) for figure, step in quantiles.items()}
    by_code = {code: UNKNOWN if figure is None else shades[figure] for code, figure in figures.items()}
    classes = []
    for shade in sorted(set(shades.values())):
        inside = [figure for figure in known if shades[figure] == shade]
        classes.append(ShadeClass(shade, inside[0], inside[-1], len(inside)))
    return Shading(by_code, tuple(classes), len(figures) - len(known))


def _quantile(known: list[Figure], figure: Figure) -> int:
    """In which of the equal parts the middle of all that bear this figure stands."""
    middle = bisect_left(known, figure) + bisect_right(known, figure)
    return middle * SHADES // (2 * len(known))


def _shade(place: int, classes: int, figure: Figure) -> int:
    if classes == 1:
        return (1 + SHADES) // 2 if figure else 1
    return 1 + place * (SHADES - 1) // (classes - 1)
