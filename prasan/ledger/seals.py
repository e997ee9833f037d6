"""The arithmetic of seals: what of an entry is sealed, the tree over many, what is signed. No database."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256

HASH = 32
"""Bytes of a leaf and of a root."""

NO_ROOT = bytes(HASH)
"""The root before the first batch."""

_LEAF = b"\x00prasan.ledger.entry.1\n"
_NODE = b"\x01"
_CHAIN = b"\x02"
_BATCH = b"prasan.ledger.batch.1\n"
_dump = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode

Fact = str | int | bool | None | Sequence[str | int | bool | None]
Facts = Mapping[str, Fact]
Row = tuple[int, datetime, str, str, str, int | None, int | None, Facts, Facts, bytes | None]
"""An entry as it is sealed: its columns in the order of the table."""


def leaf_of(row: Row) -> bytes:
    """The hash of an entry's canonical form: one JSON list, keys sorted, time in UTC to the microsecond."""
    number, at, kind, subject_kind, subject_id, actor, posting, before, after, digest = row
    text = _dump(
        [
            number,
            at.astimezone(UTC).isoformat(timespec="microseconds"),
            kind,
            subject_kind,
            subject_id,
            actor,
            posting,
            before,
            after,
            None if digest is None else bytes(digest).hex(),
        ]
    )
    return sha256(_LEAF + text.encode()).digest()


def chained_root(previous_root: bytes, leaves: Sequence[bytes]) -> bytes:
    """The root of a batch: of its tree and the root before, so that the last stands for all of history."""
    return sha256(_CHAIN + previous_root + root_of(leaves)).digest()


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root of the Merkle tree over leaves, as in RFC 6962: a leaf without a partner rises as it is."""
    if not leaves:
        raise ValueError("a tree needs at least one leaf")
    level = list(leaves)
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        above = [sha256(_NODE + left + right).digest() for left, right in pairs]
        if len(level) % 2:
            above.append(level[-1])
        level = above
    return level[0]


def sealed_words(number: int, count: int, sealed_at: datetime, root: bytes, previous_root: bytes) -> bytes:
    """What the signature of a batch covers."""
    moment = sealed_at.astimezone(UTC).isoformat(timespec="microseconds")
    return _BATCH + f"{number}\n{count}\n{moment}\n{root.hex()}\n{previous_root.hex()}\n".encode()


def anchor_words(anchor: Mapping[str, str | int]) -> bytes:
    """What the signature of an anchor covers: all of it but the signature."""
    return (
        b"prasan.ledger.anchor.1\n"
        + _dump({name: value for name, value in anchor.items() if name != "signature"}).encode()
    )


def pack_ids(ids: Sequence[int]) -> bytes:
    """Ids as eight bytes each."""
    return struct.pack(f">{len(ids)}q", *ids)


def unpack_ids(packed: bytes) -> tuple[int, ...]:
    """The ids in the order packed; bytes that are not whole ids are left out."""
    return struct.unpack(f">{len(packed) // 8}q", packed[: len(packed) // 8 * 8])


def split_leaves(packed: bytes) -> list[bytes]:
    """The leaves in the order joined."""
    return [packed[start : start + HASH] for start in range(0, len(packed), HASH)]
