import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prasan.kernel.text import clean
from prasan.kernel.words import matches, pieces, search_key, words

SENTENCES = st.text(alphabet="กขนมทาิ่้เแ็ ์ ตอจบ.5๕aB,\n", max_size=25)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("น้ำท่วมถนน", ["น้ำท่วม", "ถนน"]),
        ("ถนนหน้าวัด มีน้ำท่วมขัง!", ["ถนน", "หน้า", "วัด", "มี", "น้ำท่วม", "ขัง"]),
        ("พยายามซื้อยา", ["พยายาม", "ซื้อ", "ยา"]),
        ("งบ 12,000 บาท", ["งบ", "12,000", "บาท"]),
        ("เเม่น้ำ\u200bมูล", ["แม่น้ำ", "มูล"]),
        ("one need", ["one", "need"]),
        ("", []),
        ("… !", []),
    ],
)
def test_words_are_found_where_no_spaces_are(text, found):
    assert words(text) == found


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("ต.ท่าตูม", "ตำบลทาตูม"),
        ("ตำบล ท่าตูม", "ตำบลทาตูม"),
        ("อบต.", "องคการบริหารสวนตำบล"),
        ("หมู่ที่ ๕", "หมู5"),
        ("ม.5", "หมู5"),
        ("เด็กๆ ฯลฯ", "เดก"),
        ("งบ ๑๒,๐๐๐.๕๐ บาท", "งบ12000.50บาท"),
        ("Khon  Kaen (2568)", "khon kaen 2568"),
        ("5 10", "5 10"),
        ("น\u0e4d\u0e49\u0e32", "นำ"),
        ("พันธุ์ไม้", "พันธุไม"),
    ],
)
def test_search_key_is_what_ways_of_writing_share(text, key):
    assert search_key(text) == key


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("น้ำท่วมถนน", "ถนนหน้าวัดมีน้ำท่วมขัง"),
        ("ตำบลท่าตูม", "ต.ท่าตูม"),
        ("ต.ท่าตูม", "ที่ทำการตำบลท่าตูม จังหวัดสุรินทร์"),
        ("อบต.", "องค์การบริหารส่วนตำบล"),
        ("องค์การบริหารส่วนตำบล", "นายก อบต. ท่าตูม"),
        ("อบต", "องค์การบริหารส่วนตำบลท่าตูม"),
        ("นำท่วมถนน", "ถนนหน้าวัดมีน้ำท่วมขัง"),
        ("น้ำท่วมถนน", "ถนนหน้าวัดมีนำท่วมขัง"),
        ("นำทวมถนน", "ถนนหน้าวัดมีน้ำท่วมขัง"),
        ("ทาตูม", "ตำบลท่าตูม"),
        ("ท่วม", "น้ำท่วมขัง"),
        ("น้ำ", "น้ำท่วม"),
        ("ถนน น้ำท่วม", "น้ำท่วมถนน"),
        ("หมู่ 5", "บ้านโนนสูง ม.๕ ต.เมืองแก"),
        ("โรงพยาบาล", "รพ.สุรินทร์"),
        ("ถนน คสล.", "ก่อสร้างถนนคอนกรีตเสริมเหล็ก"),
        ("12000", "งบประมาณ ๑๒,๐๐๐ บาท"),
        ("otop", "สินค้า OTOP"),
        ("เสือ", "เสื้อกันหนาว"),
        ("แม่น้ำ", "เเม่น\u0e4d\u0e49\u0e32"),
        ("ไฟ", "ไฟ ดับ"),
        ("หมู่ที่ 5 น้ำท่วม", "น้ำท่วม บ้านโนน ม.5"),
        ("ถนน 2 เลน", "ถนนลาดยาง 2 เลน"),
        ("หมู่", "หมู่ 5"),
        ("5", "หมู่ 5"),
        ("", "ถนน"),
        ("…", "ถนน"),
    ],
)
def test_query_is_found(query, text):
    assert matches(query, text) is True


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("ยา", "พยายาม"),
        ("ป่า", "ป้า"),
        ("เสื่อ", "เสื้อ"),
        ("ตา", "ตารางเวลา"),
        ("สาม", "สามี"),
        ("น้ำ", "แนะนำ"),
        ("ไฟ", "ไฟฟ้าดับ"),
        ("น้ำท่วมถนน", "น้ำท่วมนา"),
        ("น้ำท่วม", "น้ำประปา"),
        ("หมู่ 5", "หมู่ 50"),
        ("ปี 2567", "ปี 2566 จำนวน 2567 บาท"),
        ("หมู่ 5", "หมู่ 3 จำนวน 5 ครัวเรือน"),
        ("ท่าตูม", "ท่าตุม"),
        ("ใกล้", "ไกล"),
        ("อบต.", "อบจ."),
        ("ตำบลท่าตูม", "อำเภอท่าตูม"),
        ("art", "start"),
        ("5", "15"),
        ("ถนน", ""),
    ],
)
def test_query_is_not_found(query, text):
    assert matches(query, text) is False


@given(SENTENCES)
def test_text_is_found_in_itself(text):
    assert matches(text, text) is True


@given(SENTENCES)
def test_words_are_pieces_of_the_clean_text_in_its_order(text):
    rest = clean(text)
    letters = sum(character.isalnum() for character in rest)

    for word in words(text):
        _, found, rest = rest.partition(word)
        assert found == word

    assert sum(character.isalnum() for word in words(text) for character in word) == letters


SPOKEN = ["น้ำท่วม", "ซอย", "พัฒนาการ", "69", "ค่ะ", "เข้าใจ", "ที่", "แล้ว", "ตาก", "ลม"]
LONG_TEXTS = st.lists(st.sampled_from(SPOKEN), min_size=40, max_size=400)


@given(LONG_TEXTS, st.sampled_from(["", " "]))
def test_pieces_of_a_long_text_are_that_text(spoken, between):
    text = between.join(spoken)

    assert "".join(pieces(text)) == clean(text)


@pytest.mark.parametrize("endless", ["ตากลม" * 2000, "ก" * 20_000, "กา" * 10_000, "มากกว่า" * 3000])
def test_endless_text_is_cut_at_once(endless):
    assert "".join(words(endless)) == endless


def test_nothing_heavy_is_read_before_the_first_word_is_asked_for():
    program = (
        "import sys, prasan.kernel.words as w; w.search_key('ต.ท่าตูม');"
        "assert w._dictionary.cache_info().currsize == 0; w.words('น้ำท่วม');"
        "assert not {'django', 'pythainlp'} & set(sys.modules), 'heavy'"
    )

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
