"""Reading a table from a file of any kind that officials send: CSV in any Thai encoding, gzip, XLSX.

The kind of a file is found in its bytes, never in its name. Reading is by streaming, within `Limits`.
"""

import os
from collections.abc import Iterator
from itertools import chain, islice
from typing import BinaryIO, Final

from prasan.sheets.cells import letter_of
from prasan.sheets.delimited import Delimited
from prasan.sheets.faults import SheetFault
from prasan.sheets.headings import SEARCHED, Headings, find_headings
from prasan.sheets.limits import Limits
from prasan.sheets.sheet import Line, Row, Sheet
from prasan.sheets.source import Source, Unpacked, chunks
from prasan.sheets.workbook import Workbook

__all__ = ["Limits", "Row", "Sheet", "SheetFault", "open_sheet"]

_GZIP: Final = b"\x1f\x8b"
_ZIP: Final = b"PK\x03\x04"
_EMPTY_ZIP: Final = b"PK\x05\x06"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_IMAGES: Final = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"II*\0", b"MM\0*")
_MARKUP: Final = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<meta", b"<head", b"<workbook")
_HEAD: Final = 4096


def open_sheet(
    path_or_stream: str | os.PathLike[str] | BinaryIO,
    *,
    name: str | None = None,
    limits: Limits = Limits(),  # noqa: B008 - frozen
) -> Sheet:
    """The table in a file, with its headings found and its text known to be sound.

    `name` chooses a sheet of a workbook by its name; without it the first visible one with content is read.
    A stream must stay open while rows are read. Raises `SheetFault`, or `OSError` for a path.
    """
    source = Source(path_or_stream, limits)
    try:
        table = _table(source, name)
        head = list(islice(table.lines(), SEARCHED))
        headings = find_headings(head, table.merged if isinstance(table, Workbook) else ())
    except BaseException:
        source.close()
        raise
    return Sheet(
        headers=headings.names,
        remarks=table.remarks + headings.remarks,
        rows=lambda: _rows(table, headings, limits),
        close=source.close,
    )


def _table(source: Source, name: str | None) -> Delimited | Workbook:
    head = source.head(_HEAD)
    if head.startswith(_GZIP):
        unpacked = Unpacked(source)
        head = unpacked.head(_HEAD)
        if head.startswith((_GZIP, _ZIP, _EMPTY_ZIP)):
            raise SheetFault("file.archive")
        _refuse_other_kinds(head, source)
        return Delimited(unpacked, source.limits)
    if head.startswith((_ZIP, _EMPTY_ZIP)):
        return Workbook(source, name)
    _refuse_other_kinds(head, source)
    return Delimited(source, source.limits)


def _refuse_other_kinds(head: bytes, source: Source) -> None:
    if not head:
        raise SheetFault("file.empty")
    if head.startswith(_OLE):
        # A workbook with a password is an old-style container whose directory names the locked package.
        locked = any(_ENCRYPTED in chunk for chunk in chunks(source.open()))
        raise SheetFault("file.password" if locked else "file.old_excel")
    if b"%PDF-" in head[:1024]:
        raise SheetFault("file.pdf")
    if head.startswith(_IMAGES):
        raise SheetFault("file.image")
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_MARKUP):
        raise SheetFault("file.markup")


def _rows(table: Delimited | Workbook, headings: Headings, limits: Limits) -> Iterator[Row]:
    count = 0
    for line in table.lines():
        if line.number > headings.last_line:
            count += 1
            if count > limits.rows:
                raise SheetFault("sheet.too_many_rows", limit=f"{limits.rows:,}")
            yield _row(line, headings.names, padded=isinstance(table, Workbook))


def _row(line: Line, names: tuple[str, ...], *, padded: bool) -> Row:
    """The row with its cells under their headings; in CSV a line that is cut short is a fault."""
    faults = []
    found = len(line.fields)
    if found > len(names) and line.filled > len(names):
        faults.append(SheetFault("row.too_many", line=line.number, found=line.filled, wanted=len(names)))
    if found < len(names) and not padded:
        faults.append(SheetFault("row.too_few", line=line.number, found=found, wanted=len(names)))
    for position, code, words in line.faults:
        column = names[position] if position < len(names) else letter_of(position)
        faults.append(SheetFault(code, line=line.number, column=column, **words))
    cells = dict(zip(names, chain(line.fields, [""] * (len(names) - found)), strict=False))
    return Row(line.number, cells, tuple(faults))
