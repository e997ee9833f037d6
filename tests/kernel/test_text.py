import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prasan.kernel.text import Lookalike, clean, lookalikes

THAI = "กขคงนมยรลวสหอญฐะัาำิีึืุูเแโใไๅๆ็่้๊๋์ํฺ๎ \u200b\u00a0\n1๒aé\u0301\uf70a\uf710"


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        ("เเม่น้ำ", "แม่น้ำ"),
        ("เเเก", "แเก"),
        ("ก่ีฬา", "กี่ฬา"),
        ("ท่ี", "ที่"),
        ("ก\u0e49\u0e38ง", "ก\u0e38\u0e49ง"),
        ("ผุ้", "ผุ้"),
        ("พันธ์ุ", "พันธุ์"),
        ("สิทธ์ิ", "สิทธิ์"),
        ("น\u0e4d\u0e32", "นำ"),
        ("น\u0e49\u0e4d\u0e32", "น้ำ"),
        ("น\u0e4d\u0e49\u0e32", "น้ำ"),
        ("น\u0e33\u0e49", "น้ำ"),
        ("น\u0e4d\u0e32\u0e49", "น้ำ"),
        ("บา้น", "บ้าน"),
        ("เกาะ่", "เก่าะ"),
        ("ค่ะ่", "ค่ะ"),
        ("ท่่า", "ท่า"),
        ("ที่ี่", "ที่"),
        ("ก็็", "ก็"),
        ("จันทร์์", "จันทร์"),
        ("มากกกก ๆๆ", "มากกกก ๆๆ"),
        ("นะะะ", "นะะะ"),
        ("ก่้า", "ก่้า"),
        ("\u0e01\uf70a\u0e32", "ก่า"),
        ("ป\uf710ญหา", "ปัญหา"),
        ("ป\uf712น", "ป็น"),
        ("\uf70fาติ", "ญาติ"),
    ],
)
def test_thai_is_written_one_way(written, cleaned):
    assert clean(written) == cleaned


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        ("น้ำ\u200bท่วม\u2060\ufeff", "น้ำท่วม"),
        ("\u202eน้ำ\u202c", "น้ำ"),
        ("ถนน\u00a0สาย\u3000๑", "ถนน สาย ๑"),
        ("  ถนน \t  สาย  ", "ถนน สาย"),
        ("บรรทัดหนึ่ง  \r\n  บรรทัดสอง\rบรรทัดสาม\u2028บรรทัดสี่", "บรรทัดหนึ่ง\nบรรทัดสอง\nบรรทัดสาม\nบรรทัดสี่"),
        ("ย่อหน้า\n\nต่อไป", "ย่อหน้า\n\nต่อไป"),
        ("a\x00b\x07c\x1b[31m", "abc[31m"),
        ("half \ud800 letter", "half letter"),
        ("cafe\u0301", "café"),
        ("cafe\u200d\u0301", "café"),
        ("", ""),
        (" \u200b\n ", ""),
    ],
)
def test_what_nobody_sees_goes_and_lines_stay(written, cleaned):
    assert clean(written) == cleaned


@pytest.mark.parametrize(
    "right",
    [
        "ผู้ใหญ่บ้านหมู่ ๕ ตำบลท่าตูม อำเภอท่าตูม จังหวัดสุรินทร์",
        "ฤๅษี สระน้ำ ก๋วยเตี๋ยว เพชรบูรณ์ สิงห์บุรี เก็บ ก็ เมื่อ เสื้อ เปี๊ยะ เจี๊ยะ น้ำ ค่ำ ซ้ำ",
        "พุทฺธํ สรณํ คจฺฉามิ",
        "Budget 2568: 1,160,100.50 baht (50 %)",
        "อีเมล a.b@example.go.th — “คำพูด” ½ ²",
        "ຫຼວງພະບາງ Москва Ελλάς 東京",
    ],
)
def test_what_is_right_stays(right):
    assert clean(right) == right


@given(st.text() | st.text(alphabet=THAI, max_size=12))
def test_cleaning_twice_changes_nothing_more(text):
    assert clean(clean(text)) == clean(text)


@given(st.text() | st.text(alphabet=THAI, max_size=12))
def test_clean_text_is_composed_storable_and_trimmed(text):
    cleaned = clean(text)

    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned.encode().decode() == cleaned
    assert all(line == line.strip() for line in cleaned.split("\n"))
    assert "  " not in cleaned
    assert {unicodedata.category(character) for character in cleaned} & {"Cc", "Cf", "Cs"} <= (
        {"Cc"} if "\n" in cleaned else set()
    )


@given(st.permutations("\u0e49\u0e38\u0e38"), st.sampled_from("กปผอ"))
def test_marks_of_one_letter_come_out_in_one_order(marks, letter):
    assert clean(letter + "".join(marks)) == letter + "\u0e38\u0e49"


@pytest.mark.timeout(5)
@pytest.mark.parametrize(
    "storm",
    [
        *(
            "\u0e49\u0e34",
            "\u0e34\u0e49",
            "\u0e4d\u0e32",
            "\u0e32\u0e49",
            "\u0e49\u0e32",
            "\u0e49\u0e4d\u0e32",
            "\u0e4d\u0e49",
        ),
        *(
            "\u0e49\u0e48",
            "\u0e32",
            "\u0e34\u0e35",
            "\u0e38\u0e3a",
            "\u0e4c\u0e38\u0e32\u0e49",
            "\u0e49\u0e32\u0e34",
            "เ",
            " \n",
        ),
        *("\u0301\u0316", "\u0e49\u200d", "\u05b0\u05b1\u05bc"),
    ],
)
def test_endless_marks_are_cleaned_at_once(storm):
    cleaned = clean("ก" + storm * 50_000)

    assert clean(cleaned) == cleaned


def test_marks_on_one_letter_have_an_end():
    assert clean("a" + "\u0316" * 1000) == "a" + "\u0316" * 30


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("\u0421OVID", [(0, "\u0421", "C")]),
        ("ก\u0430ข", [(1, "\u0430", "a")]),
        ("\u0e84ว\u0eb2ม ดี", [(0, "\u0e84", "ค"), (2, "\u0eb2", "า")]),
        ("ถนน B\u0391N", [(5, "\u0391", "A")]),
        ("M\u043e\u0441\u043a\u0432\u0430", [(0, "M", "\u041c")]),
        ("\u03a1rasan 2568", [(0, "\u03a1", "P")]),
    ],
)
def test_letters_that_pose_as_others_are_reported_and_left(text, found):
    assert [(each.position, each.character, each.looks_like) for each in lookalikes(text)] == found
    assert clean(text) == text


@pytest.mark.parametrize(
    "honest",
    [
        "",
        "รถ BMW รุ่นX5",
        "โครงการOTOP",
        "Москва",
        "Ελλάς",
        "ລາວ",
        "ไทย ລາວ",
        "Москва Moscow",
        "café",
        "α-น้ำ",
        "COVID-19",
    ],
)
def test_honest_words_are_not_reported(honest):
    assert lookalikes(honest) == []


def test_report_names_word_letter_and_what_to_do():
    (report,) = lookalikes("ตำบล \u0e97่า")

    assert report == Lookalike(5, "\u0e97", "ท", "\u0e97่า")
    assert report.sentence.th == (
        "ในคำ “\u0e97่า” มีตัวอักษรลาว “\u0e97” ซึ่งคล้ายกับ “ท” กรุณาตรวจสอบและพิมพ์ใหม่หากไม่ได้ตั้งใจ"
    )
    assert report.sentence.en == (
        "The word “\u0e97่า” holds the Lao letter “\u0e97”, which looks like “ท”. "
        "Please check it and type it again if it was not meant."
    )


@given(st.text(alphabet="กขานabcАВаενοກາ \u0e48.", max_size=15))
def test_every_report_points_at_its_letter(text):
    for report in lookalikes(text):
        assert text[report.position] == report.character
        assert report.character in report.word
        assert report.character != report.looks_like
