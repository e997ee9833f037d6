"""PDF: whole, open to inspection, and without anything that acts by itself."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from django.utils.translation import gettext as _

from prasan.documents import limits
from prasan.kernel.refusals import Refused

# Names that start a script or a program, or that carry other files in (ISO 32000-1, 12.6.4 and 7.11.4).
FORBIDDEN = (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/RichMedia")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_OBJECT = re.compile(rb"\d\s+obj\b")
_REACH = 4_096  # bytes before the word “stream” in which its description stands
_STREAMS = 20_000
_CHUNK = 65_536


def check_pdf(content: bytes) -> None:
    """Refuse what is not a whole PDF, what is locked, and what holds scripts, programs or other files."""
    if not content.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"%PDF-") or b"%%EOF" not in content[-2048:]:
        raise Refused(_("This PDF is damaged or incomplete. Please save it again and send it once more."))
    if b"/Encrypt" in content:
        raise Refused(_("This PDF is locked, so it cannot be checked. Please save it without a password."))
    for part in _readable_parts(content):
        plain = _plain(part)
        if any(name in plain for name in FORBIDDEN):
            raise Refused(
                _("This PDF holds a script, a program or another file. Please print it to a plain PDF first.")
            )


def _readable_parts(content: bytes) -> Iterator[bytes]:
    """The file itself, then every packed collection of objects in it."""
    yield content
    left = limits.INFLATED
    if content.count(b"stream") > 2 * _STREAMS:
        raise Refused(_("This PDF has too many parts to be checked. Please print it anew."))
    for found in _STREAM.finditer(content):
        described = content[max(0, found.start() - _REACH) : found.start()]
        begins = [hit.start() for hit in _OBJECT.finditer(described)]
        described = _plain(described[begins[-1] if begins else 0 :])
        if b"/ObjStm" not in described:
            continue
        unpacked = _unpacked(content, found.end(), described, left)
        left -= len(unpacked)
        if left <= 0:
            raise Refused(_("This PDF unpacks to far more than its size. Please print it anew."))
        yield unpacked


def _plain(part: bytes) -> bytes:
    """With names written plainly: `/Java#53cript` is the same name as `/JavaScript`."""
    return _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), part)


def _unpacked(content: bytes, start: int, described: bytes, limit: int) -> bytes:
    filters = re.findall(rb"/(\w+Decode\w*|Fl|LZW|AHx|A85|RL)\b", described)
    if not filters:
        return b""  # stands in the file as it is and was read with it
    unpacked, unpacker = bytearray(), zlib.decompressobj()
    try:
        if filters != [b"FlateDecode"]:
            raise zlib.error("packed in an unusual way")
        while not unpacker.eof and start < len(content) and len(unpacked) < limit:
            chunk = unpacker.unconsumed_tail or content[start : start + _CHUNK]
            start += 0 if unpacker.unconsumed_tail else _CHUNK
            unpacked += unpacker.decompress(chunk, limit - len(unpacked))
    except zlib.error as error:
        raise Refused(
            _("This PDF is packed in a way that cannot be checked. Please print it anew.")
        ) from error
    return bytes(unpacked)
