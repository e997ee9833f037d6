from uuid import uuid4

import pytest

from prasan.agencies.actions import appoint, convene_meeting, record_attendance, record_resolution
from prasan.agencies.models import Meeting, Posting, Resolution
from prasan.kernel.calendar import today
from tests.at_once import at_once
from tests.factories.accounts import make_person
from tests.factories.agencies import make_agency, make_area, make_committee, make_posting, make_seat

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_of_two_heads_appointed_at_once_a_village_gets_one():
    area = make_area("32070401")
    agency = make_agency(area)
    people = [make_person(), make_person()]

    given = at_once(
        *(
            lambda person=person: appoint(
                person,
                role="village_head",
                agency=agency,
                area=area,
                starts=today(),
                title_th="ผู้ใหญ่บ้าน",
                title_en="",
                by=None,
            )
            for person in people
        )
    )

    assert sorted(type(each).__name__ for each in given) == ["Posting", "Refused"]
    assert Posting.objects.count() == 1


def test_meetings_convened_at_once_get_different_numbers():
    committee = make_committee("320704")

    at_once(*(lambda: convene_meeting(committee, held_on=today(), by=None) for _turn in range(3)))

    assert sorted(Meeting.objects.values_list("number", flat=True)) == [1, 2, 3]


def test_form_of_a_meeting_sent_twice_at_once_makes_one_meeting():
    committee, key = make_committee("320704"), uuid4()

    held = at_once(
        *(lambda: convene_meeting(committee, held_on=today(), by=None, form_key=key) for _turn in range(3))
    )

    assert held == [Meeting.objects.get()] * 3


def test_form_of_a_resolution_sent_twice_at_once_makes_one_resolution():
    committee, key = make_committee("320704", quorum=1), uuid4()
    seat = make_seat(committee, make_posting("tambon_secretary", "320704"))
    meeting = convene_meeting(committee, held_on=today(), by=None)
    record_attendance(meeting, [seat], by=None)

    resolved = at_once(
        *(lambda: record_resolution(meeting, "เห็นชอบ", by=None, form_key=key) for _turn in range(3))
    )

    assert resolved == [Resolution.objects.get()] * 3
