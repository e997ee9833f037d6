from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from prasan.agencies.actions import appoint, convene_meeting
from prasan.agencies.models import Meeting, Posting
from prasan.kernel.calendar import today
from prasan.kernel.refusals import Refused
from tests.factories.accounts import make_person
from tests.factories.agencies import make_agency, make_area, make_committee

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def at_once(*acts):
    """What each act gave, or the refusal it met, all of them begun together."""
    start = Barrier(len(acts))

    def run(act):
        try:
            start.wait()
            return act()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


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
