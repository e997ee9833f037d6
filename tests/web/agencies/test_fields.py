import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from prasan.places.actions import ensure_places
from prasan.places.models import Area
from prasan.web.agencies.fields import AreaField

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _places(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        ensure_places()
        yield
        transaction.set_rollback(True)


def test_area_whose_name_several_bear_asks_for_the_code():
    with pytest.raises(ValidationError) as fault:
        AreaField().clean("ต.เมืองแก")

    assert "ตำบลเมืองแก อำเภอท่าตูม จังหวัดสุรินทร์ = 320305" in fault.value.messages[0]


def test_area_is_taken_from_around_the_posts_of_the_person_who_types():
    field = AreaField()
    field.near = (Area.objects.get(pk="32"),)

    assert field.clean("ต.เมืองแก").pk == "320305"
    assert field.clean("ต.เมืองแก อ.สตึก").pk == "311104"
