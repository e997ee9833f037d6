"""The packed objects of a PDF, found wherever a reader may find them, not only where its directory says."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from django.utils.translation import gettext as _

from prasan.documents import limits
from prasan.kernel.refusals import Refused

GAP = rb"(?:[\0\t\n\f\r ]|%[^\r\n]*+)*+"
"""White space and comments, which may stand between any two words of a PDF."""

END = rb"(?=[\0\t\n\f\r ()<>\[\]{}/%]|\Z)"
"""What ends a name."""

_OBJECT = re.compile(rb"(?<=[0-9\0\t\n\f\r ])obj" + GAP + rb"<<")
_STREAM = re.compile(GAP + rb"stream(\r?\n)?")
_SIGN = re.compile(rb"<<|>>|<[^>]*+>?|%[^\r\n]*+|\(")
_SIGN_IN_TEXT = re.compile(rb"\\.|[()]", re.DOTALL)
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_NAME = re.compile(rb"/([^\0\t\n\f\r ()<>\[\]{}/%]+)")
_PACKED_ONCE = re.compile(
    rb"/Filter%b(?:\[%b/FlateDecode%b\]|/FlateDecode%b)" % (GAP, GAP, GAP, END), re.DOTALL
)
_DEPTH = 200
_SIGNS = 5_000_000
_COLLECTIONS = 20_000
_CHUNK = 65_536


def plain(part: bytes) -> bytes:
    """With names written plainly: `/Java#53cript` is the same name as `/JavaScript`."""
    if part.count(b"#") > _SIGNS:
        raise _endless()
    return _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), part)


def packed_objects(content: bytes) -> Iterator[bytes]:
    """Every packed collection of objects, unpacked; what cannot be looked through is refused."""
    left, collections = limits.INFLATED, 0
    for dictionary, start in _streams(content):
        names = _NAME.findall(dictionary)
        # Readers know a collection by its type or by what else it must say: where its first object begins.
        if b"ObjStm" not in names and b"First" not in names:
            continue
        collections += 1
        if collections > _COLLECTIONS:
            raise _endless()
        if not {b"Filter", b"F", b"FFilter"} & {*names}:
            continue  # stands in the file as it is
        unpacked = _unpacked(content, start, left) if _is_packed_once(dictionary, names) else None
        if unpacked is None:
            raise Refused(_("This PDF is packed in a way that cannot be checked. Please print it anew."))
        left -= len(unpacked)
        if left <= 0:
            raise Refused(_("This PDF unpacks to far more than its size. Please print it anew."))
        yield unpacked


def _streams(content: bytes) -> Iterator[tuple[bytes, int | None]]:
    """The dictionary of each stream, its names written plainly, and where what it describes begins."""
    position, signs = 0, 0
    for found in _OBJECT.finditer(content):
        if found.start() < position:  # an object inside the description of another: two readers, two files
            raise _damaged()
        position = found.end()
        depth, in_text = 1, 0
        while depth:
            sign = (_SIGN_IN_TEXT if in_text else _SIGN).search(content, position)
            signs += 1
            if sign is None or depth + in_text > _DEPTH:
                raise _damaged()
            if signs > _SIGNS:
                raise _endless()
            position = sign.end()
            if sign[0] in (b"(", b")"):
                in_text += 1 if sign[0] == b"(" else -1
            elif sign[0] in (b"<<", b">>"):
                depth += 1 if sign[0] == b"<<" else -1
        if stream := _STREAM.match(content, position):
            yield plain(content[found.end() : position]), stream.end() if stream[1] else None


def _is_packed_once(dictionary: bytes, names: list[bytes]) -> bool:
    """Packed by the one usual method, said directly and once, with nothing to be done to the result."""
    return (
        names.count(b"Filter") == 1
        and not {b"F", b"FFilter", b"DecodeParms", b"DP"} & {*names}
        and _PACKED_ONCE.search(dictionary) is not None
    )


def _unpacked(content: bytes, start: int | None, limit: int) -> bytes | None:
    """What is packed there, as far as the limit; None if it does not unpack."""
    if start is None:
        return None
    unpacked, unpacker = bytearray(), zlib.decompressobj()
    try:
        while not unpacker.eof and start < len(content) and len(unpacked) < limit:
            chunk = unpacker.unconsumed_tail or content[start : start + _CHUNK]
            start += 0 if unpacker.unconsumed_tail else _CHUNK
            unpacked += unpacker.decompress(chunk, limit - len(unpacked))
    except zlib.error:
        return None
    return bytes(unpacked)


def _damaged() -> Refused:
    return Refused(_("This PDF is damaged or incomplete. Please save it again and send it once more."))


def _endless() -> Refused:
    return Refused(_("This PDF has too many parts to be checked. Please print it anew."))
