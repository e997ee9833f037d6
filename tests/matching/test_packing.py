"""A reading that is kept as bytes is compared as if its text had just been read."""

import zlib

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from prasan.matching import SAME, VERSION, packed_reading, problems_alike
from prasan.matching.packing import unpack
from prasan.matching.reading import read
from prasan.matching.scoring import likeness_of_rows
from prasan.matching.table import lay_out_read, read_columns, tabulate
from tests.matching.reports import street, told

THAI = st.text(st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B), max_size=60)
ANYTHING = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)
TEXTS = st.lists(st.lists(THAI | ANYTHING, max_size=6).map(" ".join), min_size=1, max_size=8)
ODD = [
    "",
    "\u200b\u200d\ufeff",
    "😡🚧 น้ำท่วม 💧",
    "น้ำ\u200bท่วม\u00a0ซอย 5",
    "ก" * 10_000,
    "ถนนพัง " * 1_500,
    "\ufdfa" * 1_500,
    "1 2 3 4 ม.5 ต.ท่าตูม " * 400,
    "\x00\x01",
    "Straßenlaterne kaputt é",
]


@settings(max_examples=150, deadline=None)
@given(TEXTS)
@example(ODD)
def test_unpacked_columns_are_those_that_were_read(texts):
    columns = read_columns([read(text) for text in texts])

    unpacked = unpack([packed_reading(text) for text in texts])

    assert unpacked.plain == columns.plain
    for name in ("texts", "marks", "troubles", "is_whole", "is_spot"):
        before, after = getattr(columns, name), getattr(unpacked, name)
        assert (after.dtype, after.tolist()) == (before.dtype, before.tolist()), name
    for name in ("words", "first", "numbers", "names"):
        before, after = getattr(columns, name), getattr(unpacked, name)
        assert (after.starts.tolist(), after.keys.tolist()) == (before.starts.tolist(), before.keys.tolist())
        assert after.keys.dtype == before.keys.dtype


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6))
def test_likeness_by_kept_readings_is_the_same_to_the_last_bit(seed):
    asked, *others = street(seed, 25)
    table = tabulate([asked, *others])
    read_anew = likeness_of_rows(table, np.zeros(24, np.int64), np.arange(1, 25))

    packed = [packed_reading(other.text) for other in others]
    kept = problems_alike(asked, others, packed, least=0, most=24)

    assert {place: alike for each in kept for place, alike in each} == dict(enumerate(read_anew.tolist()))


def test_texts_of_the_others_are_not_read_where_readings_are_given():
    asked, other = told("ไฟทางดับปากซอยทุ่งทอง 5"), told("ไฟทางดับปากซอยทุ่งทอง 5", row_id="b")
    without_words = told("", row_id="b")

    kept = problems_alike(asked, [without_words], [packed_reading(other.text)], least=SAME, most=1)

    assert kept == problems_alike(asked, [other], least=SAME, most=1) != []


@pytest.mark.parametrize("text", ODD)
def test_bytes_are_few_and_whole_whatever_the_text(text):
    packed = packed_reading(text)

    columns = unpack([packed])
    table = lay_out_read([told(text)], columns)

    assert len(packed) <= 10_000
    assert packed == packed_reading(text)
    assert len(table) == 1


def test_a_usual_text_takes_some_three_hundred_bytes():
    text = "ไฟทางดับปากซอยทุ่งทอง 5 ตรงข้ามวัดดอนแก้ว มาสามวันแล้ว มืดมาก เดินกลับบ้านไม่ปลอดภัยเลยครับ"

    assert len(packed_reading(text)) < 350


READ_AS = 3405303429
"""What the texts below give in this version; when it changes, kept readings no longer say what texts say."""


def test_version_is_raised_when_a_text_is_read_otherwise():
    texts = [report.text for report in street(1, 200)]
    texts += [text for text in ODD if "\ufdfa" not in text]
    texts += [
        "พบป้ายโฆษณาติดเสาไฟฟ้า ถ.สุขุมวิท ซ.71 แยก 3 ตรงข้าม 7-11 วันที่ 12/5/65 เวลา 09.30 น. [phone]",
        "ฟุตบาทชำรุดตลอดแนว หน้าบ้านเลขที่ 53/1 ม.5 ต.เมืองแก อ.ท่าตูม",
        "สุนัขจรจัดกัดเด็ก 3 คน ใกล้โรงเรียน https://example.org/x?y=1 ๆๆๆ",
    ]
    seen = 0
    for text in texts:
        seen = zlib.crc32(packed_reading(text), seen)

    assert (VERSION, seen) == (1, READ_AS)
