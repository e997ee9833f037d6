"""Readings as few bytes, kept beside the texts, so that a text is read once and not at each question."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from struct import Struct

import numpy as np

from prasan.matching.numbers import Hashes
from prasan.matching.reading import Reading, read
from prasan.matching.table import Ragged, ReadColumns, read_columns

VERSION = 1
"""What a text is read and packed into; raised whenever one text would give other bytes than before.

Bytes of another version are not to be unpacked: their texts are read anew.
"""

_HEAD = Struct("<QIHHHHB")
"""Bits of trouble, hash of the text; how many words, first words, numbers and names; flags."""
_IS_WHOLE, _IS_SPOT, _IS_THAI = 1, 2, 4
_ONE_BYTE_A_LETTER = "tis-620"


def packed_reading(text: str) -> bytes:
    """What a text says, packed; the same text always gives the same bytes."""
    return pack(read(text))


def pack(reading: Reading) -> bytes:
    """All of a reading that is compared: some 300 bytes for a usual text, 2,000 for a long one."""
    columns = read_columns([reading])
    plain, is_thai = _letters(columns.plain[0])
    rows = (columns.words.keys, columns.first.keys, columns.numbers.keys, columns.names.keys)
    flags = _IS_WHOLE * reading.is_whole | _IS_SPOT * reading.is_spot | _IS_THAI * is_thai
    head = _HEAD.pack(reading.troubles, int(columns.texts[0]), *(len(row) for row in rows), flags)
    return b"".join((head, *(row.astype("<u4").tobytes() for row in rows), columns.marks.tobytes(), plain))


def unpack(packed: Sequence[bytes]) -> ReadColumns:
    """The columns of many readings in their order, to the last bit as they were before they were packed."""
    heads = [_HEAD.unpack_from(each) for each in packed]
    parts: tuple[list[bytes], ...] = ([], [], [], [])
    marks: list[bytes] = []
    plain: list[str] = []
    for each, head in zip(packed, heads, strict=True):
        begin = _HEAD.size
        for part, length in zip(parts, head[2:6], strict=True):
            part.append(each[begin : (begin := begin + 4 * length)])
        marks.append(each[begin : (begin := begin + head[2])])
        plain.append(each[begin:].decode(_ONE_BYTE_A_LETTER if head[6] & _IS_THAI else "utf-8"))
    words, first, numbers, names = (
        Ragged(np.array([0, *accumulate(head[2 + place] for head in heads)], np.int64), _hashes(part))
        for place, part in enumerate(parts)
    )
    flags = np.array([head[6] for head in heads], np.uint8)
    return ReadColumns(
        plain=plain,
        texts=np.array([head[1] for head in heads], np.uint32),
        words=words,
        marks=np.frombuffer(b"".join(marks), np.uint8),
        first=first,
        numbers=numbers,
        names=names,
        troubles=np.array([head[0] for head in heads], np.uint64),
        is_whole=(flags & _IS_WHOLE) > 0,
        is_spot=(flags & _IS_SPOT) > 0,
    )


def _letters(plain: str) -> tuple[bytes, bool]:
    """The letters by one byte each where the Thai standard knows them all."""
    try:
        return plain.encode(_ONE_BYTE_A_LETTER), True
    except UnicodeEncodeError:
        return plain.encode(), False


def _hashes(parts: Sequence[bytes]) -> Hashes:
    return np.frombuffer(b"".join(parts), "<u4").astype(np.uint32)
