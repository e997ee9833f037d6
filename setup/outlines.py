"""Province outlines for the built-in map, turned from the drawing in @svg-maps/thailand into GeoJSON.

The drawing is Tae Noppakun Wongsrinoppakun's, licence CC-BY-4.0; pages that show it say so.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from functools import reduce
from pathlib import Path
from typing import Any

import geothai
import shapely
from shapely.geometry import mapping
from shapely.geometry.polygon import orient

NOT_A_PROVINCE = {"Lake Songkha"}

# The drawing's units are Web Mercator, measured against known outlines: median error under 1 km.
LONGITUDE_AT_0, LONGITUDE_PER_UNIT = 97.33555, 0.014823
MERCATOR_AT_0, MERCATOR_PER_UNIT = 20.91771, 0.014918


def province_outlines(package: Path) -> dict[str, Any]:
    """A FeatureCollection of the 77 provinces, each with its official two-digit `code`."""
    drawing = json.loads(
        (package / "index.js").read_text("utf-8").removeprefix("export default ").rstrip(";\n")
    )
    paths = {
        _plain(place["name"]): place["path"]
        for place in drawing["locations"]
        if place["name"] not in NOT_A_PROVINCE
    }
    provinces = sorted(geothai.provinces(), key=lambda province: province.code)
    if paths.keys() != {_plain(province.name_en) for province in provinces}:
        raise ValueError("the drawing and the official list do not name the same provinces")
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"code": province.code},
                "geometry": mapping(_shape(paths[_plain(province.name_en)])),
            }
            for province in provinces
        ],
    }


def _plain(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())


def _shape(path: str) -> shapely.MultiPolygon:
    """What the path paints: a ring inside another is its hole."""
    faces = [shapely.make_valid(shapely.Polygon(ring)) for ring in _rings(path)]
    painted = shapely.set_precision(reduce(shapely.symmetric_difference, faces), 0.0001)
    polygons = [part for part in shapely.get_parts(painted) if isinstance(part, shapely.Polygon)]
    return shapely.MultiPolygon([orient(polygon) for polygon in polygons])


def _rings(path: str) -> Iterator[list[tuple[float, float]]]:
    """The closed rings of an SVG path that is written with relative moves (m … z) only."""
    x = y = 0.0
    for moves in re.findall(r"m([^mz]*)z", path):
        numbers = [float(number) for number in re.findall(r"-?\d*\.?\d+(?:e-?\d+)?", moves)]
        start = x, y = x + numbers[0], y + numbers[1]
        ring = [_place(x, y)]
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + dx, y + dy
            ring.append(_place(x, y))
        if len(set(ring)) > 2:
            yield ring
        x, y = start


def _place(x: float, y: float) -> tuple[float, float]:
    mercator = math.radians(MERCATOR_AT_0 - MERCATOR_PER_UNIT * y)
    latitude = math.degrees(2 * math.atan(math.exp(mercator)) - math.pi / 2)
    return LONGITUDE_AT_0 + LONGITUDE_PER_UNIT * x, latitude
