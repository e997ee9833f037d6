"""Cells out of the XML of one worksheet, row by row."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from prasan.sheets.faults import SheetFault
from prasan.sheets.limits import Limits
from prasan.sheets.markup import Attributes, Ends, Starts
from prasan.sheets.number_formats import date_text, number_text, unescaped
from prasan.sheets.sheet import Line

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell [^>]{0,100}?\bref=\"(\w+):(\w+)\"")
_LONGEST_MERGED: Final = 300
_LAST_ROW: Final = 1_048_576
_MOST_AREAS: Final = 100_000


@dataclass(frozen=True)
class Area:
    """Merged cells: first and last row as a person counts them, columns from zero."""

    top: int
    left: int
    bottom: int
    right: int


def letter_of(column: int) -> str:
    """The letter Excel shows above a column counted from zero."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def merged_areas(chunks: Iterable[bytes]) -> tuple[Area, ...]:
    """Which cells of a sheet are merged.

    They stand behind all the cells, so the bytes are only skimmed: what is found can change the joining of
    headings and nothing else, and the cells themselves are read with all care.
    """
    areas: list[Area] = []
    before = b""
    for chunk in chunks:
        skimmed = before + chunk
        end = 0
        for match in _MERGED.finditer(skimmed):
            end = match.end()
            if len(areas) < _MOST_AREAS:
                top, left = _position(match[1].decode())
                bottom, right = _position(match[2].decode())
                areas.append(Area(top, left, bottom, right))
        before = skimmed[max(end, len(skimmed) - _LONGEST_MERGED) :]
    return tuple(areas)


class SharedTexts:
    """Gathers the texts that cells refer to by number."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._pieces: list[str] = []
        self._wanted = self._phonetic = False
        self.starts: Starts = {"si": self._start_text, "t": self._start_piece, "rPh": self._start_phonetic}
        self.ends: Ends = {"si": self._end_text, "t": self._end_piece, "rPh": self._end_phonetic}

    def text(self, characters: str) -> None:
        if self._wanted:
            self._pieces.append(characters)

    def _start_text(self, _: Attributes) -> None:
        self._pieces.clear()

    def _start_piece(self, _: Attributes) -> None:
        self._wanted = not self._phonetic

    def _start_phonetic(self, _: Attributes) -> None:
        self._phonetic = True

    def _end_text(self) -> None:
        self.found.append(unescaped("".join(self._pieces)))

    def _end_piece(self) -> None:
        self._wanted = False

    def _end_phonetic(self) -> None:
        self._phonetic = False


class RowReader:
    """Gathers the values of rows as the XML streams by."""

    def __init__(self, limits: Limits, texts: list[str], dates: frozenset[str], *, from_1904: bool) -> None:
        self._limits = limits
        self._texts = texts
        self._dates = dates
        self._from_1904 = from_1904
        self._lines: list[Line] = []
        self._row = 0
        self._inside = self._in_cell = False
        self._column = -1
        self._fields: list[str] = []
        self._faults: list[tuple[int, str, Mapping[str, object]]] = []
        self._kind = self._style = ""
        self._pieces: list[str] = []
        self._length = 0
        self._wanted = self._phonetic = self._formula = self._valued = False
        self.starts: Starts = {
            "sheetData": self._start_data,
            "row": self._start_row,
            "c": self._start_cell,
            "v": self._start_value,
            "t": self._start_value,
            "f": self._start_formula,
            "rPh": self._start_phonetic,
        }
        self.ends: Ends = {
            "sheetData": self._end_data,
            "row": self._end_row,
            "c": self._end_cell,
            "v": self._end_value,
            "t": self._end_value,
            "rPh": self._end_phonetic,
        }

    def take(self) -> list[Line]:
        """The rows completed since the last call."""
        lines, self._lines = self._lines, []
        return lines

    def text(self, characters: str) -> None:
        if self._wanted:
            self._length += len(characters)
            if self._length <= self._limits.cell_characters:
                self._pieces.append(characters)

    def _start_data(self, _: Attributes) -> None:
        self._inside = True

    def _end_data(self) -> None:
        self._inside = False

    def _start_value(self, _: Attributes) -> None:
        if self._in_cell and not self._phonetic:
            self._wanted = self._valued = True

    def _end_value(self) -> None:
        self._wanted = False

    def _start_formula(self, _: Attributes) -> None:
        self._formula = True

    def _start_phonetic(self, _: Attributes) -> None:
        self._phonetic = True

    def _end_phonetic(self) -> None:
        self._phonetic = False

    def _start_row(self, attributes: Attributes) -> None:
        if not self._inside:
            return
        number = _whole(attributes.get("r", str(self._row + 1)))
        if number is None or not self._row < number <= _LAST_ROW:
            raise SheetFault("file.broken")
        self._row, self._column = number, -1
        self._fields, self._faults = [], []

    def _start_cell(self, attributes: Attributes) -> None:
        if not self._inside:
            return
        self._in_cell = True
        reference = attributes.get("r")
        column = self._column + 1 if reference is None else _column(reference)
        if column <= self._column:
            raise SheetFault("file.broken")
        self._column = column
        self._kind = attributes.get("t", "n")
        self._style = attributes.get("s", "0")
        self._pieces.clear()
        self._length = 0
        self._formula = self._valued = False

    def _end_cell(self) -> None:
        if not self._in_cell:
            return
        self._in_cell = False
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
        if not self._inside:
            return
        if self._faults or any(field and not field.isspace() for field in self._fields):
            self._lines.append(Line(self._row, self._fields, tuple(self._faults)))


def _whole(written: str) -> int | None:
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 10 else None


def _column(reference: str) -> int:
    """The column of a cell, counted from zero."""
    letters = reference.rstrip("0123456789")
    return _COLUMNS[letters] if letters in _COLUMNS else _position(reference)[1]


def _position(reference: str) -> tuple[int, int]:
    """Row as a person counts it and column from zero."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise SheetFault("file.broken")
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column - 1


_COLUMNS: Final = {letter_of(column): column for column in range(702)}
"""Columns A to ZZ, which are all that most sheets have."""
