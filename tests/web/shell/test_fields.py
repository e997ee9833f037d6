from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from prasan.kernel.dates import format_date
from prasan.kernel.digits import format_number, to_thai
from prasan.web.shell.fields import (
    CleanTextField,
    MoneyField,
    Point,
    PointField,
    ThaiDateField,
    WholeNumberField,
)

DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))
SUMS = st.decimals(0, Decimal("99999999999999.99"), places=2)


def sentence(field, value):
    with pytest.raises(ValidationError) as fault:
        field.clean(value)
    return fault.value.messages


@pytest.mark.parametrize("typed", ["20 ส.ค. 67", "20 สิงหาคม 2567", "๒๐/๘/๒๕๖๗", "2024-08-20"])
def test_date_is_read_in_every_usual_way(typed):
    assert ThaiDateField().clean(typed) == date(2024, 8, 20)


@given(DAYS, st.sampled_from(["th", "en"]))
def test_date_shown_in_the_box_is_read_back_as_the_same_day(day, language):
    with translation.override(language):
        shown = ThaiDateField().prepare_value(day)

        assert ThaiDateField().clean(shown) == day


def test_date_that_does_not_exist_is_refused_in_the_language_of_the_reader():
    with translation.override("en"):
        english = sentence(ThaiDateField(), "30 ก.พ. 2567")
    with translation.override("th"):
        thai = sentence(ThaiDateField(), "30 ก.พ. 2567")

    assert len(english) == len(thai) == 1
    assert english[0].isascii() or "ก.พ." in english[0]
    assert "กรุณา" in thai[0]


def test_date_outside_its_bounds_is_refused_with_the_bound():
    field = ThaiDateField(first=date(2024, 8, 1), last=date(2024, 8, 31))

    with translation.override("th"):
        early, late = sentence(field, "31/7/2567"), sentence(field, "1/9/2567")

    assert early == [f"กรุณาระบุวันที่ไม่ก่อน {format_date(date(2024, 8, 1))}"]
    assert late == [f"กรุณาระบุวันที่ไม่เกิน {format_date(date(2024, 8, 31))}"]


def test_date_left_empty_is_none_only_where_it_may_be():
    assert ThaiDateField(required=False).clean("  ") is None
    with translation.override("th"):
        assert sentence(ThaiDateField(), " ") == ["กรุณากรอกข้อมูลในช่องนี้"]


@given(SUMS)
def test_sum_shown_in_the_box_is_read_back_to_the_satang(amount):
    shown = MoneyField().prepare_value(amount)

    assert MoneyField().clean(shown) == amount
    assert MoneyField().clean(to_thai(str(shown))) == amount


@pytest.mark.parametrize(("typed", "amount"), [("1,160,100 บาท", 1160100), ("๕๐๐", 500), ("0", 0)])
def test_sum_is_read_with_unit_and_thai_digits(typed, amount):
    assert MoneyField().clean(typed) == Decimal(amount)


@pytest.mark.parametrize("typed", ["-1", "1.005", "1e400", "หนึ่งร้อย", "1,2x", "NaN", "100000000000000"])
def test_sum_that_is_not_one_is_refused_with_one_sentence(typed):
    assert len(sentence(MoneyField(), typed)) == 1


@given(st.integers(0, 2_147_483_647))
def test_whole_number_shown_in_the_box_is_read_back(number):
    assert WholeNumberField().clean(WholeNumberField().prepare_value(number)) == number


def test_whole_number_refuses_parts_and_what_is_out_of_bounds():
    field = WholeNumberField(least=1, most=10)

    with translation.override("th"):
        assert sentence(field, "0") == ["กรุณาระบุจำนวนตั้งแต่ 1 ขึ้นไป"]
        assert sentence(field, "๑๑") == ["กรุณาระบุจำนวนไม่เกิน 10"]
    assert len(sentence(field, "2.5")) == 1


@given(st.floats(5.6, 20.5), st.floats(97.3, 105.7))
def test_point_is_read_from_its_two_boxes(latitude, longitude):
    typed = [format_number(Decimal(repr(value))) for value in (latitude, longitude)]

    assert PointField().clean(typed) == Point(latitude, longitude)


def test_half_a_point_is_refused_and_none_is_no_point():
    assert PointField(required=False).clean(["", ""]) is None
    with translation.override("th"):
        assert sentence(PointField(required=False), ["14.9", ""]) == [
            "กรุณาระบุทั้งละติจูดและลองจิจูด หรือเว้นว่างไว้ทั้งสองช่อง"
        ]


def test_point_outside_thailand_is_refused():
    assert len(sentence(PointField(), ["51.5", "103.5"])) == 1
    assert len(sentence(PointField(), ["14.9", "3.5"])) == 1


def test_words_are_cleaned_before_their_length_is_counted():
    field = CleanTextField(max_length=2)

    assert field.clean("เ\u200bเ") == "แ"
