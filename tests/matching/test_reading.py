import pytest
from hypothesis import given
from hypothesis import strategies as st

from prasan.matching.reading import LONGEST, plain_form, read
from prasan.matching.table import letters_of
from prasan.matching.troubles import TROUBLES, troubles_of


def kinds(text):
    bits = troubles_of(plain_form(text))
    return {code for bit, code in enumerate(TROUBLES) if bits >> bit & 1}


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("ซ.โพธิ์ทอง ๕", "ซอยโพธิ์ทอง 5"),
        ("หน้า 7-11 ปากซอย", "หน้า เซเว่น ปากซอย"),
        ("19/9/65, 23.08 น. รถจอดขวาง", ", รถจอดขวาง"),
        ("ดู https://example.org/a ด้วย", "ดู ด้วย"),
        ("มากกกกกก\u200b ครับ", "มาก ครับ"),
        ("LINE Village", "line village"),
    ],
)
def test_plain_form_keeps_what_tells_and_nothing_else(text, plain):
    assert plain_form(text) == plain


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("ซอย 53/1 แยก 2", {("ซอย", "53/1"), ("แยก", "2")}),
        ("บ้านเลขที่ 12/345 หมู่ 5", {("เลขที่", "12/345"), ("หมู่", "5")}),
        ("รถ 3 คัน สูง 20 เซน", set()),
        ("ประมาณ 50 เมตร", set()),
    ],
)
def test_numbers_are_those_of_names(text, numbers):
    assert read(text).numbers == numbers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ไฟถนนมืด", {"lamp"}),
        ("ถนนหน้าคอนโดเกิดการทรุดตัว", {"road"}),
        ("หมายเลขโทรศัพท์", set()),
        ("หนักมาก", set()),
        ("กระเบื้องทางเท้าแตก", {"pavement", "pavement_broken"}),
        ("เดินบนทางเท้า", {"pavement"}),
        ("ทางเท้าหน้าบ้านชำรุด", {"pavement", "pavement_broken"}),
        ("", set()),
    ],
)
def test_troubles_are_told_by_their_words(text, found):
    assert kinds(text) == found


def test_place_is_read_behind_its_cue():
    assert read("ไฟดับหน้าร้านทองคำ").places == {"ทองคำ"}


@given(st.text(max_size=300))
def test_any_text_can_be_read_and_reads_the_same_twice(text):
    assert read(text) == read(text)


def test_endless_text_is_read_to_a_bound():
    reading = read("น้ำท่วมซอย 5 " * 5_000)

    assert len(reading.plain) <= LONGEST


@given(st.text(st.sampled_from("กขอ๙๛฿\u0e00aé\xa0\xa1ÿ5 😡"), max_size=12))
def test_letters_of_one_byte_are_those_of_the_text_and_no_two_fall_together(text):
    letters = letters_of(text)

    assert len(letters) == len(text)
    assert letters_of(letters) == text or letters.isascii()
    assert letters == "".join(map(letters_of, text))
