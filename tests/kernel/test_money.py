from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prasan.kernel.money import baht_text, baht_text_en, format_baht

SUMS = st.decimals(min_value=Decimal(-(10**13)), max_value=Decimal(10**13), places=2)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "ศูนย์บาทถ้วน"),
        ("1", "หนึ่งบาทถ้วน"),
        ("2", "สองบาทถ้วน"),
        ("3", "สามบาทถ้วน"),
        ("4", "สี่บาทถ้วน"),
        ("5", "ห้าบาทถ้วน"),
        ("6", "หกบาทถ้วน"),
        ("7", "เจ็ดบาทถ้วน"),
        ("8", "แปดบาทถ้วน"),
        ("9", "เก้าบาทถ้วน"),
        ("10", "สิบบาทถ้วน"),
        ("11", "สิบเอ็ดบาทถ้วน"),
        ("12", "สิบสองบาทถ้วน"),
        ("19", "สิบเก้าบาทถ้วน"),
        ("20", "ยี่สิบบาทถ้วน"),
        ("21", "ยี่สิบเอ็ดบาทถ้วน"),
        ("22", "ยี่สิบสองบาทถ้วน"),
        ("30", "สามสิบบาทถ้วน"),
        ("31", "สามสิบเอ็ดบาทถ้วน"),
        ("99", "เก้าสิบเก้าบาทถ้วน"),
        ("100", "หนึ่งร้อยบาทถ้วน"),
        ("101", "หนึ่งร้อยเอ็ดบาทถ้วน"),
        ("102", "หนึ่งร้อยสองบาทถ้วน"),
        ("110", "หนึ่งร้อยสิบบาทถ้วน"),
        ("111", "หนึ่งร้อยสิบเอ็ดบาทถ้วน"),
        ("120", "หนึ่งร้อยยี่สิบบาทถ้วน"),
        ("121", "หนึ่งร้อยยี่สิบเอ็ดบาทถ้วน"),
        ("200", "สองร้อยบาทถ้วน"),
        ("221", "สองร้อยยี่สิบเอ็ดบาทถ้วน"),
        ("1000", "หนึ่งพันบาทถ้วน"),
        ("1001", "หนึ่งพันเอ็ดบาทถ้วน"),
        ("1010", "หนึ่งพันสิบบาทถ้วน"),
        ("1111", "หนึ่งพันหนึ่งร้อยสิบเอ็ดบาทถ้วน"),
        ("2567", "สองพันห้าร้อยหกสิบเจ็ดบาทถ้วน"),
        ("10000", "หนึ่งหมื่นบาทถ้วน"),
        ("10001", "หนึ่งหมื่นเอ็ดบาทถ้วน"),
        ("12345", "หนึ่งหมื่นสองพันสามร้อยสี่สิบห้าบาทถ้วน"),
        ("20000", "สองหมื่นบาทถ้วน"),
        ("100000", "หนึ่งแสนบาทถ้วน"),
        ("100001", "หนึ่งแสนเอ็ดบาทถ้วน"),
        ("111111", "หนึ่งแสนหนึ่งหมื่นหนึ่งพันหนึ่งร้อยสิบเอ็ดบาทถ้วน"),
        ("200020", "สองแสนยี่สิบบาทถ้วน"),
        ("654321", "หกแสนห้าหมื่นสี่พันสามร้อยยี่สิบเอ็ดบาทถ้วน"),
        ("1000000", "หนึ่งล้านบาทถ้วน"),
        ("1000001", "หนึ่งล้านเอ็ดบาทถ้วน"),
        ("1000010", "หนึ่งล้านสิบบาทถ้วน"),
        ("1000011", "หนึ่งล้านสิบเอ็ดบาทถ้วน"),
        ("1000021", "หนึ่งล้านยี่สิบเอ็ดบาทถ้วน"),
        ("1160100", "หนึ่งล้านหนึ่งแสนหกหมื่นหนึ่งร้อยบาทถ้วน"),
        ("10000000", "สิบล้านบาทถ้วน"),
        ("11000000", "สิบเอ็ดล้านบาทถ้วน"),
        ("20000000", "ยี่สิบล้านบาทถ้วน"),
        ("21000000.25", "ยี่สิบเอ็ดล้านบาทยี่สิบห้าสตางค์"),
        ("101000000", "หนึ่งร้อยเอ็ดล้านบาทถ้วน"),
        ("123456789", "หนึ่งร้อยยี่สิบสามล้านสี่แสนห้าหมื่นหกพันเจ็ดร้อยแปดสิบเก้าบาทถ้วน"),
        ("1000000000", "หนึ่งพันล้านบาทถ้วน"),
        (
            "16999993823",
            "หนึ่งหมื่นหกพันเก้าร้อยเก้าสิบเก้าล้านเก้าแสนเก้าหมื่นสามพันแปดร้อยยี่สิบสามบาทถ้วน",
        ),
        ("1000000000000", "หนึ่งล้านล้านบาทถ้วน"),
        ("1000000000001", "หนึ่งล้านล้านเอ็ดบาทถ้วน"),
        ("1000001000000", "หนึ่งล้านเอ็ดล้านบาทถ้วน"),
        ("2000000000020", "สองล้านล้านยี่สิบบาทถ้วน"),
        ("1000000000000000000", "หนึ่งล้านล้านล้านบาทถ้วน"),
        ("0.01", "หนึ่งสตางค์"),
        ("0.10", "สิบสตางค์"),
        ("0.11", "สิบเอ็ดสตางค์"),
        ("0.20", "ยี่สิบสตางค์"),
        ("0.25", "ยี่สิบห้าสตางค์"),
        ("0.50", "ห้าสิบสตางค์"),
        ("1.01", "หนึ่งบาทหนึ่งสตางค์"),
        ("1.21", "หนึ่งบาทยี่สิบเอ็ดสตางค์"),
        ("11.11", "สิบเอ็ดบาทสิบเอ็ดสตางค์"),
        ("100.75", "หนึ่งร้อยบาทเจ็ดสิบห้าสตางค์"),
        ("99.99", "เก้าสิบเก้าบาทเก้าสิบเก้าสตางค์"),
        ("0.004", "ศูนย์บาทถ้วน"),
        ("0.005", "หนึ่งสตางค์"),
        ("0.995", "หนึ่งบาทถ้วน"),
        ("1.005", "หนึ่งบาทหนึ่งสตางค์"),
        ("-1", "ลบหนึ่งบาทถ้วน"),
        ("-21.50", "ลบยี่สิบเอ็ดบาทห้าสิบสตางค์"),
        ("-0.25", "ลบยี่สิบห้าสตางค์"),
        ("-0.001", "ศูนย์บาทถ้วน"),
    ],
)
def test_a_sum_in_thai_words(amount, words):
    assert baht_text(Decimal(amount)) == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "Zero baht only"),
        ("1", "One baht only"),
        ("13", "Thirteen baht only"),
        ("20", "Twenty baht only"),
        ("21", "Twenty-one baht only"),
        ("100", "One hundred baht only"),
        ("115", "One hundred fifteen baht only"),
        ("1000", "One thousand baht only"),
        ("1001", "One thousand one baht only"),
        ("1160100", "One million one hundred sixty thousand one hundred baht only"),
        ("1000000000000", "One trillion baht only"),
        ("0.25", "Twenty-five satang"),
        ("100.75", "One hundred baht and seventy-five satang"),
        ("-5", "Minus five baht only"),
    ],
)
def test_a_sum_in_english_words(amount, words):
    assert baht_text_en(Decimal(amount)) == words


@pytest.mark.parametrize(
    ("amount", "options", "written"),
    [
        ("1160100", {}, "1,160,100 บาท"),
        ("1160100.00", {}, "1,160,100 บาท"),
        ("1160100.5", {}, "1,160,100.50 บาท"),
        ("1160100", {"places": 2}, "1,160,100.00 บาท"),
        ("1160100.5", {"places": 0}, "1,160,101 บาท"),
        ("0.004", {}, "0 บาท"),
        ("-1500", {"digits": "thai"}, "-๑,๕๐๐ บาท"),
        ("1160100", {"lang": "en"}, "1,160,100 baht"),
    ],
)
def test_a_sum_in_figures(amount, options, written):
    assert format_baht(Decimal(amount), **options) == written


@pytest.mark.parametrize("write", [baht_text, baht_text_en])
@pytest.mark.parametrize("amount", [Decimal("NaN"), Decimal("-Infinity")])
def test_only_a_sum_is_written(write, amount):
    with pytest.raises(ValueError, match="not a sum of money"):
        write(amount)


def test_english_words_end_before_they_are_made_up():
    with pytest.raises(ValueError, match="too large"):
        baht_text_en(10**21)


@given(SUMS)
def test_thai_words_are_read_back_as_the_sum(amount):
    assert _sum_in(baht_text(amount)) == amount


@given(SUMS, SUMS)
def test_different_sums_never_have_the_same_words(one, other):
    for write in (baht_text, baht_text_en):
        assert (write(one) == write(other)) == (one == other)


DIGITS = {"ศูนย์": 0, "หนึ่ง": 1, "เอ็ด": 1, "สอง": 2, "ยี่": 2, "สาม": 3, "สี่": 4, "ห้า": 5, "หก": 6, "เจ็ด": 7}
DIGITS |= {"แปด": 8, "เก้า": 9}
PLACES = {"สิบ": 10, "ร้อย": 100, "พัน": 1000, "หมื่น": 10_000, "แสน": 100_000}


def _sum_in(words):
    """The sum that the words say, read from left to right without knowing how they were made."""
    sign = -1 if words.startswith("ลบ") else 1
    words = words.removeprefix("ลบ").removesuffix("ถ้วน")
    baht, found, satang = words.partition("บาท")
    if not found:
        baht, satang = "", words
    return sign * (_number_in(baht) + Decimal(_number_in(satang.removesuffix("สตางค์"))) / 100)


def _number_in(words):
    total = below_a_million = 0
    digit = None
    while words:
        word = next(word for word in [*DIGITS, *PLACES, "ล้าน"] if words.startswith(word))
        words = words.removeprefix(word)
        if word in DIGITS:
            digit = DIGITS[word]
        elif word in PLACES:
            below_a_million += (1 if digit is None else digit) * PLACES[word]
            digit = None
        else:
            total = (total + below_a_million + (digit or 0)) * 1_000_000
            below_a_million, digit = 0, None
    return total + below_a_million + (digit or 0)
