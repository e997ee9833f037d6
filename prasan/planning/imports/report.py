"""What an import of budget lines found and did, for a person to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from prasan.kernel.money import format_baht
from prasan.kernel.sentence import Sentence
from prasan.places.imports.report import RowFault
from prasan.places.models import Area
from prasan.planning.imports.units import Run
from prasan.planning.imports.written import WrittenLine
from prasan.planning.models import PlanItem
from prasan.sheets.table import Table

SAMPLES = 20
"""Differences that are told one by one."""


@dataclass(slots=True)
class BudgetReport:
    """The outcome of one import: with any fault, nothing was changed."""

    rows: int = 0
    fiscal_year: int = 0
    amount: Decimal = Decimal(0)
    faults: list[RowFault] = field(default_factory=list)
    remarks: list[Sentence] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    doubtful: list[WrittenLine] = field(default_factory=list)
    provinces_without: list[Area] = field(default_factory=list)
    new: int = 0
    changed: list[WrittenLine] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    unplaced: list[PlanItem] = field(default_factory=list)
    placings: Counter[str] = field(default_factory=Counter)
    is_first: bool = False
    is_applied: bool = False

    @property
    def is_refused(self) -> bool:
        return bool(self.faults)

    @property
    def differs(self) -> bool:
        """Whether the file holds anything that the database does not."""
        return bool(self.new or self.changed or self.gone)

    @property
    def to_confirm(self) -> list[Run]:
        """Pages whose label fits several clusters and that nobody has confirmed yet."""
        return [run for run in self.runs if run.lost_its_number and not run.is_confirmed]

    def sentences(self) -> list[Sentence]:
        """The report in words: faults or differences first, the outcome last."""
        if self.faults:
            return [*(fault.sentence for fault in self.faults), _refusal(len(self.faults))]
        return [
            *self.remarks,
            *(_alias(run) for run in self.runs if run.is_alias),
            *(_cluster(run) for run in self.runs if run.lost_its_number),
            *self._provinces_without(),
            *(_amount(line) for line in self.doubtful),
            *self._differences(),
            *self._places(),
            *self._outside(),
            *self._to_confirm(),
            self._outcome(),
        ]

    def unplaced_table(self) -> Table:
        """The lines that wait for an officer, to be written as a sheet."""
        headers = ("เอกสาร", "หน้า", "รหัสรายการ", "หน่วยรับงบประมาณ", "รายการ", "จำนวนเงิน", "เหตุที่รอ")
        rows = [
            (
                item.source_document,
                item.source_page,
                item.source_line,
                item.source_unit,
                item.title,
                item.amount,
                str(item.get_doubt_display()),
            )
            for item in self.unplaced
        ]
        return Table("รายการที่รอระบุพื้นที่", headers, rows)

    def _provinces_without(self) -> Sequence[Sentence]:
        if not self.provinces_without:
            return []
        names_th = ", ".join(area.name_th for area in self.provinces_without)
        names_en = ", ".join(area.name_en for area in self.provinces_without)
        return [
            Sentence(
                f"ไม่มีรายการของ {len(self.provinces_without)} จังหวัด: {names_th} "
                "(ไม่ทราบจำนวนเงิน ไม่ได้หมายถึงศูนย์)",
                f"There are no lines of {len(self.provinces_without)} provinces: {names_en} "
                "(the sum is unknown, not zero).",
            )
        ]

    def _differences(self) -> Sequence[Sentence]:
        shown = [
            Sentence(f"แก้ไข {line.code}: {line.title[:80]}", f"changed: {line.code} {line.title[:80]}")
            for line in self.changed[:SAMPLES]
        ]
        shown += [
            Sentence(f"ไม่มีในไฟล์แล้ว: {code}", f"no longer in the file: {code}") for code in self.gone[:SAMPLES]
        ]
        left = len(self.changed) + len(self.gone) - len(shown)
        if left > 0:
            shown.append(Sentence(f"และอีก {left:,} รายการ", f"and {left:,} more"))
        return shown

    def _places(self) -> Sequence[Sentence]:
        if not self.placings:
            return []
        text, whole = self.placings["text"], self.placings["whole"]
        waiting = self.placings["unplaced"]
        return [
            Sentence(
                f"ระบุพื้นที่จากข้อความ {text:,} รายการ ทั้งจังหวัดหรือกลุ่มจังหวัด {whole:,} รายการ "
                f"รอเจ้าหน้าที่ระบุ {waiting:,} รายการ",
                f"Placed by their words: {text:,}; for the whole province or cluster: {whole:,}; "
                f"waiting for an officer: {waiting:,}.",
            )
        ]

    def _outside(self) -> Sequence[Sentence]:
        outside = [item for item in self.unplaced if item.doubt == PlanItem.Doubt.OUTSIDE]
        if not outside:
            return []
        pages = sorted({(item.source_document, item.source_page or 0) for item in outside})
        shown = ", ".join(f"{document} · {page}" for document, page in pages)
        return [
            Sentence(
                f"{len(outside):,} รายการระบุพื้นที่นอกหน่วยของตน หัวกระดาษอาจอ่านผิด กรุณาตรวจเอกสาร (หน้า): {shown}",
                f"{len(outside):,} lines name a place outside their unit, whose heading may have been "
                f"misread. Please check these pages: {shown}.",
            )
        ]

    def _to_confirm(self) -> Sequence[Sentence]:
        if not self.to_confirm or not (self.is_applied or not self.differs):
            return []
        return [
            Sentence(
                f"กลุ่มจังหวัดข้างต้น {len(self.to_confirm)} ช่วงหน้ายังรอการยืนยัน "
                "กรุณายืนยันในหน้าเว็บ หรือสั่งอีกครั้งพร้อม --confirm-clusters",
                f"{len(self.to_confirm)} runs of cluster pages above wait to be confirmed. "
                "Please confirm them on the page, or run this again with --confirm-clusters.",
            )
        ]

    def _outcome(self) -> Sentence:
        baht_th, baht_en = format_baht(self.amount, "th"), format_baht(self.amount, "en")
        if not self.differs:
            return Sentence(
                f"รายการในไฟล์ {self.rows:,} รายการ {baht_th} ตรงกับข้อมูลที่มีอยู่แล้วทั้งหมด ไม่มีอะไรเปลี่ยนแปลง",
                f"All {self.rows:,} lines of the file, {baht_en}, are already there; nothing has changed.",
            )
        counts_th = f"เพิ่ม {self.new:,} แก้ไข {len(self.changed):,} ยกเลิก {len(self.gone):,}"
        counts_en = f"{self.new:,} added, {len(self.changed):,} changed, {len(self.gone):,} withdrawn"
        if self.is_applied:
            return Sentence(
                f"นำเข้างบประมาณปี {self.fiscal_year} แล้ว: {counts_th} ยอดในไฟล์ {self.rows:,} รายการ "
                f"{baht_th} ตรงกับระบบทุกหน่วย",
                f"Imported the budget of {self.fiscal_year}: {counts_en}. The file's {self.rows:,} lines, "
                f"{baht_en}, agree with Prasan unit by unit.",
            )
        return Sentence(
            f"ยังไม่ได้บันทึก ไฟล์นี้จะเปลี่ยนข้อมูลที่มีอยู่: {counts_th} หากถูกต้อง กรุณาสั่งอีกครั้งพร้อม --apply",
            f"Not saved yet. This file would change what is there: {counts_en}. "
            "If that is right, please run it again with --apply.",
        )


def _refusal(count: int) -> Sentence:
    return Sentence(
        f"ยังไม่ได้นำเข้ารายการงบประมาณ เพราะพบข้อผิดพลาด {count:,} รายการ ข้อมูลเดิมไม่เปลี่ยนแปลง "
        "กรุณาแก้ไขไฟล์แล้วนำเข้าใหม่",
        f"No budget lines were imported because of {count:,} faults; nothing has changed. "
        "Please correct the file and import it again.",
    )


def _amount(line: WrittenLine) -> Sentence:
    return Sentence(
        f"บรรทัดที่ {line.number}: จำนวนเงินเขียนว่า “{line.amount_written}” "
        f"นับเป็น {format_baht(line.amount, 'th')} กรุณาตรวจกับเอกสาร {line.document} หน้า {line.page}",
        f"Line {line.number}: the amount is written “{line.amount_written}” and counted as "
        f"{format_baht(line.amount, 'en')}. Please check page {line.page} of {line.document}.",
    )


def _alias(run: Run) -> Sentence:
    return Sentence(
        f"“{run.label}” ถือเป็น “{getattr(run.owner, 'name_th', '')}” ตามตารางชื่อ ({len(run.lines):,} รายการ)",
        f"“{run.label}” is taken as “{getattr(run.owner, 'name_th', '')}” by the table of names "
        f"({len(run.lines):,} lines).",
    )


def _cluster(run: Run) -> Sentence:
    name = getattr(run.owner, "name_th", "")
    provinces = ", ".join(area.name_th for area in run.followed_by)
    return Sentence(
        f"“{run.label}” หน้า {run.first_page}–{run.last_page} ({len(run.lines):,} รายการ "
        f"{format_baht(run.amount, 'th')}) คือ “{name}” เพราะตามด้วย {provinces}",
        f"“{run.label}”, pages {run.first_page}–{run.last_page} ({len(run.lines):,} lines, "
        f"{format_baht(run.amount, 'en')}), is “{name}”, being followed by {provinces}.",
    )
