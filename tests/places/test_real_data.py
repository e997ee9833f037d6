"""The real lists of villages and local governments, and the budget bill that the finder is measured by."""

from time import perf_counter

import pytest

from bench import place_finder
from prasan.places.imports import import_local_governments, import_shapes, import_villages
from prasan.places.models import Area
from prasan.places.queries import Counts, area_at, counts_below

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module")
def seconds(official, shared_data):
    """Take in everything; how long the villages took."""
    started = perf_counter()
    report = import_villages(shared_data / "villages.csv.gz")
    seconds = perf_counter() - started
    assert report.is_applied, report.sentences()[:3]
    for take_in, name in (
        (import_local_governments, "local_governments_2560.csv"),
        (import_shapes, "boundaries_tambon_simplified.geojson.gz"),
    ):
        report = take_in(shared_data / name)
        assert report.is_applied, report.sentences()[:3]
    return seconds


def test_all_villages_load_in_twenty_seconds(seconds):
    assert seconds < 20
    assert counts_below(Area.objects.get(code="TH")) == Counts(77, 928, 7436, 75_206, 7853)


def test_same_villages_again_change_nothing(seconds, shared_data):
    assert import_villages(shared_data / "villages.csv.gz").changes.total == 0


@pytest.mark.parametrize(("labels", "least"), [(place_finder.SAMPLE, 0.98), (place_finder.HELD_OUT, 0.95)])
def test_finder_reads_the_budget_bill_as_people_do(seconds, shared_data, labels, least):
    result = place_finder.evaluate(shared_data, labels)

    assert result.right_rate >= least, result.remarks
    assert result.wrong_rate <= 0.01, result.remarks


def test_points_of_well_known_places_lie_in_their_tambon(seconds):
    points = {
        "320301": (15.3195, 103.6744),  # ท่าตูม
        "100402": (13.7262, 100.5280),  # สีลม
        "400101": (16.4322, 102.8236),  # ในเมือง ขอนแก่น
    }

    found = {code: area_at(*point) for code, point in points.items()}

    assert {code: area.code[:4] for code, area in found.items()} == {code: code[:4] for code in points}
