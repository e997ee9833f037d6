"""How much a word tells, whether it names a place, and what it means: counted once and fixed at release."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zlib import crc32

import numpy as np

from prasan.matching.numbers import Floats, Hashes, Whole

_KEPT = Path(__file__).parent / "vocabulary.npz"

UNKNOWN_LOCAL = 0.6
"""How far a word that was never counted is taken for the name of a place: most rare words are names."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words by their hash, ascending, with what each tells.

    `information` is in bits: a word that one report in 2^n holds tells n. `local` says from 0 to 1 how far it
    is told of in few places only, as names of places are. `meaning` is a place among words told of alike.
    """

    hashes: Hashes
    information: Floats
    local: Floats
    meaning: Floats
    """One row a word, and a last one without any meaning for words that were never counted."""

    def find(self, hashes: Hashes) -> tuple[Floats, Floats, Whole]:
        """Information and locality of each word, and its row of `meaning`; one never counted tells most."""
        place = np.minimum(np.searchsorted(self.hashes, hashes), len(self.hashes) - 1)
        known = self.hashes[place] == hashes
        return (
            np.where(known, self.information[place], self.information.max()),
            np.where(known, self.local[place], UNKNOWN_LOCAL),
            np.where(known, place, len(self.hashes)),
        )


def hash_of(word: str) -> int:
    """The number by which a word is kept: 32 bits, the same on every machine."""
    return crc32(word.encode())


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of this release."""
    with np.load(_KEPT) as kept:
        return Vocabulary(
            kept["hashes"],
            kept["information"] / 16.0,
            kept["local"] / 255.0,
            np.vstack([kept["meaning"] / 127.0, np.zeros(kept["meaning"].shape[1])]),
        )
