"""What the place finder says of names that are not quite as in the gazetteer."""

from __future__ import annotations

from collections.abc import Iterable

from prasan.kernel.sentence import Sentence


def misspelt(name: str) -> Sentence:
    return Sentence(f"เขียนใกล้เคียง “{name}”", f"written almost like “{name}”")


def old(name: str) -> Sentence:
    return Sentence(f"“{name}” เป็นชื่อหรือรหัสเดิม", f"“{name}” is a name of former times")


def unknown(name: str) -> Sentence:
    return Sentence(f"ไม่พบตำบลชื่อ “{name}” ในอำเภอนี้", f"this amphoe has no tambon “{name}”")


def contradiction(words: str) -> Sentence:
    return Sentence(f"“{words}” ไม่ได้อยู่ในพื้นที่ที่ระบุไว้ด้วยกัน", f"“{words}” does not lie where the text says")


def several(numbers: Iterable[int | None]) -> Sentence:
    listed = ", ".join(str(number) for number in numbers)
    return Sentence(f"หมู่บ้านชื่อนี้มีหลายหมู่ ({listed})", f"several villages bear this name (moo {listed})")


def no_such_number(number: int) -> Sentence:
    return Sentence(f"ไม่พบหมู่ที่ {number} ในตำบลนี้", f"this tambon has no moo {number}")


def called_otherwise(number: int | None) -> Sentence:
    return Sentence(f"หมู่ที่ {number} มีชื่ออื่นในทะเบียน", f"moo {number} has another name in the register")


def name_against_number(number: int) -> Sentence:
    return Sentence(f"ชื่อหมู่บ้านไม่ตรงกับหมู่ที่ {number}", f"the village's name is not that of moo {number}")
