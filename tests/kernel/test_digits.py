from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prasan.kernel.digits import (
    NumberNotUnderstood,
    format_number,
    parse_number,
    parse_whole,
    to_arabic,
    to_thai,
    without_noughts,
)

NUMBERS = st.decimals(
    min_value=Decimal(-(10**20)), max_value=Decimal(10**20), places=4, allow_nan=False, allow_infinity=False
)


def test_digits_change_and_nothing_else_does():
    assert to_arabic("หมู่ ๑๒ (１３) 14 ก.") == "หมู่ 12 (13) 14 ก."
    assert to_thai("หมู่ ๑๒ (１３) 14 ก.") == "หมู่ ๑๒ (๑๓) ๑๔ ก."


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("0", "0"),
        ("5", "5"),
        ("๕", "5"),
        ("๑๒34", "1234"),
        ("1,234", "1234"),
        ("๑,๒๓๔,๕๖๗.๘๙", "1234567.89"),
        ("1,160,100", "1160100"),
        ("16,999,993,823", "16999993823"),
        ("1.234", "1.234"),
        ("0.50", "0.50"),
        (".5", "0.5"),
        ("-1,000.25", "-1000.25"),
        ("−5", "-5"),
        ("+5", "5"),
        ("１，２３４．５", "1234.5"),
        ("  42\u00a0", "42"),
        ("007", "7"),
        ("9" * 30, "9" * 30),
    ],
)
def test_a_number_is_read_exactly(written, number):
    assert parse_number(written) == Decimal(number)


@pytest.mark.parametrize(
    "written",
    [
        "1.234,5",
        "1,5",
        "12,34",
        "1,2345",
        "1.234.567",
        "1,234,56",
        ",123",
        "1,,234",
        "1.",
        "1..2",
        "0,5",
        "1,234.",
    ],
)
def test_what_could_be_two_numbers_is_refused(written):
    with pytest.raises(NumberNotUnderstood) as caught:
        parse_number(written)

    assert caught.value.th == (f"อ่านตัวเลข “{written}” ได้หลายแบบ กรุณาใช้จุลภาคคั่นหลักพันและจุดเป็นทศนิยม เช่น 1,234.50")
    assert caught.value.en.startswith(f"“{written}” can be read in more than one way.")


@pytest.mark.parametrize(
    "written",
    [
        "ห้า",
        "5 บาท",
        "1 234",
        "1e5",
        "NaN",
        "Infinity",
        "(5)",
        "--5",
        "5-",
        "½",
        "²",
        "0x10",
        "1_000",
        "٣",
        "-",
        "๕ก",
    ],
)
def test_what_is_no_number_is_refused(written):
    with pytest.raises(NumberNotUnderstood, match=r"^อ่าน.* กรุณา") as caught:
        parse_number(written)

    assert "Please" in caught.value.en


@pytest.mark.parametrize("written", ["", " ", "\u00a0"])
def test_nothing_is_not_zero(written):
    with pytest.raises(NumberNotUnderstood, match=r"^กรุณากรอกตัวเลข$"):
        parse_number(written)


@pytest.mark.parametrize("written", ["1" * 31, "๑" * 100_000])
def test_an_endless_number_is_refused(written):
    with pytest.raises(NumberNotUnderstood, match="ยาวเกิน 30 หลัก"):
        parse_number(written)


@pytest.mark.parametrize(("written", "number"), [("๕", 5), ("5.00", 5), ("1,000", 1000), ("-3", -3)])
def test_a_whole_number_is_read(written, number):
    assert parse_whole(written) == number
    assert type(parse_whole(written)) is int


def test_a_part_is_not_whole():
    with pytest.raises(NumberNotUnderstood, match=r"^“5\.5” ไม่ใช่จำนวนเต็ม"):
        parse_whole("5.5")


@pytest.mark.parametrize(
    ("value", "digits", "places", "written"),
    [
        (0, "arabic", None, "0"),
        (1160100, "arabic", None, "1,160,100"),
        (1160100, "thai", 2, "๑,๑๖๐,๑๐๐.๐๐"),
        (Decimal("1234.5"), "arabic", None, "1,234.5"),
        (Decimal("2.50"), "arabic", None, "2.50"),
        (Decimal("2.345"), "arabic", 2, "2.35"),
        (Decimal("2.5"), "arabic", 0, "3"),
        (Decimal("-2.5"), "arabic", 0, "-3"),
        (Decimal("-0.004"), "arabic", 2, "0.00"),
        (Decimal("-0"), "arabic", None, "0"),
        (Decimal("1E+6"), "arabic", None, "1,000,000"),
        (10**27, "arabic", 2, "1,000,000,000,000,000,000,000,000,000.00"),
    ],
)
def test_a_number_is_written(value, digits, places, written):
    assert format_number(value, digits, places) == written


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity")])
def test_only_a_number_is_written(value):
    with pytest.raises(ValueError, match="finite"):
        format_number(value)


@given(NUMBERS, st.sampled_from(["arabic", "thai"]))
def test_every_number_is_read_back(number, digits):
    assert parse_number(format_number(number, digits)) == number


@given(st.integers(-(10**29), 10**29), st.sampled_from(["arabic", "thai"]))
def test_every_whole_number_is_read_back(number, digits):
    assert parse_whole(format_number(number, digits)) == number


@given(NUMBERS, NUMBERS)
def test_rounding_keeps_order(one, other):
    smaller, larger = sorted([one, other])

    assert parse_number(format_number(smaller, places=1)) <= parse_number(format_number(larger, places=1))


@given(st.text())
def test_thai_and_arabic_digits_read_alike(text):
    assert to_arabic(to_thai(text)) == to_arabic(text)
    assert to_thai(to_arabic(text)) == to_thai(text)


@given(st.text(alphabet="0123456789๐๙.,- +", max_size=12) | st.text(max_size=12))
def test_any_text_is_a_number_or_refused_in_both_languages(text):
    try:
        outcome = parse_number(text)
    except NumberNotUnderstood as refused:
        outcome = refused

    if isinstance(outcome, Decimal):
        assert outcome.is_finite()
    else:
        assert outcome.th
        assert outcome.en


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**17), max_value=10**17, places=4))
def test_without_noughts_is_the_same_number_and_ends_in_none(number: Decimal) -> None:
    short = without_noughts(number)

    assert short == number
    assert not ("." in f"{short:f}" and f"{short:f}".endswith("0"))


@pytest.mark.parametrize(
    ("number", "written"),
    [("90.0000", "90"), ("100", "100"), ("0.00", "0"), ("12.50", "12.5"), ("1E+3", "1000")],
)
def test_without_noughts_keeps_whole_numbers_whole(number: str, written: str) -> None:
    assert f"{without_noughts(Decimal(number)):f}" == written
