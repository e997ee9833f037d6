"""What kinds of trouble residents tell of, by the words that give them away."""

from __future__ import annotations

import re

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

TROUBLES = (*LEXICON.troubles, "pavement_broken")
_BIT = {code: 1 << bit for bit, code in enumerate(TROUBLES)}
_WORDS = tuple((word, _BIT[code]) for code, words in LEXICON.troubles.items() for word in words)
_OTHERS = re.compile("|".join(LEXICON.others))
SETTING_BITS = sum(_BIT[code] for code in LEXICON.settings)


def troubles_of(text: str) -> int:
    """The kinds of trouble that a text in its plain form tells of, as bits in the order of `TROUBLES`."""
    text = _OTHERS.sub(" ", text)
    found = 0
    for word, bit in _WORDS:
        if word in text:
            found |= bit
    for code, broken in _BROKEN.items():
        if not found & _BIT[code] and broken.search(text):
            found |= _BIT[code]
    return found
