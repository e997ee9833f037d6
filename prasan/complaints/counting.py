"""Figures made of counts: percentiles of days, and which small counts may be told in public. No database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

SMALL = 5
"""Counts from 1 to below this are not told in public."""

Cell = tuple[str, str]
"""An area and a kind."""


def percentile(counts: Mapping[int, int], part: float) -> int | None:
    """The smallest number of days within which at least this part of the cases lies; None of none.

    `counts` says how many cases took so many days. It is what `percentile_disc` gives for the cases.
    """
    total = sum(counts.values())
    if not total:
        return None
    reached = 0
    for days in sorted(counts):
        reached += counts[days]
        if reached >= part * total:
            return days
    raise AssertionError("all cases lie within the greatest number of days")


@dataclass(frozen=True, slots=True)
class Publishable:
    """What may be told in public: cells of nothing or enough, and all hidden ones together if that is safe.

    `shown` lacks the hidden cells. `rest` is None where it would tell what one of them is.
    """

    shown: Mapping[Cell, int]
    hidden: frozenset[Cell]
    rest: int | None

    @property
    def total(self) -> int:
        """The sum of what is told; with the rest it is the true one."""
        return sum(self.shown.values()) + (self.rest or 0)


def publishable(cells: Mapping[Cell, int]) -> Publishable:
    """Leave out small counts so that nobody can subtract them back.

    Every sum that is told of these cells is one of shown cells alone, except for `rest`, the sum of all
    hidden ones. That is told only where each hidden cell can still be more than one number: with `n` of them,
    each from 1 to 4, where it lies between `n` and `4 n`, both excluded.
    """
    hidden = frozenset(cell for cell, number in cells.items() if 0 < number < SMALL)
    shown = {cell: number for cell, number in cells.items() if cell not in hidden}
    rest = sum(cells[cell] for cell in hidden)
    is_safe = not hidden or (len(hidden) > 1 and len(hidden) < rest < (SMALL - 1) * len(hidden))
    return Publishable(shown, hidden, rest if is_safe else None)
