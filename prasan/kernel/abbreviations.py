"""Short forms of places and bodies, and what they stand for."""

from __future__ import annotations

import re

_BEFORE_A_NAME = {
    "ต": "ตำบล",
    "อ": "อำเภอ",
    "จ": "จังหวัด",
    "บ": "บ้าน",
    "ถ": "ถนน",
    "ซ": "ซอย",
}
"""One letter that stands for a kind of place when a name follows."""

_BODIES = {
    "กทม": "กรุงเทพมหานคร",
    "อปท": "องค์กรปกครองส่วนท้องถิ่น",
    "อบจ": "องค์การบริหารส่วนจังหวัด",
    "อบต": "องค์การบริหารส่วนตำบล",
    "ทน": "เทศบาลนคร",
    "ทม": "เทศบาลเมือง",
    "ทต": "เทศบาลตำบล",
    "ผวจ": "ผู้ว่าราชการจังหวัด",
    "ผญบ": "ผู้ใหญ่บ้าน",
    "อสม": "อาสาสมัครสาธารณสุขประจำหมู่บ้าน",
    "สสจ": "สำนักงานสาธารณสุขจังหวัด",
    "สสอ": "สำนักงานสาธารณสุขอำเภอ",
    "พมจ": "สำนักงานพัฒนาสังคมและความมั่นคงของมนุษย์จังหวัด",
    "รพสต": "โรงพยาบาลส่งเสริมสุขภาพตำบล",
    "รพ": "โรงพยาบาล",
    "รร": "โรงเรียน",
    "ศพด": "ศูนย์พัฒนาเด็กเล็ก",
    "สนง": "สำนักงาน",
    "สภ": "สถานีตำรวจภูธร",
    "คสล": "คอนกรีตเสริมเหล็ก",
    "กม": "กิโลเมตร",
    "ตรม": "ตารางเมตร",
    "ตรกม": "ตารางกิโลเมตร",
    "ลบม": "ลูกบาศก์เมตร",
}
"""Written with a point behind, and perhaps between the letters; three letters and more also without any."""

_THAI_LETTER = "ก-ฮะ-ฺเ-ๅ็-๎"
_NOT_INSIDE_A_WORD = f"(?<![{_THAI_LETTER}])"
_ENDS_A_WORD = f"(?![{_THAI_LETTER}])"


def _written(letters: str) -> str:
    """The pattern of all the ways in which the short form of a body is written."""
    end = r"\." if len(letters) == 2 else rf"(?:\.|{_ENDS_A_WORD})"
    return (
        r"\.?\s?".join(letters[:-2])
        + (r"\.?\s?" if letters[:-2] else "")
        + rf"{letters[-2]}\.?{letters[-1]}{end}"
    )


_BODY = re.compile(
    _NOT_INSIDE_A_WORD
    + "(?:"
    + "|".join(f"(?P<{name}>{_written(name)})" for name in sorted(_BODIES, key=len, reverse=True))
    + ")"
)
_BARE_END = re.compile(
    f"(?:{'|'.join(sorted({name[-2:] for name in _BODIES if len(name) > 2}))}){_ENDS_A_WORD}"
)
"""How the short form of a body ends where no point is written: looked for first, since few texts hold any."""
# A point before the letter, or a short part with a point behind it, tells of something longer: ต.ค., พ.ต.อ.
_PLACE = re.compile(
    rf"(?<![{_THAI_LETTER}.])(?P<letter>[{''.join(_BEFORE_A_NAME)}])\.\s?"
    rf"(?=[{_THAI_LETTER}0-9๐-๙])(?![ก-ฮ]{{1,3}}\.)"
)
_MOO = re.compile(rf"{_NOT_INSIDE_A_WORD}(?:หมู่ที่|หมู่|ม\.(?:ที่)?)\s?(?=[0-9๐-๙])")


def expand_abbreviations(text: str) -> str:
    """The text with the usual short forms of places and bodies written out: ต.ท่าตูม is ตำบลท่าตูม.

    What could be something else stays as it is: ต.ค., พ.ต.อ., and ม. with no number behind it.
    """
    has_point = "." in text
    if has_point or _BARE_END.search(text):
        text = _BODY.sub(lambda found: _BODIES[found.lastgroup or ""], text)
    if has_point:
        text = _PLACE.sub(lambda found: _BEFORE_A_NAME[found["letter"]], text)
    return _MOO.sub("หมู่ ", text) if has_point or "หมู่" in text else text
