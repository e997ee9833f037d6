"""Drawing by lot so that everybody can draw again: from a published seed and published codes alone."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256


def ticket(seed: str, code: str) -> str:
    """The lot of a code, 64 hexadecimal digits: SHA-256 of the seed, a line feed and the code, in UTF-8."""
    return sha256(f"{seed}\n{code}".encode()).hexdigest()


def drawn(seed: str, codes: Iterable[str]) -> list[str]:
    """The codes in the order of their lots, the smallest first; in whatever order they are given."""
    return sorted(codes, key=lambda code: ticket(seed, code))
