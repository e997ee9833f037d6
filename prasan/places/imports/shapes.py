"""Outlines of areas from GeoJSON, plain or gzipped."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction

from prasan.kernel.sentence import Sentence
from prasan.places.actions.shapes import ShapeRow, lay_out_shapes, take_over_shapes
from prasan.places.imports.report import ImportReport, RowFault, digest_of
from prasan.places.models import Area, Level
from prasan.sheets.faults import SheetFault
from prasan.sheets.limits import Limits
from prasan.sheets.source import Source, Unpacked

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

SHAPES = Sentence("ขอบเขตพื้นที่", "outlines")
LIMITS = Limits(file_bytes=60_000_000, unpacked_bytes=120_000_000)
"""An outline file is read whole, so it may not be as large as a table."""

WEST, SOUTH, EAST, NORTH = 96.0, 5.0, 107.0, 21.0
"""No place in Thailand lies outside these longitudes and latitudes."""

_GZIP = b"\x1f\x8b"
# Names under which files of outlines give the code of a feature, the smallest kind of area first.
_CODE_NAMES = (
    "tambon_code",
    "ADM3_PCODE",
    "amphoe_code",
    "ADM2_PCODE",
    "province_code",
    "ADM1_PCODE",
    "code",
)
_CODE = re.compile(r"(?:TH)?((?:\d\d){1,3})")


@transaction.atomic
def import_shapes(
    path: Path, *, source: str = "", apply: bool = False, by: AbstractBaseUser | None = None
) -> ImportReport:
    """Check a GeoJSON file of provinces, amphoe or tambon and take its outlines over, all or nothing.

    `source` is the attribution shown with the map. First outlines of a level are taken over at once; where
    there were some, the differences are only told, and taken over with `apply`.
    """
    report = ImportReport(SHAPES)
    rows = list(_shapes(_features(path, report), report))
    if report.faults:
        return report
    source = source or path.name
    changes = report.changes = lay_out_shapes(rows, source=source)
    if changes.total and (apply or changes.is_first):
        take_over_shapes(changes, source=source, digest=digest_of(path), by=by)
        report.is_applied = True
    return report


def _features(path: Path, report: ImportReport) -> list[Any]:
    try:
        with path.open("rb") as stream:
            packed = Source(stream, LIMITS)
            readable = Unpacked(packed) if packed.head(2) == _GZIP else packed
            with readable.open() as plain:
                content = json.loads(plain.read())
    except SheetFault as fault:
        report.faults.append(RowFault(0, fault.sentence))
        return []
    except (ValueError, RecursionError):
        content = None
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or not features:
        report.faults.append(
            RowFault(
                0,
                Sentence(
                    "ไฟล์นี้ไม่ใช่ GeoJSON ที่มีขอบเขตพื้นที่ กรุณาส่งไฟล์ชนิด FeatureCollection",
                    "This is not a GeoJSON file with outlines. Please send a FeatureCollection.",
                ),
            )
        )
        return []
    return features


def _shapes(features: list[Any], report: ImportReport) -> Iterator[ShapeRow]:
    import shapely  # here, because it takes 25 MB that a site without imports never needs

    known = set(Area.objects.filter(level__lte=Level.TAMBON).values_list("code", flat=True))
    seen: dict[str, int] = {}
    for number, feature in enumerate(features, start=1):
        report.rows += 1
        code = _code_of(feature)
        if code is None or code not in known:
            report.faults.append(
                _fault(number, f"ไม่พบพื้นที่รหัส {code or '–'}", f"there is no area with the code {code or '–'}.")
            )
            continue
        if code in seen:
            report.faults.append(
                _fault(
                    number, f"รหัส {code} ซ้ำกับรายการที่ {seen[code]}", f"{code} repeats feature {seen[code]}."
                )
            )
        seen.setdefault(code, number)
        outline = _outline(feature)
        if outline is None:
            report.faults.append(
                _fault(
                    number,
                    f"ขอบเขตของพื้นที่รหัส {code} ไม่ใช่รูปหลายเหลี่ยมที่ถูกต้อง",
                    f"the outline of {code} is not a sound polygon.",
                )
            )
            continue
        west, south, east, north = outline.bounds
        if not (west >= WEST and south >= SOUTH and east <= EAST and north <= NORTH):
            report.faults.append(
                _fault(
                    number,
                    f"ขอบเขตของพื้นที่รหัส {code} อยู่นอกประเทศไทย ลำดับต้องเป็นลองจิจูดก่อนละติจูด (WGS 84)",
                    f"the outline of {code} is not in Thailand; longitude must come before latitude.",
                )
            )
            continue
        inside = outline.representative_point()
        geometry = json.loads(shapely.to_geojson(outline))
        yield ShapeRow(code, geometry, (west, south, east, north), (inside.x, inside.y))


def _code_of(feature: Any) -> str | None:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        return None
    for name in _CODE_NAMES:
        if (found := _CODE.fullmatch(str(properties.get(name) or "").strip())) is not None:
            return found[1]
    return None


def _outline(feature: dict[str, Any]) -> Any:
    """The polygon or polygons of a feature, mended where lines cross; None if there are none."""
    import shapely

    try:
        outline = shapely.from_geojson(json.dumps(feature.get("geometry")))
    except (shapely.errors.ShapelyError, ValueError):
        return None
    if outline is None or outline.is_empty or outline.geom_type not in ("Polygon", "MultiPolygon"):
        return None
    if not outline.is_valid:
        parts = shapely.get_parts(shapely.make_valid(outline))
        outline = shapely.union_all([part for part in parts if part.geom_type in ("Polygon", "MultiPolygon")])
    return outline if outline.area > 0 else None


def _fault(number: int, th: str, en: str) -> RowFault:
    return RowFault(number, Sentence(f"รายการที่ {number}: {th}", f"Feature {number}: {en}"))
