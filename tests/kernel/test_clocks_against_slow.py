from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prasan.kernel.calendar import BANGKOK, WorkingDays
from prasan.kernel.clocks import Moment, read_clock
from tests.kernel.slow_clock import (
    DAY,
    HOLIDAYS_2567,
    MOVES,
    NEXT,
    random_history,
    random_holidays,
    random_long_history,
    shown,
    slow_reading,
)

HOLIDAYS = st.frozensets(st.dates(date(2024, 4, 1), date(2024, 5, 31)), max_size=8)
GAPS = st.one_of(*(st.integers(0, most) for most in (0, 90, 1440, 9000))).map(lambda n: timedelta(minutes=n))


@st.composite
def histories(draw):
    at = datetime(2024, 4, 1, 17, tzinfo=UTC) + timedelta(minutes=draw(st.integers(-1440, 30000)))
    history, state = [Moment("started", at)], "running"
    for _ in range(draw(st.integers(0, 6))):
        at += draw(GAPS)
        kind = draw(st.sampled_from(sorted(set(MOVES[state]))))
        state = NEXT[kind]
        history.append(Moment(kind, at))
    return tuple(history), draw(st.integers(0, 8)), at + draw(GAPS)


@given(histories(), HOLIDAYS)
@settings(max_examples=300, deadline=None)
def test_clock_reads_as_the_slow_reference(drawn, holidays):
    history, limit, now = drawn

    reading = read_clock(history, limit, WorkingDays(holidays), now)

    assert shown(reading) == slow_reading(history, limit, holidays, now)


@pytest.mark.parametrize("part", range(4))
@given(st.integers(0, 2**64 - 1))
@settings(max_examples=250, deadline=None)
def test_a_hundred_thousand_random_histories_read_as_the_slow_reference(part, seed):
    random = Random(f"{part} {seed}")
    holidays = random_holidays(random)
    office = WorkingDays(holidays)
    for _ in range(100):
        history, limit, now = random_history(random)

        reading = read_clock(history, limit, office, now)

        assert shown(reading) == slow_reading(history, limit, holidays, now), (history, limit, holidays, now)


@given(st.randoms(use_true_random=True))
@settings(max_examples=8, deadline=None)
def test_history_of_five_years_reads_as_the_slow_reference(random):
    history, limit, now = random_long_history(random)
    holidays = frozenset(date(2022, 1, 1) + DAY * random.randrange(1800) for _ in range(100))

    reading = read_clock(history, limit, WorkingDays(holidays), now)

    assert shown(reading) == slow_reading(history, limit, holidays, now)


def test_random_histories_hold_what_is_hard():
    random, office = Random(2567), WorkingDays(HOLIDAYS_2567)
    seen = dict.fromkeys(
        (
            "running", "paused", "stopped", "reopened", "late", "late without a day used since", "no limit",
            "starts on a holiday", "another day in Bangkok than in UTC", "two pauses in a day",
            "reopened on the day of the stop", "midnight", "read as of an earlier moment", "no due date",
        ),
        0,
    )  # fmt: skip
    for _ in range(3000):
        history, limit, now = random_history(random)
        reading = read_clock(history, limit, office, now)
        start = history[0].at.astimezone(BANGKOK)
        days = [(each.kind, each.at.astimezone(BANGKOK).date()) for each in history]
        pauses = [day for kind, day in days if kind == "paused"]
        seen[reading.state] += 1
        seen["reopened"] += any(kind == "reopened" for kind, _ in days)
        seen["late"] += reading.is_late
        seen["late without a day used since"] += reading.is_late and not reading.late_by
        seen["no limit"] += limit == 0
        seen["starts on a holiday"] += start.date() not in office
        seen["another day in Bangkok than in UTC"] += start.date() != history[0].at.date()
        seen["two pauses in a day"] += len(pauses) > len(set(pauses))
        seen["reopened on the day of the stop"] += any(
            one[0] == "stopped" and other == ("reopened", one[1]) for one, other in pairwise(days)
        )
        seen["midnight"] += any(each.at.astimezone(BANGKOK).time() == time.min for each in history)
        seen["read as of an earlier moment"] += now < history[-1].at
        seen["no due date"] += reading.due is None

    assert {what: times for what, times in seen.items() if times < 100} == {}


@given(histories(), HOLIDAYS)
def test_stretches_tell_of_every_day_once_and_add_up(drawn, holidays):
    history, limit, now = drawn
    reading = read_clock(history, limit, WorkingDays(holidays), now)
    told = reading.stretches

    assert told[0][:3] == ("started", *[history[0].at.astimezone(BANGKOK).date()] * 2)
    assert told[-1].last == now.astimezone(BANGKOK).date()
    assert [one.last + DAY for one in told[:-1]] == [other.first for other in told[1:]]
    assert sum(each.counted for each in told) == reading.used
    assert [each.counted for each in told] == [
        each.working_days if each.kind == "running" else 0 for each in told
    ]
    assert [each.working_days + each.weekend_days + len(each.holidays) for each in told] == [
        (each.last - each.first).days + 1 for each in told
    ]


@given(histories(), HOLIDAYS)
def test_days_ahead_lead_from_tomorrow_to_the_due_date(drawn, holidays):
    history, limit, now = drawn
    reading = read_clock(history, limit, WorkingDays(holidays), now)

    if reading.state == "running" and reading.left:
        assert reading.ahead.first == now.astimezone(BANGKOK).date() + DAY
        assert (reading.ahead.last, reading.ahead.counted) == (reading.due, reading.left)
    else:
        assert reading.ahead is None


@given(histories(), HOLIDAYS, st.timedeltas(timedelta(0), timedelta(days=20)))
def test_late_clock_stays_late_whatever_happens(drawn, holidays, later):
    history, limit, now = drawn
    office = WorkingDays(holidays)
    looks = [*(each.at for each in history), now, now + later]

    is_late = [read_clock(history, limit, office, look).is_late for look in looks]

    assert is_late == sorted(is_late)
