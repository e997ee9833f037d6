"""The bench of what is shown before filing asks of rows as the product keeps them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from bench import before_rows, match_before
from bench.match_rows import Row
from prasan.complaints.models import Complaint, Reading
from prasan.complaints.queries import likely_same_as
from prasan.matching import VERSION, packed_reading
from tests.factories.agencies import make_area

pytestmark = pytest.mark.django_db

LAMP, DOG = "ไฟทางดับปากซอยทุ่งทอง 5 มืดมาก", "สุนัขจรจัดเห่าหอนทั้งคืน"


def written():
    make_area("100101")
    now = timezone.now()
    rows = [
        Row("a", LAMP, 13.75, 100.5, now, ("แสงสว่าง",)),
        Row("b", f"{LAMP} ช่วยมาซ่อมด้วย", 13.7501, 100.5, now - timedelta(days=2), ()),
        Row("c", DOG, 13.75, 100.5, now, ("อื่นๆ",)),
        Row("d", f"{DOG}\x00", None, None, now, ()),
    ]
    before_rows.write(rows)
    return rows


def test_open_complaints_stand_beside_four_closed_ones_each_with_its_reading():
    rows = written()

    keys = before_rows.keys_of([row.row_id for row in rows])

    assert sorted(keys) == ["a", "b", "c", "d"]
    assert Complaint.objects.filter(state="closed").count() == 16
    assert {bytes(each.packed) for each in Reading.objects.filter(complaint__in=keys.values())} == {
        packed_reading(row.text.replace("\x00", "")) for row in rows
    }
    assert set(Reading.objects.values_list("version", flat=True)) == {VERSION}
    assert Complaint.objects.get(pk=keys["a"]).kind_id == "lighting"


def test_partner_is_found_and_trigrams_look_at_the_same_rows():
    written()
    keys = before_rows.keys_of(["a", "b", "c"])
    asked = Complaint.objects.get(pk=keys["a"])

    by_trigrams = match_before.by_trigrams(LAMP, 13.75, 100.5, asked.created_at, asked.pk)

    assert [each.key for each in likely_same_as(asked)] == [keys["b"]]
    assert by_trigrams == [keys["b"], keys["c"]]


def test_problem_is_all_that_is_the_same_directly_or_not():
    problems = match_before.problems_of([(1, 2), (3, 4), (2, 3), (5, 6)])

    assert problems[1] == problems[4] == {1, 2, 3, 4}
    assert problems[6] == {5, 6}


def test_questions_are_of_open_complaints_and_can_be_asked():
    written()

    questions = match_before.questions_about(10)
    for question in questions:
        question.ask()

    assert sorted(question.words for question in questions) == sorted([LAMP, f"{LAMP} ช่วยมาซ่อมด้วย", DOG])


def test_reports_end_now_and_the_city_fills_what_bangkok_leaves(tmp_path):
    rows = list(before_rows.open_rows(tmp_path, tmp_path / "nowhere", 200))

    assert len(rows) == 200
    assert abs(max(row.at for row in rows) - datetime.now(UTC)) < timedelta(minutes=1)
