"""The real lists of villages and local governments, and the budget bill that the finder is measured by."""

import gzip
import json

import pytest

from bench import place_finder
from prasan.places.imports import import_local_governments, import_shapes, import_villages
from prasan.places.models import Area
from prasan.places.queries import Counts, area_at, counts_below

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.timeout(600)]


POINTS = [
    pytest.param(15.3195, 103.6744, "3203", id="ท่าตูม"),
    pytest.param(13.7262, 100.5280, "1004", id="สีลม"),
    pytest.param(16.4322, 102.8236, "4001", id="ขอนแก่น"),
]


@pytest.fixture(scope="module")
def everything(official, shared_data, tmp_path_factory):
    """All villages and local governments, and the outlines of tambon in the provinces of the points."""
    outlines = tmp_path_factory.mktemp("outlines") / "outlines.geojson"
    with gzip.open(shared_data / "boundaries_tambon_simplified.geojson.gz") as file:
        country = json.load(file)
    provinces = {amphoe[:2] for _latitude, _longitude, amphoe in (point.values for point in POINTS)}
    features = [each for each in country["features"] if each["properties"]["province_code"] in provinces]
    outlines.write_text(json.dumps({**country, "features": features}), encoding="utf-8")
    for take_in, path in (
        (import_villages, shared_data / "villages.csv.gz"),
        (import_local_governments, shared_data / "local_governments_2560.csv"),
        (import_shapes, outlines),
    ):
        report = take_in(path)
        assert report.is_applied, report.sentences()[:3]


def test_every_row_of_the_real_lists_is_taken_in(everything):
    assert counts_below(Area.objects.get(code="TH")) == Counts(77, 928, 7436, 75_206, 7853)


@pytest.mark.parametrize(("labels", "least"), [(place_finder.SAMPLE, 0.98), (place_finder.HELD_OUT, 0.95)])
def test_finder_reads_the_budget_bill_as_people_do(everything, shared_data, labels, least):
    result = place_finder.evaluate(shared_data, labels)

    assert result.right_rate >= least, result.remarks
    assert result.wrong_rate <= 0.01, result.remarks


@pytest.mark.parametrize(("latitude", "longitude", "amphoe"), POINTS)
def test_point_of_a_well_known_place_lies_in_its_amphoe(everything, latitude, longitude, amphoe):
    assert area_at(latitude, longitude).code[:4] == amphoe
