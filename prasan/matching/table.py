"""Reports read into columns, so that many pairs of them are compared at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from math import cos, radians
from typing import Any, NamedTuple

import numpy as np

from prasan.matching.numbers import Bits, Flags, Floats, Hashes, Marks, Rows, Singles, Whole
from prasan.matching.reading import Reading, read
from prasan.matching.reports import Report
from prasan.matching.vocabulary import hash_of, vocabulary

PLACE, NUMBER = 1, 2
"""Marks of a word of a report: it stands where a place is named; it is a number."""

COMPARED = 320
"""Letters of a plain text that are compared letter by letter."""
_THAI, _AS_ONE_BYTE = range(0x0E00, 0x0E60), range(0xA0, 0x100)
_ONE_BYTE = dict(zip((*_THAI, *_AS_ONE_BYTE), (*_AS_ONE_BYTE, *_THAI), strict=True))
"""As the Thai industrial standard has it; what that lacks stays apart from all else."""
_METRES_A_DEGREE = 110_950.0
_MIDDLE = 101.5
"""The meridian from which east is counted, through the middle of the country."""
_SECONDS_A_DAY = 86_400.0
_SAYS_NOTHING = frozenset({"อื่นๆ", "อื่น ๆ", "other", ""})
FIRST_WORDS, _HEAD = 30, 4
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

    def take(self, rows: Whole) -> tuple[Ragged, Whole]:
        """These rows alone, and where their entries stood."""
        place, _owner = self.expand(rows)
        return Ragged(np.concatenate(([0], self.counts(rows).cumsum())), self.keys[place]), place

    @classmethod
    def joined(cls, parts: Sequence[Ragged]) -> Ragged:
        """The rows of all parts, one part behind the other."""
        counts = np.concatenate([np.zeros(1, np.int64), *(np.diff(part.starts) for part in parts)])
        return cls(counts.cumsum(), np.concatenate([np.empty(0, np.uint32), *(part.keys for part in parts)]))

    def find(self, rows: Whole, keys: Hashes) -> Whole:
        """Where each key stands in its row, as a place among all entries; -1 where the row lacks it."""
        if not len(self.keys):
            return np.full(len(keys), -1)
        held = (np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts)) << 32) | self.keys
        wanted = (rows << 32) | keys
        place = np.minimum(np.searchsorted(held, wanted), len(held) - 1)
        return np.where(held[place] == wanted, place, -1)


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
    """Reports as columns, in the order given; points in metres, moments in days, NaN where not known.

    `letters` are those of the plain text, each Thai one by another that takes one byte: what compares letter
    by letter is then three times as quick.
    """

    letters: list[str]
    texts: Hashes
    east: Floats
    north: Floats
    day: Floats
    words: Ragged
    word_rows: Rows
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
    sense: Singles
    head: Singles

    @property
    def information(self) -> Singles:
        """How much each entry of `words` tells, in bits."""
        return vocabulary().information[self.word_rows]

    def take(self, rows: Whole) -> Table:
        """The table of these rows alone."""
        words, place = self.words.take(rows)
        taken: dict[str, Any] = {name: getattr(self, name)[rows] for name in _BY_ROW}
        taken |= {name: getattr(self, name)[place] for name in _BY_ENTRY}
        taken |= {"numbers": self.numbers.take(rows)[0], "names": self.names.take(rows)[0]}
        return Table(letters=[self.letters[row] for row in rows.tolist()], words=words, **taken)

    @classmethod
    def joined(cls, parts: list[Table]) -> Table:
        """The rows of all parts, one part behind the other; there is one part at least.

        Takes the parts out of the list, column by column, so that not all is held twice.
        """
        columns = {each.name: [getattr(part, each.name) for part in parts] for each in fields(cls)}
        parts.clear()
        joined: dict[str, Any] = {"letters": [one for part in columns.pop("letters") for one in part]}
        for name in _RAGGED:
            joined[name] = Ragged.joined(columns.pop(name))
        for name in _BY_ENTRY + _BY_ROW:
            joined[name] = np.concatenate(columns.pop(name))
        return cls(**joined)

    def __len__(self) -> int:
        return len(self.day)


_RAGGED = ("words", "numbers", "names")
_BY_ENTRY = ("word_rows", "marks")
_BY_ROW = tuple(each.name for each in fields(Table) if each.name not in {"letters", *_RAGGED, *_BY_ENTRY})


def tabulate(reports: Sequence[Report]) -> Table:
    """Read the reports into a table."""
    return lay_out_read(reports, read_columns([read(report.text) for report in reports]))


def lay_out_read(reports: Sequence[Report], columns: ReadColumns) -> Table:
    """The table of reports whose texts have been read into columns, in the same order."""
    return lay_out_columns(columns, circumstances(reports))


class Circumstances(NamedTuple):
    """What is known of reports besides their texts."""

    points: Floats
    day: Floats
    kinds: Bits


def circumstances(reports: Sequence[Report]) -> Circumstances:
    """Where and when each report is told of, and of which kinds it is."""
    return Circumstances(
        points=np.array([point_of(report) for report in reports], np.float64).reshape(-1, 2),
        day=np.array([day_of(report) for report in reports], np.float64),
        kinds=np.array([_kinds(report) for report in reports], np.uint64),
    )


def lay_out_columns(columns: ReadColumns, told: Circumstances) -> Table:
    """The table of texts that have been read, with all else that is known of each."""
    words, marks, known, count = columns.words, columns.marks, vocabulary(), len(columns.plain)
    rows = known.rows(words.keys)
    information = known.information[rows].astype(np.float64)
    owner = np.repeat(np.arange(count), np.diff(words.starts))
    sense = sense_by_row(owner, rows, marks, count)
    bits, local_bits, place_bits = (
        np.bincount(owner, each, count).astype(np.float64)
        for each in (information, information * known.local[rows], information * ((marks & PLACE) > 0))
    )
    return Table(
        letters=[letters_of(plain) for plain in columns.plain],
        texts=columns.texts,
        east=told.points[:, 0],
        north=told.points[:, 1],
        day=told.day,
        words=words,
        word_rows=rows,
        marks=marks,
        numbers=columns.numbers,
        names=columns.names,
        troubles=columns.troubles,
        kinds=told.kinds,
        is_whole=columns.is_whole,
        is_spot=columns.is_spot,
        bits=bits,
        local_bits=local_bits,
        place_bits=place_bits,
        sense=sense,
        head=_heads(columns.first),
    )


def letters_of(plain: str) -> str:
    """The text with each Thai letter as another of one byte, and those as the Thai ones."""
    try:
        return plain.encode("tis-620").decode("latin-1")
    except UnicodeEncodeError:
        return plain.translate(_ONE_BYTE)


def read_columns(readings: Sequence[Reading]) -> ReadColumns:
    """What texts that were read say, as columns."""
    words, marks = _words_of(readings)
    return ReadColumns(
        plain=[reading.plain[:COMPARED] for reading in readings],
        texts=np.array([hash_of(reading.plain) for reading in readings], np.uint32),
        words=words,
        marks=marks,
        first=_in_order(
            [hash_of(word) for word in reading.words[:FIRST_WORDS] if not word[0].isdigit()]
            for reading in readings
        ),
        numbers=_ragged((f"{name} {number}" for name, number in reading.numbers) for reading in readings),
        names=_ragged((name for name, _number in reading.numbers) for reading in readings),
        troubles=np.array([reading.troubles for reading in readings], np.uint64),
        is_whole=np.array([reading.is_whole for reading in readings], np.bool_),
        is_spot=np.array([reading.is_spot for reading in readings], np.bool_),
    )


def sense_by_row(owner: Whole, rows: Rows, marks: Marks, count: int) -> Singles:
    """The senses of the words (by their rows in the vocabulary, numbers left out) of every owner, summed."""
    known = vocabulary()
    kept = known.has_sense[rows] & ((marks & NUMBER) == 0)
    return sum_by_row(owner[kept], known.sense[rows[kept]], count)


def sum_by_row(owner: Whole, values: Singles, rows: int) -> Singles:
    """The sums of the values (one row each) of every owner; owners ascend."""
    total = np.zeros((rows, values.shape[1]), np.float32)
    if len(owner):
        starts = np.flatnonzero(np.diff(owner, prepend=-1))
        total[owner[starts]] = np.add.reduceat(values, starts, axis=0)
    return total


def directions(vectors: Singles) -> Singles:
    """The vectors at length one; what has no length keeps none."""
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), np.float32(1e-9))


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


def _ragged(rows: Iterable[Iterable[str]]) -> Ragged:
    return _in_order(sorted({hash_of(entry) for entry in row}) for row in rows)


def _in_order(rows: Iterable[Sequence[int]]) -> Ragged:
    kept = list(rows)
    starts = np.cumsum([0, *(len(row) for row in kept)])
    return Ragged(starts.astype(np.int64), np.array([key for row in kept for key in row], np.uint32))


def _heads(first: Ragged) -> Singles:
    """The meaning of the first words of each text that say something of a trouble."""
    known, rows = vocabulary(), len(first.starts) - 1
    owner, word = np.repeat(np.arange(rows), np.diff(first.starts)), known.rows(first.keys)
    information = known.information[word]
    weight = np.where(information > _TELLS, information * (1 - known.local[word]), np.float32(0))
    counted = np.cumsum(weight > 2.0)
    before = np.concatenate(([0], counted))[first.starts[:-1]]
    kept = (counted - before[owner] <= _HEAD) & (weight > 0) & known.has_sense[word]
    values = known.meaning[word[kept]] * weight[kept][:, None]
    return directions(sum_by_row(owner[kept], values, rows))


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
    narrowed = cos(radians(report.latitude))
    return (report.longitude - _MIDDLE) * narrowed * _METRES_A_DEGREE, report.latitude * _METRES_A_DEGREE


def day_of(report: Report) -> float:
    """The moment in days, NaN where it is not known."""
    return float("nan") if report.at is None else report.at.timestamp() / _SECONDS_A_DAY
