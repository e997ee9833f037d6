from datetime import date

import pytest
import time_machine

from prasan.agencies.actions import answer_call, ensure_holidays, open_call
from prasan.agencies.models import Call, Holiday
from prasan.agencies.queries import calls_open_on, holidays_between, unanswered
from prasan.kernel.calendar import add_business_days
from prasan.kernel.refusals import Refused
from tests.factories.agencies import make_agency, make_area, make_holder, make_posting

pytestmark = pytest.mark.django_db

WINDOW = {"opens": date(2026, 10, 1), "closes": date(2026, 10, 31)}


@pytest.fixture
def head():
    return make_posting("provincial_head", "32")


@pytest.fixture
def call(head):
    return open_call(
        "รอบเสนอโครงการ 2570",
        agency=head.agency,
        area=head.area,
        fiscal_year=2570,
        areas=[make_area("32070401"), make_area("32070402")],
        agencies=[make_agency("32")],
        by=head.person,
        **WINDOW,
    )


def test_call_waits_for_each_one_who_was_asked(call):
    assert unanswered(call).count() == 3
    assert list(calls_open_on(date(2026, 10, 31))) == [call]
    assert list(calls_open_on(date(2026, 11, 1))) == []


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-09-30T23:59:59+07:00", False),
        ("2026-10-01T00:00:00+07:00", True),
        ("2026-10-31T23:59:59+07:00", True),
        ("2026-11-01T00:00:00+07:00", False),
    ],
)
def test_call_is_answered_within_its_window_in_bangkok_time(call, moment, is_open):
    head = make_holder("village_head", "32070401")
    answer = call.answers.get(area="32070401")

    with time_machine.travel(moment, tick=False):
        if is_open:
            answer_call(answer, by=head)
        else:
            with pytest.raises(Refused):
                answer_call(answer, by=head)

    answer.refresh_from_db()
    assert (answer.answered_at is not None) is is_open


def test_call_is_answered_once_and_by_the_one_who_was_asked(call):
    head, other = make_holder("village_head", "32070401"), make_holder("village_head", "32070402")
    answer = call.answers.get(area="32070401")

    with time_machine.travel("2026-10-05T09:00:00+07:00"):
        with pytest.raises(Refused):
            answer_call(answer, by=other)
        answer_call(answer, by=head)
        with pytest.raises(Refused):
            answer_call(answer, by=head)

    assert unanswered(call).count() == 2


def test_call_beyond_ones_area_or_agency_is_refused(head):
    new = {"fiscal_year": 2570, "by": head.person, **WINDOW}

    with pytest.raises(Refused):
        open_call("รอบ", agency=head.agency, area=make_area("40"), **new)
    with pytest.raises(Refused):
        open_call("รอบ", agency=make_agency("40"), area=head.area, **new)
    with pytest.raises(Refused):
        open_call("รอบ", agency=head.agency, area=head.area, areas=[make_area("400101")], **new)
    with pytest.raises(Refused):
        open_call("รอบ", agency=head.agency, area=head.area, **{**new, "closes": date(2026, 9, 30)})

    assert not Call.objects.exists()


def test_holidays_come_as_rows_in_both_languages_and_only_once():
    added = ensure_holidays([2026])

    assert added > 20
    assert ensure_holidays([2026]) == 0
    songkran = Holiday.objects.get(day=date(2026, 4, 13))
    assert (songkran.name_th, songkran.name_en) == ("วันสงกรานต์", "Songkran Festival")


def test_holiday_corrected_by_hand_is_kept():
    Holiday.objects.create(day=date(2026, 4, 13), name_th="แก้ไขแล้ว", name_en="Corrected")

    ensure_holidays([2026])

    assert Holiday.objects.get(day=date(2026, 4, 13)).name_en == "Corrected"


def test_business_days_step_over_holidays():
    ensure_holidays([2026])

    closed = holidays_between(date(2026, 4, 10), date(2026, 4, 30))

    assert add_business_days(date(2026, 4, 10), 1, closed) == date(2026, 4, 16)


def test_every_year_from_2560_to_2575_has_holidays():
    ensure_holidays()

    years = {day.year for day in Holiday.objects.values_list("day", flat=True)}
    assert years == set(range(2017, 2033))
