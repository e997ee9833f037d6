import pytest

from prasan.accounts.models import User
from prasan.agencies.models import Agency
from prasan.kernel.order import thai_sort_key
from prasan.kernel.words import search_key
from tests.factories.accounts import make_person
from tests.factories.agencies import make_agency

pytestmark = pytest.mark.django_db


def test_keys_are_written_with_the_row_and_again_when_it_is_saved():
    agency = make_agency(name_th="ที่ทำการปกครองอำเภอท่าตูม", name_en="Tha Tum Office")
    written = (agency.sort_key, agency.search_key)
    agency.name_th = "สำนักงานจังหวัด"
    agency.save()

    kept = Agency.objects.get(pk=agency.pk)
    assert written[0] == thai_sort_key("ที่ทำการปกครองอำเภอท่าตูม")
    assert written[1].split("\n") == [search_key("ที่ทำการปกครองอำเภอท่าตูม"), search_key("Tha Tum Office")]
    assert kept.sort_key == thai_sort_key("สำนักงานจังหวัด")
    assert kept.search_key.split("\n")[0] == search_key("สำนักงานจังหวัด")


def test_keys_are_written_in_bulk_too():
    people = User.objects.bulk_create([User(username=f"p-{n}", name=name) for n, name in enumerate("คกข")])

    assert list(User.objects.order_by("sort_key").values_list("name", flat=True)) == ["ก", "ข", "ค"]
    assert people[0].search_key == f"{search_key('ค')}\n{search_key('p-0')}"


@pytest.mark.parametrize("column", ["sort_key", "search_key"])
def test_migrations_see_plain_columns(column):
    _name, path, _args, options = User._meta.get_field(column).deconstruct()

    assert path.startswith("django.db.models.")
    assert options["db_collation"] == "C"
    assert not {"source", "sources"} & options.keys()


def test_copy_of_a_column_still_knows_where_its_key_comes_from():
    assert User._meta.get_field("sort_key").clone().source == "name"
    assert User._meta.get_field("search_key").clone().sources == ("name", "username")
    assert make_person(name="ก").sort_key == thai_sort_key("ก")
