"""Villages from a list with their codes, numbers and names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction

from prasan.kernel.digits import to_arabic
from prasan.kernel.sentence import Sentence
from prasan.places.actions.villages import VillageRow, lay_out_villages, take_over_villages
from prasan.places.imports.report import ImportReport, RowFault, at_line, digest_of
from prasan.places.models import Area, Level
from prasan.sheets.columns import Cells, Column, Matching, cells_of, match_columns
from prasan.sheets.reading import Sheet, SheetFault, open_sheet

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

VILLAGES = Sentence("หมู่บ้าน", "villages")
LONGEST_NAME = 120
COLUMNS = (
    Column("village_code", "รหัสหมู่บ้าน", "village code"),
    Column("moo", "หมู่ที่", "moo", kind="whole"),
    Column("name_th", "ชื่อหมู่บ้าน", "village name", aliases=("ชื่อ", "name"), required=False),
    Column("name_en", "ชื่อภาษาอังกฤษ", "English name", required=False),
    Column("tambon_code", "รหัสตำบล", "tambon code", required=False),
    Column("amphoe_code", "รหัสอำเภอ", "amphoe code", required=False),
    Column("province_code", "รหัสจังหวัด", "province code", required=False),
)
_PARENTS = (("tambon_code", 6), ("amphoe_code", 4), ("province_code", 2))


@transaction.atomic
def import_villages(path: Path, *, apply: bool = False, by: AbstractBaseUser | None = None) -> ImportReport:
    """Check a list of villages and take it over, all or nothing.

    A first list is taken over at once; against villages already known the differences are only told, and
    taken over with `apply`. A list speaks only for the provinces it names.
    """
    report = ImportReport(VILLAGES)
    rows = _checked_rows(path, report)
    if report.faults:
        return report
    changes = report.changes = lay_out_villages(rows)
    if changes.total and (apply or changes.is_first):
        take_over_villages(changes, digest=digest_of(path), by=by)
        report.is_applied = True
    return report


def _checked_rows(path: Path, report: ImportReport) -> list[VillageRow]:
    try:
        with open_sheet(path) as sheet:
            matching = match_columns(sheet.headers, COLUMNS)
            if not matching.is_complete:
                report.faults += [RowFault(0, fault.sentence) for fault in matching.faults]
                return []
            report.remarks += [*sheet.remarks, *matching.remarks]
            return list(_villages(sheet, matching, report))
    except SheetFault as fault:
        report.faults.append(RowFault(fault.line or 0, fault.sentence))
        return []


def _villages(sheet: Sheet, matching: Matching, report: ImportReport) -> Iterator[VillageRow]:
    tambon = dict(Area.objects.filter(level=Level.TAMBON).values_list("code", "is_abolished"))
    first_lines: dict[str, int] = {}
    for row in sheet.rows():
        report.rows += 1
        cells = cells_of(row, matching)
        if cells.faults:
            report.faults += [RowFault(row.line, fault.sentence) for fault in cells.faults]
            continue
        code, moo = to_arabic(cells.text("village_code")), cells.whole("moo")
        if moo is None:
            raise TypeError("a required whole number is never missing here")
        faults = list(_faults(cells, code, moo, tambon))
        if code in first_lines:
            faults.append(
                at_line(
                    row.line,
                    f"รหัสหมู่บ้าน {code} ซ้ำกับบรรทัดที่ {first_lines[code]}",
                    f"village code {code} repeats line {first_lines[code]}.",
                )
            )
        first_lines.setdefault(code, row.line)
        report.faults += faults
        if not report.faults:
            yield VillageRow(code, moo, cells.text("name_th"), cells.text("name_en"))


def _faults(cells: Cells, code: str, moo: int, tambon: dict[str, bool]) -> Iterator[RowFault]:
    line = cells.line
    if len(code) != 8 or not code.isdecimal():
        yield at_line(
            line,
            f"รหัสหมู่บ้าน “{code}” ต้องเป็นตัวเลข 8 หลัก",
            f"the village code “{code}” must have 8 digits.",
        )
        return
    if (is_abolished := tambon.get(code[:6])) is None:
        yield at_line(line, f"ไม่มีตำบลรหัส {code[:6]}", f"there is no tambon with the code {code[:6]}.")
    elif is_abolished:
        yield at_line(
            line,
            f"ตำบลรหัส {code[:6]} ถูกยกเลิกแล้ว กรุณาใช้รหัสปัจจุบัน",
            f"the tambon code {code[:6]} is abolished; please use the present one.",
        )
    if int(code[6:]) != moo or not moo:
        yield at_line(
            line,
            f"หมู่ที่ {moo} ไม่ตรงกับสองหลักท้ายของรหัส {code}",
            f"moo {moo} does not agree with the last two digits of {code}.",
        )
    for column, digits in _PARENTS:
        written = to_arabic(cells.text(column))
        if written and written != code[:digits]:
            yield at_line(
                line,
                f"รหัส {written} ไม่ตรงกับรหัสหมู่บ้าน {code}",
                f"the code {written} does not agree with the village code {code}.",
            )
    for column in ("name_th", "name_en"):
        if len(cells.text(column)) > LONGEST_NAME:
            yield at_line(
                line,
                f"ชื่อยาวเกิน {LONGEST_NAME} ตัวอักษร",
                f"the name is longer than {LONGEST_NAME} characters.",
            )
