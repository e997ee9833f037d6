"""Many titles at once: those nearest to a new one, found by what they share and not one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from struct import Struct

import numpy as np

from prasan.matching.numbers import Flags, Floats, Whole
from prasan.matching.title_likeness import IDENTICAL, PARTS, WEIGHTS, Vector, Vectors, vectors
from prasan.matching.title_reading import TitleReading, read_title

_HEAD = Struct("<IBBBH")
"""Hash of the whole; how many services, guesses, hints and words."""
_WEIGHED = Struct("<HH")
_THOUSANDTHS = 1000


def pack_title(reading: TitleReading) -> bytes:
    """A reading as few bytes, to be kept beside the title with the version it was read under."""
    counts = (len(reading.services), len(reading.guesses), len(reading.hints), len(reading.words))
    weighed = b"".join(
        _WEIGHED.pack(number, round(weight * _THOUSANDTHS))
        for number, weight in reading.services + reading.guesses
    )
    hints, words = np.array(reading.hints, "<u2"), np.array(reading.words, "<u4")
    return b"".join((_HEAD.pack(reading.whole, *counts), weighed, hints.tobytes(), words.tobytes()))


def unpack_title(packed: bytes) -> TitleReading:
    """The reading as it was before it was packed."""
    whole, services, guesses, hints, words = _HEAD.unpack_from(packed)
    place = _HEAD.size + (services + guesses) * _WEIGHED.size
    weighed = [
        (number, thousandths / _THOUSANDTHS)
        for number, thousandths in _WEIGHED.iter_unpack(packed[_HEAD.size : place])
    ]
    return TitleReading(
        services=tuple(weighed[:services]),
        guesses=tuple(weighed[services:]),
        hints=tuple(np.frombuffer(packed, "<u2", hints, place).tolist()),
        words=tuple(np.frombuffer(packed, "<u4", words, place + 2 * hints).tolist()),
        whole=whole,
    )


class TitleIndex:
    """Titles by what they say; their positions are those in which they were given."""

    def __init__(self, readings: Iterable[TitleReading]) -> None:
        held = [vectors(reading) for reading in readings]
        self._size = len(held)
        self._parts = [_Lists([getattr(each, part) for each in held]) for part in PARTS]
        self._understood: Flags = np.array([each.is_understood for each in held], np.bool_)
        self._whole: Whole = np.array([each.whole for each in held], np.int64)

    def __len__(self) -> int:
        return self._size

    def nearest(self, title: str, limit: int) -> list[tuple[int, float]]:
        """The positions of the most alike titles with their likeness, the most alike first."""
        likeness = self.likeness(vectors(read_title(title)))
        if limit < self._size:
            enough = np.partition(likeness, self._size - limit)[self._size - limit] if limit > 0 else np.inf
            chosen = np.flatnonzero(likeness >= enough)
        else:
            chosen = np.arange(self._size)
        order = chosen[np.lexsort((chosen, -likeness[chosen]))][: max(limit, 0)]
        return [(int(place), float(likeness[place])) for place in order]

    def likeness(self, title: Vectors) -> Floats:
        """The likeness of a title to each of those held, in their order; the same as of pairs one by one."""
        weights = np.array(WEIGHTS)[self._understood.astype(np.int64) + title.is_understood]
        sums: Floats = weights[:, 0].copy()
        for place, (part, lists) in enumerate(zip(PARTS, self._parts, strict=True), start=1):
            sums += weights[:, place] * lists.products(getattr(title, part), self._size)
        return np.where(self._whole == title.whole, IDENTICAL, 1.0 / (1.0 + np.exp(-sums)))


class _Lists:
    """For each key the rows that hold it, with their values."""

    def __init__(self, held: Sequence[Vector]) -> None:
        sizes = [len(vector) for vector in held]
        keys = np.fromiter((key for vector in held for key in vector), np.int64, sum(sizes))
        values = np.fromiter((value for vector in held for value in vector.values()), np.float64, sum(sizes))
        rows = np.repeat(np.arange(len(held)), sizes)
        order = np.argsort(keys, kind="stable")
        self._keys, begins = np.unique(keys[order], return_index=True)
        self._begins = np.append(begins, len(keys))
        self._rows, self._values = rows[order].astype(np.int32), values[order]

    def products(self, vector: Vector, size: int) -> Floats:
        """The product of the vector with each row, added up in the order of the vector's keys."""
        rows, values = [], []
        for key, value in vector.items():
            place = int(np.searchsorted(self._keys, key))
            if place < len(self._keys) and self._keys[place] == key:
                held = slice(self._begins[place], self._begins[place + 1])
                rows.append(self._rows[held])
                values.append(value * self._values[held])
        if not rows:
            return np.zeros(size)
        sums: Floats = np.bincount(np.concatenate(rows), np.concatenate(values), size).astype(np.float64)
        return sums
