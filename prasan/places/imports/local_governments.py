"""Local governments from the list of the Department of Local Administration."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction

from prasan.kernel.calendar import today
from prasan.kernel.digits import to_arabic
from prasan.kernel.sentence import Sentence
from prasan.places.actions.local_governments import (
    LocalGovernmentRow,
    lay_out_local_governments,
    take_over_local_governments,
)
from prasan.places.imports.report import ImportReport, RowFault, at_line, digest_of
from prasan.places.models import Area, Level, LocalGovernmentKind
from prasan.sheets.columns import Cells, Column, Matching, cells_of, match_columns
from prasan.sheets.reading import Sheet, SheetFault, open_sheet

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

LOCAL_GOVERNMENTS = Sentence("องค์กรปกครองส่วนท้องถิ่น", "local governments")
COLUMNS = (
    Column("dola_code", "รหัส อปท.", "DOLA code", required=False),
    Column("type_abbr_th", "ประเภท", "kind", aliases=("type_abbr",)),
    Column("name_th", "ชื่อ", "name"),
    Column("amphoe_code", "รหัสอำเภอ", "amphoe code", required=False),
    Column("province_code", "รหัสจังหวัด", "province code"),
    Column("project_geocode", "รหัสพื้นที่", "geocode", required=False),
)
_SPECIAL = {"กทม.": "กรุงเทพมหานคร", "เมืองพัทยา": "เมืองพัทยา"}


@dataclass(frozen=True, slots=True)
class _Listed:
    line: int
    row: LocalGovernmentRow

    @property
    def agrees_with_code(self) -> bool:
        """Digits 2 and 3 of a code of the department are those of the province."""
        return len(self.row.code) == 7 and self.row.code[1:3] == self.row.province


@transaction.atomic
def import_local_governments(
    path: Path, *, as_of: date | None = None, apply: bool = False, by: AbstractBaseUser | None = None
) -> ImportReport:
    """Check a list of local governments and take it over, all or nothing, as it stood on a day (else today).

    A first list is taken over at once; against bodies already known the differences are only told, and taken
    over with `apply`. A list speaks only for the provinces it names.
    """
    report = ImportReport(LOCAL_GOVERNMENTS)
    rows = _checked_rows(path, report)
    if report.faults:
        return report
    changes = report.changes = lay_out_local_governments(rows)
    if changes.total and (apply or changes.is_first):
        take_over_local_governments(changes, as_of=as_of or today(), digest=digest_of(path), by=by)
        report.is_applied = True
    return report


def _checked_rows(path: Path, report: ImportReport) -> list[LocalGovernmentRow]:
    try:
        with open_sheet(path) as sheet:
            matching = match_columns(sheet.headers, COLUMNS)
            if not matching.is_complete:
                report.faults += [RowFault(0, fault.sentence) for fault in matching.faults]
                return []
            report.remarks += [*sheet.remarks, *matching.remarks]
            return _without_doubles(list(_bodies(sheet, matching, report)), report)
    except SheetFault as fault:
        report.faults.append(RowFault(fault.line or 0, fault.sentence))
        return []


def _bodies(sheet: Sheet, matching: Matching, report: ImportReport) -> Iterator[_Listed]:
    areas = set(
        Area.objects.filter(level__in=(Level.PROVINCE, Level.AMPHOE), is_abolished=False).values_list(
            "code", flat=True
        )
    )
    for row in sheet.rows():
        report.rows += 1
        cells = cells_of(row, matching)
        faults = [RowFault(row.line, fault.sentence) for fault in cells.faults]
        if not faults:
            listed = _listed(cells)
            faults = list(_faults(listed, cells.text("type_abbr_th"), areas))
        if faults:
            report.faults += faults
        else:
            yield listed


def _listed(cells: Cells) -> _Listed:
    kind, name = cells.text("type_abbr_th"), cells.text("name_th")
    if kind in _SPECIAL:
        kind, name = LocalGovernmentKind.Kind.SPECIAL, _SPECIAL[kind]
    row = LocalGovernmentRow(
        code=to_arabic(cells.text("dola_code") or cells.text("project_geocode")),
        kind=kind,
        name_th=name,
        province=to_arabic(cells.text("province_code")),
        amphoe=to_arabic(cells.text("amphoe_code")) or None,
    )
    return _Listed(cells.line, row)


def _faults(listed: _Listed, kind: str, areas: set[str]) -> Iterator[RowFault]:
    line, row = listed.line, listed.row
    if not row.code.isdecimal() or len(row.code) > 12:
        yield at_line(
            line,
            "ต้องมีรหัส อปท. หรือรหัสพื้นที่เป็นตัวเลข",
            "a DOLA code or a geocode of digits is needed.",
        )
    if row.kind not in LocalGovernmentKind.Kind.values:
        kinds = " ".join(LocalGovernmentKind.Kind.values)
        yield at_line(
            line,
            f"ไม่รู้จักประเภท “{kind}” กรุณาใช้ {kinds}",
            f"the kind “{kind}” is not known; please use one of {kinds}.",
        )
    if len(row.name_th) > 120:
        yield at_line(line, "ชื่อยาวเกิน 120 ตัวอักษร", "the name is longer than 120 characters.")
    if len(row.province) != 2 or row.province not in areas:
        yield at_line(line, f"ไม่มีจังหวัดรหัส {row.province}", f"there is no province {row.province}.")
    if row.amphoe and (len(row.amphoe) != 4 or row.amphoe not in areas):
        yield at_line(line, f"ไม่มีอำเภอรหัส {row.amphoe}", f"there is no amphoe {row.amphoe}.")
    elif row.amphoe and row.amphoe[:2] != row.province:
        yield at_line(
            line,
            f"อำเภอรหัส {row.amphoe} ไม่อยู่ในจังหวัดรหัส {row.province}",
            f"the amphoe {row.amphoe} is not in the province {row.province}.",
        )


def _without_doubles(bodies: list[_Listed], report: ImportReport) -> list[LocalGovernmentRow]:
    """Each body once: of two rows with one code, one that its own code contradicts is set aside and told."""
    kept: dict[str, _Listed] = {}
    for listed in bodies:
        code = listed.row.code
        other = kept.setdefault(code, listed)
        if other is listed:
            continue
        if listed.agrees_with_code == other.agrees_with_code or listed.row.name_th != other.row.name_th:
            report.faults.append(
                at_line(
                    listed.line,
                    f"รหัส {code} ซ้ำกับบรรทัดที่ {other.line}",
                    f"the code {code} repeats line {other.line}.",
                )
            )
            continue
        if listed.agrees_with_code:
            kept[code], listed, other = listed, other, listed
        report.remarks.append(
            Sentence(
                f"บรรทัดที่ {listed.line}: ไม่นำเข้า {listed.row.kind}{listed.row.name_th} เพราะรหัส {code} "
                f"เป็นของบรรทัดที่ {other.line} และจังหวัดในแถวนี้ไม่ตรงกับรหัส",
                f"Line {listed.line}: {listed.row.kind}{listed.row.name_th} was left out, because its code "
                f"{code} belongs to line {other.line} and contradicts the province of this row.",
            )
        )
    return [listed.row for listed in kept.values()]
