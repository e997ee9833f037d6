"""How much a word tells, whether it names a place, and what it means: counted once and fixed at release."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zlib import crc32

import numpy as np

from prasan.matching.numbers import Flags, Hashes, Rows, Singles

_KEPT = Path(__file__).parent / "vocabulary.npz"

UNKNOWN_LOCAL = 0.6
"""How far a word that was never counted is taken for the name of a place: most rare words are names."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words by their hash, ascending, with what each tells; behind the last, what a word never counted tells.

    `information` is in bits: a word that one report in 2^n holds tells n. `local` says from 0 to 1 how far it
    is told of in few places only, as names of places are. `meaning` is a place among words told of alike;
    `sense` is the meaning as far as the word tells something of a trouble.
    """

    hashes: Hashes
    information: Singles
    local: Singles
    meaning: Singles
    sense: Singles
    has_sense: Flags

    def rows(self, hashes: Hashes) -> Rows:
        """Where each word stands; one never counted stands behind all."""
        place = np.minimum(np.searchsorted(self.hashes, hashes), len(self.hashes) - 1)
        return np.where(self.hashes[place] == hashes, place, len(self.hashes)).astype(np.int32)


def hash_of(word: str) -> int:
    """The number by which a word is kept: 32 bits, the same on every machine."""
    return crc32(word.encode())


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of this release."""
    with np.load(_KEPT) as kept:
        hashes, known = kept["hashes"], kept["information"] / np.float32(16)
        local = np.append(kept["local"] / np.float32(255), UNKNOWN_LOCAL).astype(np.float32)
        counted = kept["meaning"].astype(np.float32) / np.float32(127)
    information = np.append(known, known.max())  # one never counted tells most
    meaning: Singles = np.concatenate([counted, np.zeros_like(counted[:1])])
    sense: Singles = meaning * (information * (1 - local))[:, None]
    return Vocabulary(hashes, information, local, meaning, sense, np.any(sense, axis=1))
