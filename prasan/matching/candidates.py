"""Which pairs of reports are worth comparing: near, or farther off with a telling word in common."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from prasan.matching.numbers import Flags, Whole
from prasan.matching.table import Table

NEAR = 75.0
"""Metres within which any two reports are compared."""
FAR = 600.0
"""Metres within which two are compared that share a telling word."""
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
    same pairs. Rows without a point are compared with none.
    """
    yield from _near(table)
    yield from _told_alike(table)


def _near(table: Table) -> Iterator[tuple[Whole, Whole]]:
    rows = np.flatnonzero(np.isfinite(table.east))
    cell = _cell(table, rows, NEAR)
    order = np.argsort(cell, kind="stable")
    rows, cell = rows[order], cell[order]
    for east, north in _AND_NEIGHBOURS:
        step = north * _CELLS_A_ROW + east
        first = np.arange(1, len(rows) + 1) if step == 0 else np.searchsorted(cell, cell + step, "left")
        last = np.searchsorted(cell, cell + step, "right")
        for a, b in _spans(first, last):
            yield _kept(table, rows[a], rows[b], 0.0, NEAR)


def _told_alike(table: Table) -> Iterator[tuple[Whole, Whole]]:
    """Pairs between `NEAR` and `FAR` that share a telling word, by that word and by cell."""
    place = np.flatnonzero(table.information >= TELLING)
    row = np.searchsorted(table.words.starts, place, "right") - 1
    known = np.isfinite(table.east[row])
    place, row = place[known], row[known]
    word, cell = table.words.keys[place].astype(np.int64), _cell(table, row, FAR)
    order = np.lexsort((cell, word))
    row, word, cell = row[order], word[order], cell[order]
    key = word * _SPREAD + cell  # two keys that fall together only cost a comparison
    by_key = np.argsort(key, kind="stable")
    key, row = key[by_key], row[by_key]
    found: list[Whole] = []
    for east, north in _AND_NEIGHBOURS:
        step = north * _CELLS_A_ROW + east
        first = np.arange(1, len(row) + 1) if step == 0 else np.searchsorted(key, key + step, "left")
        last = np.searchsorted(key, key + step, "right")
        for a, b in _spans(first, last):
            left, right = _kept(table, row[a], row[b], NEAR, FAR)
            found.append(np.unique(left * len(table) + right))
    pairs = np.unique(np.concatenate(found)) if found else np.empty(0, np.int64)
    for begin in range(0, len(pairs), _AT_ONCE):
        part = pairs[begin : begin + _AT_ONCE]
        yield part // len(table), part % len(table)


_SPREAD = 1_000_003


def _cell(table: Table, rows: Whole, metres: float) -> Whole:
    east, north = (np.floor(axis[rows] / metres).astype(np.int64) for axis in (table.east, table.north))
    return north * _CELLS_A_ROW + east


def _kept(table: Table, left: Whole, right: Whole, beyond: float, up_to: float) -> tuple[Whole, Whole]:
    """The pairs within these metres and within `DAYS`, the lower row first."""
    metres = np.hypot(table.east[left] - table.east[right], table.north[left] - table.north[right])
    keep: Flags = (metres <= up_to) & ((metres > beyond) | (beyond == 0.0)) & (left != right)
    keep &= ~(np.abs(table.day[left] - table.day[right]) > DAYS)
    left, right = left[keep], right[keep]
    return np.minimum(left, right), np.maximum(left, right)


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
