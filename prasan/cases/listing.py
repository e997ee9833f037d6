"""Files in which others bring many cases at once: their headings, and the place that a row names."""

from __future__ import annotations

import io

from django.utils.translation import get_language

from prasan.kernel.digits import to_arabic
from prasan.kernel.refusals import Refused
from prasan.places.finder import find_place
from prasan.places.imports.report import at_line
from prasan.places.models import Area
from prasan.sheets.columns import Cells, Column
from prasan.sheets.reading import SheetFault, open_sheet

LARGEST_FILE = 20 * 1024 * 1024

PLACE_COLUMNS = (
    Column("code", "รหัสพื้นที่", "area code", ("รหัสหมู่บ้าน", "รหัสตำบล"), False),
    Column("village", "หมู่บ้าน", "village", ("หมู่ที่", "บ้าน", "ชื่อหมู่บ้าน"), False),
    Column("tambon", "ตำบล", "tambon", ("ต.",), False),
    Column("amphoe", "อำเภอ", "amphoe", ("อ.",), False),
)
"""Where a row lies, in columns of its own; the column `place` may say it in words instead."""


class WrongRow(Exception):
    """A row that cannot be taken in, and why."""

    def __init__(self, line: int, th: str, en: str) -> None:
        super().__init__(en)
        self.th, self.en = th, en
        self.fault = at_line(line, th, en)


def headings_of(content: bytes) -> tuple[str, ...]:
    """The headings of a file; Refused with the sentence of what is wrong with it."""
    try:
        with open_sheet(io.BytesIO(content)) as sheet:
            return sheet.headers
    except SheetFault as fault:
        raise Refused(fault.sentence.text(get_language() or "th")) from fault


def area_of(cells: Cells, province: Area) -> Area:
    """The area that a row names by code or in words, the province where it names none; or it is wrong."""
    code = to_arabic(cells.text("code")).replace(" ", "").replace("-", "")
    if code:
        found = Area.objects.filter(code=code, is_abolished=False).first()
        if found is None or not found.path.startswith(province.path):
            raise WrongRow(
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
        raise WrongRow(
            cells.line,
            f"“{written[:80]}” อาจหมายถึงได้หลายที่ กรุณาระบุตำบลและอำเภอ หรือรหัสพื้นที่",
            f"“{written[:80]}” fits several places. Please give tambon and amphoe, or the area code.",
        )
    if not finding.places or not finding.places[0].is_inside:
        raise WrongRow(
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
