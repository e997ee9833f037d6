"""Outlines of an area for the map: those of its children, or its own, imported or built in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.urls import reverse

from prasan.places.models import Area, Level, Shape
from prasan.places.queries import children_of

BUILT_IN = Path(settings.BASE_DIR) / "prasan" / "web" / "static" / "built" / "provinces.json"
Bounds = tuple[float, float, float, float]
WHOLE_COUNTRY: Bounds = (97.3, 5.6, 105.7, 20.5)
"""West, south, east and north of Thailand, in degrees."""
FAR = 0.1
"""Degrees, some eleven kilometres: more than open outlines of tambon are wrong by."""


class OnMap(Protocol):
    """Anything that stands at a point."""

    @property
    def latitude(self) -> float:
        """Degrees north."""

    @property
    def longitude(self) -> float:
        """Degrees east."""


def outlines_of(area: Area) -> dict[str, Any]:
    """A GeoJSON collection with its source: the area's children, else the smallest known area around it."""
    children = {child.code: child for child in children_of(area)}
    drawn = list(_drawn(children))
    if not drawn:
        around = {code: one for one in (area, *_above(area)) for code in (one.code,)}
        drawn = list(_drawn(around))[:1]
    return {
        "type": "FeatureCollection",
        "attribution": " · ".join(dict.fromkeys(source for _feature, source in drawn)),
        "features": [feature for feature, _source in drawn],
    }


def is_drawn(area: Area) -> bool:
    """Whether the outline of the area is known; asks nothing where the area was read with its bounds."""
    return area.code in _built_in() or getattr(area, "shape", None) is not None


def bounds_of(area: Area, points: Iterable[OnMap] = ()) -> Bounds:
    """West, south, east and north of the area, or of the smallest known one around, and of the points."""
    west, south, east, north = _bounds_of(area)
    for point in points:
        west, east = min(west, point.longitude), max(east, point.longitude)
        south, north = min(south, point.latitude), max(north, point.latitude)
    return west, south, east, north


def around(area: Area, points: Iterable[OnMap] = ()) -> str:
    """The bounds as parts/map.html takes them."""
    return ",".join(f"{degree:.4f}" for degree in bounds_of(area, points))


def is_far_from(area: Area, point: OnMap) -> bool:
    """Whether a point lies so far outside the area's bounds that no inaccurate outline explains it."""
    west, south, east, north = _bounds_of(area)
    return not (west - FAR < point.longitude < east + FAR and south - FAR < point.latitude < north + FAR)


def _bounds_of(area: Area) -> Bounds:
    imported = _imported_bounds(area)
    for code in (area.code, *reversed(area.ancestor_codes)):
        if code in imported:
            return imported[code]
        if code in _built_in():
            return _built_in_bounds(code)
    return WHOLE_COUNTRY


def _imported_bounds(area: Area) -> dict[str, Bounds]:
    """Those of the area and of the areas around it, by code: as they were read with it, or in one query."""
    if Area._meta.get_field("shape").is_cached(area):
        known = ((one.code, getattr(one, "shape", None)) for one in (area, *_above(area)))
        return {code: (it.west, it.south, it.east, it.north) for code, it in known if it is not None}
    rows = Shape.objects.filter(area__in=(area.code, *area.ancestor_codes))
    return {
        code: (west, south, east, north)
        for code, west, south, east, north in rows.values_list("area_id", "west", "south", "east", "north")
    }


def _above(area: Area) -> Iterator[Area]:
    above = area.parent
    while above is not None and above.level != Level.COUNTRY:
        yield above
        above = above.parent


def _drawn(areas: dict[str, Area]) -> Iterator[tuple[dict[str, Any], str]]:
    """Features in the order given, each with where its outline comes from."""
    shapes = {shape.area_id: shape for shape in Shape.objects.filter(area__in=list(areas))}
    for code, area in areas.items():
        if (shape := shapes.get(code)) is not None:
            yield _feature(area, shape.geometry), shape.source
        elif code in _built_in():
            yield _feature(area, _built_in()[code]), "svg-maps, CC BY 4.0"


def _feature(area: Area, geometry: dict[str, Any]) -> dict[str, Any]:
    properties = {"code": area.code, "name": area.name, "address": reverse("places:area", args=[area.code])}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


@cache
def _built_in() -> dict[str, dict[str, Any]]:
    """Geometries of the provinces by code, made by set-up from an open package; none where it did not run."""
    try:
        collection = json.loads(BUILT_IN.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return {feature["properties"]["code"]: feature["geometry"] for feature in collection["features"]}


@cache
def _built_in_bounds(code: str) -> tuple[float, float, float, float]:
    points = list(_points(_built_in()[code]["coordinates"]))
    longitudes, latitudes = [x for x, _y in points], [y for _x, y in points]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def _points(coordinates: Iterable[Any]) -> Iterator[tuple[float, float]]:
    for part in coordinates:
        if isinstance(part[0], int | float):
            yield part[0], part[1]
        else:
            yield from _points(part)
