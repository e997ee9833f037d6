"""From a point on the map to the area it lies in, by the outlines that were imported."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from django.db import connection

from prasan.places.models import PlaceSource

if TYPE_CHECKING:
    from shapely import Geometry, STRtree

_FINEST_FIRST = (
    (3, PlaceSource.Kind.TAMBON_SHAPES),
    (2, PlaceSource.Kind.AMPHOE_SHAPES),
    (1, PlaceSource.Kind.PROVINCE_SHAPES),
)
NEAR = 0.02
"""Degrees (2 km) by which simplified outlines may miss a point on a coast or between two of them."""


class _Outlines:
    """The outlines of one level as a tree of boxes, built once a process and anew when they were imported."""

    def __init__(self, version: str, tree: STRtree, codes: list[str]) -> None:
        self.version = version
        self.tree = tree
        self.codes = codes


_outlines: dict[int, _Outlines] = {}
_building = threading.Lock()


def code_at(latitude: float, longitude: float) -> str | None:
    """The code of the smallest area whose outline holds the point or is the nearest within 2 km."""
    versions = dict(PlaceSource.objects.values_list("kind", "version"))
    for level, kind in _FINEST_FIRST:
        if (version := versions.get(kind)) is not None:
            found = _code_within(_outlines_of(level, version), latitude, longitude)
            if found is not None:
                return found
    return None


def _code_within(outlines: _Outlines, latitude: float, longitude: float) -> str | None:
    from shapely import Point

    point = Point(longitude, latitude)
    found = outlines.tree.query(point, predicate="intersects")
    if not len(found):
        found = outlines.tree.query_nearest(point, max_distance=NEAR)
    return min((outlines.codes[index] for index in found), default=None)


def _outlines_of(level: int, version: str) -> _Outlines:
    known = _outlines.get(level)
    if known is None or known.version != version:
        with _building:
            known = _outlines.get(level)
            if known is None or known.version != version:
                known = _outlines[level] = _read(level, version)
    return known


def _read(level: int, version: str) -> _Outlines:
    from shapely import STRtree, from_geojson  # here: 25 MB that only those who ask for points pay

    codes: list[str] = []
    shapes: list[Geometry] = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT area_id, geometry::text FROM places_shape JOIN places_area ON code = area_id "
            "WHERE level = %s AND NOT is_abolished ORDER BY area_id",
            [level],
        )
        while rows := cursor.fetchmany(500):
            codes += [code for code, _geometry in rows]
            shapes += [from_geojson(geometry) for _code, geometry in rows]
    return _Outlines(version, STRtree(shapes), codes)
