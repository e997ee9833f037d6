from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prasan.kernel.dates import (
    BANGKOK,
    MONTHS,
    DateNotUnderstood,
    buddhist_year,
    format_date,
    format_datetime,
    format_month,
    format_time,
    parse_date,
)
from prasan.kernel.digits import to_thai

THE_DAY = date(2024, 8, 20)
DAYS_WRITTEN = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    "written",
    [
        "20 ส.ค. 67",
        "20 ส.ค. 2567",
        "20 ส.ค. พ.ศ. 2567",
        "20 สิงหาคม 2567",
        "20 สิงหาคม พ.ศ. 2567",
        "20 สิงหาคม พ.ศ.2567",
        "20 สิงหาคม ค.ศ. 2024",
        "วันที่ 20 เดือนสิงหาคม พ.ศ. 2567",
        "วันที่ 20 เดือน สิงหาคม ปี 2567",
        "๒๐ ส.ค. ๖๗",
        "๒๐ สิงหาคม ๒๕๖๗",
        "๒0 ส.ค. 2๕67",
        "20ส.ค.67",
        "20ส.ค.2567",
        "20 สค 67",
        "20 ส.ค 67",
        "20 ส. ค. 67",
        "20 สิงหา 67",
        "20-ส.ค.-67",
        "20/ส.ค./2567",
        "  20  ส.ค.\u00a067 ",
        "20 ส.ค.\u200b 67",
        "20/8/2567",
        "20/8/67",
        "20/08/67",
        "20/08/2024",
        "20-8-2567",
        "20.8.67",
        "20 / 8 / 2567",
        "２０/８/２５６７",
        "2024-08-20",
        "2567-08-20",
        "2024/8/20",
        "20 Aug 2024",
        "20 Aug 67",
        "20 August 2567",
        "20 AUGUST 2024",
        "20th August 2024",
        "20 of August 2024",
        "20-Aug-2024",
        "20 Aug 2567 BE",
        "20 Aug 2024 A.D.",
        "August 20, 2024",
        "Aug. 20, 2024",
        "Aug 20th, 2567",
    ],
)
def test_the_same_day_is_read_from(written):
    assert parse_date(written) == THE_DAY


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("1 ม.ค. 00", date(1957, 1, 1)),
        ("31 ธ.ค. 99", date(2056, 12, 31)),
        ("1/2/03", date(1960, 2, 1)),
        ("31 ธันวาคม 2401", date(1858, 12, 31)),
        ("1/1/2743", date(2200, 1, 1)),
        ("1/1/1900", date(1900, 1, 1)),
        ("29 ก.พ. 2567", date(2024, 2, 29)),
        ("29/2/67", date(2024, 2, 29)),
        ("29 ก.พ. 2543", date(2000, 2, 29)),
        ("5 ก.ย. 67", date(2024, 9, 5)),
        ("5 พ.ย. 67", date(2024, 11, 5)),
        ("5 พ.ค. 67", date(2024, 5, 5)),
        ("5 ต.ค. ค.ศ. 2024", date(2024, 10, 5)),
        ("5 กรกฏาคม 2567", date(2024, 7, 5)),
        ("5 september 2024", date(2024, 9, 5)),
        ("5 Sept 2024", date(2024, 9, 5)),
        ("5 December 2024", date(2024, 12, 5)),
        ("10/11/12", date(1969, 11, 10)),
    ],
)
def test_traps_are_read_rightly(written, day):
    assert parse_date(written) == day


@pytest.mark.parametrize(
    "written",
    [
        "",
        "   ",
        "วันนี้",
        "20",
        "2567",
        "20 ส.ค.",
        "ส.ค. 67",
        "20 ข.ค. 67",
        "20 สสค 67",
        "20/8-67",
        "20/8/67 10:00",
        "2024-08-20T00:00:00",
        "20082567",
        "20 ส.ค. 67 ถึง 21 ส.ค. 67",
        "20 ส.ค. 25670",
        "9" * 10_000,
        "20/8/" + "9" * 10_000,
    ],
)
def test_what_is_no_date_is_refused_with_an_example(written):
    with pytest.raises(DateNotUnderstood, match=r"กรุณากรอก.* เช่น 20 ส\.ค\. 67") as caught:
        parse_date(written)

    assert caught.value.en.startswith(("Please enter a date", "“"))
    assert len(caught.value.th) < 200


@pytest.mark.parametrize(
    "written",
    [
        *(
            "20/8/567",
            "20 ส.ค. 7",
            "1/1/2300",
            "1/1/2400",
            "1/1/1899",
            "1/1/2744",
            "1/1/0000",
            "20 Aug 24 AD",
        ),
        *("พ.ศ. 2024-01-01", "20 ส.ค. พ.ศ. 2024", "20 ส.ค. ค.ศ. 2567", "20 ส.ค. ค.ศ. 67"),
    ],
)
def test_a_year_that_could_be_another_is_refused(written):
    with pytest.raises(DateNotUnderstood) as caught:
        parse_date(written)

    assert caught.value.th.startswith("ไม่เข้าใจปีใน “")
    assert caught.value.en.startswith("The year in “")


@pytest.mark.parametrize(
    ("written", "thai"),
    [
        ("29 ก.พ. 2566", "ไม่มีวันที่ 29 กุมภาพันธ์ 2566 ในปฏิทิน กรุณาตรวจสอบ “29 ก.พ. 2566”"),
        ("29/2/68", "ไม่มีวันที่ 29 กุมภาพันธ์ 2568 ในปฏิทิน กรุณาตรวจสอบ “29/2/68”"),
        ("29/2/2443", "ไม่มีวันที่ 29 กุมภาพันธ์ 2443 ในปฏิทิน กรุณาตรวจสอบ “29/2/2443”"),
        ("31 เม.ย. 67", "ไม่มีวันที่ 31 เมษายน 2567 ในปฏิทิน กรุณาตรวจสอบ “31 เม.ย. 67”"),
        ("32/1/67", "ไม่มีวันที่ 32 มกราคม 2567 ในปฏิทิน กรุณาตรวจสอบ “32/1/67”"),
        ("0/1/67", "ไม่มีวันที่ 0 มกราคม 2567 ในปฏิทิน กรุณาตรวจสอบ “0/1/67”"),
        ("8/20/2024", "ไม่มีเดือนที่ 20 ใน “8/20/2024” กรุณากรอกวันก่อนเดือน เช่น 20 ส.ค. 67 หรือ 20/8/2567"),
        ("2024-13-01", "ไม่มีเดือนที่ 13 ใน “2024-13-01” กรุณากรอกวันก่อนเดือน เช่น 20 ส.ค. 67 หรือ 20/8/2567"),
    ],
)
def test_a_day_that_is_not_in_the_calendar_is_refused(written, thai):
    with pytest.raises(DateNotUnderstood) as caught:
        parse_date(written)

    assert caught.value.th == thai


@pytest.mark.parametrize(
    ("lang", "style", "written"),
    [
        ("th", "long", "5 กันยายน 2567"),
        ("th", "short", "5 ก.ย. 2567"),
        ("th", "numeric", "05/09/2567"),
        ("en", "long", "5 September 2024"),
        ("en", "short", "5 Sep 2024"),
        ("en", "numeric", "05/09/2024"),
    ],
)
def test_a_day_is_written_as(lang, style, written):
    assert format_date(date(2024, 9, 5), lang, style) == written


def test_a_moment_is_written_as_its_day_and_time_in_bangkok():
    moment = datetime(2024, 12, 31, 17, 5, tzinfo=UTC)

    assert format_date(moment) == "1 มกราคม 2568"
    assert format_time(moment) == "00.05 น."
    assert format_time(moment, "en") == "00:05"
    assert format_datetime(moment) == "1 มกราคม 2568 เวลา 00.05 น."
    assert format_datetime(moment, style="short") == "1 ม.ค. 2568 00.05 น."
    assert format_datetime(moment, "en") == "1 January 2025 00:05"


def test_a_moment_without_its_zone_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="time zone"):
        format_datetime(datetime(2024, 8, 20, 12, 0))


@given(
    DAYS_WRITTEN,
    st.sampled_from(["th", "en"]),
    st.sampled_from(["long", "short", "numeric"]),
    st.sampled_from([str, to_thai]),
)
def test_every_day_is_read_back_from_every_way_of_writing_it(day, lang, style, digits):
    assert parse_date(digits(format_date(day, lang, style))) == day


@given(DAYS_WRITTEN)
def test_every_day_is_read_back_from_its_iso_form(day):
    assert parse_date(day.isoformat()) == day


@given(st.dates(date(1957, 1, 1), date(2056, 12, 31)))
def test_a_year_of_two_digits_is_buddhist(day):
    short = f"{buddhist_year(day) % 100:02}"

    assert parse_date(f"{day.day}/{day.month}/{short}") == day
    assert parse_date(f"{day.day} {MONTHS[day.month - 1]} {short}") == day


@given(st.text(alphabet="0123456789๐๙ /.-,กคตพมยสศ.ี", max_size=20) | st.text(max_size=30))
def test_any_text_is_a_date_or_refused_in_both_languages(text):
    try:
        outcome = parse_date(text)
    except DateNotUnderstood as refused:
        outcome = refused

    if isinstance(outcome, date):
        assert 1858 <= outcome.year <= 2200
    else:
        assert outcome.th
        assert outcome.en


def test_moments_are_those_of_bangkok():
    assert datetime(2024, 8, 20, tzinfo=BANGKOK).utcoffset().total_seconds() == 7 * 3600


@pytest.mark.parametrize(
    ("moment", "lang", "written"),
    [
        (date(2024, 8, 20), "th", "สิงหาคม 2567"),
        (date(2024, 8, 20), "en", "August 2024"),
        (datetime(2024, 12, 31, 18, tzinfo=UTC), "th", "มกราคม 2568"),
    ],
)
def test_month_is_that_of_bangkok(moment, lang, written):
    assert format_month(moment, lang) == written
