"""What kinds of trouble residents tell of, by the words that give them away."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import reduce
from operator import or_

import numpy as np

from prasan.matching.lexicon import LEXICON

_BROKEN = {
    "road": re.compile(r"(?:ถนน|ผิวทาง|พื้นทาง).{0,70}?(?:ทรุด|ชำรุด|พัง|เสียหาย|แตก|ไม่เรียบ|เป็นคลื่น|ยุบ)"),
    "pavement_broken": re.compile(
        r"(?:ทางเท้า|ฟุ[ตทดธ][บปพ]า[ทดตธ]|บาทวิถี|ทางเดิน).{0,70}?(?:ทรุด|ชำรุด|พัง|เสียหาย|แตก|ไม่เรียบ|กระเบื้อง|ซ่อม|ปรับปรุง|ยุบ|หลุด|ขรุขระ)"
    ),
    "lamp": re.compile(
        r"(?<!สาย)(?<!เสา)ไฟ(?!แดง|เขียว|ไหม้|จราจร|ฟ้า).{0,30}?(?:ดับ|เสีย|ไม่ติด|มืด|ชำรุด|ไม่สว่าง|ไม่ทำงาน)"
    ),
}
"""A thing that is named at a distance from what is wrong with it."""
_THINGS = ("ถนน", "ทาง", "ฟุ", "บาทวิถี", "ไฟ")
"""None of these is broken without such letters."""

TROUBLES = (*LEXICON.troubles, "pavement_broken")
_BIT = {code: 1 << bit for bit, code in enumerate(TROUBLES)}
_OTHERS = re.compile("|".join(LEXICON.others))
SETTINGS = np.uint64(sum(_BIT[code] for code in LEXICON.settings))
"""Where something is rather than what is wrong with it."""


def troubles_of(text: str) -> int:
    """The kinds of trouble that a text in its plain form tells of, as bits in the order of `TROUBLES`."""
    return troubles_told_apart(text, [troubles_in(chunk) for chunk in text.split()])


def troubles_in(chunk: str) -> int:
    """The kinds of trouble given away within a part of a text without space; no word holds one."""
    found = 0
    for word in set(_ANY.findall(_OTHERS.sub(" ", chunk))):
        found |= _GIVEN_AWAY_BY[word]
    return found


def troubles_told_apart(text: str, of_chunks: Iterable[int]) -> int:
    """The kinds of trouble of a text: those of its parts, and things named apart from what is wrong."""
    found = reduce(or_, of_chunks, 0)
    if any(thing in text for thing in _THINGS):
        text = _OTHERS.sub(" ", text)
        for code, broken in _BROKEN.items():
            if not found & _BIT[code] and broken.search(text):
                found |= _BIT[code]
    return found


def _given_away_by() -> dict[str, int]:
    """For each word the kinds that it, and all words written within it, give away."""
    own: dict[str, int] = {}
    for code, words in LEXICON.troubles.items():
        for word in words:
            own[word] = own.get(word, 0) | _BIT[code]
    return {word: reduce(or_, (bits for other, bits in own.items() if other in word)) for word in own}


def _any_of(words: Iterable[str]) -> str:
    """A pattern of the longest of the words that begins at a place, by common beginnings for speed."""
    by_letter: dict[str, list[str]] = {}
    for word in words:
        by_letter.setdefault(word[:1], []).append(word[1:])
    ends = "" in by_letter
    ways = [re.escape(letter) + _any_of(rest) for letter, rest in sorted(by_letter.items()) if letter]
    if not ways:
        return ""
    return f"(?:{'|'.join(ways)}){'?' if ends else ''}"


_GIVEN_AWAY_BY = _given_away_by()
_ANY = re.compile(f"(?=({_any_of(_GIVEN_AWAY_BY)}))")
"""At every place the longest word that begins there; words may overlap."""
