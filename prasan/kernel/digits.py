"""Numbers as people write them: Thai and Arabic digits side by side, thousands set apart by commas."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Literal

from prasan.kernel.sentence import NotUnderstood, Sentence

DigitStyle = Literal["arabic", "thai"]

LONGEST_NUMBER = 30
"""Digits in the longest number read; no sum of money or people comes near it."""

_ARABIC = "0123456789"
_THAI = "๐๑๒๓๔๕๖๗๘๙"
_FULL_WIDTH = "０１２３４５６７８９"

_TO_ARABIC = str.maketrans(_THAI + _FULL_WIDTH, _ARABIC * 2)
_OTHER_DIGIT = re.compile(f"[{_THAI}{_FULL_WIDTH}]")
_TO_THAI = str.maketrans(_ARABIC + _FULL_WIDTH, _THAI * 2)
_SIGNS = str.maketrans("．，－＋−", ".,-+-")

_PLAIN = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")


class NumberNotUnderstood(NotUnderstood):
    """The text is not one number that everybody would read the same way."""


def to_arabic(text: str) -> str:
    """The text with Thai and full-width digits as 0–9; everything else is left alone."""
    return text.translate(_TO_ARABIC) if _OTHER_DIGIT.search(text) else text  # looking is far quicker


def to_thai(text: str) -> str:
    """The text with Arabic and full-width digits as ๐–๙; everything else is left alone."""
    return text.translate(_TO_THAI)


def parse_number(text: str) -> Decimal:
    """The number a person wrote, exactly; what could be read in two ways is refused, never guessed.

    The point is the decimal sign and the comma parts thousands, as everywhere in Thailand. So `1.234` is a
    little over one, `1,234` is over a thousand, and `1,5` or `1.234,5` are refused.
    """
    written = to_arabic(text.strip()).translate(_SIGNS)
    if not written:
        raise NumberNotUnderstood(Sentence("กรุณากรอกตัวเลข", "Please enter a number."))
    if sum(character.isdigit() for character in written) > LONGEST_NUMBER:
        raise NumberNotUnderstood(
            Sentence(
                f"ตัวเลขยาวเกิน {LONGEST_NUMBER} หลัก กรุณาตรวจสอบอีกครั้ง",
                f"The number has more than {LONGEST_NUMBER} digits. Please check it.",
            )
        )
    if not (_PLAIN.fullmatch(written) or _GROUPED.fullmatch(written)):
        raise NumberNotUnderstood(_why_refused(text.strip(), written))
    return Decimal(written.replace(",", ""))


def parse_whole(text: str) -> int:
    """The whole number a person wrote; `5.00` is whole, `5.5` is refused."""
    number = parse_number(text)
    if number != number.to_integral_value():
        shown = text.strip()
        raise NumberNotUnderstood(
            Sentence(
                f"“{shown}” ไม่ใช่จำนวนเต็ม กรุณากรอกตัวเลขที่ไม่มีทศนิยม",
                f"“{shown}” is not a whole number. Please enter a number without decimals.",
            )
        )
    return int(number)


def format_number(value: int | Decimal, digits: DigitStyle = "arabic", places: int | None = None) -> str:
    """The number with its thousands set apart, as it is or to so many places (half away from zero)."""
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError(f"not a finite number: {value}")
    if places is not None:
        with localcontext() as context:
            context.prec = max(
                context.prec, len(number.as_tuple().digits) + abs(number.adjusted()) + places + 2
            )
            number = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    if number.is_zero():
        number = number.copy_abs()
    shown = f"{number:,f}"
    return to_thai(shown) if digits == "thai" else shown


def without_noughts(number: Decimal) -> Decimal:
    """The same number without noughts behind its last place: 90.0000 is 90, and 100 stays 100."""
    with localcontext() as context:
        context.prec = max(context.prec, len(number.as_tuple().digits) + abs(number.adjusted()) + 1)
        short = number.normalize()
        return short.quantize(Decimal(1)) if short == short.to_integral_value() else short


def _why_refused(shown: str, written: str) -> Sentence:
    if len(shown) > 40:
        shown = shown[:40] + "…"
    if re.fullmatch(r"[+-]?[0-9.,]+", written):
        return Sentence(
            f"อ่านตัวเลข “{shown}” ได้หลายแบบ กรุณาใช้จุลภาคคั่นหลักพันและจุดเป็นทศนิยม เช่น 1,234.50",
            f"“{shown}” can be read in more than one way. "
            "Please use commas for thousands and a point for decimals, such as 1,234.50.",
        )
    return Sentence(
        f"อ่าน “{shown}” เป็นตัวเลขไม่ได้ กรุณากรอกเฉพาะตัวเลข เช่น 1,234.50 หรือ ๑,๒๓๔.๕๐",
        f"“{shown}” is not a number. Please enter digits only, such as 1,234.50.",
    )
