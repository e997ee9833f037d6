import pytest

from prasan.places.finder import suggest
from prasan.places.models import Area

pytestmark = pytest.mark.django_db


def titles(text, **options):
    return [area.full_name for area in suggest(text, **options)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("สุริ", "จังหวัดสุรินทร์"),
        ("อ.ท่าตู", "อำเภอท่าตูม จังหวัดสุรินทร์"),
        ("ท่าตูม", "อำเภอท่าตูม จังหวัดสุรินทร์"),
        ("เมืองแก ท่า", "ตำบลเมืองแก อำเภอท่าตูม จังหวัดสุรินทร์"),
        ("ต.เมืองแก อ.ท่", "ตำบลเมืองแก อำเภอท่าตูม จังหวัดสุรินทร์"),
        ("surin", "จังหวัดสุรินทร์"),
        ("บ้านเมืองแ", "บ้านเมืองแก หมู่ที่ 1 ตำบลเมืองแก อำเภอท่าตูม จังหวัดสุรินทร์"),
        ("ม.5 เมืองแก ท่าตูม", "บ้านโนนสูง หมู่ที่ 5 ตำบลเมืองแก อำเภอท่าตูม จังหวัดสุรินทร์"),
    ],
)
def test_what_is_typed_leads_to_a_place(villages, typed, first):
    assert titles(typed)[0] == first


def test_names_that_hold_the_letters_come_after_those_that_begin_with_them(villages):
    found = titles("แพงพวย")

    assert found == ["ตำบลแพงพวย อำเภอดำเนินสะดวก จังหวัดราชบุรี"]


def test_one_letter_offers_nothing(villages):
    assert titles("ท") == []


def test_offers_stay_inside_an_area(villages):
    inside = Area.objects.get(code="3203")

    assert all(area.path.startswith(inside.path) for area in suggest("หนอง", within=inside))
    assert titles("หนองบัว", within=inside)[0] == "ตำบลหนองบัว อำเภอท่าตูม จังหวัดสุรินทร์"


def test_no_more_than_asked_for_is_offered(villages):
    assert len(suggest("หนอง", limit=4)) == 4


def test_offers_take_few_queries(villages, django_assert_max_num_queries):
    suggest("หนอง")
    with django_assert_max_num_queries(8):
        suggest("หนองบ")
