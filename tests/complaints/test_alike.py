"""Which open complaints are shown as likely the same, and what is kept so that this is fast."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from prasan.complaints import actions, jobs
from prasan.complaints.actions import reading as reading_acts
from prasan.complaints.models import Complaint, Reading
from prasan.complaints.queries import alike, likely_same, likely_same_as
from prasan.ledger.models import Entry
from prasan.matching import VERSION, packed_reading, scoring
from tests.factories.agencies import make_area
from tests.factories.complaints import (
    VILLAGE,
    WORDS,
    make_centre,
    make_complaint,
    make_kind,
    make_screened,
)

pytestmark = pytest.mark.django_db

HERE = {"latitude": 13.75, "longitude": 99.5}
METRE = 1 / 110_950


def place():
    return make_area(VILLAGE)


def keys(found):
    return [one.key for each in found for one in (each, *each.along)]


def test_reading_is_kept_with_the_complaint_and_none_of_a_restricted_one():
    ordinary, restricted = make_complaint(WORDS), make_complaint(WORDS, kind="official")

    kept = Reading.objects.get()

    assert (kept.complaint, kept.version, bytes(kept.packed)) == (ordinary, VERSION, packed_reading(WORDS))
    assert not Reading.objects.filter(complaint=restricted).exists()


def test_reading_goes_when_the_complaint_turns_out_to_be_restricted():
    centre = make_centre()
    complaint = make_complaint(WORDS)

    actions.screen_complaint(complaint, kind=make_kind("official"), title="ร้องเรียน", by=centre.officer)

    assert Reading.objects.count() == 0


def test_complaint_without_a_reading_or_with_one_of_another_version_is_found_all_the_same():
    centre = make_centre()
    without, of_before = (make_screened(centre, **HERE) for _each in range(2))
    Reading.objects.filter(complaint=without).delete()
    Reading.objects.filter(complaint=of_before).update(version=VERSION + 1, packed=b"of another release")

    found = likely_same(WORDS, place(), **HERE)

    assert sorted(keys(found)) == sorted([without.pk, of_before.pk])
    assert bytes(Reading.objects.get().packed) == b"of another release"


def test_missing_readings_are_made_for_open_ordinary_complaints_only(monkeypatch):
    monkeypatch.setattr(reading_acts, "AT_ONCE", 2)
    centre = make_centre()
    some = [make_complaint(f"{WORDS} {number}") for number in range(5)]
    closed = actions.close_complaint(make_screened(centre), reason="solved", by=centre.officer, note="x")
    make_complaint(kind="official")
    Reading.objects.exclude(complaint=some[0]).delete()
    Reading.objects.update(version=VERSION - 1, packed=b"")
    entries = Entry.objects.count()

    made = actions.keep_missing_readings()

    kept = {each.complaint_id: (each.version, bytes(each.packed)) for each in Reading.objects.all()}
    assert made == 5
    assert kept == {each.pk: (VERSION, packed_reading(each.words)) for each in some}
    assert closed.pk not in kept
    assert (actions.keep_missing_readings(), Entry.objects.count()) == (0, entries)


def test_many_missing_readings_are_made_in_jobs_that_each_end_soon(monkeypatch):
    monkeypatch.setattr(reading_acts, "AT_ONCE", 2)
    monkeypatch.setattr(jobs, "MOST", 4)
    for number in range(9):
        make_complaint(f"{WORDS} {number}")
    Reading.objects.all().delete()
    told = []

    for _job in range(4):
        jobs.keep_readings(0)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = %s", [jobs.READINGS])
            told.append((Reading.objects.count(), cursor.rowcount))

    assert told == [(4, 1), (8, 1), (9, 0), (9, 0)]


def test_storm_of_equal_questions_writes_nothing():
    centre = make_centre()
    for _each in range(3):
        make_screened(centre, **HERE)
    Reading.objects.first().delete()

    with CaptureQueriesContext(connection) as asked:
        answers = [keys(likely_same(WORDS, place(), **HERE)) for _question in range(20)]

    told = [query["sql"] for query in asked if "complaints_" in query["sql"]]
    assert (len(answers[0]), answers.count(answers[0])) == (3, 20)
    assert [sql for sql in told if sql.split()[0] not in ("SELECT", "WITH")] == []
    assert Reading.objects.count() == 2


@pytest.mark.parametrize("screened", [1, 4])
def test_number_of_queries_does_not_grow(screened, django_assert_num_queries):
    centre, area = make_centre(), place()
    for _each in range(screened):
        make_screened(centre, **HERE)

    with django_assert_num_queries(2):
        found = likely_same(WORDS, area, **HERE)

    assert len(keys(found)) == screened
    assert {one.place.code for each in found for one in (each, *each.along)} == {VILLAGE[:6]}


@pytest.mark.parametrize(
    "words",
    [
        "ก" * 10_000,
        (WORDS + " ") * 220,
        "\u200b\u200d\ufeff",
        "😡🚧💧",
        "\u200b".join(WORDS),
        "'; DROP TABLE complaints_complaint; -- %s %(open)s",
        "\ufdfa" * 2_000,
        "",
    ],
)
def test_whatever_is_written_is_answered(words):
    screened = make_screened(make_centre(), **HERE)

    found = keys(likely_same(words, place(), **HERE))

    assert found in ([], [screened.pk])


def test_zero_width_letters_hide_nothing():
    screened = make_screened(make_centre(), **HERE)

    assert keys(likely_same("\u200b".join(WORDS), place(), **HERE)) == [screened.pk]


def test_sender_is_shown_a_problem_once_and_an_officer_each_report_of_it():
    centre = make_centre()
    near = [make_screened(centre, **HERE) for _each in range(7)]

    [problem] = likely_same(WORDS, place(), **HERE)
    each_by_itself = likely_same_as(near[0])

    assert sorted(one.pk for one in near) == sorted(keys([problem]))
    assert len(each_by_itself) == alike.MOST_SHOWN
    assert set(keys(each_by_itself)) < {each.pk for each in near[1:]}


def test_likeliest_comes_first_and_no_more_than_five(monkeypatch):
    monkeypatch.setattr(scoring, "SURELY", 2)  # nothing is one problem with anything
    centre = make_centre()
    far = make_screened(centre, **HERE | {"latitude": 13.75 + 300 * METRE})
    near = [make_screened(centre, **HERE) for _each in range(6)]

    found = likely_same(WORDS, place(), **HERE)

    assert len(found) == alike.MOST_SHOWN
    assert [each.likeness for each in found] == sorted((each.likeness for each in found), reverse=True)
    assert set(keys(found)) <= {each.pk for each in near}
    assert far.pk not in keys(found)


def test_in_a_crowded_place_the_nearest_are_compared(monkeypatch):
    monkeypatch.setattr(alike, "MOST_COMPARED", 3)
    centre = make_centre()
    near = make_screened(centre, **HERE)
    for metres in range(200, 205):
        make_screened(centre, "สุนัขจรจัดเห่า", **HERE | {"latitude": 13.75 + metres * METRE})

    assert keys(likely_same(WORDS, place(), **HERE)) == [near.pk]


def test_old_far_and_untitled_ones_are_left_out():
    centre = make_centre()
    old, far = make_screened(centre, **HERE), make_screened(centre, latitude=13.76, longitude=99.5)
    received = make_complaint(WORDS, **HERE)
    Complaint.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=61))

    found = keys(likely_same(WORDS, place(), **HERE))

    assert found == []
    assert {old.pk, far.pk, received.pk} == set(Complaint.objects.values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("told_of", "asked_of", "is_found"),
    [
        (VILLAGE, VILLAGE, True),
        (VILLAGE, VILLAGE[:6], True),
        (VILLAGE[:6], VILLAGE, True),
        (VILLAGE[:6] + "02", VILLAGE, False),
        (VILLAGE[:4] + "05", VILLAGE[:6], False),
        (VILLAGE, VILLAGE[:4], False),
        (VILLAGE[:2], VILLAGE[:2], False),
    ],
)
def test_one_without_a_point_is_sought_in_its_tambon_or_village(told_of, asked_of, is_found):
    screened = make_screened(make_centre(), area=told_of)

    found = keys(likely_same(WORDS, make_area(asked_of)))

    assert found == ([screened.pk] if is_found else [])


@pytest.mark.parametrize(("told", "asked"), [({}, HERE), (HERE, {}), ({}, {}), (HERE, HERE)])
def test_one_with_a_point_and_one_without_are_found_by_their_place(told, asked):
    screened = make_screened(make_centre(), **told)

    assert keys(likely_same(WORDS, place(), **asked)) == [screened.pk]


def test_one_that_came_in_is_compared_by_its_own_day_and_never_with_itself():
    centre = make_centre()
    first, second = make_screened(centre, **HERE), make_screened(centre, **HERE)
    long_ago = timezone.now() - timedelta(days=90)
    Complaint.objects.update(created_at=long_ago)
    second.refresh_from_db()

    assert keys(likely_same_as(second)) == [first.pk]
    assert likely_same(WORDS, place(), **HERE) == []


def test_nothing_is_shown_beside_one_of_a_restricted_kind():
    make_screened(make_centre(), **HERE)

    assert likely_same_as(make_complaint(WORDS, kind="official", **HERE)) == []
