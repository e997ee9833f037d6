"""What a list of projects may hold, which heading means which, and its rows as projects or as faults."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from django.utils.translation import get_language, override
from rapidfuzz import fuzz

from prasan.kernel.dates import parse_date
from prasan.kernel.digits import to_arabic
from prasan.kernel.refusals import Refused
from prasan.kernel.sentence import NotUnderstood
from prasan.kernel.text import clean
from prasan.kernel.words import search_key
from prasan.places.finder import find_place
from prasan.places.imports.report import RowFault, at_line
from prasan.places.models import Area
from prasan.planning.actions.brief import ActivityWords, ProposalWords, write_words
from prasan.planning.models import ProjectKind, Proposal, ProposalList, Sector
from prasan.sheets.columns import Cells, Column, Matching, cells_of, match_columns
from prasan.sheets.reading import SheetFault, open_sheet

_BUDGET = ("วงเงิน", "งบประมาณที่ขอ", "จำนวนเงิน", "วงเงินงบประมาณ")
_OPERATOR = ("หน่วยงาน", "หน่วยงานรับผิดชอบ", "หน่วยงานดำเนินการ")

FIELDS = (
    Column("name", "ชื่อโครงการ", "project", aliases=("โครงการ", "โครงการ/กิจกรรม", "รายการ", "ชื่อ")),
    Column("place", "พื้นที่ดำเนินการ", "place", ("สถานที่", "พื้นที่เป้าหมาย", "ที่ตั้ง", "สถานที่ดำเนินการ"), False),
    Column("code", "รหัสพื้นที่", "area code", ("รหัสหมู่บ้าน", "รหัสตำบล"), False),
    Column("village", "หมู่บ้าน", "village", ("หมู่ที่", "บ้าน", "ชื่อหมู่บ้าน"), False),
    Column("tambon", "ตำบล", "tambon", ("ต.",), False),
    Column("amphoe", "อำเภอ", "amphoe", ("อ.",), False),
    Column("fiscal_year", "ปีงบประมาณ", "fiscal year", ("ปี", "ปี พ.ศ."), False, "whole"),
    Column(
        "budget", "งบประมาณ", "budget", ("วงเงิน", "งบประมาณที่ขอ", "จำนวนเงิน", "วงเงินงบประมาณ"), False, "number"
    ),
    Column("sector", "ด้าน", "sector", ("สาขา", "ประเภทปัญหา"), False),
    Column("kind", "ประเภทโครงการ", "kind of project", ("ลักษณะโครงการ",), False),
    Column("rationale", "หลักการและเหตุผล", "rationale", ("เหตุผล", "ความเป็นมา", "สภาพปัญหา"), False),
    Column("objective", "วัตถุประสงค์", "objective", ("วัตถุประสงค์ของโครงการ",), False),
    Column(
        "operator",
        "หน่วยดำเนินงาน",
        "operating agency",
        ("หน่วยงาน", "หน่วยงานรับผิดชอบ", "หน่วยงานดำเนินการ"),
        False,
    ),
    Column("households", "จำนวนครัวเรือน", "households", ("ครัวเรือน", "ครัวเรือนที่ได้รับประโยชน์"), False, "whole"),
    Column(
        "beneficiaries", "จำนวนผู้ได้รับประโยชน์", "beneficiaries", ("ผู้ได้รับประโยชน์", "จำนวนคน"), False, "whole"
    ),
    Column("starts", "วันเริ่มต้น", "begins", ("เริ่มต้น",), False),
    Column("ends", "วันสิ้นสุด", "ends", ("สิ้นสุด",), False),
    Column("output", "ผลผลิต", "output", ("ผลผลิตที่คาดว่าจะได้รับ",), False),
    Column("outcome", "ผลลัพธ์", "outcome", ("ผลที่คาดว่าจะได้รับ", "ผลประโยชน์ที่คาดว่าจะได้รับ"), False),
)
"""What can stand under a heading, besides the budget of one year (`budget_2571`)."""

LARGEST_FILE = 20 * 1024 * 1024
_YEAR = re.compile(r"25[5-9][0-9]|26[0-9]{2}")
_ALIKE = 84
"""How alike, of 100, a heading and a known name must be to be proposed."""


@dataclass(frozen=True, slots=True)
class ListedProject:
    """A row that can be taken in: its line, where it belongs, its words, and a digest that knows it again."""

    line: int
    area: Area
    words: ProposalWords
    digest: str


@dataclass(frozen=True, slots=True)
class ListReading:
    """The rows of a list: those that can be taken in, and what is wrong with the others."""

    projects: tuple[ListedProject, ...]
    faults: tuple[RowFault, ...]
    rows: int

    @property
    def asked(self) -> Decimal:
        """What the rows that can be taken in cost together."""
        return sum((each.words.budget_asked for each in self.projects), Decimal(0))


def headings_of(content: bytes) -> tuple[str, ...]:
    """The headings of a file; Refused with the sentence of what is wrong with it."""
    try:
        with open_sheet(io.BytesIO(content)) as sheet:
            return sheet.headers
    except SheetFault as fault:
        raise Refused(fault.sentence.text(get_language() or "th")) from fault


def samples_of(content: bytes, number: int = 3) -> dict[str, list[str]]:
    """The first values under each heading, for whoever confirms what they mean."""
    found: dict[str, list[str]] = {}
    with open_sheet(io.BytesIO(content)) as sheet:
        for row, _count in zip(sheet.rows(), range(50), strict=False):
            for header, written in row.cells.items():
                values = found.setdefault(header, [])
                if (value := clean(written).strip()[:80]) and value not in values and len(values) < number:
                    values.append(value)
    return found


def fingerprint_of(headers: Sequence[str]) -> str:
    """What knows a file of the same headings again, whatever its rows."""
    return hashlib.sha256("\n".join(headers).encode()).hexdigest()


def guessed_columns(headers: Sequence[str]) -> dict[str, str]:
    """What each heading most likely means, each meaning once; what is like nothing known is left out."""
    outright = match_columns(tuple(headers), FIELDS).headers
    columns = {header: code for code, header in outright.items()}
    for header in headers:
        if header not in columns and (year := _year_of_money(header)):
            columns[header] = f"budget_{year}"
    taken = set(columns.values())
    likely = sorted(
        (
            (_likeness(header, column), header, column.code)
            for header in headers
            if header not in columns
            for column in FIELDS
            if column.code not in taken
        ),
        reverse=True,
    )
    for likeness, header, code in likely:
        if likeness >= _ALIKE and header not in columns and code not in columns.values():
            columns[header] = code
    return columns


def read_list(listing: ProposalList) -> ListReading:
    """Read every row by the columns as they are confirmed."""
    if listing.content is None:
        raise ValueError("a list that was taken in holds no content")
    matching = _matching(listing.columns)
    years = _budget_columns(listing.columns)
    projects: list[ListedProject] = []
    faults: list[RowFault] = []
    rows = 0
    try:
        with open_sheet(io.BytesIO(bytes(listing.content))) as sheet:
            for row in sheet.rows():
                rows += 1
                cells = cells_of(row, matching)
                if cells.faults:
                    faults += [RowFault(row.line, fault.sentence) for fault in cells.faults]
                    continue
                try:
                    projects.append(_project(cells, listing, years))
                except _Wrong as wrong:
                    faults.append(wrong.fault)
    except SheetFault as fault:
        faults.append(RowFault(fault.line or 0, fault.sentence))
    return ListReading(tuple(projects), tuple(faults), rows)


class _Wrong(Exception):
    """A row that cannot be taken in, and why."""

    def __init__(self, line: int, th: str, en: str) -> None:
        super().__init__(en)
        self.fault = at_line(line, th, en)


def _project(cells: Cells, listing: ProposalList, years: Mapping[int, str]) -> ListedProject:
    area = _area(cells, listing.area)
    budgets = {
        year: amount for year, code in years.items() if (amount := cells.number(code)) is not None and amount
    }
    year = cells.whole("fiscal_year") or (min(budgets) if budgets else listing.fiscal_year)
    if year is None:
        raise _Wrong(cells.line, "ไม่มีปีงบประมาณ", "There is no fiscal year.")
    year = year + 2500 if year < 100 else year
    whole = cells.number("budget")
    total = sum(budgets.values(), Decimal(0))
    if whole is not None and budgets and whole != total:
        raise _Wrong(
            cells.line,
            f"งบประมาณรายปีรวมได้ {total:,} บาท แต่งบประมาณรวมเขียนว่า {whole:,} บาท",
            f"The yearly budgets come to {total:,} baht, but the whole is written as {whole:,} baht.",
        )
    words = ProposalWords(
        name=cells.text("name"),
        sector=_sector(cells.text("sector")),
        kind=_kind(cells.text("kind")),
        fiscal_year=year,
        rationale=cells.text("rationale"),
        objective=cells.text("objective"),
        households=cells.whole("households") or 0,
        beneficiaries=cells.whole("beneficiaries"),
        budget_asked=total if budgets else whole or Decimal(0),
        target_words=cells.text("place"),
        operator=cells.text("operator")[:300],
        starts=_day(cells, "starts"),
        ends=_day(cells, "ends"),
        output=cells.text("output"),
        outcome=cells.text("outcome"),
        activities=(ActivityWords(cells.text("name")[:300], budgets, cells.text("operator")[:300]),)
        if budgets
        else (),
    )
    if words.budget_asked <= 0:
        raise _Wrong(cells.line, "ไม่มีงบประมาณ", "There is no budget.")
    _refuse_what_no_proposal_holds(cells.line, area, words)
    told = "\n".join((area.code, str(year), search_key(words.name), str(words.budget_asked.normalize())))
    return ListedProject(cells.line, area, words, hashlib.sha256(told.encode()).hexdigest())


def _refuse_what_no_proposal_holds(line: int, area: Area, words: ProposalWords) -> None:
    """What the act would refuse is told now, for the row, in both languages."""
    told = []
    for language in ("th", "en"):
        with override(language):
            try:
                write_words(Proposal(area=area), words)
            except Refused as refusal:
                told.append(str(refusal))
    if told:
        raise _Wrong(line, told[0], told[-1])


def _area(cells: Cells, province: Area) -> Area:
    code = to_arabic(cells.text("code")).replace(" ", "").replace("-", "")
    if code:
        found = Area.objects.filter(code=code, is_abolished=False).first()
        if found is None or not found.path.startswith(province.path):
            raise _Wrong(
                cells.line,
                f"ไม่มีพื้นที่รหัส {code} ใน{province.title}",
                f"There is no area {code} in this province.",
            )
        return found
    written = _address(cells)
    if not written:
        return province
    finding = find_place(written, within=province)
    if finding.doubts or len(finding.places) > 1:
        raise _Wrong(
            cells.line,
            f"“{written[:80]}” อาจหมายถึงได้หลายที่ กรุณาระบุตำบลและอำเภอ หรือรหัสพื้นที่",
            f"“{written[:80]}” fits several places. Please give tambon and amphoe, or the area code.",
        )
    if not finding.places or not finding.places[0].is_inside:
        raise _Wrong(
            cells.line,
            f"ไม่พบ “{written[:80]}” ใน{province.title}",
            f"“{written[:80]}” was not found in this province.",
        )
    return finding.places[0].area


def _address(cells: Cells) -> str:
    """The place as one line of an address, from columns of its own or from the words."""
    parts = []
    if village := cells.text("village"):
        is_number = to_arabic(village).isdigit()
        parts.append(f"หมู่ที่ {village}" if is_number else _prefixed(village, "บ้าน", "ม.", "หมู่"))
    if tambon := cells.text("tambon"):
        parts.append(_prefixed(tambon, "ตำบล", "ต."))
    if amphoe := cells.text("amphoe"):
        parts.append(_prefixed(amphoe, "อำเภอ", "อ."))
    return " ".join(parts) or cells.text("place")


def _prefixed(name: str, prefix: str, *others: str) -> str:
    return name if name.startswith((prefix, *others)) else f"{prefix}{name}"


def _day(cells: Cells, code: str) -> date | None:
    written = cells.text(code)
    if not written:
        return None
    try:
        return parse_date(written)
    except NotUnderstood as fault:
        raise _Wrong(cells.line, fault.th, fault.en) from fault


def _sector(written: str) -> Sector:
    """The sector whose name is meant; `other` where the file says none that is known."""
    found = _known_sectors()
    return found.get(search_key(written)) or found[""]


def _kind(written: str) -> ProjectKind | None:
    """The kind whose name is meant; None, which is unknown, where the file says none that is known."""
    kinds = ProjectKind.objects.all()
    named = {search_key(name): kind for kind in kinds for name in (kind.name_th, kind.name_en)}
    return named.get(search_key(written)) if written else None


def _known_sectors() -> dict[str, Sector]:
    sectors = list(Sector.objects.all())
    named = {search_key(name): sector for sector in sectors for name in (sector.name_th, sector.name_en)}
    return named | {"": next(sector for sector in sectors if sector.code == "other")}


def _matching(columns: Mapping[str, str]) -> Matching:
    codes = [code for code in columns.values() if code.startswith("budget_")]
    years = tuple(Column(code, code, code, (), False, "number") for code in codes)
    wanted = (*FIELDS, *years)
    return Matching({code: header for header, code in columns.items() if code}, wanted, (), (), ())


def _budget_columns(columns: Mapping[str, str]) -> dict[int, str]:
    return {
        int(code.removeprefix("budget_")): code for code in columns.values() if code.startswith("budget_")
    }


def _year_of_money(header: str) -> int | None:
    """The Buddhist year of a heading that speaks of the budget of one year, or is a year alone."""
    written = to_arabic(header)
    years = _YEAR.findall(written)
    bare = _YEAR.sub("", written)
    speaks_of_money = any(word in bare for word in ("งบ", "เงิน", "บาท", "budget"))
    is_alone = not re.sub(r"[\s./()\-ปีพศ]", "", bare)
    return int(years[0]) if len(years) == 1 and (speaks_of_money or is_alone) else None


def _likeness(header: str, column: Column) -> float:
    return max(fuzz.ratio(_key(header), name) for name in _keys(column))


@cache
def _keys(column: Column) -> tuple[str, ...]:
    return tuple(_key(name) for name in (column.th, column.en, *column.aliases))


def _key(name: str) -> str:
    return search_key(re.sub(r"\([^)]*\)", "", name))
