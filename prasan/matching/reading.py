"""What one report says: its words, the numbered places it names, where and how far it reaches."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from prasan.kernel.abbreviations import expand_abbreviations
from prasan.kernel.digits import to_arabic
from prasan.kernel.text import clean
from prasan.kernel.words import pieces_of_clean
from prasan.matching.lexicon import LEXICON
from prasan.matching.troubles import troubles_of

LONGEST = 1_500
"""Letters of a text that are read: what tells a case from another stands in the first few hundred."""

_HIDDEN = re.compile(r"\[[a-z_0-9]+\]")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+")
_DATE = re.compile(
    r"(?<![0-9])[0-9]{1,2}\s?[/.-]\s?[0-9]{1,2}\s?[/.-]\s?(?:25|20)?[0-9]{2}(?![0-9])"
    r"|[0-9]{1,2}\s?(?:ม\.?ค|ก\.?พ|มี\.?ค|เม\.?ย|พ\.?ค|มิ\.?ย|ก\.?ค|ส\.?ค|ก\.?ย|ต\.?ค|พ\.?ย|ธ\.?ค)\.?(?:\s?(?:25)?[0-9]{2})?(?![0-9])"
    r"|[0-9]{1,2}\s?(?:มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม)(?:\s?(?:25)?[0-9]{2})?"
)
_HOUR = re.compile(
    r"(?<![0-9/])[0-2]?[0-9][.:][0-5][0-9](?:\s?-\s?[0-2]?[0-9][.:][0-5][0-9])?(?:\s?น(?:\.|าฬิกา)?)?(?![0-9ก-ฮ])"
    r"|(?:เวลา|เมื่อ|,)\s?[0-2][0-9][0-5][0-9](?![0-9])"
)
_CHAIN_SHOP = re.compile(
    r"(?<![0-9])7\s?[-–]?\s?(?:11|eleven)(?![0-9])|seven\s?-?\s?eleven|เซเว่น\s?(?:อีเลฟ\w*)?"
)
_SPOTTED_POINT = re.compile(r"ซ\.(?=\S)")
_MAY_BE_TIME = re.compile(r"[0-9]\s?[/.:มกพเสตธ-]|[0-9]{4}")
"""No date and no hour is without such a stretch: quicker looked for than they."""
_SLASH_APART = re.compile(r"(?<=[0-9]) /(?=[0-9])")
_REPEATED = re.compile(r"(.)\1{3,}")
_NUMBER = re.compile(r"[0-9]+(?:/[0-9]+)*")
_LONGEST_NUMBER = 7
_SAYS_SOMETHING = re.compile(r"[^\W_]")


NAMED = 3
"""How many words behind a cue are taken for the place."""

_WHOLE = re.compile(
    "ทั้งซอย|ตลอดซอย|ตลอดแนว|ตลอดทาง|ตลอดสาย|ตลอดเส้น|ตลอดถนน|ทั้งถนน|ทั้งสาย|ทั้งเส้น|ทุกซอย|ยาวไปตลอด|ยาวไปถึง|หลายจุด|ทั่วทั้ง|ทั้งหมู่บ้าน|ทั้งชุมชน"
    "|ตลอดความยาว|สองข้างทาง|2 ?ข้างทาง|ตลอดทั้ง|เป็นระยะ|ทั้งโครงการ|ทุกจุด|ทั่วเขต|เส้นทาง|ทั้งสองฝั่ง"
)
_SPOT = re.compile(
    "หน้า|ปากซอย|ปากทาง|ตรงข้าม|ข้าง|จุดนี้|เลขที่|ใกล้|ตรงนี้|ตรงหัวมุม|หัวมุม|ก่อนถึง|ป้ายรถ|เสาที่|ต้นซอย|กลางซอย|ท้ายซอย|ตามพิกัด|จุดที่|ตามรูป"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A report's text as it is compared; `numbers` are the pairs of a name and the number it bears."""

    plain: str
    words: tuple[str, ...]
    places: frozenset[str]
    numbers: frozenset[tuple[str, str]]
    troubles: int
    is_whole: bool
    is_spot: bool


def read(text: str) -> Reading:
    """Read a text; the same text always gives the same reading."""
    plain = plain_form(text)
    spoken = [word for chunk in plain.split() for word in spoken_in(chunk)]
    return Reading(
        plain=plain,
        words=tuple(spoken),
        places=frozenset(_places(spoken)),
        numbers=frozenset(_numbered(spoken)),
        troubles=troubles_of(plain),
        is_whole=is_whole(plain),
        is_spot=is_spot(plain),
    )


def plain_form(text: str) -> str:
    """Clean, small letters, short forms written out; without dates, hours and addresses of the web."""
    text = to_arabic(clean(text[:LONGEST]).lower())
    if "[" in text:
        text = _HIDDEN.sub(" ", text)
    if "http" in text or "www." in text:
        text = _ADDRESS.sub(" ", text)
    if "7" in text or "seven" in text or "เซเว่น" in text:
        text = _CHAIN_SHOP.sub(" เซเว่น ", text)
    if _MAY_BE_TIME.search(text):
        text = _HOUR.sub(" ", _DATE.sub(" ", text))
    if "." in text:
        text = _SPOTTED_POINT.sub("ซอย", text)
    text = expand_abbreviations(text)
    text = _REPEATED.sub(r"\1", text.replace("ๆ", " "))
    text = " ".join(text.split())
    return _SLASH_APART.sub("/", text) if " /" in text else text


def is_whole(plain: str) -> bool:
    """Whether a plain text tells of a whole road or place."""
    return _WHOLE.search(plain) is not None


def is_spot(plain: str) -> bool:
    """Whether a plain text tells of one spot."""
    return _SPOT.search(plain) is not None


def spoken_in(chunk: str) -> list[str]:
    """The words of a part of a plain text between two spaces, in order; a number of parts (53/1) is one."""
    spoken: list[str] = []
    goes_on = False
    for piece in pieces_of_clean(chunk):
        if piece == "/" and spoken and spoken[-1][-1].isdigit():
            goes_on = True
        elif goes_on and piece.isdigit():
            spoken[-1] += f"/{piece}"
            goes_on = False
        else:
            goes_on = False
            if is_word(piece):
                spoken.append(piece)
    return spoken


def is_word(piece: str) -> bool:
    """Whether a piece of a text is a word: points and dashes say nothing."""
    return _SAYS_SOMETHING.search(piece) is not None


def is_numbering(word: str) -> bool:
    """Whether a word is a number such as names bear."""
    return _NUMBER.fullmatch(word) is not None and len(word) <= _LONGEST_NUMBER


def _numbered(spoken: list[str]) -> Iterator[tuple[str, str]]:
    """The numbers that are part of a name (ซอย 5, เลขที่ 12/3), not amounts."""
    for before, word, behind in zip(spoken, spoken[1:], [*spoken[2:], ""], strict=False):
        if is_numbering(word) and behind not in LEXICON.counted and before not in LEXICON.counting:
            yield before, word


def _places(spoken: list[str]) -> Iterator[str]:
    """The words that name a place: those behind a word such as หน้า or ซอย."""
    left = 0
    for word in spoken:
        if word in LEXICON.cues:
            left = NAMED
        elif left:
            left -= 1
            yield word
