from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prasan.kernel.calendar import BANGKOK, WorkingDays, business_days_between
from prasan.kernel.clocks import Moment, Stretch, read_clock
from tests.kernel.slow_clock import HOLIDAYS_2567

OFFICE = WorkingDays(HOLIDAYS_2567)
SONGKRAN = (date(2024, 4, 12), date(2024, 4, 15), date(2024, 4, 16))


def at(month, day, hour=9, minute=0):
    return datetime(2024, month, day, hour, minute, tzinfo=BANGKOK)


def days_told(reading):
    return [(each.kind, each.first.day, each.last.day) for each in reading.stretches]


@given(st.datetimes(datetime(2024, 3, 1), datetime(2024, 8, 1)), st.integers(0, 200), st.integers(1, 60))
def test_clock_without_pause_counts_the_working_days_between(started, days, limit):
    start = started.replace(tzinfo=UTC)
    now = start + timedelta(days=days)
    first, today = start.astimezone(BANGKOK).date(), now.astimezone(BANGKOK).date()

    reading = read_clock([Moment("started", start)], limit, OFFICE, now)

    assert reading.used == business_days_between(first, today, HOLIDAYS_2567)
    assert reading.due == OFFICE.after(first, limit)
    assert reading.is_late == (today > reading.due)


def test_five_days_from_before_songkran_end_on_monday_a_week_later():
    reading = read_clock([Moment("started", at(4, 10, 14))], 5, OFFICE, at(4, 10, 15))

    assert (reading.used, reading.left, reading.due) == (0, 5, date(2024, 4, 22))
    assert reading.stretches == (Stretch("started", date(2024, 4, 10), date(2024, 4, 10), 0, 1, 0, ()),)
    assert reading.ahead == Stretch("running", date(2024, 4, 11), date(2024, 4, 22), 5, 5, 4, SONGKRAN)


@pytest.mark.parametrize(
    ("now", "used", "is_late", "late_by"),
    [
        (at(4, 11), 1, False, 0),
        (at(4, 16), 1, False, 0),
        (at(4, 17), 2, False, 0),
        (at(4, 21), 4, False, 0),
        (at(4, 22, 23, 59), 5, False, 0),
        (at(4, 23, 0, 0), 6, True, 1),
        (at(5, 1), 11, True, 6),
    ],
)
def test_days_used_over_songkran(now, used, is_late, late_by):
    reading = read_clock([Moment("started", at(4, 10, 14))], 5, OFFICE, now)

    assert (reading.used, reading.is_late, reading.late_by) == (used, is_late, late_by)
    assert reading.due == date(2024, 4, 22)


@pytest.mark.parametrize(
    ("started", "limit", "due"),
    [
        (at(7, 18), 3, date(2024, 7, 24)),
        (at(7, 26), 1, date(2024, 7, 30)),
        (at(4, 5), 1, date(2024, 4, 9)),
        (at(4, 13), 1, date(2024, 4, 17)),
        (at(4, 13), 0, date(2024, 4, 17)),
        (at(4, 17), 0, date(2024, 4, 17)),
        (at(4, 11, 23, 59), 1, date(2024, 4, 17)),
        (datetime(2024, 7, 1, 16, 59, tzinfo=UTC), 1, date(2024, 7, 2)),
        (datetime(2024, 7, 1, 17, 0, tzinfo=UTC), 1, date(2024, 7, 3)),
    ],
)
def test_due_date_steps_over_holidays_and_the_days_in_lieu(started, limit, due):
    assert read_clock([Moment("started", started)], limit, OFFICE, started).due == due


def test_days_touched_by_a_pause_do_not_count():
    history = [Moment("started", at(4, 1)), Moment("paused", at(4, 3, 10)), Moment("resumed", at(4, 5))]

    before = read_clock(history, 5, OFFICE, at(4, 3, 9))
    during = read_clock(history, 5, OFFICE, at(4, 4))
    after = read_clock(history, 5, OFFICE, at(4, 10, 12))

    assert (before.state, before.used, before.due) == ("running", 2, date(2024, 4, 9))
    assert (during.state, during.used, during.left, during.due) == ("paused", 1, 4, None)
    assert (after.state, after.used, after.left, after.due) == ("running", 3, 2, date(2024, 4, 17))
    assert after.stretches == (
        Stretch("started", date(2024, 4, 1), date(2024, 4, 1), 0, 1, 0, ()),
        Stretch("running", date(2024, 4, 2), date(2024, 4, 2), 1, 1, 0, ()),
        Stretch("paused", date(2024, 4, 3), date(2024, 4, 5), 0, 3, 0, ()),
        Stretch("running", date(2024, 4, 6), date(2024, 4, 10), 2, 2, 2, (date(2024, 4, 8),)),
    )
    assert after.ahead == Stretch("running", date(2024, 4, 11), date(2024, 4, 17), 2, 2, 2, SONGKRAN)


def test_pause_from_midnight_to_midnight_takes_its_own_days_only():
    history = [Moment("started", at(7, 1)), Moment("paused", at(7, 3, 0)), Moment("resumed", at(7, 5, 0))]

    reading = read_clock(history, 4, OFFICE, at(7, 5))

    assert days_told(reading) == [("started", 1, 1), ("running", 2, 2), ("paused", 3, 4), ("running", 5, 5)]
    assert (reading.used, reading.due) == (2, date(2024, 7, 9))


def test_pause_that_lasted_no_time_never_was():
    history = [Moment("started", at(7, 1)), Moment("paused", at(7, 2)), Moment("resumed", at(7, 2))]

    assert read_clock(history, 4, OFFICE, at(7, 2)).used == 1


def test_stopped_clock_stands_still_and_goes_on_when_reopened():
    history = [Moment("started", at(7, 1)), Moment("stopped", at(7, 4)), Moment("reopened", at(7, 11))]

    stopped = read_clock(history, 5, OFFICE, at(7, 10))
    reopened = read_clock(history, 5, OFFICE, at(7, 11))

    assert (stopped.state, stopped.used, stopped.due) == ("stopped", 3, date(2024, 7, 8))
    assert not stopped.is_late
    assert (reopened.state, reopened.used, reopened.due) == ("running", 3, date(2024, 7, 15))
    assert days_told(reopened) == [("started", 1, 1), ("running", 2, 4), ("stopped", 5, 11)]


def test_clock_stopped_and_reopened_within_a_day_uses_that_day_once():
    history = [Moment("started", at(7, 1)), Moment("stopped", at(7, 2, 10)), Moment("reopened", at(7, 2, 11))]
    looks = (at(7, 2, 10), at(7, 2, 12), at(7, 3))

    assert [read_clock(history, 5, OFFICE, look).used for look in looks] == [1, 1, 2]


def test_clock_reopened_with_nothing_left_is_late_at_once():
    history = [Moment("started", at(7, 1)), Moment("stopped", at(7, 5)), Moment("reopened", at(7, 11))]

    readings = [read_clock(history, 4, OFFICE, look) for look in (at(7, 10), at(7, 11), at(7, 12))]

    assert {each.due for each in readings} == {date(2024, 7, 5)}
    assert [(each.is_late, each.late_by) for each in readings] == [(False, 0), (True, 0), (True, 1)]


def test_clock_stopped_during_a_pause_keeps_no_due_date():
    history = [Moment("started", at(7, 1)), Moment("paused", at(7, 2)), Moment("stopped", at(7, 4))]

    reading = read_clock(history, 4, OFFICE, at(7, 10))

    assert (reading.state, reading.used, reading.left, reading.due) == ("stopped", 0, 4, None)
    assert days_told(reading) == [("started", 1, 1), ("paused", 2, 4), ("stopped", 5, 10)]


def test_clock_stopped_after_its_due_date_stays_late_by_as_much():
    history = [Moment("started", at(7, 1)), Moment("stopped", at(7, 9))]

    reading = read_clock(history, 4, OFFICE, at(7, 31))

    assert (reading.used, reading.due, reading.is_late, reading.late_by) == (6, date(2024, 7, 5), True, 2)


def test_pause_after_the_due_date_gives_the_day_back_but_not_the_time_limit():
    history = [Moment("started", at(7, 1)), Moment("paused", at(7, 8, 10))]
    looks = (at(7, 5), at(7, 6), at(7, 8), at(7, 8, 11))

    readings = [read_clock(history, 4, OFFICE, look) for look in looks]

    assert {each.due for each in readings} == {date(2024, 7, 5)}
    assert [(each.is_late, each.late_by) for each in readings] == [
        (False, 0),
        (True, 0),
        (True, 1),
        (True, 0),
    ]


def test_limit_of_no_days_waits_for_a_pause_on_the_day_of_the_start():
    history = [Moment("started", at(7, 1)), Moment("paused", at(7, 1, 10)), Moment("resumed", at(7, 2, 10))]

    during = read_clock(history, 0, OFFICE, at(7, 1, 11))
    after = read_clock(history, 0, OFFICE, at(7, 2, 11))

    assert (during.left, during.due) == (1, None)
    assert (after.due, after.is_late) == (date(2024, 7, 3), False)


@pytest.mark.parametrize(
    ("kinds", "fault"),
    [
        ([], "has not started by"),
        (["paused"], "has not started cannot be paused"),
        (["started", "started"], "is running cannot be started"),
        (["started", "resumed"], "is running cannot be resumed"),
        (["started", "reopened"], "is running cannot be reopened"),
        (["started", "paused", "paused"], "is paused cannot be paused"),
        (["started", "paused", "reopened"], "is paused cannot be reopened"),
        (["started", "stopped", "resumed"], "is stopped cannot be resumed"),
        (["started", "stopped", "stopped"], "is stopped cannot be stopped"),
        (["started", "halted"], "is running cannot be halted"),
    ],
)
def test_history_that_contradicts_itself_is_refused(kinds, fault):
    history = [Moment(kind, at(7, 1, hour)) for hour, kind in enumerate(kinds)]

    with pytest.raises(ValueError, match=fault):
        read_clock(history, 5, OFFICE, at(7, 2))


def test_what_comes_after_now_is_left_out_but_must_not_contradict_either():
    started, paused = Moment("started", at(7, 1)), Moment("paused", at(7, 4))

    assert read_clock([started, paused], 5, OFFICE, at(7, 3)) == read_clock([started], 5, OFFICE, at(7, 3))
    with pytest.raises(ValueError, match="is paused cannot be paused"):
        read_clock([started, paused, paused], 5, OFFICE, at(7, 3))


def test_moments_out_of_order_or_without_their_zone_are_refused():
    early, late = Moment("started", at(7, 1, 10)), Moment("paused", at(7, 1, 9))

    with pytest.raises(ValueError, match="before what came before it"):
        read_clock([early, late], 5, OFFICE, at(7, 2))
    with pytest.raises(ValueError, match="has not started by"):
        read_clock([early], 5, OFFICE, at(7, 1))
    with pytest.raises(ValueError, match="time zone"):
        read_clock([Moment("started", datetime(2024, 7, 1))], 5, OFFICE, at(7, 2))
    with pytest.raises(ValueError, match="time zone"):
        read_clock([early], 5, OFFICE, datetime(2024, 7, 2))


def test_limit_below_nought_is_refused():
    with pytest.raises(ValueError, match="limit"):
        read_clock([Moment("started", at(7, 1))], -1, OFFICE, at(7, 2))
