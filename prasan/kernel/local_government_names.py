"""Full names of local governments, from the abbreviation of their kind and the name they go by."""

from __future__ import annotations

from dataclasses import dataclass

_PLACES_NAKHON = """
    นครชัยศรี นครชุม นครชุมน์ นครเจดีย์ นครเดิฐ นครไทย นครนายก นครเนื่องเขต นครป่าหมาก นครพนม นครสวรรค์ตก
    นครสวรรค์ออก นครหลวง
"""
_PLACES_MUEANG = """
    เมืองก๋าย เมืองการุ้ง เมืองเก่า เมืองเก่าพัฒนา เมืองเกษตร เมืองแก เมืองแกลง เมืองขีดขิน เมืองขุขันธ์ เมืองคง เมืองคอง
    เมืองแคน เมืองงาย เมืองจัง เมืองจันทร์ เมืองชุม เมืองเดช เมืองโดน เมืองเตา เมืองทอง เมืองทองท่าแร่ เมืองที เมืองทุ่ง เมืองนะ
    เมืองน้อย เมืองนาท เมืองบัว เมืองบางขลัง เมืองบางยม เมืองปราสาท เมืองปอน เมืองปาน เมืองเปลือย เมืองแปง เมืองไผ่ เมืองฝาง
    เมืองฝ้าย เมืองแฝก เมืองพลับพลา เมืองพะไล เมืองพาน เมืองเพีย เมืองโพธิ์ เมืองไพร เมืองมาย เมืองยวมใต้ เมืองยาง เมืองยาว
    เมืองรามันห์ เมืองลี เมืองลีง เมืองเล็น เมืองเวียง เมืองศรีไค เมืองสรวง เมืองเสือ เมืองหงส์ เมืองหมี เมืองหลวง เมืองแหง
    เมืองใหม่ เมืองใหม่โคกกรวด
"""


@dataclass(frozen=True, slots=True)
class _Kind:
    """How names of one kind are built.

    `doubled`: names of this kind that themselves begin with the last word of the title, so that the full
    name holds the word twice (เทศบาลเมืองเมืองพล). `places`: other places whose names begin with that word
    and keep it should they ever become this kind. Anywhere else the word at the beginning is the title's,
    written twice by mistake (ทน.นครภูเก็ต).
    """

    title: str
    last_word: str
    doubled: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()


_KINDS = {
    "อบจ.": _Kind("องค์การบริหารส่วนจังหวัด", "จังหวัด"),
    "ทน.": _Kind(
        "เทศบาลนคร",
        "นคร",
        doubled=frozenset({"นครราชสีมา", "นครสวรรค์", "นครปฐม", "นครศรีธรรมราช"}),
        places=frozenset(_PLACES_NAKHON.split()),
    ),
    "ทม.": _Kind(
        "เทศบาลเมือง",
        "เมือง",
        doubled=frozenset({"เมืองพล", "เมืองปัก", "เมืองแกนพัฒนา"}),
        places=frozenset(_PLACES_MUEANG.split()),
    ),
    "ทต.": _Kind("เทศบาลตำบล", "ตำบล"),
    "อบต.": _Kind("องค์การบริหารส่วนตำบล", "ตำบล"),
    # Bangkok and Pattaya: their name is the whole name.
    "อปท.": _Kind("", ""),
}


def local_government_title(kind: str) -> str:
    """The kind written out: ทน. is เทศบาลนคร."""
    return _KINDS[kind].title


def local_government_name(kind: str, name: str) -> str:
    """The full official name: ทม. and เมืองพล make เทศบาลเมืองเมืองพล, ทน. and นครภูเก็ต make เทศบาลนครภูเก็ต.

    The name may come bare, with its abbreviation, or already in full.
    """
    words = _KINDS[kind]
    stem = name.strip().removeprefix(kind).removeprefix(words.title).strip()
    if words.last_word + stem in words.doubled:
        stem = words.last_word + stem
    elif stem not in words.doubled | words.places:
        stem = stem.removeprefix(words.last_word).strip() or stem
    return words.title + stem
