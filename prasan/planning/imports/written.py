"""The lines of a budget document as the file holds them, each checked, before anything is made of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from prasan.kernel.digits import NumberNotUnderstood, parse_number, to_arabic
from prasan.kernel.sentence import Sentence
from prasan.places.imports.report import RowFault, at_line
from prasan.sheets.columns import Cells, Column, cells_of, match_columns
from prasan.sheets.reading import SheetFault, open_sheet

_CATEGORIES = tuple(f"category_lv{number}" for number in range(1, 7))
COLUMNS = (
    Column("item_id", "รหัสรายการ", "line code", aliases=("ITEM_ID",)),
    Column("ref_doc", "เอกสาร", "document", aliases=("REF_DOC",)),
    Column("ref_page_no", "หน้า", "page", aliases=("REF_PAGE_NO",), kind="whole"),
    Column("budgetary_unit", "หน่วยรับงบประมาณ", "budget unit", aliases=("BUDGETARY_UNIT",)),
    Column("project", "โครงการ", "project", aliases=("PROJECT",), required=False),
    *(Column(code, f"หมวดรายจ่าย {code[-1]}", f"category {code[-1]}", required=False) for code in _CATEGORIES),
    Column("item_description", "รายการ", "description", aliases=("ITEM_DESCRIPTION",)),
    Column("fiscal_year", "ปีงบประมาณ", "fiscal year", aliases=("FISCAL_YEAR",), kind="whole"),
    Column("amount", "จำนวนเงิน", "amount", aliases=("AMOUNT",)),
)
_OTHER_COLUMNS = {"MINISTRY", "CROSS_FUNC?", "BUDGET_PLAN", "OUTPUT", "OBLIGED?", "DEBUG_LOG"}
"""Columns of the known extract that say nothing of a line's place in a plan."""

_LIMITS = {"item_id": 60, "ref_doc": 60, "budgetary_unit": 200, "project": 300, "item_description": 2000}
_ODDLY_PARTED = re.compile(r"[0-9][0-9,]{0,25}(\.[0-9]{1,2})?")
_LARGEST = Decimal("99999999999999.99")


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """One line as written; `number` is its line in the file, `fiscal_year` a Buddhist year.

    `amount_written` is how the amount stands in the file where its commas do not part thousands (“300,0”):
    the digits are counted as they are, and a person has to look at the document.
    """

    number: int
    code: str
    document: str
    page: int
    unit: str
    project: str
    category: str
    title: str
    amount: Decimal
    amount_written: str
    fiscal_year: int


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """What a file holds: sound lines in the order of the file, or what is wrong with it."""

    lines: tuple[WrittenLine, ...]
    faults: tuple[RowFault, ...]
    remarks: tuple[Sentence, ...] = ()
    rows: int = 0


def read_budget_lines(path: Path) -> WrittenFile:
    """Read a CSV, CSV.gz or XLSX of budget lines; with any fault the lines are not to be used."""
    faults: list[RowFault] = []
    lines: list[WrittenLine] = []
    rows = 0
    try:
        with open_sheet(path) as sheet:
            matching = match_columns(sheet.headers, COLUMNS)
            if not matching.is_complete:
                return WrittenFile((), tuple(RowFault(0, fault.sentence) for fault in matching.faults))
            unknown = set(matching.unknown) - _OTHER_COLUMNS
            remarks = (*sheet.remarks, *(matching.remarks if unknown else ()))
            for row in sheet.rows():
                rows += 1
                cells = cells_of(row, matching)
                found = [RowFault(row.line, fault.sentence) for fault in cells.faults]
                found = found or list(_faults(cells))
                faults += found
                if not found:
                    lines.append(_line(cells))
    except SheetFault as fault:
        return WrittenFile((), (RowFault(fault.line or 0, fault.sentence),))
    faults += _faults_together(lines)
    if not rows:
        faults.append(RowFault(0, Sentence("ไฟล์นี้ไม่มีรายการ", "This file holds no lines.")))
    return WrittenFile(tuple(lines), tuple(sorted(faults, key=lambda fault: fault.line)), remarks, rows)


def _line(cells: Cells) -> WrittenLine:
    page, year = cells.whole("ref_page_no"), cells.whole("fiscal_year")
    amount, written = _amount(cells.text("amount"))
    if page is None or year is None:
        raise TypeError("a required number is never missing here")
    return WrittenLine(
        number=cells.line,
        code=cells.text("item_id"),
        document=cells.text("ref_doc"),
        page=page,
        unit=" ".join(cells.text("budgetary_unit").split()),
        project=cells.text("project"),
        category=" › ".join(text for code in _CATEGORIES if (text := cells.text(code)))[:400],
        title=cells.text("item_description"),
        amount=amount,
        amount_written=written,
        fiscal_year=_buddhist(year),
    )


def _amount(written: str) -> tuple[Decimal, str]:
    """The amount, and how it is written where that leaves a doubt; NumberNotUnderstood if it is none."""
    try:
        return parse_number(written), ""
    except NumberNotUnderstood:
        if not _ODDLY_PARTED.fullmatch(to_arabic(written)):
            raise
        return Decimal(to_arabic(written).replace(",", "")), written


def _buddhist(year: int) -> int:
    return year + 543 if year < 2400 else year


def _faults(cells: Cells) -> Iterator[RowFault]:
    page, year = cells.whole("ref_page_no"), cells.whole("fiscal_year")
    try:
        amount, _written = _amount(cells.text("amount"))
    except NumberNotUnderstood as error:
        yield at_line(cells.line, error.th, error.en)
        return
    if not 0 <= amount <= _LARGEST or amount != round(amount, 2):
        yield at_line(
            cells.line,
            f"จำนวนเงิน {amount} ต้องไม่ติดลบและมีทศนิยมไม่เกินสองตำแหน่ง",
            f"the amount {amount} must not be below zero nor finer than a satang.",
        )
    if page is not None and not 0 < page < 1_000_000:
        yield at_line(cells.line, f"เลขหน้า {page} ไม่ถูกต้อง", f"the page number {page} cannot be right.")
    if year is not None and not 2500 <= _buddhist(year) <= 2700:
        yield at_line(cells.line, f"ปีงบประมาณ {year} ไม่ถูกต้อง", f"the fiscal year {year} cannot be right.")
    for code, limit in _LIMITS.items():
        if len(cells.text(code)) > limit:
            column = next(column for column in COLUMNS if column.code == code)
            yield at_line(
                cells.line,
                f"“{column.th}” ยาวเกิน {limit} ตัวอักษร",
                f"“{column.en}” is longer than {limit} characters.",
            )


def _faults_together(lines: list[WrittenLine]) -> Iterator[RowFault]:
    """What is wrong with lines only in the light of others."""
    first: dict[tuple[str, str], int] = {}
    for line in lines:
        earlier = first.setdefault((line.document, line.code), line.number)
        if earlier != line.number:
            yield at_line(
                line.number,
                f"รหัสรายการ {line.code} ซ้ำกับบรรทัดที่ {earlier}",
                f"the line code {line.code} repeats line {earlier}.",
            )
        if line.fiscal_year != lines[0].fiscal_year:
            yield at_line(
                line.number,
                f"ปีงบประมาณ {line.fiscal_year} ต่างจากบรรทัดแรก ({lines[0].fiscal_year}) กรุณาแยกไฟล์ตามปี",
                f"the fiscal year {line.fiscal_year} is not that of the first line "
                f"({lines[0].fiscal_year}). Please give each year its own file.",
            )
