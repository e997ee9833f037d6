"""Sums of baht, in figures and in the words that documents need."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext

from prasan.kernel.digits import DigitStyle, format_number

_UNITS = ("ศูนย์", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
_POSITIONS = ("", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน")
_MILLION = 10**6

_UNITS_EN = (
    *(
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    ),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS_EN = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES_EN = ("", "thousand", "million", "billion", "trillion", "quadrillion", "quintillion")


def baht_text(amount: Decimal | int) -> str:
    """The sum in Thai words, such as หนึ่งร้อยบาทถ้วน; parts of a satang are rounded half up.

    A final one is เอ็ด wherever another digit stands before it (หนึ่งร้อยเอ็ด, หนึ่งล้านเอ็ด), as the Royal
    Society reads numbers.
    """
    sign, baht, satang = _split(amount)
    words = [] if baht == 0 and satang else [_thai_words(baht), "บาท"]
    words += [_thai_words(satang), "สตางค์"] if satang else ["ถ้วน"]
    return ("ลบ" if sign else "") + "".join(words)


def baht_text_en(amount: Decimal | int) -> str:
    """The sum in English words, such as “One hundred baht only”; parts of a satang are rounded half up."""
    sign, baht, satang = _split(amount)
    parts = [] if baht == 0 and satang else [f"{_english_words(baht)} baht"]
    if satang:
        parts.append(f"{_english_words(satang)} satang")
    words = ("minus " if sign else "") + " and ".join(parts) + ("" if satang else " only")
    return words[0].upper() + words[1:]


def format_baht(
    amount: Decimal | int, lang: str = "th", digits: DigitStyle = "arabic", places: int | None = None
) -> str:
    """The sum in figures with its unit, such as 1,160,100 บาท.

    Without `places`, satang are shown (two places) only where there are any.
    """
    if places is None:
        places = 2 if _split(amount)[2] else 0
    unit = "baht" if lang.startswith("en") else "บาท"
    return f"{format_number(amount, digits, places)} {unit}"


def _split(amount: Decimal | int) -> tuple[bool, int, int]:
    """Is it negative, whole baht, satang."""
    exact = Decimal(amount)
    if not exact.is_finite():
        raise ValueError(f"not a sum of money: {amount}")
    with localcontext() as context:
        context.prec = max(context.prec, len(exact.as_tuple().digits) + abs(exact.adjusted()) + 4)
        in_satang = int((abs(exact) * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    baht, satang = divmod(in_satang, 100)
    return exact < 0 and in_satang > 0, baht, satang


def _thai_words(number: int, *, follows: bool = False) -> str:
    """`follows`: digits were already spoken before these."""
    if number >= _MILLION:
        millions, rest = divmod(number, _MILLION)
        return _thai_words(millions) + "ล้าน" + (_thai_words(rest, follows=True) if rest else "")
    if number == 0:
        return _UNITS[0]
    words = []
    for position in range(len(_POSITIONS) - 1, -1, -1):
        digit = number // 10**position % 10
        if digit == 0:
            continue
        if position == 1 and digit == 1:
            words.append("สิบ")
        elif position == 1 and digit == 2:
            words.append("ยี่สิบ")
        elif position == 0 and digit == 1 and (number > 1 or follows):
            words.append("เอ็ด")
        else:
            words.append(_UNITS[digit] + _POSITIONS[position])
    return "".join(words)


def _english_words(number: int) -> str:
    if number == 0:
        return _UNITS_EN[0]
    if number >= 1000 ** len(_SCALES_EN):
        raise ValueError(f"too large to be written in English words: {number}")
    words = []
    for scale in range(len(_SCALES_EN) - 1, -1, -1):
        group = number // 1000**scale % 1000
        if group:
            words.append(_english_group(group))
            if scale:
                words.append(_SCALES_EN[scale])
    return " ".join(words)


def _english_group(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    words = [f"{_UNITS_EN[hundreds]} hundred"] if hundreds else []
    if rest >= 20:
        words.append(_TENS_EN[rest // 10] + (f"-{_UNITS_EN[rest % 10]}" if rest % 10 else ""))
    elif rest:
        words.append(_UNITS_EN[rest])
    return " ".join(words)
