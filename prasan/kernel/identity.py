"""The 13-digit number of a person: is it well formed, and how to show it without giving it away."""

from __future__ import annotations

import re

from prasan.kernel.digits import to_arabic

_SEPARATORS = re.compile(r"[\s\-–.]")
_DIGIT = re.compile(r"[0-9๐-๙０-９]")
_SHOWN_DIGITS = 3


def is_thai_id(text: str) -> bool:
    """Is this 13 digits with the right check digit? Thai digits, hyphens and spaces are accepted.

    The first digit is not judged: people without civil status hold numbers that begin with 0.
    """
    digits = _SEPARATORS.sub("", to_arabic(text))
    if not re.fullmatch(r"[0-9]{13}", digits) or digits[:12] == "0" * 12:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits[:12], range(13, 1, -1), strict=True))
    return (11 - total % 11) % 10 == int(digits[12])


def mask_thai_id(text: str) -> str:
    """The number with all but its last three digits hidden; with all hidden where they are not 13."""
    digits = _SEPARATORS.sub("", to_arabic(text))
    if not re.fullmatch(r"[0-9]{13}", digits):
        return _DIGIT.sub("x", text)
    return f"x-xxxx-xxxxx-{digits[-_SHOWN_DIGITS:-1]}-{digits[-1]}"
