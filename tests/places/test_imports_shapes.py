import gzip
import json

import pytest

from prasan.places.imports import import_shapes
from prasan.places.models import Area, PlaceSource, Shape
from prasan.places.queries import area_at

pytestmark = pytest.mark.django_db

SQUARE = [[103.6, 15.2], [103.8, 15.2], [103.8, 15.4], [103.6, 15.4], [103.6, 15.2]]


def feature(code, ring=SQUARE, name="tambon_code"):
    return {
        "type": "Feature",
        "properties": {name: code},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def moved(ring, east):
    return [[longitude + east, latitude] for longitude, latitude in ring]


@pytest.fixture
def outlines(tmp_path):
    def write(*features, name="shapes.geojson"):
        path = tmp_path / name
        content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
        path.write_bytes(gzip.compress(content) if name.endswith("gz") else content)
        return path

    return write


def test_outline_is_kept_with_its_bounds_and_source(official, outlines):
    report = import_shapes(outlines(feature("320301"), name="a.geojson.gz"), source="กรมแผนที่")

    shape = Shape.objects.get()
    assert report.is_applied is True
    assert (shape.area_id, shape.source) == ("320301", "กรมแผนที่")
    assert (shape.west, shape.south, shape.east, shape.north) == (103.6, 15.2, 103.8, 15.4)
    tambon = Area.objects.get(code="320301")
    assert (tambon.latitude, tambon.longitude) == (pytest.approx(15.3), pytest.approx(103.7))


def test_point_finds_the_finest_area_that_is_known(official, outlines):
    assert area_at(15.3, 103.7) is None

    import_shapes(outlines(feature("TH32", name="ADM1_PCODE")))
    assert area_at(15.3, 103.7).code == "32"

    import_shapes(outlines(feature("320301"), feature("320302", moved(SQUARE, 0.2))))
    assert area_at(15.3, 103.7).code == "320301"
    assert area_at(15.3, 103.9).code == "320302"
    assert area_at(15.3, 104.01).code == "320302"  # one kilometre outside a simplified outline
    assert area_at(15.3, 105.5) is None


def test_point_follows_outlines_that_changed(official, outlines):
    import_shapes(outlines(feature("320301")))
    assert area_at(15.3, 103.7).code == "320301"

    import_shapes(outlines(feature("320301", moved(SQUARE, 1.0)), feature("320302")), apply=True)

    assert area_at(15.3, 103.7).code == "320302"


def test_same_outlines_again_repeat_nothing(official, outlines):
    import_shapes(outlines(feature("320301")))

    again = import_shapes(outlines(feature("320301")), apply=True)

    assert (again.changes.total, again.is_applied) == (0, False)
    assert PlaceSource.objects.get(kind="shapes-tambon").count == 1


def test_other_outlines_wait_for_a_word(official, outlines):
    import_shapes(outlines(feature("320301")))

    shown = import_shapes(outlines(feature("320301", moved(SQUARE, 0.1)), feature("320302")))

    assert (shown.changes.added, shown.changes.changed, shown.is_applied) == (1, 1, False)
    assert Shape.objects.count() == 1


def test_lines_that_cross_are_mended(official, outlines):
    bow = [[103.6, 15.2], [103.8, 15.4], [103.8, 15.2], [103.6, 15.4], [103.6, 15.2]]

    assert import_shapes(outlines(feature("320301", bow))).is_applied is True
    assert Shape.objects.get().geometry["type"] == "MultiPolygon"


def test_every_bad_feature_is_told_and_nothing_is_taken(official, outlines):
    swapped = [[latitude, longitude] for longitude, latitude in SQUARE]
    point = {
        "type": "Feature",
        "properties": {"code": "3203"},
        "geometry": {"type": "Point", "coordinates": [1, 2]},
    }

    report = import_shapes(
        outlines(
            feature("320301"),
            feature("329999"),
            feature("320302", swapped),
            feature("320301"),
            point,
            {"properties": {}, "geometry": None},
            feature("320303", [[103, 15], [103, 15]]),
        )
    )

    assert Shape.objects.count() == 0
    assert [fault.sentence.th.split(":")[0] for fault in report.faults] == [
        "รายการที่ 2",
        "รายการที่ 3",
        "รายการที่ 4",
        "รายการที่ 5",
        "รายการที่ 6",
        "รายการที่ 7",
    ]
    assert "ลองจิจูดก่อนละติจูด" in report.faults[1].sentence.th


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"features": []}', b"\xff\xfe", b"[" * 100_000])
def test_file_that_is_no_geojson_is_refused(official, tmp_path, content):
    path = tmp_path / "shapes.geojson"
    path.write_bytes(content)

    report = import_shapes(path)

    assert [fault.sentence.th for fault in report.faults] == [
        "ไฟล์นี้ไม่ใช่ GeoJSON ที่มีขอบเขตพื้นที่ กรุณาส่งไฟล์ชนิด FeatureCollection"
    ]


def test_gzip_bomb_is_refused(official, tmp_path):
    path = tmp_path / "bomb.geojson.gz"
    path.write_bytes(gzip.compress(b" " * 130_000_000, compresslevel=9))

    report = import_shapes(path)

    assert ["ขยายออกแล้วใหญ่ผิดปกติ" in fault.sentence.th for fault in report.faults] == [True]
