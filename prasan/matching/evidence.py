"""What speaks for and against two reports telling of one problem, for many pairs at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from prasan.matching.numbers import Bits, Flags, Floats, Whole
from prasan.matching.table import NUMBER, PLACE, Ragged, Table, directions, sum_by_row
from prasan.matching.troubles import SETTING_BITS

FAR, LONG = 5_000.0, 400.0
"""Metres and days taken where the one or the other is not known, or more."""

_SETTINGS = np.uint64(SETTING_BITS)


def evidence(table: Table, left: Whole, right: Whole) -> Floats:
    """One row for each pair (row `left[i]` with row `right[i]`), one column for each of `EVIDENCE`.

    Which of the two is named first makes no difference.
    """
    columns = {
        **_apart(table, left, right),
        **_words(_Shared.of(table, left, right), len(left)),
        **_numbers(table, left, right),
        **_troubles(table, left, right),
        **_sense(table, left, right),
        "ratio": process.cpdist(
            [table.plain[row] for row in left], [table.plain[row] for row in right], scorer=fuzz.ratio
        ),
    }
    return np.column_stack([columns[name] for name in EVIDENCE]).astype(np.float64)


EVIDENCE = (
    *("metres", "days", "same_text"),
    *("shared", "contained", "overlap", "less_left", "more_left", "shorter", "longer", "rarest_shared"),
    *("shared_places", "places_left", "more_places_left"),
    *("local_shared", "local_left", "more_local_left", "local_known", "local_contained"),
    *("left_sense", "left_known"),
    *("number_agrees", "number_differs", "numbers_left"),
    *("same_settings", "same_troubles", "same_share", "other_troubles", "troubles_known", "all_other"),
    *("kinds_agree", "kinds_differ", "wholes", "spots"),
    *("meaning", "head", "head_in_other", "ratio"),
)
"""The columns in order: distance, words, places, numbers, troubles, sense, letters."""


def _apart(table: Table, left: Whole, right: Whole) -> dict[str, Floats]:
    metres = np.hypot(table.east[left] - table.east[right], table.north[left] - table.north[right])
    days = np.abs(table.day[left] - table.day[right])
    return {
        "metres": np.log(np.nan_to_num(np.minimum(metres, FAR), nan=FAR) + 10.0),
        "days": np.log(np.nan_to_num(np.minimum(days, LONG), nan=LONG) + 0.02),
        "same_text": (table.texts[left] == table.texts[right]).astype(np.float64),
    }


@dataclass(frozen=True, slots=True)
class _Side:
    """The words of one side of all pairs: each with its pair, what it tells, whether the other has it."""

    pair: Whole
    bits: Floats
    local_bits: Floats
    sense: Floats
    is_place: Flags
    is_shared: Flags
    is_shared_place: Flags

    @classmethod
    def of(cls, table: Table, rows: Whole, others: Whole) -> _Side:
        place, pair = table.words.expand(rows)
        there = table.words.find(others[pair], table.words.keys[place])
        marks, is_shared = table.marks[place], there >= 0
        bits = table.information[place]
        told = np.where(marks & NUMBER, 0.0, bits * (1 - table.local[place]))
        return cls(
            pair=pair,
            bits=bits,
            local_bits=bits * table.local[place],
            sense=table.word_meaning[place] * told[:, None],
            is_place=(marks & PLACE) > 0,
            is_shared=is_shared,
            is_shared_place=is_shared & (((marks | np.where(is_shared, table.marks[there], 0)) & PLACE) > 0),
        )

    def sum(self, values: Floats | Flags, pairs: int) -> Floats:
        return np.bincount(self.pair, values, pairs).astype(np.float64)

    def left_over(self, pairs: int) -> Floats:
        """The meaning of the words that the other side lacks."""
        own = ~self.is_shared
        return sum_by_row(self.pair[own], self.sense[own], pairs)


@dataclass(frozen=True, slots=True)
class _Shared:
    """The words of both sides."""

    a: _Side
    b: _Side

    @classmethod
    def of(cls, table: Table, left: Whole, right: Whole) -> _Shared:
        return cls(_Side.of(table, left, right), _Side.of(table, right, left))


def _words(shared: _Shared, pairs: int) -> dict[str, Floats]:
    a, b = shared.a, shared.b
    common = a.sum(a.bits * a.is_shared, pairs)
    all_a, all_b = a.sum(a.bits, pairs), b.sum(b.bits, pairs)
    places = a.sum(a.bits * a.is_shared_place, pairs)
    place_a = a.sum(a.bits * (a.is_place & ~a.is_shared), pairs)
    place_b = b.sum(b.bits * (b.is_place & ~b.is_shared), pairs)
    local = a.sum(a.local_bits * a.is_shared, pairs)
    local_a, local_b = a.sum(a.local_bits, pairs), b.sum(b.local_bits, pairs)
    left_a, left_b = a.left_over(pairs), b.left_over(pairs)
    rarest = np.zeros(pairs)
    np.maximum.at(rarest, a.pair, a.bits * a.is_shared)
    return {
        "shared": common,
        "contained": common / np.maximum(np.minimum(all_a, all_b), 1.0),
        "overlap": common / np.maximum(all_a + all_b - common, 1.0),
        "less_left": np.minimum(all_a, all_b) - common,
        "more_left": np.maximum(all_a, all_b) - common,
        "shorter": np.minimum(all_a, all_b),
        "longer": np.maximum(all_a, all_b),
        "rarest_shared": rarest,
        "shared_places": places,
        "places_left": np.minimum(place_a, place_b),
        "more_places_left": np.maximum(place_a, place_b),
        "local_shared": local,
        "local_left": np.minimum(local_a, local_b) - local,
        "more_local_left": np.maximum(local_a, local_b) - local,
        "local_known": np.minimum(local_a, local_b),
        "local_contained": local / np.maximum(np.minimum(local_a, local_b), 2.0),
        "left_sense": _dot(directions(left_a), directions(left_b)),
        "left_known": np.minimum(np.linalg.norm(left_a, axis=1), np.linalg.norm(left_b, axis=1)),
    }


def _numbers(table: Table, left: Whole, right: Whole) -> dict[str, Floats]:
    agrees = _common(table.numbers, left, right)
    own = np.minimum(table.numbers.counts(left), table.numbers.counts(right))
    return {
        "number_agrees": agrees,
        "number_differs": np.maximum(_common(table.names, left, right) - agrees, 0.0),
        "numbers_left": own - agrees,
    }


def _troubles(table: Table, left: Whole, right: Whole) -> dict[str, Floats]:
    a, b = table.troubles[left], table.troubles[right]
    told_a, told_b = a & ~_SETTINGS, b & ~_SETTINGS
    same, known = _bits(told_a & told_b), np.minimum(_bits(told_a), _bits(told_b))
    kinds_a, kinds_b = table.kinds[left], table.kinds[right]
    both = (kinds_a > 0) & (kinds_b > 0)
    return {
        "same_settings": _bits(a & b & _SETTINGS),
        "same_troubles": same,
        "same_share": same / np.maximum(_bits(told_a | told_b), 1.0),
        "other_troubles": known - same,
        "troubles_known": known,
        "all_other": ((known > 0) & (same == 0)).astype(np.float64),
        "kinds_agree": ((kinds_a & kinds_b) > 0).astype(np.float64),
        "kinds_differ": (both & ((kinds_a & kinds_b) == 0)).astype(np.float64),
        "wholes": table.is_whole[left].astype(np.float64) + table.is_whole[right],
        "spots": table.is_spot[left].astype(np.float64) + table.is_spot[right],
    }


def _sense(table: Table, left: Whole, right: Whole) -> dict[str, Floats]:
    return {
        "meaning": _dot(table.meaning[left], table.meaning[right]),
        "head": _dot(table.head[left], table.head[right]),
        "head_in_other": np.maximum(
            _dot(table.head[left], table.meaning[right]), _dot(table.meaning[left], table.head[right])
        ),
    }


def _common(rows: Ragged, left: Whole, right: Whole) -> Floats:
    """How many entries the two rows of each pair share."""
    place, pair = rows.expand(left)
    return np.bincount(pair, rows.find(right[pair], rows.keys[place]) >= 0, len(left)).astype(np.float64)


def _dot(a: Floats, b: Floats) -> Floats:
    return np.einsum("ij,ij->i", a, b)


def _bits(of: Bits) -> Floats:
    return np.bitwise_count(of).astype(np.float64)
