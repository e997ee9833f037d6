"""Dates as Thai officials write and read them. Other rooms find these functions in `kernel.calendar`."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from prasan.kernel.digits import to_arabic
from prasan.kernel.sentence import NotUnderstood, Sentence
from prasan.kernel.text import clean

BANGKOK = ZoneInfo("Asia/Bangkok")
BUDDHIST_OFFSET = 543

DateStyle = Literal["long", "short", "numeric"]

MONTHS = (
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
)
MONTHS_SHORT = (
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
)
MONTHS_EN = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_ALSO_WRITTEN = {"กรกฏาคม": 7, "พฤษจิกายน": 11, "กุมภาพันธุ์": 2, "sept": 9}
"""Misspellings met in office files, and the one English short form of four letters."""

_BUDDHIST_YEARS = range(2401, 2744)
_GREGORIAN_YEARS = range(1900, 2201)
_CENTURY_OF_SHORT_YEARS = 2500

_EXAMPLES_TH = "เช่น 20 ส.ค. 67 หรือ 20/8/2567"
_EXAMPLES_EN = "such as 20 Aug 2024, 20/8/2567 or 2024-08-20"


class DateNotUnderstood(NotUnderstood):
    """The text is not one existing day that everybody would read the same way."""


def buddhist_year(day: date) -> int:
    """The Buddhist year of the day, counted from 1 January as since 2484."""
    return day.year + BUDDHIST_OFFSET


def _month_names() -> dict[str, int]:
    names = dict(_ALSO_WRITTEN)
    for number, (full, short, english) in enumerate(
        zip(MONTHS, MONTHS_SHORT, MONTHS_EN, strict=True), start=1
    ):
        spoken = re.sub("(?:คม|ยน|พันธ์)$", "", full)
        for name in (full, short.replace(".", ""), spoken, english.lower(), english[:3].lower()):
            names[name] = number
    return names


_MONTH_BY_NAME = _month_names()

_ERA = re.compile(
    r"(?P<buddhist>พ\.?\s?ศ\.?|(?<![a-z])b\.?e\.?(?![a-z]))|(?:ค\.?\s?ศ\.?|(?<![a-z])(?:a\.?d|c\.?e)\.?(?![a-z]))"
)
_DAY = r"(?:วันที่|ที่)?\s?(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_NAME = r"(?:เดือน\s?|of\s)?(?P<name>[^\d\s,/\-]+(?:\.\s[^\d\s,/\-]+)?)"
_YEAR = r"(?:ปี)?\s?(?P<year>[0-9]{1,4})"
_GAP = r"[\s,/\-]*"
_PATTERNS = (
    re.compile(rf"{_DAY}{_GAP}{_NAME}{_GAP}{_YEAR}"),
    re.compile(rf"(?P<name>[a-z]+)\.?\s?{_DAY}(?:,\s?|\s){_YEAR}"),
    re.compile(rf"{_DAY}\s?([/.\-])\s?(?P<month>[0-9]{{1,2}})\s?\2\s?{_YEAR}"),
    re.compile(r"(?P<year>[0-9]{4})([/.\-])(?P<month>[0-9]{1,2})\2(?P<day>[0-9]{1,2})"),
)


def parse_date(text: str) -> date:
    """The day a person wrote, in any of the usual Thai and English ways; what is in doubt is refused.

    The day stands before the month in numbers. A year of two digits is Buddhist; of four, it is Buddhist
    from 2401 on and Gregorian from 1900 to 2200, unless พ.ศ. or ค.ศ. says which.
    """
    written = clean(text)
    if not written:
        raise DateNotUnderstood(
            Sentence(f"กรุณากรอกวันที่ {_EXAMPLES_TH}", f"Please enter a date, {_EXAMPLES_EN}.")
        )
    shown = written if len(written) <= 40 else written[:40] + "…"
    bare, era = _without_era(to_arabic(written).lower())
    match = next((found for pattern in _PATTERNS if (found := pattern.fullmatch(bare))), None)
    if match is None:
        raise DateNotUnderstood(_unreadable(shown))
    parts = match.groupdict()
    month = int(parts["month"]) if parts.get("month") else _month_named(parts["name"])
    if month is None:
        raise DateNotUnderstood(_unreadable(shown))
    year = _gregorian_year(parts["year"], era, shown)
    try:
        return date(year, month, int(parts["day"]))
    except ValueError:
        raise DateNotUnderstood(_not_in_calendar(shown, int(parts["day"]), month, year)) from None


def format_date(day: date, lang: str = "th", style: DateStyle = "long") -> str:
    """The day as people write it: in Thai with the Buddhist year, in English with the Gregorian one.

    A moment is written as its day in Bangkok.
    """
    if isinstance(day, datetime):
        day = in_bangkok(day).date()
    english = lang.startswith("en")
    year = day.year if english else buddhist_year(day)
    if style == "numeric":
        return f"{day.day:02}/{day.month:02}/{year:04}"
    if english:
        name = MONTHS_EN[day.month - 1]
        return f"{day.day} {name if style == 'long' else name[:3]} {year}"
    return f"{day.day} {(MONTHS if style == 'long' else MONTHS_SHORT)[day.month - 1]} {year}"


def format_month(day: date, lang: str = "th") -> str:
    """The month as people write it: สิงหาคม 2567, August 2024. A moment is of its month in Bangkok."""
    if isinstance(day, datetime):
        day = day.astimezone(BANGKOK).date()
    if lang.startswith("en"):
        return f"{MONTHS_EN[day.month - 1]} {day.year}"
    return f"{MONTHS[day.month - 1]} {buddhist_year(day)}"


def format_time(moment: datetime, lang: str = "th") -> str:
    """The time of day in Bangkok: 14.30 น. in Thai, 14:30 in English."""
    local = in_bangkok(moment)
    return f"{local:%H:%M}" if lang.startswith("en") else f"{local:%H.%M} น."


def format_datetime(moment: datetime, lang: str = "th", style: DateStyle = "long") -> str:
    """Day and time in Bangkok, such as 20 สิงหาคม 2567 เวลา 14.30 น."""
    joint = " เวลา " if style == "long" and not lang.startswith("en") else " "
    return f"{format_date(moment, lang, style)}{joint}{format_time(moment, lang)}"


def in_bangkok(moment: datetime) -> datetime:
    """The moment as clocks in Bangkok show it; one without its time zone is a fault."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(BANGKOK)


def _month_named(name: str) -> int | None:
    return _MONTH_BY_NAME.get(re.sub(r"[.\s]", "", name))


def _without_era(text: str) -> tuple[str, Literal["buddhist", "gregorian"] | None]:
    found = _ERA.search(text)
    if found is None:
        return text, None
    bare = f"{text[: found.start()].rstrip()} {text[found.end() :].lstrip()}".strip()
    return bare, "buddhist" if found["buddhist"] else "gregorian"


def _gregorian_year(digits: str, era: Literal["buddhist", "gregorian"] | None, shown: str) -> int:
    year = int(digits)
    if len(digits) == 2 and era != "gregorian":
        return _CENTURY_OF_SHORT_YEARS + year - BUDDHIST_OFFSET
    if len(digits) == 4 and year in _BUDDHIST_YEARS and era != "gregorian":
        return year - BUDDHIST_OFFSET
    if len(digits) == 4 and year in _GREGORIAN_YEARS and era != "buddhist":
        return year
    raise DateNotUnderstood(
        Sentence(
            f"ไม่เข้าใจปีใน “{shown}” กรุณากรอกปี พ.ศ. สองหรือสี่หลัก {_EXAMPLES_TH}",
            f"The year in “{shown}” is not clear. Please enter a year of four digits, {_EXAMPLES_EN}.",
        )
    )


def _unreadable(shown: str) -> Sentence:
    return Sentence(
        f"อ่านวันที่ “{shown}” ไม่ได้ กรุณากรอก วัน เดือน ปี {_EXAMPLES_TH}",
        f"“{shown}” is not a date that can be read. Please enter day, month and year, {_EXAMPLES_EN}.",
    )


def _not_in_calendar(shown: str, day: int, month: int, year: int) -> Sentence:
    if not 1 <= month <= 12:
        return Sentence(
            f"ไม่มีเดือนที่ {month} ใน “{shown}” กรุณากรอกวันก่อนเดือน {_EXAMPLES_TH}",
            f"There is no month {month} in “{shown}”. Please put the day before the month, {_EXAMPLES_EN}.",
        )
    return Sentence(
        f"ไม่มีวันที่ {day} {MONTHS[month - 1]} {year + BUDDHIST_OFFSET} ในปฏิทิน กรุณาตรวจสอบ “{shown}”",
        f"There is no {day} {MONTHS_EN[month - 1]} {year} in the calendar. Please check “{shown}”.",
    )
