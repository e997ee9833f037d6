"""What speaks for and against two reports telling of one problem, for many pairs at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from prasan.matching.numbers import Bits, Floats, Marks, Singles, Whole
from prasan.matching.table import PLACE, Ragged, Table, directions, sense_by_row
from prasan.matching.troubles import SETTINGS
from prasan.matching.vocabulary import vocabulary

FAR, LONG = 5_000.0, 400.0
"""Metres and days taken where the one or the other is not known, or more."""

_NO_LENGTH = np.float32(1e-9)


def evidence(table: Table, left: Whole, right: Whole) -> Floats:
    """One row for each pair (row `left[i]` with row `right[i]`), one column for each of `EVIDENCE`.

    Which of the two is named first makes no difference.
    """
    columns = {
        **_apart(table, left, right),
        **_words(table, left, right),
        **_numbers(table, left, right),
        **_troubles(table, left, right),
        **_sense(table, left, right),
        "ratio": process.cpdist(
            [table.letters[row] for row in left.tolist()],
            [table.letters[row] for row in right.tolist()],
            scorer=fuzz.ratio,
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
class _Common:
    """The words that both sides of a pair hold: the pair, the word, its marks on either side."""

    pair: Whole
    word: Whole
    left_marks: Marks
    right_marks: Marks

    @classmethod
    def of(cls, table: Table, left: Whole, right: Whole) -> _Common:
        """Looked up from the side that has fewer words."""
        is_left = table.words.counts(left) <= table.words.counts(right)
        word, pair = table.words.expand(np.where(is_left, left, right))
        there = table.words.find(np.where(is_left, right, left)[pair], table.words.keys[word])
        held = there >= 0
        word, pair, there = word[held], pair[held], there[held]
        own, other = table.marks[word], table.marks[there]
        return cls(
            pair=pair,
            word=word,
            left_marks=np.where(is_left[pair], own, other),
            right_marks=np.where(is_left[pair], other, own),
        )


def _words(table: Table, left: Whole, right: Whole) -> dict[str, Floats | Singles]:
    common = _Common.of(table, left, right)
    pairs, known, rows = len(left), vocabulary(), table.word_rows[common.word]
    bits = known.information[rows].astype(np.float64)

    def told(what: Floats) -> Floats:
        return np.bincount(common.pair, what, pairs).astype(np.float64)

    def told_as_places(marks: Marks) -> Floats:
        return told(bits * ((marks & PLACE) > 0))

    shared, local = told(bits), told(bits * known.local[rows])
    shorter, longer = _ordered(table.bits[left], table.bits[right])
    local_known, local_more = _ordered(table.local_bits[left], table.local_bits[right])
    fewer_places, more_places = _ordered(
        table.place_bits[left] - told_as_places(common.left_marks),
        table.place_bits[right] - told_as_places(common.right_marks),
    )
    sense = sense_by_row(common.pair, rows, common.left_marks, pairs)
    left_over, right_over = table.sense[left] - sense, table.sense[right] - sense
    left_length, right_length = np.sqrt(_dot(left_over, left_over)), np.sqrt(_dot(right_over, right_over))
    rarest = np.zeros(pairs)
    np.maximum.at(rarest, common.pair, bits)
    return {
        "shared": shared,
        "contained": shared / np.maximum(shorter, 1.0),
        "overlap": shared / np.maximum(shorter + longer - shared, 1.0),
        "less_left": shorter - shared,
        "more_left": longer - shared,
        "shorter": shorter,
        "longer": longer,
        "rarest_shared": rarest,
        "shared_places": told_as_places(common.left_marks | common.right_marks),
        "places_left": fewer_places,
        "more_places_left": more_places,
        "local_shared": local,
        "local_left": local_known - local,
        "more_local_left": local_more - local,
        "local_known": local_known,
        "local_contained": local / np.maximum(local_known, 2.0),
        "left_sense": _dot(left_over, right_over) / np.maximum(left_length * right_length, _NO_LENGTH),
        "left_known": np.minimum(left_length, right_length),
    }


def _ordered(a: Floats, b: Floats) -> tuple[Floats, Floats]:
    return np.minimum(a, b), np.maximum(a, b)


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
    told_a, told_b = a & ~SETTINGS, b & ~SETTINGS
    same, known = _bits(told_a & told_b), np.minimum(_bits(told_a), _bits(told_b))
    kinds_a, kinds_b = table.kinds[left], table.kinds[right]
    both = (kinds_a > 0) & (kinds_b > 0)
    return {
        "same_settings": _bits(a & b & SETTINGS),
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


def _sense(table: Table, left: Whole, right: Whole) -> dict[str, Singles]:
    a, b = directions(table.sense[left]), directions(table.sense[right])
    head_a, head_b = table.head[left], table.head[right]
    return {
        "meaning": _dot(a, b),
        "head": _dot(head_a, head_b),
        "head_in_other": np.maximum(_dot(head_a, b), _dot(a, head_b)),
    }


def _common(rows: Ragged, left: Whole, right: Whole) -> Floats:
    """How many entries the two rows of each pair share."""
    place, pair = rows.expand(left)
    return np.bincount(pair, rows.find(right[pair], rows.keys[place]) >= 0, len(left)).astype(np.float64)


def _dot(a: Singles, b: Singles) -> Singles:
    return np.einsum("ij,ij->i", a, b)


def _bits(of: Bits) -> Floats:
    return np.bitwise_count(of).astype(np.float64)
