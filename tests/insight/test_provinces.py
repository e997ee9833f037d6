"""Which provinces are like another: of its cluster or of about its size, the likest first, and why."""

import pytest

from prasan.insight.queries import provinces_like
from prasan.places.models import Area, AreaCount
from tests.factories.innovations import make_provinces

pytestmark = pytest.mark.django_db


def count_of(code, villages, tambon=100, amphoe=10, local_governments=100):
    AreaCount.objects.update_or_create(
        area_id=code,
        defaults={
            "villages": villages,
            "tambon": tambon,
            "amphoe": amphoe,
            "local_governments": local_governments,
        },
    )


@pytest.fixture
def surin(db):
    make_provinces()
    Area.objects.filter(level=1).update(cluster=None)
    count_of("32", 2000)
    return "32"


def test_like_is_of_the_cluster_or_of_about_as_many_villages(surin):
    Area.objects.filter(pk__in=("32", "31")).update(cluster="C13")
    for code, villages in (("31", 400), ("40", 1500), ("41", 2500), ("42", 1499), ("43", 2501), ("44", 0)):
        count_of(code, villages)

    found = provinces_like(surin)

    assert {code: (each.is_of_cluster, each.is_of_size) for code, each in found.items()} == {
        "31": (True, False),
        "40": (False, True),
        "41": (False, True),
    }
    assert (found["40"].villages, found["40"].own_villages) == (1500, 2000)


def test_likest_comes_first_by_every_figure_and_the_cluster(surin):
    Area.objects.filter(pk__in=("32", "30")).update(cluster="C13")
    count_of("30", 2000)
    count_of("40", 2000)
    count_of("41", 2000, tambon=50)
    count_of("42", 1600, tambon=50, amphoe=5, local_governments=50)

    found = provinces_like(surin)

    assert list(found) == ["30", "40", "41", "42"]
    assert [round(each.likeness, 3) for each in found.values()] == [1.0, 0.8, 0.7, 0.46]


def test_province_without_figures_is_like_its_cluster_only(surin):
    AreaCount.objects.all().delete()
    Area.objects.filter(pk__in=("32", "31")).update(cluster="C13")

    assert {code: each.likeness for code, each in provinces_like(surin).items()} == {"31": 1.0}
    assert provinces_like("99") == provinces_like("3207") == {}


def test_it_is_one_question_to_the_database(surin, django_assert_num_queries):
    with django_assert_num_queries(1):
        provinces_like(surin)
