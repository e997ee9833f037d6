"""A new innovation is held against all earlier ones: own ones are a question, others a lead."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from prasan.innovations import actions, jobs
from prasan.innovations.actions import reading as reading_acts
from prasan.innovations.actions.reading import keep_missing_title_readings
from prasan.innovations.models import Innovation, TitleReading
from prasan.innovations.queries import earlier_alike, novelty, self_check
from prasan.matching.title_likeness import VERSION
from tests.factories.agencies import make_agency, make_area, make_holder
from tests.factories.innovations import Owner, make_innovation, make_owner

pytestmark = pytest.mark.django_db

OFFICE, TWIN = "ระบบสารบรรณอิเล็กทรอนิกส์ (e-Office)", "อีสารบรรณไร้กระดาษ My Office"
FLOOD = "ระบบเตือนภัยน้ำท่วมฉับพลันด้วยเซนเซอร์"


def found(innovation):
    return [(each.innovation.pk, each.is_own) for each in earlier_alike(innovation)]


def outcome(innovation):
    return self_check(innovation).gates[0].outcome.value


def test_own_one_is_a_question_and_anothers_a_lead():
    owner, other = make_owner(), make_owner("40")
    own, lead = (
        make_innovation(owner, "registered", title=OFFICE),
        make_innovation(other, "registered", title=OFFICE),
    )
    make_innovation(other, "registered", title=FLOOD)

    asked = make_innovation(owner, title=TWIN)

    assert sorted(found(asked)) == sorted([(own.pk, True), (lead.pk, False)])
    assert outcome(asked) == "look"
    assert outcome(make_innovation(owner, title=FLOOD)) == "met"
    assert [each.label_en for each in earlier_alike(asked)[0].why.shared] != []


def test_agencies_of_one_province_are_one_side_and_local_ones_are_not():
    owner = make_owner()
    province, local = (make_agency(make_area("32"), level=level) for level in ("provincial", "local"))
    for agency in (province, local):
        writer = make_holder("agency_officer", make_area("32"), agency=agency)
        make_innovation(Owner(agency, writer, owner.ministry), "registered", title=OFFICE)

    asked = make_innovation(owner, title=TWIN)

    sides = {each.innovation.owner_id: each.is_own for each in earlier_alike(asked)}
    assert sides == {province.pk: True, local.pk: False}


def test_nobody_learns_of_anothers_draft_or_proposal():
    owner, other = make_owner(), make_owner("40")
    for state in ("draft", "proposed"):
        make_innovation(other, state, title=OFFICE)
    proposed = make_innovation(owner, "proposed", title=OFFICE)

    assert found(make_innovation(owner, title=TWIN)) == [(proposed.pk, True)]


def test_title_written_after_the_index_was_made_is_found_and_a_changed_one_by_its_new_words():
    owner, other = make_owner(), make_owner("40")
    asked = make_innovation(owner, title=TWIN)
    first = make_innovation(other, "registered", title=OFFICE)
    assert found(asked) == [(first.pk, False)]

    later = make_innovation(other, "registered", title=OFFICE)
    actions.edit_innovation(first, actions.InnovationWords(FLOOD), by=other.writer)

    assert found(asked) == [(later.pk, False)]


def test_act_that_became_visible_late_is_not_missed():
    owner, other = make_owner(), make_owner("40")
    asked = make_innovation(owner, title=TWIN)
    make_innovation(other, "registered", title=FLOOD)
    earlier_alike(asked)
    late = make_innovation(other, "registered", title=OFFICE)
    TitleReading.objects.filter(pk=late.pk).update(kept_at=timezone.now() - timedelta(minutes=5))

    assert found(asked) == [(late.pk, False)]


def test_index_is_made_anew_when_much_was_written_and_many_may_ask_at_once(monkeypatch):
    monkeypatch.setattr(novelty, "_MOST_SINCE", 2)
    monkeypatch.setattr(novelty, "_LONGEST_ACT", timedelta())
    owner, other = make_owner(), make_owner("40")
    asked = make_innovation(owner, title=TWIN)
    earlier_alike(asked)
    made = [make_innovation(other, "registered", title=f"{OFFICE} {number}").pk for number in range(4)]

    assert sorted(key for key, _own in found(asked)) == made
    assert set(made[:3]) <= set(novelty._held.keys)


def test_readings_of_another_version_are_made_anew_in_jobs_that_end_soon(monkeypatch):
    monkeypatch.setattr(reading_acts, "AT_ONCE", 2)
    monkeypatch.setattr(jobs, "MOST", 4)
    owner = make_owner()
    made = [make_innovation(owner, "registered", title=f"{OFFICE} {number}").pk for number in range(5)]
    TitleReading.objects.filter(pk__in=made[:3]).update(version="old", packed=b"")
    TitleReading.objects.filter(pk__in=made[3:]).delete()
    told = []

    for _job in range(2):
        jobs.keep_title_readings(0)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = %s", [jobs.READINGS])
            told.append((TitleReading.objects.filter(version=VERSION).count(), cursor.rowcount))

    assert told == [(4, 1), (5, 0)]
    assert keep_missing_title_readings() == 0


@pytest.mark.parametrize("title", ["ก" * 300, "๑๒๓ !!!", "<script>", "e-Office e-Office e-Office"])
def test_any_title_can_be_asked(title):
    asked = make_innovation(make_owner(), title=title)

    assert found(asked) == []


@pytest.mark.django_db(transaction=True)
def test_first_questions_of_several_threads_make_one_index(monkeypatch):
    owner, other = make_owner(), make_owner("40")
    asked = make_innovation(owner, title=TWIN)
    lead = make_innovation(other, "registered", title=OFFICE)
    novelty.forget_titles()
    built, answers = [], []
    held = novelty._Held
    monkeypatch.setattr(novelty, "_Held", lambda: built.append(1) or held())

    def ask():
        answers.append(found(Innovation.objects.get(pk=asked.pk)))
        connection.close()

    threads = [threading.Thread(target=ask) for _each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [[(lead.pk, False)]] * 4
    assert len(built) == 1
