"""Cells out of the XML of one worksheet, row by row."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from prasan.sheets.faults import SheetFault
from prasan.sheets.limits import Limits
from prasan.sheets.markup import Attributes, walk
from prasan.sheets.number_formats import date_text, number_text, unescaped
from prasan.sheets.sheet import Line

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_LAST_ROW: Final = 1_048_576
_MOST_AREAS: Final = 100_000


@dataclass(frozen=True)
class Area:
    """Merged cells: first and last row as a person counts them, columns from zero."""

    top: int
    left: int
    bottom: int
    right: int


def survey(chunks: Iterable[bytes]) -> tuple[bool, tuple[Area, ...]]:
    """Whether a sheet holds any value, and which of its cells are merged."""
    filled = False
    areas: list[Area] = []

    def start(element: str, attributes: Attributes) -> None:
        nonlocal filled
        if element == "v" or element == "is":
            filled = True
        elif element == "mergeCell" and len(areas) < _MOST_AREAS:
            first, _, last = attributes.get("ref", "").partition(":")
            top, left = _position(first)
            bottom, right = _position(last or first)
            areas.append(Area(top, left, bottom, right))

    for _ in walk(chunks, start):
        pass
    return filled, tuple(areas)


class RowReader:
    """Gathers the values of rows as the XML streams by."""

    def __init__(self, limits: Limits, texts: list[str], dates: frozenset[str], *, from_1904: bool) -> None:
        self._limits = limits
        self._texts = texts
        self._dates = dates
        self._from_1904 = from_1904
        self._lines: list[Line] = []
        self._inside = False
        self._row = 0
        self._column = -1
        self._fields: list[str] = []
        self._faults: list[tuple[int, str, Mapping[str, object]]] = []
        self._kind = self._style = ""
        self._pieces: list[str] = []
        self._length = 0
        self._wanted = self._phonetic = self._formula = self._valued = False

    def take(self) -> list[Line]:
        """The rows completed since the last call."""
        lines, self._lines = self._lines, []
        return lines

    def start(self, element: str, attributes: Attributes) -> None:
        if element == "sheetData":
            self._inside = True
        elif not self._inside:
            return
        elif element == "c":
            self._start_cell(attributes)
        elif element == "v" or (element == "t" and not self._phonetic):
            self._wanted = self._valued = True
        elif element == "f":
            self._formula = True
        elif element == "row":
            self._start_row(attributes)
        elif element == "rPh":
            self._phonetic = True

    def end(self, element: str) -> None:
        if not self._inside:
            return
        if element == "v" or element == "t":
            self._wanted = False
        elif element == "c":
            self._end_cell()
        elif element == "row":
            self._end_row()
        elif element == "rPh":
            self._phonetic = False
        elif element == "sheetData":
            self._inside = False

    def text(self, characters: str) -> None:
        if self._wanted:
            self._length += len(characters)
            if self._length <= self._limits.cell_characters:
                self._pieces.append(characters)

    def _start_row(self, attributes: Attributes) -> None:
        number = _whole(attributes.get("r", str(self._row + 1)))
        if number is None or not self._row < number <= _LAST_ROW:
            raise SheetFault("file.broken")
        self._row, self._column = number, -1
        self._fields, self._faults = [], []

    def _start_cell(self, attributes: Attributes) -> None:
        reference = attributes.get("r")
        column = self._column + 1 if reference is None else _position(reference)[1]
        if column <= self._column:
            raise SheetFault("file.broken")
        self._column = column
        self._kind = attributes.get("t", "n")
        self._style = attributes.get("s", "0")
        self._pieces.clear()
        self._length = 0
        self._formula = self._valued = False

    def _end_cell(self) -> None:
        if not self._valued:
            if self._formula:
                self._fault("cell.formula")
            return
        if self._length > self._limits.cell_characters:
            self._fault("cell.too_long", limit=f"{self._limits.cell_characters:,}")
            return
        written = "".join(self._pieces)
        if self._kind == "e":
            self._fault("cell.error", value=written)
        elif (value := self._value(written)) is None:
            self._fault("cell.error", value=written[:40])
        elif value:
            self._place(value)

    def _value(self, written: str) -> str | None:
        """The text of the cell, or None if its number is not one."""
        if self._kind == "s":
            index = _whole(written.strip())
            if index is None or index >= len(self._texts):
                raise SheetFault("file.broken")
            return self._texts[index]
        if self._kind in ("str", "inlineStr"):
            return unescaped(written)
        if self._kind == "b":
            return "TRUE" if written.strip() == "1" else "FALSE"
        if self._kind == "d" or not written.strip():
            return written.strip()
        text = date_text(written, from_1904=self._from_1904) if self._style in self._dates else None
        return text or number_text(written)

    def _fault(self, code: str, **words: object) -> None:
        self._place("")
        self._faults.append((self._column, code, words))

    def _place(self, value: str) -> None:
        if self._column >= self._limits.columns:
            raise SheetFault("sheet.too_many_columns", line=self._row, limit=self._limits.columns)
        self._fields.extend([""] * (self._column - len(self._fields)))
        self._fields.append(value)

    def _end_row(self) -> None:
        if self._faults or any(field and not field.isspace() for field in self._fields):
            self._lines.append(Line(self._row, self._fields, tuple(self._faults)))


def _whole(written: str) -> int | None:
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 10 else None


def _position(reference: str) -> tuple[int, int]:
    """Row as a person counts it and column from zero."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise SheetFault("file.broken")
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column - 1
