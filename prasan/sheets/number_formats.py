"""Cells of Excel as exact text: which formats mean dates, and what a stored number says."""

import re
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Final

DATE_FORMATS: Final = frozenset([*range(14, 23), *range(27, 37), 45, 47, *range(50, 59), *range(71, 82)])
"""Built-in formats of dates and times, with those of Thai Excel (71–81) that most readers do not know."""

_NOT_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h|m|s|ช|น|ท)[^\]]*\]', re.IGNORECASE)
_ELAPSED = re.compile(r"\[[hmsชนท]+\]", re.IGNORECASE)
_DATE_OR_TIME = re.compile(r"[dyhsวดปชท]|bb|mmm", re.IGNORECASE)
_PLAIN_WHOLE = re.compile(r"0|-?[1-9][0-9]*")
_ESCAPED = re.compile(r"_x((?![Dd][89A-Fa-f])[0-9A-Fa-f]{4})_")
_DAY_ZERO: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - cells have no time zone
_LAST_DAY: Final = 2_958_466
"""One day past 31 December 9999, the last that Excel knows."""


def is_date_format(code: str) -> bool:
    """Whether a number format shows its number as a date or a time of day."""
    code = _NOT_CODE.sub("", code.split(";")[0])
    if code.strip().lower() == "general" or _ELAPSED.search(code):
        return False
    return _DATE_OR_TIME.search(code) is not None


def number_text(stored: str) -> str | None:
    """The number as a person would type it: all digits of a whole number, 15 of any other, no exponent."""
    stored = stored.strip()
    if _PLAIN_WHOLE.fullmatch(stored):
        return stored
    try:
        number = Decimal(stored)
    except InvalidOperation:
        return None
    if not number.is_finite() or not -400 < number.adjusted() < 400:
        return None
    # Excel keeps 17 digits in the file (0.30000000000000004) and shows at most 15 (0.3).
    shown = f"{Decimal(f'{number:.14e}'):f}"
    shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
    return "0" if shown in ("-0", "") else shown


def date_text(stored: str, *, from_1904: bool) -> str | None:
    """The date, the moment or the time of day behind a stored number in ISO form; None if it is none."""
    try:
        days = float(stored)
    except ValueError:
        return None
    if not 0 <= days < _LAST_DAY:
        return None
    if days < 1:
        seconds = round(days * 86_400)
        return None if seconds >= 86_400 else str(timedelta(seconds=seconds)).rjust(8, "0")
    if from_1904:
        days += 1_462
    elif days < 61:
        # Excel believes that 29 February 1900 existed; days before it count from one day later.
        days += 1
    try:
        moment = _DAY_ZERO + timedelta(days=int(days), seconds=round(days % 1 * 86_400))
    except OverflowError:
        return None
    if moment.time() == datetime.min.time():
        return moment.date().isoformat()
    return moment.isoformat(sep=" ")


def unescaped(text: str) -> str:
    """The text with `_x000D_` and the like, Excel's way of writing control characters, turned back."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text).replace("\0", "")
