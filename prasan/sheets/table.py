"""A table to be written: its title, headings and rows, whatever the kind of file."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

CellValue = str | int | Decimal | date | datetime | None
"""What a cell may hold: a whole number is a count or a year, a Decimal is money."""

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True)
class Table:
    """Rows are written in the order given and may be a generator; sorting is the caller's."""

    title: str
    headers: Sequence[str]
    rows: Iterable[Sequence[CellValue]]


@dataclass(frozen=True)
class FormSheet:
    """Labels, each with the values behind it, as on a form; `widths` are those of the columns."""

    title: str
    widths: Sequence[float]
    rows: Iterable[tuple[str, Sequence[CellValue]]]


def printable(text: str) -> str:
    """The text without the characters that no XML, and so no office document, can hold; lines end in LF."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
