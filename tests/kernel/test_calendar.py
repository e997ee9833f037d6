from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from prasan.kernel.calendar import (
    BANGKOK,
    FiscalYear,
    Quarter,
    ReviewPoint,
    Window,
    WorkingDays,
    add_business_days,
    add_months,
    business_days_between,
    is_business_day,
    review_points,
    review_points_after,
    today,
)

DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))
SONGKRAN = frozenset({date(2024, 4, 12), date(2024, 4, 15), date(2024, 4, 16)})
HOLIDAYS = st.frozensets(st.dates(date(2024, 1, 1), date(2024, 12, 31)), max_size=15)
DAYS_OF_A_YEAR = st.dates(date(2024, 1, 1), date(2024, 12, 31))


def test_fiscal_year_2568_runs_from_october_2567_to_september_2568():
    year = FiscalYear(2568)

    assert (year.starts, year.ends) == (date(2024, 10, 1), date(2025, 9, 30))
    assert str(year) == "2568"


@pytest.mark.parametrize(
    ("day", "be"),
    [
        (date(2024, 9, 30), 2567),
        (date(2024, 10, 1), 2568),
        (date(2024, 12, 31), 2568),
        (date(2025, 1, 1), 2568),
        (date(2025, 9, 30), 2568),
        (date(2025, 10, 1), 2569),
    ],
)
def test_fiscal_year_of_a_day(day, be):
    assert FiscalYear.of(day) == FiscalYear(be)


def test_quarters_of_a_fiscal_year():
    quarters = FiscalYear(2568).quarters

    assert [(str(quarter), quarter.starts, quarter.ends) for quarter in quarters] == [
        ("1/2568", date(2024, 10, 1), date(2024, 12, 31)),
        ("2/2568", date(2025, 1, 1), date(2025, 3, 31)),
        ("3/2568", date(2025, 4, 1), date(2025, 6, 30)),
        ("4/2568", date(2025, 7, 1), date(2025, 9, 30)),
    ]


@pytest.mark.parametrize("number", [0, 5, -1])
def test_there_are_four_quarters(number):
    with pytest.raises(ValueError, match="quarter"):
        Quarter(FiscalYear(2568), number)


@given(DAYS)
def test_every_day_lies_in_one_fiscal_year_and_one_quarter_of_it(day):
    year = FiscalYear.of(day)

    assert [day in each for each in (year.previous, year, year.next)] == [False, True, False]
    assert [quarter for quarter in year.quarters if day in quarter] == [Quarter.of(day)]


@given(DAYS, DAYS)
def test_years_and_quarters_keep_the_order_of_days(one, other):
    earlier, later = sorted([one, other])

    assert FiscalYear.of(earlier) <= FiscalYear.of(later)
    assert Quarter.of(earlier) <= Quarter.of(later)


@given(st.integers(2450, 2690))
def test_years_and_quarters_leave_no_day_out(be):
    year = FiscalYear(be)

    assert year.ends + timedelta(days=1) == year.next.starts
    assert [quarter.ends + timedelta(days=1) for quarter in year.quarters] == [
        *(quarter.starts for quarter in year.quarters[1:]),
        year.next.starts,
    ]


def test_review_points_of_a_fiscal_year_are_the_last_days_of_their_months():
    assert review_points(FiscalYear(2568)) == (
        ReviewPoint(3, date(2024, 12, 31)),
        ReviewPoint(6, date(2025, 3, 31)),
        ReviewPoint(12, date(2025, 9, 30)),
    )


def test_review_points_after_a_day_keep_the_day_of_the_month_where_they_can():
    assert [point.due for point in review_points_after(date(2024, 8, 20))] == [
        date(2024, 11, 20),
        date(2025, 2, 20),
        date(2025, 8, 20),
    ]
    assert [point.due for point in review_points_after(date(2023, 11, 30))] == [
        date(2024, 2, 29),
        date(2024, 5, 30),
        date(2024, 11, 30),
    ]


@given(DAYS, st.integers(-60, 60))
def test_months_are_added_without_leaving_the_month(day, months):
    moved = add_months(day, months)

    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == day.day or (moved + timedelta(days=1)).day == 1


def test_today_is_the_day_in_bangkok():
    with time_machine.travel(datetime(2024, 8, 20, 17, 30, tzinfo=UTC), tick=False):
        assert today() == date(2024, 8, 21)

    with time_machine.travel(datetime(2024, 8, 20, 16, 59, tzinfo=UTC), tick=False):
        assert today() == date(2024, 8, 20)


def test_window_holds_all_of_its_first_and_last_day_in_bangkok():
    window = Window(date(2024, 8, 1), date(2024, 8, 31))
    instant = timedelta(microseconds=1)

    assert window.opens_at == datetime(2024, 7, 31, 17, 0, tzinfo=UTC)
    assert window.closes_at == datetime(2024, 9, 1, 0, 0, tzinfo=BANGKOK)
    assert [
        window.contains(moment)
        for moment in (
            window.opens_at - instant,
            window.opens_at,
            window.closes_at - instant,
            window.closes_at,
        )
    ] == [False, True, True, False]


@given(DAYS, st.integers(0, 400), st.datetimes(datetime(1950, 1, 1), datetime(2150, 12, 31)))
def test_window_holds_a_moment_when_it_holds_its_day(start, length, moment):
    window = Window(start, start + timedelta(days=length))
    moment = moment.replace(tzinfo=UTC)

    assert window.contains(moment) == (window.start <= moment.astimezone(BANGKOK).date() <= window.end)


def test_window_does_not_close_before_it_opens():
    with pytest.raises(ValueError, match="before it opens"):
        Window(date(2024, 8, 2), date(2024, 8, 1))


def test_window_needs_moments_with_their_zone():
    with pytest.raises(ValueError, match="time zone"):
        Window(date(2024, 8, 1), date(2024, 8, 31)).contains(datetime(2024, 8, 5))


@pytest.mark.parametrize(
    ("day", "n", "reached"),
    [
        (date(2024, 8, 20), 0, date(2024, 8, 20)),
        (date(2024, 8, 20), 1, date(2024, 8, 21)),
        (date(2024, 8, 23), 1, date(2024, 8, 26)),
        (date(2024, 8, 24), 0, date(2024, 8, 26)),
        (date(2024, 8, 24), 1, date(2024, 8, 26)),
        (date(2024, 4, 11), 1, date(2024, 4, 17)),
        (date(2024, 4, 11), 15, date(2024, 5, 7)),
        (date(2024, 4, 13), 0, date(2024, 4, 17)),
        (date(2024, 4, 17), -1, date(2024, 4, 11)),
        (date(2024, 8, 26), -1, date(2024, 8, 23)),
    ],
)
def test_business_days_pass_over_weekends_and_holidays(day, n, reached):
    assert add_business_days(day, n, SONGKRAN) == reached


@given(DAYS_OF_A_YEAR, st.integers(-60, 60).filter(bool), HOLIDAYS)
def test_counting_undoes_adding(day, n, holidays):
    reached = add_business_days(day, n, holidays)

    assert is_business_day(reached, holidays)
    assert business_days_between(day, reached, holidays) == n


@given(DAYS_OF_A_YEAR, st.integers(0, 40), st.integers(1, 40), HOLIDAYS)
def test_days_can_be_added_in_parts(day, first, then, holidays):
    if first == 0:
        day = add_business_days(day, 0, holidays)

    assert add_business_days(add_business_days(day, first, holidays), then, holidays) == add_business_days(
        day, first + then, holidays
    )


@given(DAYS_OF_A_YEAR, DAYS_OF_A_YEAR, DAYS_OF_A_YEAR, HOLIDAYS)
def test_no_working_day_is_counted_twice_or_left_out(one, other, third, holidays):
    start, middle, end = sorted([one, other, third])

    assert business_days_between(start, end, holidays) == business_days_between(
        start, middle, holidays
    ) + business_days_between(middle, end, holidays)


@given(DAYS_OF_A_YEAR, st.integers(-40, 40), HOLIDAYS)
def test_working_days_are_reached_as_by_walking(day, n, holidays):
    step = timedelta(days=1 if n >= 0 else -1)
    reached, passed = day, 0
    while n == 0 and (reached.weekday() >= 5 or reached in holidays):
        reached += step
    while passed < abs(n):
        reached += step
        passed += reached.weekday() < 5 and reached not in holidays

    assert WorkingDays(holidays).after(day, n) == reached


@given(DAYS_OF_A_YEAR, DAYS_OF_A_YEAR, HOLIDAYS)
def test_days_of_a_span_are_counted_as_by_walking(one, other, holidays):
    first, last = sorted([one, other])
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    on_weekdays = tuple(day for day in days if day in holidays and day.weekday() < 5)
    working = [day for day in days if day.weekday() < 5 and day not in holidays]
    weekend = [day for day in days if day.weekday() >= 5]

    working_days = WorkingDays(holidays)

    assert working_days.count(first, last) == (len(working), len(weekend), on_weekdays)
    assert [day for day in days if day in working_days] == working
    assert working_days.between(first, last) == len(working) - (first in working)
    assert working_days.between(last, first) == (last in working) - len(working)


def test_span_of_two_centuries_is_counted_in_whole_weeks():
    counted = WorkingDays(SONGKRAN).count(date(1900, 1, 1), date(2099, 12, 27))

    assert counted == (10435 * 5 - 3, 10435 * 2, tuple(sorted(SONGKRAN)))
