import pytest
from django.db import IntegrityError
from django.utils.translation import override

from prasan.places.models import COUNTRY, PARENTS, Area, Level
from tests.factories.places import make_local_government, make_village

pytestmark = pytest.mark.django_db


def full_names(code):
    area = Area.objects.select_related(PARENTS).get(code=code)
    with override("th"):
        thai = area.full_name
    with override("en"):
        return thai, area.full_name


@pytest.mark.parametrize(
    ("code", "thai", "english"),
    [
        (COUNTRY, "ประเทศไทย", "Thailand"),
        ("32", "จังหวัดสุรินทร์", "Surin Province"),
        ("3201", "อำเภอเมืองสุรินทร์ จังหวัดสุรินทร์", "Amphoe Mueang Surin, Surin Province"),
        ("10", "กรุงเทพมหานคร", "Bangkok"),
        ("1004", "เขตบางรัก กรุงเทพมหานคร", "Khet Bang Rak, Bangkok"),
        ("100402", "แขวงสีลม เขตบางรัก กรุงเทพมหานคร", "Khwaeng Si Lom, Khet Bang Rak, Bangkok"),
        (
            "32030505",
            "บ้านโนนสูง หมู่ที่ 5 ตำบลเมืองแก อำเภอท่าตูม จังหวัดสุรินทร์",
            "บ้านโนนสูง, Moo 5, Tambon Mueang Kae, Amphoe Tha Tum, Surin Province",
        ),
    ],
)
def test_full_name_is_an_address_in_both_languages(villages, code, thai, english):
    assert full_names(code) == (thai, english)


def test_village_without_a_name_goes_by_its_number():
    village = make_village("32030107", name_th=" ", name_en="")
    village.name_th = ""

    with override("th"):
        thai = village.title
    with override("en"):
        english = village.title

    assert (thai, english) == ("หมู่ที่ 7", "Moo 7")


def test_names_with_parents_take_one_query(villages, django_assert_num_queries):
    with django_assert_num_queries(1):
        names = [area.full_name for area in Area.objects.select_related(PARENTS).filter(level=Level.VILLAGE)]

    assert len(names) == 6


def test_only_the_country_has_no_parent():
    with pytest.raises(IntegrityError):
        Area.objects.create(code="98", level=Level.PROVINCE, name_th="ไร้ที่", path="98/")


def test_path_ends_with_the_code():
    village = make_village()

    with pytest.raises(IntegrityError):
        Area.objects.filter(pk=village.pk).update(path="32/3203/320301/32030199/")


def test_local_government_has_one_kind_today():
    body = make_local_government()

    with pytest.raises(IntegrityError):
        body.kinds.create(kind="ทม.", name_th="ท่าตูม", full_name_th="เทศบาลเมืองท่าตูม")
