"""Whoever has not answered is reminded once of a call, by a press or by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.utils import translation

from prasan.agencies.models import Call
from prasan.kernel.calendar import BANGKOK
from prasan.kernel.refusals import Refused
from prasan.ledger.models import Entry
from prasan.notices.actions import remind, remind_before_closing
from prasan.notices.jobs import remind as remind_job
from prasan.notices.models import Letter
from prasan.notices.queries import people_asked, reminding_of
from prasan.planning import actions
from tests.at_once import at_once
from tests.factories.agencies import make_area, make_holder
from tests.factories.notices import tell_all
from tests.factories.planning import VILLAGE, World, make_call
from tests.notices.test_writing import names, to

pytestmark = pytest.mark.django_db

OPENS, CLOSES = date(2026, 11, 1), date(2026, 11, 30)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def call(world: World) -> Call:
    for role in ("village_head", "kamnan", "agency_officer"):
        world.person(role)
    with time_machine.travel("2026-10-20T09:00:00+07:00", tick=False):
        return make_call(world, opens=OPENS, closes=CLOSES)


def at(day: int, hour: int = 12) -> time_machine.travel:
    return time_machine.travel(datetime(2026, 11, day, hour, tzinfo=BANGKOK), tick=False)


def reminders() -> list[Letter]:
    return list(Letter.objects.filter(kind="notices.call.remind").select_related("person").order_by("pk"))


def test_reminder_goes_to_those_who_have_not_answered_and_to_nobody_else(world: World, call: Call) -> None:
    with at(10):
        world.need()  # the village answers
        number = remind(call, by=world.person("provincial_head"))

    assert to(reminders()) == names(world.person("kamnan"), world.person("agency_officer"))
    assert number == 2
    entry = Entry.objects.get(kind="notices.call.remind")
    assert (entry.subject_id, entry.after) == (str(call.pk), {"letters": 2})


def test_second_press_reminds_nobody_twice_and_is_told_so(world: World, call: Call) -> None:
    head = world.person("provincial_head")
    with at(10):
        remind(call, by=head)

        with pytest.raises(Refused, match="Nobody is left"):
            remind(call, by=head)

    assert len(reminders()) == 3
    assert Entry.objects.filter(kind="notices.call.remind").count() == 1


def test_press_later_reaches_only_who_came_since(world: World, call: Call) -> None:
    head = world.person("provincial_head")
    with at(10):
        remind(call, by=head)
        new = make_holder("village_head", VILLAGE)
        again = remind(call, by=head)

    assert again == 1
    assert to(reminders()[3:]) == names(new)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_who_press_at_once_remind_once() -> None:
    world = World()
    for role in ("village_head", "kamnan", "agency_officer"):
        world.person(role)
    call = make_call(world)
    head = world.person("provincial_head")

    given = at_once(*[lambda: remind(call, by=head)] * 2)

    assert sorted(str(each) for each in given if not isinstance(each, Refused)) == ["3"]
    assert len([each for each in given if isinstance(each, Refused)]) == 1
    assert len(reminders()) == 3
    assert Entry.objects.filter(kind="notices.call.remind").count() == 1


@pytest.mark.parametrize("role", ["village_head", "amphoe_secretary", "analyst", "governor", "auditor"])
def test_only_who_keeps_the_call_reminds(world: World, call: Call, role: str) -> None:
    with at(10), pytest.raises(Refused):
        remind(call, by=world.person(role))

    assert reminders() == []


def test_head_of_another_province_does_not_remind_here(call: Call) -> None:
    with at(10), pytest.raises(Refused):
        remind(call, by=make_holder("provincial_head", "45"))


@pytest.mark.parametrize("moment", ["2026-10-31T23:59:59+07:00", "2026-12-01T00:00:00+07:00"])
def test_call_that_is_not_open_reminds_of_nothing(world: World, call: Call, moment: str) -> None:
    with time_machine.travel(moment, tick=False), pytest.raises(Refused, match="not open"):
        remind(call, by=world.person("provincial_head"))


@pytest.mark.parametrize(("day", "number"), [(1, 0), (26, 0), (27, 3), (28, 3), (30, 3)])
def test_reminder_by_itself_begins_three_days_before_the_end(
    world: World, call: Call, day: int, number: int
) -> None:
    with at(day):
        sent = remind_before_closing()

    assert (sent, len(reminders())) == (number, number)


def test_reminder_by_itself_run_again_and_again_reminds_once(world: World, call: Call) -> None:
    with at(27):
        remind_job(timestamp=0)
        remind_job(timestamp=0)
    with at(28):
        remind_job(timestamp=0)

    assert len(reminders()) == 3
    entry = Entry.objects.get(kind="notices.call.remind")
    assert (entry.actor_id, entry.after) == (None, {"letters": 3, "days_before": 3})


def test_whoever_was_reminded_by_hand_is_not_reminded_again_by_itself(world: World, call: Call) -> None:
    with at(10):
        remind(call, by=world.person("provincial_head"))
    with at(28):
        assert remind_before_closing() == 0

    assert len(reminders()) == 3


def test_whoever_answers_in_between_is_not_reminded_by_itself(world: World, call: Call) -> None:
    with at(26):
        actions.report_nothing(call.answers.get(area=VILLAGE), "ไม่มี", by=world.person("village_head"))
    with at(27):
        remind_before_closing()

    assert to(reminders()) == names(world.person("kamnan"), world.person("agency_officer"))


def test_call_that_was_told_of_today_is_not_reminded_of_today(world: World) -> None:
    for role in ("village_head", "kamnan"):
        world.person(role)
    with at(10):
        make_call(world, opens=OPENS, closes=date(2026, 11, 12))
        tell_all()
        on_the_day = remind_before_closing()
    with at(11, 0):
        on_the_next = remind_before_closing()

    assert (on_the_day, on_the_next) == (0, 2)


def test_short_call_reminds_of_nothing_by_itself(world: World) -> None:
    world.person("village_head")
    with at(10):
        make_call(world, opens=date(2026, 11, 10), closes=date(2026, 11, 13))
    with at(12):
        assert remind_before_closing() == 0


def test_figures_tell_who_is_left_and_how_letters_went(world: World, call: Call) -> None:
    with at(10):
        call.answers.create(area=make_area("32070409"))
        before = reminding_of(call)
        remind(call, by=world.person("provincial_head"))
        Letter.objects.filter(person=world.person("kamnan")).update(dispatch="failed")
        after = reminding_of(call)

    people = people_asked(call.answers.filter(answered_at=None))
    attended = {answer.pk for own in people.values() for answer in own}
    unattended = call.answers.exclude(pk__in=attended).count()
    assert (before.to_remind, before.reminded, before.unattended) == (len(people), 0, unattended)
    assert (after.to_remind, after.reminded) == (0, len(people))
    assert (after.by_site_only, after.failed) == (2, 1)


def test_reminded_person_keeps_his_letter_when_he_answers_later(world: World, call: Call) -> None:
    with at(10):
        remind(call, by=world.person("provincial_head"))
        world.need()
        later = reminding_of(call)

    assert (later.reminded, later.to_remind) == (3, 0)


def test_window_extended_does_not_open_a_second_reminder(world: World, call: Call) -> None:
    head = world.person("provincial_head")
    with at(10):
        remind(call, by=head)
        actions.extend_planning_call(call, CLOSES + timedelta(days=10), by=head)
        with pytest.raises(Refused, match="Nobody is left"):
            remind(call, by=head)
