"""Which open complaints are shown as likely the same, and what is kept so that this is fast."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prasan.complaints import actions
from prasan.complaints.actions import reading as reading_acts
from prasan.complaints.models import Reading
from prasan.complaints.queries import likely_same
from prasan.ledger.models import Entry
from prasan.matching import VERSION, packed_reading
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
    return [each.key for each in found]


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


def test_storm_of_equal_questions_writes_nothing():
    centre = make_centre()
    for _each in range(3):
        make_screened(centre, **HERE)
    Reading.objects.first().delete()

    with CaptureQueriesContext(connection) as asked:
        answers = [keys(likely_same(WORDS, place(), **HERE)) for _question in range(20)]

    assert (len(answers[0]), answers.count(answers[0])) == (3, 20)
    assert [
        query["sql"] for query in asked if "complaints_" in query["sql"] and "SELECT" not in query["sql"]
    ] == []
    assert Reading.objects.count() == 2
