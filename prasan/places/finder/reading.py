"""Reading a text for the words that announce places: ตำบล, อ., หมู่ที่ 5, Amphoe and the like."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum

from prasan.kernel.digits import to_arabic
from prasan.kernel.text import clean
from prasan.places.names import LIGHT_MARKS

_IS_LETTER = re.compile(r"[0-9a-z\u0e01-\u0e4d]")


class Kind(IntEnum):
    """What a mention announces; the areas by their level."""

    PROVINCE = 1
    AMPHOE = 2
    TAMBON = 3
    VILLAGE = 4
    MOO = 5


class Letters:
    """A text reduced to the letters by which names are compared, knowing where each came from.

    The reduction is that of `names.name_key`; `breaks` holds the positions before which something was left
    out that sets words apart.
    """

    def __init__(self, text: str) -> None:
        self.text = to_arabic(clean(text)).replace("\n", " ")
        letters: list[str] = []
        self.origins: list[int] = []
        self.breaks: set[int] = set()
        for origin, character in enumerate(self.text.lower()):
            if character in LIGHT_MARKS:
                continue
            if _IS_LETTER.match(character):
                letters.append(character)
                self.origins.append(origin)
            else:
                self.breaks.add(len(letters))
        self.letters = "".join(letters)
        self.breaks.add(len(letters))

    def position(self, origin: int) -> int:
        """Where the letters go on from a place in the text."""
        return bisect_left(self.origins, origin)

    def words(self, start: int, end: int) -> str:
        """The text as written between two positions of the letters."""
        if start >= end:
            return ""
        last = self.origins[end] if end < len(self.origins) else len(self.text)
        return self.text[self.origins[start] : last].strip(" ,/()-–.")


@dataclass(slots=True)
class Mention:
    """A word that announces a place: where it stands, and where the name after it begins.

    `limit` is the position of the next word that can be part of no name. A moo has its numbers instead.
    """

    kind: Kind
    start: int
    name_at: int
    limit: int
    numbers: tuple[int, ...] = ()
    is_body: bool = False
    is_bangkok_word: bool = False
    is_listed: bool = False
    codes: list[str] = field(default_factory=list)
    end: int = 0
    is_used: bool = False
    is_swallowed: bool = False
    """The word is a part of the name of another mention."""


_NOT_AFTER_THAI = r"(?<![\u0e00-\u0e7f])"
_NUMBER = r"\d{1,2}(?![\d.+]|,\d{3})"
_MARKERS = re.compile(
    rf"""
    (?P<other> องค์การบริหารส่วนจังหวัด | {_NOT_AFTER_THAI}อบจ\.? | เทศบาลนคร | เทศบาลเมือง
             | {_NOT_AFTER_THAI}ท[นม]\. | กลุ่มจังหวัด )
  | (?P<body> องค์การบริหารส่วนตำบล | อบต\. | {_NOT_AFTER_THAI}อบต | เทศบาลตำบล | {_NOT_AFTER_THAI}ทต\. )
  | (?P<tambon> ตำบล | แขวง(?!ทาง) | {_NOT_AFTER_THAI}ต\.(?=\s*[\u0e00-\u0e7f])
              | \b(?:tambon|tambol|tumbol|khwaeng|subdistrict)\b )
  | (?P<amphoe> กิ่งอำเภอ | อำเภอ | {_NOT_AFTER_THAI}(?:กิ่ง)?อ\.(?=\s*[\u0e00-\u0e7f])
              | \b(?:amphoe|amphur|ampher|district)\b )
  | (?P<khet> เขต(?!พื้นที่|พัฒนา|ห้าม|เทศบาล|แดน|รักษา|อุทยาน|ป่า) | \bkhet\b )
  | (?P<province> จังหวัด | {_NOT_AFTER_THAI}จว?\.(?=\s*[\u0e00-\u0e7f]) | \b(?:changwat|province)\b )
  | (?P<moo> หมู่\s*ที่ | หมู่(?=\s*\d) | (?<![\u0e00-\u0e7f\d])(?<!\d\s)ม\.\s*(?:ที่)?(?=\s*\d) | \b(?:moo|mu)\b )
    \s* (?P<numbers> {_NUMBER}
        (?: \s* (?: , | / | และ | ถึง | [-–] ) \s* (?:หมู่\s*(?:ที่)?|ม\.)? \s* {_NUMBER} )* )
  | (?P<village> หมู่บ้าน | บ้าน | {_NOT_AFTER_THAI}บ\.(?=\s*[\u0e00-\u0e7f]) | \bban\b )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_KINDS = {
    "body": Kind.TAMBON,
    "tambon": Kind.TAMBON,
    "amphoe": Kind.AMPHOE,
    "khet": Kind.AMPHOE,
    "province": Kind.PROVINCE,
    "moo": Kind.MOO,
    "village": Kind.VILLAGE,
}
_ENGLISH_SUFFIX = re.compile(
    r"([a-z][a-z .'-]*?)\s+(sub-?district|district|province)\b(?=\s*(?:,|$))", re.IGNORECASE
)
_RANGE = re.compile(r"(\d{1,2})\s*(?:[-–]|ถึง)\s*(\d{1,2})")
_LONGEST_RANGE = 20
_ROAD = re.compile(r"สาย|ตอน|ถนน|ทางหลวง|ทล\.|ทช\.|เส้นทาง|แยก")
_PLAINLY_THERE = re.compile(r"(?:บริเวณ|พื้นที่|ณ|ชุมชน)\s*(?:หมู่)?$")
_AFTER_DASH = re.compile(r"[-–]\s*$")
_LIST_SIGN = re.compile(r"\s*(?:,|/|และ|กับ)\s*(?=\S)")


def read(text: str) -> tuple[Letters, list[Mention]]:
    """The letters of a text and its mentions, in order."""
    if text.isascii():
        text = _ENGLISH_SUFFIX.sub(r"\2 \1", text.replace("Sub-district", "Subdistrict"))
    letters = Letters(text)
    mentions: list[Mention] = []
    hard_starts: list[int] = []
    for found in _MARKERS.finditer(letters.text):
        group = str(found.lastgroup if found.lastgroup != "numbers" else "moo")
        start = letters.position(found.start())
        if group != "village":
            hard_starts.append(start)
        if group == "other":
            continue
        mentions.append(
            Mention(
                _KINDS[group],
                start,
                letters.position(found.end()),
                len(letters.letters),
                numbers=_numbers(found["numbers"]) if group == "moo" else (),
                is_body=group == "body",
                is_bangkok_word=group == "khet" or found[0] in ("แขวง", "khwaeng"),
            )
        )
    for mention in mentions:
        index = bisect_left(hard_starts, mention.name_at)
        mention.limit = hard_starts[index] if index < len(hard_starts) else mention.limit
    return letters, mentions


def is_on_road(letters: Letters, mentions: Iterable[Mention], mention: Mention) -> bool:
    """Whether a mention is the end of a road, not where the work is: `สายแยก ทล.212 - บ้านหนองยอง`."""
    before = [other for other in mentions if other.start < mention.start and other.kind <= Kind.TAMBON]
    since = letters.origins[before[-1].end - 1] if before and before[-1].end else 0
    here = letters.origins[mention.start] if mention.start < len(letters.origins) else len(letters.text)
    clause = letters.text[since:here]
    if _AFTER_DASH.search(clause):
        return bool(_ROAD.search(letters.text[:here]))
    return bool(_ROAD.search(clause)) and not _PLAINLY_THERE.search(clause)


def list_goes_on(letters: Letters, end: int) -> int | None:
    """Where the next name of a list begins: after `ตำบลลี้ และ` or `อำเภอเมืองบึงกาฬ,`."""
    if not 0 < end < len(letters.origins):
        return None
    origin = letters.origins[end - 1] + 1
    while origin < len(letters.text) and letters.text[origin] in LIGHT_MARKS:
        origin += 1
    found = _LIST_SIGN.match(letters.text, origin)
    return letters.position(found.end()) if found else None


def _numbers(written: str) -> tuple[int, ...]:
    numbers: list[int] = []
    for part in re.split(r",|/|และ", written):
        found = _RANGE.fullmatch(part.strip())
        if found and int(found[1]) < int(found[2]) <= int(found[1]) + _LONGEST_RANGE:
            numbers += range(int(found[1]), int(found[2]) + 1)
        else:
            numbers += [int(number) for number in re.findall(r"\d+", part)]
    return tuple(dict.fromkeys(number for number in numbers if number))
