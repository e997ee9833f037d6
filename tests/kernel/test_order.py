import random
from itertools import pairwise
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prasan.kernel.order import thai_sort_key

# Sorted by ICU 72 (CLDR 42) with the locale th; no two of them are equal to it.
GOLDEN = (Path(__file__).parent / "dictionary_order.txt").read_text(encoding="utf-8").splitlines()


def as_stored(text):
    """The key as the bytes that COLLATE "C" compares."""
    return thai_sort_key(text).encode()


def test_golden_words_come_in_the_order_of_icu():
    shuffled = random.Random(2568).sample(GOLDEN, len(GOLDEN))

    in_order = sorted(shuffled, key=as_stored)

    assert in_order == GOLDEN
    assert len(GOLDEN) > 400


def test_golden_words_differ_strictly():
    assert [pair for pair in pairwise(GOLDEN) if not as_stored(pair[0]) < as_stored(pair[1])] == []


@pytest.mark.parametrize(
    "equal",
    [
        ("หมู่ 5", "หมู่ ๕", "หมู่๕"),
        ("บ้านโนน", "บ้าน โนน", "บ้าน-โนน", "(บ้านโนน)"),
        ("เด็ก", "เด็กๆ", "เด็กฯ"),
        ("กุ้ง", "ก\u0e49\u0e38ง"),
    ],
)
def test_what_does_not_count_makes_no_difference(equal):
    assert {thai_sort_key(text) for text in equal} == {thai_sort_key(equal[0])}


def test_code_point_order_would_be_wrong():
    assert sorted(["เก", "กา", "ขา", "แก"], key=as_stored) == ["กา", "เก", "แก", "ขา"]
    assert sorted(["เก", "กา", "ขา", "แก"]) == ["กา", "ขา", "เก", "แก"]


def test_letters_decide_before_any_mark():
    assert sorted(["ก้าน", "กาบ", "ก่าย", "กาน"], key=as_stored) == ["กาน", "ก้าน", "กาบ", "ก่าย"]


def test_symbols_digits_thai_latin_and_others_follow_each_other():
    assert sorted(["я", "a", "ก", "9", "฿", "ລ", "中"], key=as_stored) == ["฿", "9", "ก", "a", "я", "ລ", "中"]


@given(st.text(), st.text())
def test_keys_can_be_stored_and_compare_alike_as_text_and_as_bytes(one, other):
    keys = thai_sort_key(one), thai_sort_key(other)

    assert "\x00" not in keys[0]
    assert (keys[0] < keys[1]) == (keys[0].encode() < keys[1].encode())


@given(st.text(alphabet="กขคงจชนมรลวสหอาิีุูเแโใไำ็่้๊๋์ abAB12๑๒", max_size=8))
def test_a_word_comes_before_the_same_word_with_a_letter_more(word):
    assert thai_sort_key(word) < thai_sort_key(word + "z")


@given(st.text(alphabet="กขคเแาิุ่้ab12", max_size=6), st.text(alphabet="กขคเแาิุ่้ab12", max_size=6))
def test_the_same_letter_before_both_keeps_their_order(one, other):
    before = thai_sort_key("ก" + one) < thai_sort_key("ก" + other)

    assert (thai_sort_key("จก" + one) < thai_sort_key("จก" + other)) == before


def test_a_name_takes_microseconds():
    """On any machine: as long as looking at each letter twenty times."""

    def look_at(name):
        for letter in name * 20:
            ord(letter)

    assert _least_seconds(thai_sort_key) < 3 * _least_seconds(look_at)


def _least_seconds(work):
    seconds = []
    for _again in range(5):
        start = perf_counter()
        for name in GOLDEN:
            work(name)
        seconds.append(perf_counter() - start)
    return min(seconds)
