"""How names of places are written: titles by level, and the form in which two spellings are compared."""

from __future__ import annotations

import re

from prasan.kernel.digits import to_arabic
from prasan.kernel.text import clean

BANGKOK = "10"
"""The one province without villages, whose amphoe are called khet (เขต) and tambon khwaeng (แขวง)."""

CAPITAL_TH = "เมือง"
"""What stands before the province's name in the name of its capital amphoe, and often for the whole of it."""

# Tone marks, ็, ์ and the like: the marks that people leave out or misplace without changing the word.
LIGHT_MARKS = frozenset("็่้๊๋์๎ฺ")
_LIGHT_MARKS = re.compile(f"[{''.join(sorted(LIGHT_MARKS))}]")
_NOT_LETTERS = re.compile(r"[^0-9a-z\u0e01-\u0e4d]+")
_ALSO = re.compile(r"\s*\((?P<also>[^()]*)\)\s*")


def name_key(text: str) -> str:
    """What two spellings of a name share: no spaces, signs, tone marks or capitals; digits as 0–9."""
    return _NOT_LETTERS.sub("", _LIGHT_MARKS.sub("", to_arabic(clean(text)).lower()))


def village_key(name_th: str) -> str:
    """The key of a village's name without the word บ้าน before it, and without what stands in brackets."""
    return name_key(_ALSO.sub(" ", name_th).strip().removeprefix("บ้าน"))


def name_keys(name_th: str) -> tuple[str, ...]:
    """The keys of a name and of another that stands in brackets behind it: `ปอภาร (ปอพาน)`."""
    also = [name_key(found["also"]) for found in _ALSO.finditer(name_th)]
    return tuple(dict.fromkeys(key for key in (name_key(_ALSO.sub(" ", name_th)), *also) if key))


def village_keys(name_th: str) -> tuple[str, ...]:
    """The keys a village is called by, the chief one first: `บ้านสามเรือน (บ้านเกาะลอย)` has two."""
    also = [village_key(found["also"]) for found in _ALSO.finditer(name_th)]
    return tuple(dict.fromkeys(key for key in (village_key(name_th), *also) if key))


def province_title(code: str, name_th: str, name_en: str, *, english: bool) -> str:
    """The province as written in an address; Bangkok bears no word before its name."""
    if english:
        return name_en if code == BANGKOK else f"{name_en} Province"
    return name_th if code == BANGKOK else f"จังหวัด{name_th}"


def amphoe_title(code: str, name_th: str, name_en: str, *, english: bool) -> str:
    """The amphoe with its word; those of Bangkok are khet."""
    if english:
        return f"{'Khet' if code[:2] == BANGKOK else 'Amphoe'} {name_en}"
    return f"{'เขต' if code[:2] == BANGKOK else 'อำเภอ'}{name_th}"


def tambon_title(code: str, name_th: str, name_en: str, *, english: bool) -> str:
    """The tambon with its word; those of Bangkok are khwaeng."""
    if english:
        return f"{'Khwaeng' if code[:2] == BANGKOK else 'Tambon'} {name_en}"
    return f"{'แขวง' if code[:2] == BANGKOK else 'ตำบล'}{name_th}"


def village_title(name_th: str, name_en: str, moo: int | None, *, english: bool) -> str:
    """The village's name and number; a village without a name of its own goes by the number alone."""
    name = name_en if english else name_th
    number = "" if moo is None else f"Moo {moo}" if english else f"หมู่ที่ {moo}"
    return (", " if english else " ").join(part for part in (name, number) if part)
