from time import perf_counter

import pytest

from prasan.ledger.models import Entry
from prasan.places import gazetteer
from prasan.places.actions import ensure_places
from prasan.places.actions import gazetteer as taking_in
from prasan.places.models import Area, Level, PlaceSource, ProvinceCluster
from prasan.places.queries import counts_below
from tests.factories.places import make_village

pytestmark = pytest.mark.django_db


def existing(level):
    return Area.objects.filter(level=level, is_abolished=False).count()


def test_every_official_area_is_there(official):
    assert (existing(Level.PROVINCE), existing(Level.AMPHOE), existing(Level.TAMBON)) == (77, 928, 7436)
    assert ProvinceCluster.objects.count() == 19
    assert not Area.objects.filter(level=Level.PROVINCE, cluster=None).exists()
    assert set(Area.objects.filter(cluster="C13").values_list("code", flat=True)) == {"30", "31", "32", "36"}


def test_abolished_areas_know_what_came_after_them(official):
    bang_na = Area.objects.get(code="104701")

    assert (bang_na.name_th, bang_na.is_abolished, str(bang_na.valid_to)) == ("บางนา", True, "2022-04-22")
    assert set(bang_na.successors.values_list("code", flat=True)) == {"104702", "104703"}
    assert Area.objects.filter(is_abolished=True).count() == 1583


def test_khet_are_stored_without_their_word(official):
    assert Area.objects.get(code="1004").name_th == "บางรัก"


def test_second_time_does_nothing_at_once(official, django_assert_num_queries):
    with django_assert_num_queries(3):  # a look between the two ends of a transaction
        started = perf_counter()
        assert ensure_places() is False

    assert perf_counter() - started < 0.2


def test_taking_in_is_recorded_once(official):
    entry = Entry.objects.get(kind="places.gazetteer.taken_in")

    assert entry.after == {"version": gazetteer.VERSION, "areas": 10_025}


def test_new_edition_corrects_names_and_abolishes_what_is_gone(official, monkeypatch):
    make_village("32030108")
    areas = [area for area in gazetteer.official_areas() if area.code != "320302"]
    monkeypatch.setattr(taking_in, "official_areas", lambda: areas)
    monkeypatch.setattr(taking_in, "VERSION", "a later one")
    Area.objects.filter(code="3203").update(name_th="ผิด")

    assert ensure_places() is True

    assert Area.objects.get(code="3203").name_th == "ท่าตูม"
    assert Area.objects.get(code="320302").is_abolished is True
    assert Area.objects.get(code="32030108").is_abolished is False
    assert PlaceSource.objects.get(kind="gazetteer").version == "a later one"
    assert counts_below(Area.objects.get(code="3203")).tambon == 9


@pytest.mark.parametrize(
    ("code", "path"), [("TH", ""), ("32", "32/"), ("32030105", "32/3203/320301/32030105/")]
)
def test_path_of_a_code(code, path):
    assert gazetteer.path_of(code) == path
