"""Finding the columns an import needs among the headings of a file, and reading their cells by kind."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal, TypeVar

from prasan.kernel.calendar import parse_date
from prasan.kernel.digits import parse_number, parse_whole, to_arabic
from prasan.kernel.sentence import NotUnderstood, Sentence
from prasan.kernel.text import clean
from prasan.sheets.faults import SheetFault
from prasan.sheets.sheet import Row

Kind = Literal["text", "number", "whole", "date"]
T = TypeVar("T")
_Date = date  # the method of `Cells` hides the name
Value = str | Decimal | int | date | None

_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d) \d\d:\d\d:\d\d")
_COPY_NUMBER = re.compile(r" \(\d+\)$")
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NOTHING: Final = frozenset({"", "-", "–", "—"})


@dataclass(frozen=True)
class Column:
    """A column an import asks for; `code`, the two names and the aliases are all good headings for it."""

    code: str
    th: str
    en: str
    aliases: tuple[str, ...] = ()
    required: bool = True
    """Whether the column must be there and every row must have a value in it."""
    kind: Kind = "text"


@dataclass(frozen=True)
class Matching:
    """Which heading serves which wanted column, and what stands in the way."""

    headers: dict[str, str]
    """Code of the column → heading in the file."""
    wanted: tuple[Column, ...]
    missing: tuple[Column, ...]
    unknown: tuple[str, ...]
    """Headings that nobody asked for."""
    faults: tuple[SheetFault, ...]
    """One for each required column that is missing and each that several headings could be."""

    @property
    def is_complete(self) -> bool:
        return not self.faults

    @property
    def remarks(self) -> tuple[Sentence, ...]:
        if not self.unknown:
            return ()
        names = ", ".join(f"“{name}”" for name in self.unknown)
        return (Sentence(f"คอลัมน์ที่ไม่ได้ใช้: {names}", f"Columns left unused: {names}."),)


@dataclass(frozen=True)
class Cells:
    """The values of one row by code of column; only to be used when there are no faults."""

    line: int
    values: dict[str, Value]
    faults: tuple[SheetFault, ...]

    def text(self, code: str) -> str:
        """The cleaned text; empty where the cell or the whole column is."""
        return _typed(self.values[code], str)

    def number(self, code: str) -> Decimal | None:
        value = self.values[code]
        return None if value is None else _typed(value, Decimal)

    def whole(self, code: str) -> int | None:
        value = self.values[code]
        return None if value is None else _typed(value, int)

    def date(self, code: str) -> date | None:
        value = self.values[code]
        return None if value is None else _typed(value, _Date)


def match_columns(headers: tuple[str, ...], wanted: tuple[Column, ...]) -> Matching:
    """Each wanted column with the one heading that names it, minding neither case, spaces nor signs.

    A heading that names a column only when what stands in brackets is left out (“งบประมาณ (บาท)”) serves
    if none names it outright. Two that name it equally well are never chosen between.
    """
    whole_names = [_key(_COPY_NUMBER.sub("", header)) for header in headers]
    bare_names = [_key(_BRACKETED.sub("", header)) for header in headers]
    chosen: dict[str, str] = {}
    missing: list[Column] = []
    faults: list[SheetFault] = []
    doubtful: set[str] = set()
    for column in wanted:
        keys = {_key(name) for name in (column.code, column.th, column.en, *column.aliases)} - {""}
        found = [header for header, name in zip(headers, whole_names, strict=True) if name in keys]
        found = found or [header for header, name in zip(headers, bare_names, strict=True) if name in keys]
        if len(found) == 1:
            chosen[column.code] = found[0]
        elif found:
            doubtful.update(found)
            shown = ", ".join(f"“{header}”" for header in found)
            faults.append(
                SheetFault("columns.ambiguous", name_th=column.th, name_en=column.en, headers=shown)
            )
        else:
            missing.append(column)
            if column.required:
                faults.append(SheetFault("columns.missing", name_th=column.th, name_en=column.en))
    used = doubtful.union(chosen.values())
    unknown = tuple(header for header in headers if header not in used)
    return Matching(chosen, wanted, tuple(missing), unknown, tuple(faults))


def cells_of(row: Row, matching: Matching) -> Cells:
    """The row's values read by the kinds of their columns, with a fault for each that cannot be read.

    Text is cleaned; a blank number or date, or one written as a dash, is None.
    """
    values: dict[str, Value] = {}
    faults = list(row.faults)
    if any(fault.column is None for fault in faults):
        # The cells of a row that is too short or too long may stand under the wrong headings.
        nothing: dict[str, Value] = {column.code: _nothing(column) for column in matching.wanted}
        return Cells(row.line, nothing, row.faults)
    faulty = {fault.column for fault in faults}
    for column in matching.wanted:
        values[column.code] = _nothing(column)
        header = matching.headers.get(column.code)
        if header is None or header in faulty:
            continue
        written = clean(row.cells[header]).strip()
        if written in _NOTHING and (column.kind != "text" or not written):
            if column.required:
                faults.append(SheetFault("cell.missing", line=row.line, column=header))
            continue
        try:
            values[column.code] = _PARSERS[column.kind](written)
        except NotUnderstood as error:
            faults.append(
                SheetFault("cell.value", line=row.line, column=header, reason_th=error.th, reason_en=error.en)
            )
    return Cells(row.line, values, tuple(faults))


def _nothing(column: Column) -> Value:
    return "" if column.kind == "text" else None


def _date(written: str) -> date:
    """The date, also of a cell in which Excel keeps a time of day with it."""
    moment = _MOMENT.fullmatch(written)
    return parse_date(moment[1] if moment else written)


def _typed(value: Value, kind: type[T]) -> T:
    if not isinstance(value, kind):
        raise TypeError(f"the column holds {type(value).__name__}, not {kind.__name__}")
    return value


def _key(name: str) -> str:
    """What is left of a heading when case, spaces and signs do not count."""
    letters = to_arabic(clean(name)).casefold()
    return "".join(letter for letter in letters if letter.isalnum() or _is_mark(letter))


def _is_mark(character: str) -> bool:
    """Whether it is a Thai vowel or tone mark, which Python does not count as a letter."""
    return "ะ" <= character <= "๎"


_PARSERS: Final[dict[Kind, Callable[[str], Value]]] = {
    "text": str,
    "number": parse_number,
    "whole": parse_whole,
    "date": _date,
}
