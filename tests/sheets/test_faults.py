import re
from pathlib import Path
from string import Formatter

import pytest

import prasan.sheets
from prasan.sheets.faults import SENTENCES, SheetFault

SOURCE = "".join(path.read_text() for path in Path(prasan.sheets.__path__[0]).glob("*.py"))
WORDS = ("size", "limit", "name", "sheets", "found", "wanted", "value", "reason_th", "reason_en", "name_th",
         "name_en", "headers")  # fmt: skip


@pytest.mark.parametrize("code", SENTENCES)
def test_sentence_is_whole_in_both_languages(code):
    fault = SheetFault(code, line=3, column="ชื่อ", **dict.fromkeys(WORDS, "๛"))

    assert re.search("[ก-ฮ๛]", fault.sentence.th)
    assert fault.sentence.en[0].isupper() or fault.sentence.en.startswith("๛")
    assert str(fault) == fault.sentence.en
    thai, english = ({name for _, name, _, _ in Formatter().parse(text)} for text in SENTENCES[code])
    assert {"place"} & thai == {"place"} & english


@pytest.mark.parametrize("code", SENTENCES)
def test_every_sentence_is_used(code):
    assert SOURCE.count(f'"{code}"') >= 2


def test_place_is_said_as_a_person_would_look_for_it():
    assert SheetFault("cell.missing", line=4).sentence.th == "บรรทัดที่ 4: ต้องมีค่า กรุณากรอกให้ครบ"
    assert SheetFault("file.nul", line=4, column="2").sentence.en.startswith("Line 4, character 2: there is")
    assert SheetFault("cell.missing", line=4, column="ชื่อ").sentence.en == (
        "Line 4, column “ชื่อ”: a value is needed. Please fill it in."
    )
