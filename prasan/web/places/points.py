"""Points for the map as GeoJSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import JsonResponse

from prasan.planning.queries import Point


def pin(point: Point, name: str, address: str = "") -> dict[str, Any]:
    """A point as the map draws it: with a name and, where it leads somewhere, an address."""
    return {
        "type": "Feature",
        "properties": {"name": name, "address": address, "is_exact": point.is_exact},
        "geometry": {"type": "Point", "coordinates": [point.longitude, point.latitude]},
    }


def pins_answer(pins: Iterable[dict[str, Any]]) -> JsonResponse:
    """The pins as a GeoJSON collection that no browser keeps: a point may be hidden again."""
    answer = JsonResponse({"type": "FeatureCollection", "features": list(pins)})
    answer["Content-Type"] = "application/geo+json"
    answer["Cache-Control"] = "private, no-store"
    return answer
