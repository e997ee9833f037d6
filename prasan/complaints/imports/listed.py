"""What a list of complaints may hold, and its rows as complaints or as faults."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from datetime import datetime, time
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import override

from prasan.cases.listing import PLACE_COLUMNS, WrongRow, area_of
from prasan.complaints.actions.listing import ListedComplaint
from prasan.complaints.actions.sender import SenderFields
from prasan.complaints.actions.taking_in import ComplaintWords, refuse_unsound
from prasan.complaints.models import Complaint, ComplaintList, Kind
from prasan.kernel.dates import BANGKOK, parse_date
from prasan.kernel.digits import to_arabic
from prasan.kernel.refusals import Refused
from prasan.kernel.sentence import NotUnderstood
from prasan.kernel.words import search_key
from prasan.places.imports.report import RowFault, at_line
from prasan.places.models import Area
from prasan.sheets.columns import Cells, Column, Matching, cells_of
from prasan.sheets.reading import SheetFault, open_sheet

FIELDS = (
    Column(
        "number",
        "เลขที่เรื่อง",
        "number",
        ("เลขที่", "เลขรับ", "เลขรับเรื่อง", "รหัสเรื่อง", "หมายเลขเรื่อง", "เลขที่รับเรื่อง", "ticket", "ticket id", "id"),
    ),
    Column(
        "words",
        "รายละเอียด",
        "what happened",
        (
            "เรื่องร้องเรียน",
            "รายละเอียดเรื่อง",
            "เนื้อหา",
            "ข้อความ",
            "ข้อร้องเรียน",
            "รายละเอียดเรื่องร้องเรียน",
            "description",
        ),
    ),
    Column("place", "สถานที่เกิดเหตุ", "place", ("สถานที่", "พื้นที่เกิดเหตุ", "ที่เกิดเหตุ"), False),
    *PLACE_COLUMNS,
    Column("latitude", "ละติจูด", "latitude", ("lat",), False, "number"),
    Column("longitude", "ลองจิจูด", "longitude", ("lon", "lng", "long"), False, "number"),
    Column("kind", "ประเภทเรื่อง", "kind", ("ประเภท", "หมวดหมู่", "type", "category"), False),
    Column("happened", "วันที่เกิดเหตุ", "happened on", ("วันเกิดเหตุ",), False),
    Column(
        "name",
        "ชื่อผู้ร้อง",
        "name of the sender",
        ("ชื่อ-นามสกุล", "ชื่อผู้ร้องเรียน", "ผู้ร้อง", "ผู้ร้องเรียน", "ผู้แจ้ง", "ชื่อผู้แจ้ง"),
        False,
    ),
    Column(
        "phone",
        "โทรศัพท์",
        "telephone of the sender",
        ("เบอร์โทร", "เบอร์โทรศัพท์", "หมายเลขโทรศัพท์", "โทร", "phone"),
        False,
    ),
    Column("email", "อีเมล", "e-mail of the sender", ("อีเมล์", "email", "e-mail"), False),
    Column("citizen_number", "เลขประจำตัวประชาชน", "citizen number", ("เลขบัตรประชาชน",), False),
    Column("address", "ที่อยู่ผู้ร้อง", "address of the sender", ("ที่อยู่", "ที่อยู่ผู้ร้องเรียน"), False),
)
"""What can stand under a heading; the last five go to the sender, and nowhere else."""

T = TypeVar("T")

LONGEST_NUMBER = 150
_TIME_OF_DAY = re.compile(r"[ T]+(เวลา *)?[0-9]{1,2}[:.][0-9]{2}([:.][0-9]{2})?(\.[0-9]+)? *(น\.?)?$")
_AGAINST_OFFICIALS = re.compile(
    r"เจ้าหน้าที่|ข้าราชการ|ทุจริต|มิชอบ|คอ(?:ร์)?รั[บป]|วินัย|สินบน|corrupt|brib|official", re.I
)
"""A kind of another system that says so is one against officials: rather read by too few than by those."""
_NOTHING = frozenset({"-", "–", "—"})


@dataclass(slots=True)
class ListReading:
    """The rows of a list: those that can be taken in, and what is wrong with the others.

    `unknown_kinds` are kinds of the other system that are none here, with how many rows have them; such rows
    can be taken in, and whoever screens them says what they are about.
    """

    complaints: list[ListedComplaint] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)
    unknown_kinds: Counter[str] = field(default_factory=Counter)
    rows: int = 0

    @property
    def wrong_lines(self) -> list[int]:
        """The lines of rows that cannot be taken in."""
        return sorted({fault.line for fault in self.faults if fault.line})


def number_of_rows(content: bytes) -> int:
    """How many rows a file has below its headings; what is wrong with the file is told when it is read."""
    try:
        with open_sheet(io.BytesIO(content)) as sheet:
            return sum(1 for _row in sheet.rows())
    except SheetFault:
        return 0


def read_list(listing: ComplaintList) -> ListReading:
    """Read every row by the columns as they are confirmed."""
    if listing.content is None:
        raise ValueError("a list that was taken in holds no content")
    reading = ListReading()
    reader = _Reader(listing, reading.unknown_kinds)
    lines: dict[str, int] = {}
    try:
        with open_sheet(io.BytesIO(bytes(listing.content))) as sheet:
            for row in sheet.rows():
                reading.rows += 1
                cells = cells_of(row, reader.matching)
                if cells.faults:
                    reading.faults += [RowFault(row.line, fault.sentence) for fault in cells.faults]
                    continue
                complaint, faults = reader.read(cells)
                if complaint is not None:
                    earlier = lines.setdefault(complaint.number, row.line)
                    if earlier == row.line:
                        reading.complaints.append(complaint)
                    else:
                        faults.append(reader.same_number(row.line, earlier))
                reading.faults += faults
    except SheetFault as fault:
        reading.faults.append(RowFault(fault.line or 0, fault.sentence))
    return reading


class _Reader:
    """Reads rows of one list; what many rows say alike is looked up once."""

    def __init__(self, listing: ComplaintList, unknown_kinds: Counter[str]) -> None:
        columns = {code: header for header, code in listing.columns.items() if code}
        self.matching = Matching(columns, FIELDS, (), (), ())
        self._listing, self._unknown_kinds = listing, unknown_kinds
        kinds = list(Kind.objects.filter(is_open=True))
        self._kinds = {search_key(name): kind for kind in kinds for name in (kind.name_th, kind.name_en)}
        self._kinds |= {kind.code: kind for kind in kinds}
        self._restricted = next((kind for kind in kinds if kind.is_restricted), None)
        self._areas: dict[tuple[str, ...], Area | WrongRow] = {}

    def read(self, cells: Cells) -> tuple[ListedComplaint | None, list[RowFault]]:
        """The row as a complaint, or everything that is wrong with it."""
        faults: list[RowFault] = []
        area = self._told(faults, cells, "place", lambda: self._area(cells))
        happened = self._told(faults, cells, "happened", lambda: _moment(cells))
        sender = self._told(faults, cells, "email", lambda: _sender(cells))
        number = self._told(faults, cells, "number", lambda: _number(cells))
        if faults or area is None or sender is None or number is None:
            return None, faults
        latitude, longitude = cells.number("latitude"), cells.number("longitude")
        told = ComplaintWords(
            words=cells.text("words"),
            area=area,
            kind=self._kind(cells.text("kind")),
            latitude=None if latitude is None else float(latitude),
            longitude=None if longitude is None else float(longitude),
            happened_at=happened,
        )
        known = None if sender.is_empty else sender
        faults += _refusals(cells.line, told, known)
        manner = self._listing.manner if known else Complaint.Manner.ANONYMOUS
        return (None if faults else ListedComplaint(cells.line, number, told, manner, known)), faults

    def same_number(self, line: int, earlier: int) -> RowFault:
        """The fault of a row that bears the number of an earlier one."""
        header = self.matching.headers["number"]
        return at_line(
            line,
            f"คอลัมน์ “{header}” ซ้ำกับบรรทัดที่ {earlier}",
            f"column “{header}” repeats line {earlier}.",
        )

    def _told(self, faults: list[RowFault], cells: Cells, code: str, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except WrongRow as wrong:
            header = self._header(code)
            faults.append(
                at_line(cells.line, f"คอลัมน์ “{header}” {wrong.th}", f"column “{header}”: {wrong.en}")
                if header
                else wrong.fault
            )
        return None

    def _header(self, code: str) -> str:
        codes = ("place", *(column.code for column in PLACE_COLUMNS)) if code == "place" else (code,)
        found = [self.matching.headers[each] for each in codes if each in self.matching.headers]
        return "”, “".join(found)

    def _area(self, cells: Cells) -> Area:
        key = tuple(cells.text(code) for code in ("place", *(column.code for column in PLACE_COLUMNS)))
        if key not in self._areas:
            try:
                self._areas[key] = area_of(cells, self._listing.area)
            except WrongRow as wrong:
                self._areas[key] = wrong
        found = self._areas[key]
        if isinstance(found, WrongRow):
            raise WrongRow(cells.line, found.th, found.en)
        return found

    def _kind(self, written: str) -> Kind | None:
        if not written or written in _NOTHING:
            return None
        found = self._kinds.get(search_key(written)) or self._kinds.get(written)
        if found is None and _AGAINST_OFFICIALS.search(written):
            found = self._restricted
        if found is None:
            self._unknown_kinds[written[:80]] += 1
        return found


def _number(cells: Cells) -> str:
    number = " ".join(to_arabic(cells.text("number")).split())
    if number in _NOTHING:
        raise WrongRow(cells.line, "ไม่มีเลขที่เรื่อง", "there is no number.")
    if len(number) > LONGEST_NUMBER:
        raise WrongRow(
            cells.line, f"ยาวเกิน {LONGEST_NUMBER} ตัวอักษร", f"it is longer than {LONGEST_NUMBER} characters."
        )
    return number


def _moment(cells: Cells) -> datetime | None:
    """Noon of the day, for a day alone is told; today's noon may lie ahead."""
    written = _TIME_OF_DAY.sub("", to_arabic(cells.text("happened")))
    if not written or written in _NOTHING:
        return None
    try:
        day = parse_date(written)
    except NotUnderstood as fault:
        raise WrongRow(cells.line, fault.th, fault.en) from fault
    now = timezone.now()
    noon = datetime.combine(day, time(12), tzinfo=BANGKOK)
    return min(noon, now) if day == now.astimezone(BANGKOK).date() else noon


def _sender(cells: Cells) -> SenderFields:
    given = {each.name: cells.text(each.name) for each in fields(SenderFields)}
    sender = SenderFields(**{name: "" if text in _NOTHING else text for name, text in given.items()})
    if sender.email:
        try:
            validate_email(sender.email)
        except ValidationError as fault:
            raise WrongRow(cells.line, "ไม่ใช่ที่อยู่อีเมล", "this is no e-mail address.") from fault
    return sender


def _refusals(line: int, told: ComplaintWords, sender: SenderFields | None) -> Iterator[RowFault]:
    """What the act would refuse is told now, for the row, in both languages."""
    said = []
    for language in ("th", "en"):
        with override(language):
            try:
                refuse_unsound(told, sender=sender)
            except Refused as refusal:
                said.append(str(refusal))
    if said:
        yield at_line(line, said[0], said[-1])
