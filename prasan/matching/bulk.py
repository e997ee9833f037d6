"""Reading very many texts: the same columns as by reading each, with arrays instead of a loop over words."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from sys import byteorder
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from prasan.kernel.words import pieces_of_clean
from prasan.matching.lexicon import LEXICON
from prasan.matching.numbers import Flags, Hashes, Marks, Whole
from prasan.matching.reading import NAMED, is_numbering, is_spot, is_whole, is_word, plain_form, spoken_in
from prasan.matching.table import COMPARED, FIRST_WORDS, NUMBER, PLACE, Ragged, ReadColumns
from prasan.matching.troubles import troubles_in, troubles_told_apart
from prasan.matching.vocabulary import hash_of

_MOST_CHUNKS = 250_000
"""What stands between spaces is kept as it was read, so many at most: some 80 MB."""

_IS_NUMBER, _IS_CUE, _IS_COUNTED, _IS_COUNTING, _NUMBERS = 1, 2, 4, 8, 16


class _Words(dict[str, bytes]):
    """Pieces of text met so far, each as the four bytes of its number; as none where it is no word."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self.hashes, self.kinds = array("I"), array("B")

    def __missing__(self, piece: str) -> bytes:
        if not is_word(piece):
            self[piece] = b""
            return b""
        number = self[piece] = len(self.names).to_bytes(4, byteorder)
        self.names.append(piece)
        self.hashes.append(hash_of(piece))
        self.kinds.append(
            _IS_NUMBER * piece[0].isdigit()
            | _IS_CUE * (piece in LEXICON.cues)
            | _IS_COUNTED * (piece in LEXICON.counted)
            | _IS_COUNTING * (piece in LEXICON.counting)
            | _NUMBERS * is_numbering(piece)
        )
        return number

    def of(self, chunk: str) -> bytes:
        """The words of a part of a plain text without space."""
        words = spoken_in(chunk) if "/" in chunk else pieces_of_clean(chunk)
        return b"".join([self[word] for word in words])


class BulkReader:
    """Reads texts many at a time, and remembers what stands between spaces: people say things again."""

    def __init__(self) -> None:
        self._forget()

    def read(self, texts: Sequence[str]) -> ReadColumns:
        """What the texts say, as `read_columns` of their readings tells it."""
        plain_of = {text: plain_form(text) for text in dict.fromkeys(texts)}
        plain = [plain_of[text] for text in texts]
        chunks = [one.split() for one in plain]
        self._learn(chunks)
        spoken = [b"".join([self._spoken[chunk] for chunk in row]) for row in chunks]
        said = _Said(
            np.frombuffer(b"".join(spoken), np.int32),
            np.array([0, *(len(row) // 4 for row in spoken)], np.int64).cumsum(),
            self._words,
        )
        words, marks = said.words()
        numbers, names = said.numbers()
        return ReadColumns(
            plain=[one[:COMPARED] for one in plain],
            texts=np.array([hash_of(one) for one in plain], np.uint32),
            words=words,
            marks=marks,
            first=said.first(),
            numbers=numbers,
            names=names,
            troubles=np.array(
                [
                    troubles_told_apart(one, [self._troubles[chunk] for chunk in row])
                    for one, row in zip(plain, chunks, strict=True)
                ],
                np.uint64,
            ),
            is_whole=np.array([is_whole(one) for one in plain], np.bool_),
            is_spot=np.array([is_spot(one) for one in plain], np.bool_),
        )

    def _forget(self) -> None:
        self._words = _Words()
        self._spoken: dict[str, bytes] = {}
        self._troubles: dict[str, int] = {}

    def _learn(self, chunks: Sequence[Sequence[str]]) -> None:
        met = set().union(*chunks)
        if len(self._spoken) + len(met) > _MOST_CHUNKS:
            self._forget()
        for chunk in met - self._spoken.keys():
            self._spoken[chunk] = self._words.of(chunk)
            self._troubles[chunk] = troubles_in(chunk)


class _Said:
    """The words of many texts, one behind the other, by their numbers."""

    def __init__(self, word: NDArray[np.int32], starts: Whole, words: _Words) -> None:
        self._word, self._starts, self._names = word, starts, words.names
        self._hashes = np.array(words.hashes, np.uint32)[word]
        self._kinds = np.array(words.kinds, np.uint8)[word]
        self._rows = len(starts) - 1
        self._owner = np.repeat(np.arange(self._rows), np.diff(starts))
        self._place = np.arange(len(word)) - starts[self._owner]

    def words(self) -> tuple[Ragged, Marks]:
        """The different words of each text with their marks."""
        key = (self._owner << 34) | (self._hashes.astype(np.int64) << 2)
        key |= np.where(self._is(_IS_NUMBER), NUMBER, 0) | np.where(self._names_place(), PLACE, 0)
        key.sort()
        last = np.append(np.diff(key >> 2) != 0, [True] * (len(key) > 0)).astype(np.bool_)
        key = key[last]
        return _ragged(key >> 34, (key >> 2).astype(np.uint32), self._rows), (key & 3).astype(np.uint8)

    def numbers(self) -> tuple[Ragged, Ragged]:
        """The numbers that are part of a name, each with its name, and the names alone."""
        here = np.flatnonzero(self._is(_NUMBERS) & (self._place > 0))
        behind = np.minimum(here + 1, max(len(self._word) - 1, 0))
        counted = self._is(_IS_COUNTED)[behind] & (self._owner[behind] == self._owner[here])
        here = here[~(counted | self._is(_IS_COUNTING)[here - 1])]
        owner, name = self._owner[here], self._hashes[here - 1]
        numbered = [
            crc32(f" {self._names[number]}".encode(), start)
            for number, start in zip(self._word[here].tolist(), name.tolist(), strict=True)
        ]
        return _different(owner, np.array(numbered, np.uint32), self._rows), _different(
            owner, name, self._rows
        )

    def first(self) -> Ragged:
        """The first words in their order, without numbers."""
        kept = (self._place < FIRST_WORDS) & ~self._is(_IS_NUMBER)
        return _ragged(self._owner[kept], self._hashes[kept], self._rows)

    def _is(self, kind: int) -> Flags:
        return (self._kinds & kind) > 0

    def _names_place(self) -> Flags:
        """Whether each stands among the few words behind a cue."""
        cue = self._is(_IS_CUE)
        since = np.arange(len(cue)) - np.maximum.accumulate(np.where(cue, np.arange(len(cue)), -(NAMED + 1)))
        return ~cue & (since <= np.minimum(self._place, NAMED))


def _different(owner: Whole, keys: Hashes, rows: int) -> Ragged:
    """The different keys of each row, ascending."""
    both = np.unique((owner << 32) | keys)
    return _ragged(both >> 32, both.astype(np.uint32), rows)


def _ragged(owner: Whole, keys: Hashes, rows: int) -> Ragged:
    return Ragged(np.concatenate(([0], np.bincount(owner, minlength=rows).cumsum())).astype(np.int64), keys)
