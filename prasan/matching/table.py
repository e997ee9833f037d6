"""Reports read into columns, so that many pairs of them are compared at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from prasan.matching.numbers import Bits, Flags, Floats, Hashes, Marks, Whole
from prasan.matching.reading import Reading, read
from prasan.matching.reports import Report
from prasan.matching.vocabulary import Vocabulary, hash_of, vocabulary

PLACE, NUMBER = 1, 2
"""Marks of a word of a report: it stands where a place is named; it is a number."""

_COMPARED = 320
"""Letters of a plain text that are compared letter by letter."""
_METRES_A_DEGREE = 110_950.0
_MIDDLE = 101.5
"""The meridian from which east is counted, through the middle of the country."""
_ROWS_AT_ONCE = 10_000
_SECONDS_A_DAY = 86_400.0
_SAYS_NOTHING = frozenset({"อื่นๆ", "อื่น ๆ", "other", ""})
_FIRST_WORDS, _HEAD = 30, 4
"""A trouble is mostly named by the first words that tell something: four of the first thirty."""
_TELLS = 3.5
"""Bits from which a word tells something of a trouble."""


@dataclass(frozen=True, slots=True)
class Ragged:
    """Rows of unequal length: row i is `keys[starts[i]:starts[i + 1]]`, ascending, none twice."""

    starts: Whole
    keys: Hashes

    def counts(self, rows: Whole) -> Whole:
        """How many entries each of the rows holds."""
        return self.starts[rows + 1] - self.starts[rows]

    def expand(self, rows: Whole) -> tuple[Whole, Whole]:
        """For many rows at once: the places of all their entries, and for each the number of its row."""
        length = self.counts(rows)
        owner = np.repeat(np.arange(len(rows)), length)
        first = np.repeat(self.starts[rows] - (np.cumsum(length) - length), length)
        return first + np.arange(len(owner)), owner

    def find(self, rows: Whole, keys: Hashes) -> Whole:
        """Where each key stands in its row, as a place among all entries; -1 where the row lacks it."""
        if not len(self.keys):
            return np.full(len(keys), -1)
        low, high = self.starts[rows], self.starts[rows + 1]
        end = high.copy()
        while (narrow := low < high).any():  # all searches at once, each within its own row
            middle = (low + high) // 2
            below = narrow & (self.keys[np.minimum(middle, len(self.keys) - 1)] < keys)
            low, high = np.where(below, middle + 1, low), np.where(narrow & ~below, middle, high)
        place = np.minimum(low, len(self.keys) - 1)
        return np.where((low < end) & (self.keys[place] == keys), place, -1)


@dataclass(frozen=True, slots=True)
class ReadColumns:
    """What each text says, before it is known what its words tell: all of a reading that is compared.

    `first` holds the first words in their order, as they come; the other rows are as `Ragged` says.
    """

    plain: list[str]
    texts: Hashes
    words: Ragged
    marks: Marks
    first: Ragged
    numbers: Ragged
    names: Ragged
    troubles: Bits
    is_whole: Flags
    is_spot: Flags


@dataclass(frozen=True, slots=True)
class Table:
    """Reports as columns, in the order given; points in metres, moments in days, NaN where not known."""

    plain: list[str]
    texts: Hashes
    east: Floats
    north: Floats
    day: Floats
    words: Ragged
    information: Floats
    local: Floats
    telling: Floats
    meaning_row: Whole
    meanings: Floats
    marks: Marks
    numbers: Ragged
    names: Ragged
    troubles: Bits
    kinds: Bits
    is_whole: Flags
    is_spot: Flags
    bits: Floats
    local_bits: Floats
    place_bits: Floats
    sense: Floats
    meaning: Floats
    head: Floats

    def sense_of(self, words: Whole) -> Floats:
        """The meaning of these entries of words, as far as each tells something of a trouble."""
        return self.meanings[self.meaning_row[words]] * self.telling[words][:, None]

    def __len__(self) -> int:
        return len(self.plain)


def tabulate(reports: Sequence[Report], known: Vocabulary | None = None) -> Table:
    """Read the reports into a table."""
    return lay_out(reports, [read(report.text) for report in reports], known or vocabulary())


def lay_out(reports: Sequence[Report], readings: Sequence[Reading], known: Vocabulary) -> Table:
    """The table of reports whose texts have been read."""
    return lay_out_read(reports, read_columns(readings), known)


def lay_out_read(reports: Sequence[Report], columns: ReadColumns, known: Vocabulary) -> Table:
    """The table of reports whose texts have been read into columns, in the same order."""
    points = np.array([point_of(report) for report in reports], np.float64).reshape(-1, 2)
    words, marks = columns.words, columns.marks
    information, local, meaning_row = known.find(words.keys)
    telling = np.where(marks & NUMBER, 0.0, information * (1 - local))
    owner = np.repeat(np.arange(len(reports)), np.diff(words.starts))
    sense = _senses(words, telling, meaning_row, known.meaning)
    bits, local_bits, place_bits = (
        np.bincount(owner, each, len(reports)).astype(np.float64)
        for each in (information, information * local, information * ((marks & PLACE) > 0))
    )
    return Table(
        plain=columns.plain,
        texts=columns.texts,
        east=points[:, 0],
        north=points[:, 1],
        day=np.array([_day(report) for report in reports], np.float64),
        words=words,
        information=information,
        local=local,
        telling=telling,
        meaning_row=meaning_row,
        meanings=known.meaning,
        marks=marks,
        numbers=columns.numbers,
        names=columns.names,
        troubles=columns.troubles,
        kinds=np.array([_kinds(report) for report in reports], np.uint64),
        is_whole=columns.is_whole,
        is_spot=columns.is_spot,
        bits=bits,
        local_bits=local_bits,
        place_bits=place_bits,
        sense=sense,
        meaning=directions(sense),
        head=_heads(columns.first, known),
    )


def read_columns(readings: Sequence[Reading]) -> ReadColumns:
    """What texts that were read say, as columns."""
    words, marks = _words_of(readings)
    return ReadColumns(
        plain=[reading.plain[:_COMPARED] for reading in readings],
        texts=np.array([hash_of(reading.plain) for reading in readings], np.uint32),
        words=words,
        marks=marks,
        first=_in_order(
            [hash_of(word) for word in reading.words[:_FIRST_WORDS] if not word[0].isdigit()]
            for reading in readings
        ),
        numbers=_ragged((f"{name} {number}" for name, number in reading.numbers) for reading in readings),
        names=_ragged((name for name, _number in reading.numbers) for reading in readings),
        troubles=np.array([reading.troubles for reading in readings], np.uint64),
        is_whole=np.array([reading.is_whole for reading in readings], np.bool_),
        is_spot=np.array([reading.is_spot for reading in readings], np.bool_),
    )


def sum_by_row(owner: Whole, values: Floats, rows: int) -> Floats:
    """The sums of the values (one row each) of every owner; owners ascend."""
    total = np.zeros((rows, values.shape[1]))
    if len(owner):
        starts = np.flatnonzero(np.diff(owner, prepend=-1))
        total[owner[starts]] = np.add.reduceat(values, starts, axis=0)
    return total


def directions(vectors: Floats) -> Floats:
    """The vectors at length one; what has no length keeps none."""
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


def _words_of(readings: Sequence[Reading]) -> tuple[Ragged, Marks]:
    keys: list[int] = []
    marks: list[int] = []
    starts = [0]
    for reading in readings:
        row = {
            hash_of(word): PLACE * (word in reading.places) | NUMBER * word[0].isdigit()
            for word in reading.words
        }
        keys.extend(sorted(row))
        marks.extend(row[key] for key in sorted(row))
        starts.append(len(keys))
    return Ragged(np.array(starts, np.int64), np.array(keys, np.uint32)), np.array(marks, np.uint8)


def _senses(words: Ragged, telling: Floats, meaning_row: Whole, meanings: Floats) -> Floats:
    """The meaning of each row's words, summed as far as each tells something; some rows at a time."""
    parts = []
    for begin in range(0, len(words.starts) - 1, _ROWS_AT_ONCE):
        end = min(begin + _ROWS_AT_ONCE, len(words.starts) - 1)
        entries = slice(words.starts[begin], words.starts[end])
        owner = np.repeat(np.arange(end - begin), np.diff(words.starts[begin : end + 1]))
        parts.append(
            sum_by_row(owner, meanings[meaning_row[entries]] * telling[entries][:, None], end - begin)
        )
    return np.concatenate(parts) if parts else np.zeros((0, meanings.shape[1]))


def _ragged(rows: Iterable[Iterable[str]]) -> Ragged:
    return _in_order(sorted({hash_of(entry) for entry in row}) for row in rows)


def _in_order(rows: Iterable[Sequence[int]]) -> Ragged:
    kept = list(rows)
    starts = np.cumsum([0, *(len(row) for row in kept)])
    return Ragged(starts.astype(np.int64), np.array([key for row in kept for key in row], np.uint32))


def _heads(first: Ragged, known: Vocabulary) -> Floats:
    """The meaning of the first words of each text that say something of a trouble; some rows at a time."""
    rows = len(first.starts) - 1
    parts = [
        _heads_of(first, begin, min(begin + _ROWS_AT_ONCE, rows), known)
        for begin in range(0, rows, _ROWS_AT_ONCE)
    ]
    return np.concatenate(parts) if parts else np.zeros((0, known.meaning.shape[1]))


def _heads_of(first: Ragged, begin: int, end: int, known: Vocabulary) -> Floats:
    owner = np.repeat(np.arange(end - begin), np.diff(first.starts[begin : end + 1]))
    information, local, meaning_row = known.find(first.keys[first.starts[begin] : first.starts[end]])
    weight = np.where(information > _TELLS, information * (1 - local), 0.0)
    counted = np.cumsum(weight > 2.0)
    before = np.concatenate(([0], counted))[np.searchsorted(owner, np.arange(end - begin))]
    weight = np.where(counted - before[owner] > _HEAD, 0.0, weight)
    return directions(sum_by_row(owner, known.meaning[meaning_row] * weight[:, None], end - begin))


def _kinds(report: Report) -> int:
    """The kinds as bits of their hashes, without those that say nothing."""
    bits = 0
    for kind in report.kinds:
        if kind not in _SAYS_NOTHING:
            bits |= 1 << (hash_of(kind) & 63)
    return bits


def point_of(report: Report) -> tuple[float, float]:
    """Metres east and north, true to two in a hundred anywhere in Thailand; NaN where there is no point."""
    if report.latitude is None or report.longitude is None:
        return float("nan"), float("nan")
    narrowed = float(np.cos(np.radians(report.latitude)))
    return (report.longitude - _MIDDLE) * narrowed * _METRES_A_DEGREE, report.latitude * _METRES_A_DEGREE


def _day(report: Report) -> float:
    return float("nan") if report.at is None else report.at.timestamp() / _SECONDS_A_DAY
