"""Writing XLSX workbooks as Thai offices expect them, row by row in constant memory."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from prasan.kernel.calendar import BANGKOK
from prasan.sheets.table import CellValue, FormSheet, Table, printable

FONT: Final = "TH Sarabun New"
LONGEST_TEXT: Final = 32_767
LONGEST_SHEET: Final = 1_048_576
"""Rows of a sheet, its heading among them."""

_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_NAME: Final = 31
_NARROWEST, _WIDEST = 8, 60
_EXACT_DIGITS: Final = 15
_FIRST_YEAR: Final = 1901  # Excel counts days from 1900 and believes that year to have been a leap year
_OPTIONS: Final = {
    "constant_memory": True,
    "use_zip64": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "default_format_properties": {"font_name": FONT, "font_size": 16},
}
_FORMATS: Final[dict[str, dict[str, object]]] = {
    "heading": {"bold": True, "bg_color": "#DCEBEB", "border": 1, "text_wrap": True, "valign": "vcenter"},
    "text": {"num_format": "@", "text_wrap": True, "valign": "top"},
    "whole": {"num_format": "0", "valign": "top"},
    "money": {"num_format": "#,##0.00", "valign": "top"},
    # 107041E: Arabic digits, the Buddhist calendar, Thai names of months.
    "date": {"num_format": "[$-107041E]d mmm yyyy", "align": "left", "valign": "top"},
    "moment": {"num_format": "[$-107041E]d mmm yyyy hh:mm", "align": "left", "valign": "top"},
}


def write_xlsx(
    stream: BinaryIO,
    tables: Iterable[Table],
    *,
    workplace: Path | None = None,
    longest_sheet: int = LONGEST_SHEET,
) -> None:
    """Write each table as a sheet with a fixed heading, or as several if it is longer; the stream stays open.

    Text is always text, however it begins. Dates are real dates shown in Buddhist years, moments are in
    Bangkok time. Text beyond what a cell of Excel holds ends in “…”; control characters are left out.
    Rows wait in files in the workplace, or wherever the system keeps such files.
    """
    options = _OPTIONS | {"tmpdir": workplace and str(workplace)}
    with xlsxwriter.Workbook(stream, options) as workbook:
        formats = _formats(workbook)
        taken: set[str] = set()
        for table in tables:
            for rows in _parted(table.rows, longest_sheet - 1):
                worksheet = workbook.add_worksheet(_sheet_name(table.title, taken))
                _write(worksheet, table.headers, rows, formats)


def write_forms(stream: BinaryIO, forms: Iterable[FormSheet]) -> None:
    """Write each form as a sheet of its own, labels in the first column; text as `write_xlsx` keeps it."""
    with xlsxwriter.Workbook(stream, _OPTIONS) as workbook:
        formats = _formats(workbook)
        taken: set[str] = set()
        for form in forms:
            worksheet = workbook.add_worksheet(_sheet_name(form.title, taken))
            worksheet.set_paper(9)
            worksheet.fit_to_pages(1, 0)
            for column, width in enumerate(form.widths):
                worksheet.set_column(column, column, width)
            for number, (label, values) in enumerate(form.rows):
                worksheet.write_string(number, 0, _text(label), formats["heading"])
                for column, value in enumerate(values, start=1):
                    _write_cell(worksheet, number, column, value, formats)


def _formats(workbook: xlsxwriter.Workbook) -> dict[str, Format]:
    return {name: workbook.add_format(dict(properties)) for name, properties in _FORMATS.items()}


def _parted(rows: Iterable[Sequence[CellValue]], longest: int) -> Iterator[Iterable[Sequence[CellValue]]]:
    """The rows in parts of at most so many, each to be used up before the next; no rows are one part."""
    left = iter(rows)
    yield islice(left, longest)
    for first in left:
        yield chain([first], islice(left, longest - 1))


def _write(
    worksheet: Worksheet,
    headers: Sequence[str],
    rows: Iterable[Sequence[CellValue]],
    formats: dict[str, Format],
) -> None:
    worksheet.freeze_panes(1, 0)
    worksheet.repeat_rows(0)
    worksheet.set_landscape()
    worksheet.set_paper(9)
    worksheet.fit_to_pages(1, 0)
    widths = [_width(header) for header in headers]
    for column, header in enumerate(headers):
        worksheet.write_string(0, column, _text(header), formats["heading"])
    last = 0
    for last, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            shown = _write_cell(worksheet, last, column, value, formats)
            widths[column] = max(widths[column], shown)
    if headers:
        worksheet.autofilter(0, 0, last, len(headers) - 1)
    for column, width in enumerate(widths):
        worksheet.set_column(column, column, min(max(width + 2, _NARROWEST), _WIDEST))


def _write_cell(
    worksheet: Worksheet, row: int, column: int, value: CellValue, formats: dict[str, Format]
) -> int:
    """Write one value and say how wide it looks."""
    if value is None or value == "":
        return 0
    if isinstance(value, str):
        worksheet.write_string(row, column, _text(value), formats["text"])
        return _width(value)
    if isinstance(value, datetime):
        local = value.astimezone(BANGKOK).replace(tzinfo=None) if value.tzinfo else value
        worksheet.write_datetime(row, column, local, formats["moment"])
        return 18
    if isinstance(value, date) and value.year < _FIRST_YEAR:
        worksheet.write_string(row, column, value.isoformat(), formats["text"])
        return 12
    if isinstance(value, date):
        worksheet.write_datetime(row, column, value, formats["date"])
        return 12
    shown = f"{value:f}" if isinstance(value, Decimal) else str(value)
    if sum(character.isdigit() for character in shown) > _EXACT_DIGITS:
        # Excel would round it; as text it stays what it is.
        worksheet.write_string(row, column, shown, formats["text"])
    else:
        money = isinstance(value, Decimal)
        worksheet.write_number(row, column, float(value), formats["money" if money else "whole"])
    return len(shown) + len(shown) // 3


def _text(text: str) -> str:
    text = printable(text)
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


def _width(text: str) -> int:
    """Columns the longest line takes; Thai vowels and tone marks above and below take none."""
    return max(
        sum(unicodedata.category(character) != "Mn" for character in line[: _WIDEST * 2])
        for line in text.split("\n")
    )


def _sheet_name(title: str, taken: set[str]) -> str:
    """The title as Excel allows it: short, without signs, different from the sheets before it."""
    plain = _FORBIDDEN_IN_NAMES.sub(" ", title).strip(" '")[:_LONGEST_NAME].strip(" '") or "1"
    name, number = plain, 1
    while name.casefold() in taken or name.casefold() == "history":
        number += 1
        tail = f" ({number})"
        name = plain[: _LONGEST_NAME - len(tail)] + tail
    taken.add(name.casefold())
    return name
