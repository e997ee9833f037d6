import random

import pytest

from prasan.places.actions.counting import count_places
from prasan.places.models import Area, Level
from prasan.places.queries import (
    Counts,
    ancestors_of,
    area_of,
    area_with_children,
    areas_within,
    children_of,
    counts_below,
    local_governments_in,
    provinces,
)
from tests.factories.places import make_local_government, make_village

pytestmark = pytest.mark.django_db


def counted_by_hand(area, rows):
    """What lies below, by looking at every row."""
    below = [level for path, level in rows if path.startswith(area.path) and path != area.path]
    return Counts(
        *(below.count(level) for level in (Level.PROVINCE, Level.AMPHOE, Level.TAMBON, Level.VILLAGE)),
        local_governments=local_governments_in(area).count(),
    )


def test_counts_equal_what_is_there_at_every_level(villages):
    make_local_government()
    make_local_government("3201", "เมืองสุรินทร์")
    make_village("10040201", is_abolished=True)
    count_places()
    sample = [
        *Area.objects.filter(code__in=("TH", "32", "3201", "3203", "320305", "32030501", "1004", "100402")),
        *random.Random(7).sample(list(Area.objects.all()), 12),
    ]

    rows = list(Area.objects.filter(is_abolished=False).values_list("path", "level"))

    assert {area.code: counts_below(area) for area in sample} == {
        area.code: counted_by_hand(area, rows) for area in sample
    }


@pytest.mark.parametrize("code", ["TH", "32", "3203", "320305", "32030501"])
def test_area_with_children_is_read_whole_in_one_query(villages, django_assert_num_queries, code):
    with django_assert_num_queries(1):
        area, children = area_with_children(code)
        names = [area.full_name, *(child.full_name for child in children)]
        counts = [child.count.villages if hasattr(child, "count") else 0 for child in (area, *children)]
        clusters = [str(each.cluster) for each in (area, *children)]

    plain = [Area.objects.get(code=code), *children_of(Area.objects.get(code=code))]
    assert [area, *children] == plain
    assert names == [each.full_name for each in plain]
    assert counts == [counts_below(each).villages for each in plain]
    assert clusters == [str(each.cluster) for each in plain]


@pytest.mark.parametrize("code", ["", "99", "3203\x00", "320399", "3203050199", "กข"])
def test_area_that_does_not_exist_has_no_children(villages, code):
    assert area_with_children(code) == (None, [])


def test_counts_take_one_query(villages, django_assert_num_queries):
    country = Area.objects.get(code="TH")

    with django_assert_num_queries(1):
        counts = counts_below(country)

    assert counts == Counts(77, 928, 7436, 6, 0)


def test_children_stand_in_dictionary_order_and_villages_by_number(villages):
    surin = [area.name_th for area in children_of(Area.objects.get(code="32"))]

    assert surin[:4] == ["กาบเชิง", "เขวาสินรินทร์", "จอมพระ", "ชุมพลบุรี"]
    assert [area.moo for area in children_of(Area.objects.get(code="320305"))] == [1, 2, 3, 5, 6]
    assert provinces()[0].name_th == "กระบี่"


def test_abolished_areas_are_no_children(villages):
    bang_na = Area.objects.get(code="1047")

    assert [area.code for area in children_of(bang_na)] == ["104703", "104702"]
    assert area_of("104701").is_abolished is True


def test_areas_within_hold_the_area_itself(villages):
    tambon = Area.objects.get(code="320305")

    assert [area.code for area in areas_within(tambon)][:2] == ["320305", "32030501"]
    assert areas_within(tambon).count() == 6


def test_ancestors_go_from_the_country_down(villages):
    village = Area.objects.get(code="32030501")

    assert [area.code for area in ancestors_of(village)] == ["TH", "32", "3203", "320305"]
    assert ancestors_of(Area.objects.get(code="TH")) == []


def test_code_that_nobody_could_have_typed_names_no_area(db):
    assert area_of("\0\0") is None
