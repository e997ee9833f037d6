"""Which encoding a text file is written in, decided on the whole file and never guessed around."""

import codecs
import io
import re
from dataclasses import dataclass
from typing import Final, Protocol

from prasan.sheets.faults import SheetFault
from prasan.sheets.source import chunks

THAI_FILE: Final = "cp874"
"""Windows-874: TIS-620 with a few quotation marks, as Thai Excel writes plain CSV."""

_HIGH = bytes(range(0x80, 0x100))
_CONSONANTS = bytes(range(0xA1, 0xCF))
_FOLLOWERS = bytes([*range(0xD0, 0xDB), 0xE5, *range(0xE7, 0xEF)])
"""Vowels and tone marks that can only stand after another Thai letter."""
_FOLLOWERS_IN_PLACE = re.compile(
    b"(?<=[" + re.escape(_CONSONANTS + _FOLLOWERS) + b"])[" + re.escape(_FOLLOWERS) + b"]"
)


class Openable(Protocol):
    def open(self) -> io.BufferedReader: ...


@dataclass(frozen=True)
class Encoding:
    name: str
    mark: int = 0
    """Length of the byte order mark to skip."""


def encoding_of(source: Openable) -> Encoding:
    """The encoding in which every byte of the file can be read; raises `SheetFault` if there is none."""
    with source.open() as file:
        start = file.read(4)
    if start[:4] in (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE):
        raise SheetFault("file.unreadable_text")
    if start[:2] == codecs.BOM_UTF16_LE:
        return _checked(source, Encoding("utf-16-le", 2))
    if start[:2] == codecs.BOM_UTF16_BE:
        return _checked(source, Encoding("utf-16-be", 2))
    if start[:3] == codecs.BOM_UTF8:
        return _checked(source, Encoding("utf-8", 3))
    broken_at = _first_unreadable(source, Encoding("utf-8"))
    if broken_at is None:
        return Encoding("utf-8")
    if _is_mostly_utf8(source):
        raise _fault_at("file.broken_utf8", source, Encoding("utf-8"), broken_at)
    thai_broken_at = _first_unreadable(source, Encoding(THAI_FILE))
    if thai_broken_at is not None or not _is_plausible_thai(source):
        raise _fault_at("file.unreadable_text", source, Encoding("utf-8"), broken_at)
    return Encoding(THAI_FILE)


def _checked(source: Openable, encoding: Encoding) -> Encoding:
    broken_at = _first_unreadable(source, encoding)
    if broken_at is not None:
        code = "file.broken_utf8" if encoding.name == "utf-8" else "file.unreadable_text"
        raise _fault_at(code, source, encoding, broken_at)
    return encoding


def _first_unreadable(source: Openable, encoding: Encoding) -> int | None:
    """Offset of the first byte that is not text in this encoding, or None; a NUL is a fault at once."""
    decoder = codecs.getincrementaldecoder(encoding.name)("strict")
    with source.open() as file:
        offset = len(file.read(encoding.mark))
        for chunk in chunks(file):
            pending = len(decoder.getstate()[0])
            try:
                text = decoder.decode(chunk)
            except UnicodeDecodeError as error:
                return offset - pending + error.start
            if "\0" in text:
                before = len(text[: text.index("\0")].encode(encoding.name))
                raise _fault_at("file.nul", source, encoding, offset - pending + before)
            offset += len(chunk)
        pending = len(decoder.getstate()[0])
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return offset - pending
    return None


def _is_mostly_utf8(source: Openable) -> bool:
    high, sound = 0, 0
    with source.open() as file:
        for chunk in chunks(file):
            plain = len(chunk.translate(None, _HIGH))
            high += len(chunk) - plain
            sound += len(chunk.decode("utf-8", "ignore").encode()) - plain
    return sound * 2 >= high


def _is_plausible_thai(source: Openable) -> bool:
    """Whether the bytes, read as TIS-620, spell Thai: marks stand on letters, letters prevail."""
    high, consonants, followers, in_place = 0, 0, 0, 0
    with source.open() as file:
        for chunk in chunks(file):
            high += len(chunk) - len(chunk.translate(None, _HIGH))
            consonants += len(chunk) - len(chunk.translate(None, _CONSONANTS))
            followers += len(chunk) - len(chunk.translate(None, _FOLLOWERS))
            in_place += len(_FOLLOWERS_IN_PLACE.findall(chunk))
    return consonants >= 0.4 * high and in_place >= 0.9 * followers


def _fault_at(code: str, source: Openable, encoding: Encoding, offset: int) -> SheetFault:
    """The fault with the line and character, counted from one, that start at a byte of the file."""
    decoder = io.IncrementalNewlineDecoder(
        codecs.getincrementaldecoder(encoding.name)("strict"), translate=True
    )
    line, column = 1, 1
    with source.open() as file:
        left = offset - len(file.read(encoding.mark))
        while left > 0 and (chunk := file.read(min(left, 1 << 18))):
            left -= len(chunk)
            text = decoder.decode(chunk, final=left == 0)
            if "\n" in text:
                line += text.count("\n")
                column = 1
                text = text[text.rindex("\n") + 1 :]
            column += len(text)
    return SheetFault(code, line=line, column=str(column))
