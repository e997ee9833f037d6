"""Bytes of letters as text: also where the letter names a wrong charset, or none."""

from __future__ import annotations

import codecs
from email.errors import HeaderParseError
from email.header import decode_header
from typing import Final

_THAI: Final = "cp874"
_NAMES: Final = {
    "tis-620": _THAI,
    "tis620": _THAI,
    "tis620-2533": _THAI,
    "windows-874": _THAI,
    "iso-8859-11": _THAI,
    "x-windows-874": _THAI,
    "us-ascii": "ascii",
    "gb2312": "gbk",
}
_KNOWN: Final = frozenset(
    {
        *("ascii", "utf-8", "cp874", "utf-16", "utf-16-le", "utf-16-be", "iso8859-1", "iso8859-15"),
        *("cp1250", "cp1251", "cp1252", "koi8-r", "gbk", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr"),
        *("iso2022_jp",),
    }
)
"""Charsets that letters are written in. No other codec is asked: some unpack, some take for ever."""
_WESTERN: Final = frozenset({"ascii", "iso8859-1", "iso8859-15", "cp1252"})
"""What programs write that know nothing of Thai."""
_THAI_LETTERS: Final = frozenset(range(0xA1, 0xFC))
_MOSTLY: Final = 0.9


def decoded(written: bytes, charset: str | None) -> str:
    """The text of some bytes; nothing is ever lost for good but a byte that no charset knows.

    Bytes that are sound UTF-8 are UTF-8, whatever the letter says: other Thai hardly ever is by chance.
    """
    named = _known(charset)
    if named in ("utf-16", "utf-16-le", "utf-16-be", "iso2022_jp"):
        return written.decode(named, "replace")
    try:
        text = written.decode("utf-8")
        if named != _THAI or text.isascii() or any("\u0e00" <= letter <= "\u0e7f" for letter in text):
            return text
    except UnicodeDecodeError:
        pass
    if named is None or named in _WESTERN or named == "utf-8":
        named = _THAI if _looks_thai(written) else ("cp1252" if named in _WESTERN else named or _THAI)
    return written.decode(named, "replace")


def header_text(value: str) -> str:
    """A header line in words, whatever encodings stand in it."""
    try:
        parts = decode_header(value)
    except (HeaderParseError, ValueError, AssertionError):
        parts = [(value, None)]
    return "".join(
        decoded(part if isinstance(part, bytes) else _raw(part), charset) for part, charset in parts
    )


def _raw(part: str) -> bytes:
    """The bytes that stood in the header; the parser keeps those beyond ASCII as lone surrogates."""
    return part.encode("utf-8", "surrogateescape")


def _known(charset: str | None) -> str | None:
    name = (charset or "").strip().strip("\"'").lower()
    try:
        found = codecs.lookup(_NAMES.get(name, name)).name
    except (LookupError, ValueError):
        return None
    return found if found in _KNOWN else None


def _looks_thai(written: bytes) -> bool:
    high = [byte for byte in written if byte >= 0x80]
    return bool(high) and sum(byte in _THAI_LETTERS for byte in high) >= _MOSTLY * len(high)
