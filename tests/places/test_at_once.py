import pytest

from prasan.ledger.models import Entry
from prasan.places.actions import make_up_local_governments
from prasan.places.models import LocalGovernment
from tests.at_once import meeting
from tests.factories.agencies import make_area


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_local_governments_made_up_by_two_at_once_are_made_up_once():
    make_area("320704")

    made = meeting(*(lambda: make_up_local_governments([make_area("32")]) for _turn in range(2)))

    assert made == (2, 0)
    assert [body.kinds.count() for body in LocalGovernment.objects.all()] == [1, 1]
    assert Entry.objects.count() == 1
