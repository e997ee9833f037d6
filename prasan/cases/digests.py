"""The keyed hash by which the ledger knows a note without holding its words. No database."""

from __future__ import annotations

import hmac
import secrets

SIZE = 32
"""Bytes of one digest; an entry on which two notes were written holds two, one after the other."""


def fresh_salt() -> bytes:
    """A key of its own for each note: with it gone, nobody can try words against the digest."""
    return secrets.token_bytes(SIZE)


def digest_of(audience: str, text: str, salt: bytes) -> bytes:
    """The digest of a note under its salt."""
    return hmac.digest(salt, f"{audience}\n{text}".encode(), "sha256")


def split_digests(joined: bytes) -> list[bytes]:
    """The digests of one entry."""
    return [joined[start : start + SIZE] for start in range(0, len(joined), SIZE)]
