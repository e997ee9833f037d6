"""Which pairs of reports are compared: near, or farther off with a telling word and no other trouble."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from prasan.matching.numbers import Bits, Flags, Whole
from prasan.matching.reports import Report
from prasan.matching.table import Table, day_of, point_of
from prasan.matching.troubles import SETTINGS

NEAR = 75.0
"""Metres within which any two reports are compared."""
FAR = 600.0
"""Metres within which two are compared that share a telling word and do not tell of other troubles."""
TELLING = 7.5
"""Bits from which a word is telling: about one report in 180 holds it."""
DAYS = 60.0
"""Days within which two reports are compared: what comes later is told of anew."""

_AT_ONCE = 2_000_000
_CELLS_A_ROW = 1 << 24
_AND_NEIGHBOURS = ((0, 0), (1, 0), (-1, 1), (0, 1), (1, 1))
"""A cell and the half of its neighbours that are not reached from the other side."""


def candidate_pairs(table: Table) -> Iterator[tuple[Whole, Whole]]:
    """Pairs of rows to compare, the lower number first, each pair once over all parts together.

    Whether two rows are compared depends on these two alone, so that any way of taking in the rows gives the
    same pairs. Rows without a point are compared with none. Pairs of one neighbourhood come together.
    """
    placed = np.flatnonzero(np.isfinite(table.east))
    placed = placed[np.argsort(_cell(table, placed, FAR), kind="stable")]
    found = [
        _different(one * len(placed) + other)
        for one, other in (*_near(table, placed), *_told_alike(table, placed))
    ]
    pairs = _different(np.concatenate([np.empty(0, np.int64), *found]))
    for begin in range(0, len(pairs), _AT_ONCE):
        one, other = (placed[side] for side in divmod(pairs[begin : begin + _AT_ONCE], max(len(placed), 1)))
        yield np.minimum(one, other), np.maximum(one, other)


def _different(pairs: Whole) -> Whole:
    """Each pair once, ascending; quicker by sorting than by `np.unique`."""
    pairs = np.sort(pairs)
    return pairs[np.diff(pairs, prepend=-1) != 0]


class Neighbourhood:
    """Where and when reports are told of, to find those that may be compared with some of them."""

    def __init__(self, reports: Sequence[Report]) -> None:
        points = np.array([point_of(report) for report in reports], np.float64).reshape(-1, 2)
        self._day = np.array([day_of(report) for report in reports], np.float64)
        self._known = np.isfinite(points[:, 0])
        east, north = np.floor(np.where(self._known[:, None], points, 0.0) / FAR).astype(np.int64).T
        self._cell = north * _CELLS_A_ROW + east

    def of(self, rows: Whole) -> Flags:
        """For each report, whether it is one of these rows, or may be a candidate with one of them."""
        cells, days = self._cell[rows[self._known[rows]]], self._day[rows]
        around = [cells + north * _CELLS_A_ROW + east for north in (-1, 0, 1) for east in (-1, 0, 1)]
        found: Flags = self._known & np.isin(self._cell, np.concatenate(around))
        found &= ~((self._day < days.min() - DAYS) | (self._day > days.max() + DAYS))
        found[rows] = True
        return found


def _near(table: Table, placed: Whole) -> Iterator[tuple[Whole, Whole]]:
    """Pairs within `NEAR`, as places among the rows that have a point, the earlier first."""
    cell = _cell(table, placed, NEAR)
    order = np.argsort(cell, kind="stable")
    cell = cell[order]
    for east, north in _AND_NEIGHBOURS:
        step = north * _CELLS_A_ROW + east
        first = np.arange(1, len(cell) + 1) if step == 0 else np.searchsorted(cell, cell + step, "left")
        last = np.searchsorted(cell, cell + step, "right")
        for a, b in _spans(first, last):
            yield _kept(table, placed, order[a], order[b], 0.0, NEAR)


def _told_alike(table: Table, placed: Whole) -> Iterator[tuple[Whole, Whole]]:
    """Pairs between `NEAR` and `FAR` that share a telling word, by that word and by cell; some twice."""
    number = np.full(len(table), -1)
    number[placed] = np.arange(len(placed))
    entry = np.flatnonzero(table.information >= TELLING)
    row = number[np.searchsorted(table.words.starts, entry, "right") - 1]
    entry, row = entry[row >= 0], row[row >= 0]
    # two keys that fall together only cost a comparison
    key = table.words.keys[entry].astype(np.int64) * _SPREAD + _cell(table, placed[row], FAR)
    by_key = np.argsort(key, kind="stable")
    key, row = key[by_key], row[by_key]
    for east, north in _AND_NEIGHBOURS:
        step = north * _CELLS_A_ROW + east
        first = np.arange(1, len(row) + 1) if step == 0 else np.searchsorted(key, key + step, "left")
        last = np.searchsorted(key, key + step, "right")
        for a, b in _spans(first, last):
            yield _kept(table, placed, row[a], row[b], NEAR, FAR)


_SPREAD = 1_000_003


def _cell(table: Table, rows: Whole, metres: float) -> Whole:
    east, north = (np.floor(axis[rows] / metres).astype(np.int64) for axis in (table.east, table.north))
    return north * _CELLS_A_ROW + east


def _kept(
    table: Table, placed: Whole, one: Whole, other: Whole, beyond: float, up_to: float
) -> tuple[Whole, Whole]:
    """The pairs within these metres and within `DAYS`, the earlier place first."""
    a, b = placed[one], placed[other]
    metres = np.hypot(table.east[a] - table.east[b], table.north[a] - table.north[b])
    keep: Flags = (metres <= up_to) & ((metres > beyond) | (beyond == 0.0)) & (one != other)
    keep &= ~(np.abs(table.day[a] - table.day[b]) > DAYS)
    keep &= (metres <= NEAR) | _may_be_of_one(table.troubles[a], table.troubles[b])
    one, other = one[keep], other[keep]
    return np.minimum(one, other), np.maximum(one, other)


def _may_be_of_one(a: Bits, b: Bits) -> Flags:
    """Whether the one tells of no trouble, or the other, or both of one that is the same."""
    a, b = a & ~SETTINGS, b & ~SETTINGS
    return (a == 0) | (b == 0) | ((a & b) != 0)


def _spans(first: Whole, last: Whole) -> Iterator[tuple[Whole, Whole]]:
    """The pairs (i, j) with first[i] <= j < last[i], in parts of bounded size."""
    length = np.maximum(last - first, 0)
    ends = np.cumsum(length)
    begin = 0
    while begin < len(length):
        done = ends[begin - 1] if begin else 0
        end = max(int(np.searchsorted(ends, done + _AT_ONCE, "right")), begin + 1)
        part = length[begin:end]
        a = np.repeat(np.arange(begin, end), part)
        yield a, first[a] + np.arange(len(a)) - np.repeat(np.cumsum(part) - part, part)
        begin = end
