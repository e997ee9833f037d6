"""What a list of projects may hold, which heading means which, and its rows as projects or as faults."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import override

from prasan.cases.listing import PLACE_COLUMNS, WrongRow, area_of
from prasan.kernel.dates import parse_date
from prasan.kernel.digits import to_arabic
from prasan.kernel.refusals import Refused
from prasan.kernel.sentence import NotUnderstood
from prasan.kernel.words import search_key
from prasan.places.imports.report import RowFault
from prasan.places.models import Area
from prasan.planning.actions.brief import ActivityWords, ProposalWords, write_words
from prasan.planning.models import ProjectKind, Proposal, ProposalList, Sector
from prasan.sheets.columns import Cells, Column, Matching, cells_of
from prasan.sheets.guessing import guessed_columns as guessed
from prasan.sheets.reading import SheetFault, open_sheet

_BUDGET = ("วงเงิน", "งบประมาณที่ขอ", "จำนวนเงิน", "วงเงินงบประมาณ")
_OPERATOR = ("หน่วยงาน", "หน่วยงานรับผิดชอบ", "หน่วยงานดำเนินการ")

FIELDS = (
    Column("name", "ชื่อโครงการ", "project", aliases=("โครงการ", "โครงการ/กิจกรรม", "รายการ", "ชื่อ")),
    Column("place", "พื้นที่ดำเนินการ", "place", ("สถานที่", "พื้นที่เป้าหมาย", "ที่ตั้ง", "สถานที่ดำเนินการ"), False),
    *PLACE_COLUMNS,
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

_YEAR = re.compile(r"25[5-9][0-9]|26[0-9]{2}")


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


def guessed_columns(headers: Sequence[str]) -> dict[str, str]:
    """What each heading most likely means, each meaning once; what is like nothing known is left out."""
    return guessed(headers, FIELDS, _year_column)


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
                except WrongRow as wrong:
                    faults.append(wrong.fault)
    except SheetFault as fault:
        faults.append(RowFault(fault.line or 0, fault.sentence))
    return ListReading(tuple(projects), tuple(faults), rows)


def _project(cells: Cells, listing: ProposalList, years: Mapping[int, str]) -> ListedProject:
    area = area_of(cells, listing.area)
    budgets = {
        year: amount for year, code in years.items() if (amount := cells.number(code)) is not None and amount
    }
    year = cells.whole("fiscal_year") or (min(budgets) if budgets else listing.fiscal_year)
    if year is None:
        raise WrongRow(cells.line, "ไม่มีปีงบประมาณ", "There is no fiscal year.")
    year = year + 2500 if year < 100 else year
    whole = cells.number("budget")
    total = sum(budgets.values(), Decimal(0))
    if whole is not None and budgets and whole != total:
        raise WrongRow(
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
        raise WrongRow(cells.line, "ไม่มีงบประมาณ", "There is no budget.")
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
        raise WrongRow(line, told[0], told[-1])


def _day(cells: Cells, code: str) -> date | None:
    written = cells.text(code)
    if not written:
        return None
    try:
        return parse_date(written)
    except NotUnderstood as fault:
        raise WrongRow(cells.line, fault.th, fault.en) from fault


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


def _year_column(header: str) -> str:
    year = _year_of_money(header)
    return f"budget_{year}" if year else ""


def _year_of_money(header: str) -> int | None:
    """The Buddhist year of a heading that speaks of the budget of one year, or is a year alone."""
    written = to_arabic(header)
    years = _YEAR.findall(written)
    bare = _YEAR.sub("", written)
    speaks_of_money = any(word in bare for word in ("งบ", "เงิน", "บาท", "budget"))
    is_alone = not re.sub(r"[\s./()\-ปีพศ]", "", bare)
    return int(years[0]) if len(years) == 1 and (speaks_of_money or is_alone) else None
