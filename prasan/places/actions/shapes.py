"""Taking in outlines of areas."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection, transaction

from prasan.ledger.actions import record
from prasan.places import events
from prasan.places.actions.changes import Changes, lay_out_changes
from prasan.places.actions.copying import fill_temporary_table, run, take_stock, wait_for_turn
from prasan.places.models import Level, PlaceSource, Shape

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

SOURCES = {
    Level.PROVINCE: PlaceSource.Kind.PROVINCE_SHAPES,
    Level.AMPHOE: PlaceSource.Kind.AMPHOE_SHAPES,
    Level.TAMBON: PlaceSource.Kind.TAMBON_SHAPES,
}


@dataclass(frozen=True, slots=True)
class ShapeRow:
    """The outline of one area: GeoJSON geometry, its bounds and a point that surely lies inside."""

    code: str
    geometry: dict[str, object]
    bounds: tuple[float, float, float, float]
    inside: tuple[float, float]


_COLUMNS = """
    code text, geometry jsonb, west float8, south float8, east float8, north float8,
    longitude float8, latitude float8
"""
# A file of outlines adds to what is known and never takes away: its gaps say nothing.
_DIFFERENCES = """
SELECT listed.code, CASE WHEN known.area_id IS NULL THEN 'added' ELSE 'changed' END AS kind,
       '' AS before, '' AS after
FROM listed_shape AS listed LEFT JOIN places_shape AS known ON known.area_id = listed.code
WHERE known.area_id IS NULL OR known.geometry <> listed.geometry OR known.source <> %s
"""
_TAKE_OVER = """
INSERT INTO places_shape (area_id, geometry, west, south, east, north, source)
SELECT code, geometry, west, south, east, north, %s FROM listed_shape
ON CONFLICT (area_id) DO UPDATE
SET geometry = excluded.geometry, west = excluded.west, south = excluded.south,
    east = excluded.east, north = excluded.north, source = excluded.source
"""
_MARK_POINTS = """
UPDATE places_area SET latitude = listed.latitude, longitude = listed.longitude
FROM listed_shape AS listed WHERE listed.code = places_area.code
"""


def lay_out_shapes(rows: Iterable[ShapeRow], *, source: str) -> Changes:
    """Hold the outlines ready in this transaction and tell what taking them over would change."""
    wait_for_turn()
    fill_temporary_table("listed_shape", _COLUMNS, map(_columns_of, rows))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM places_shape JOIN places_area ON code = area_id "
            "WHERE level IN (SELECT length(code) / 2 FROM listed_shape)"
        )
        is_first = cursor.fetchone() == (0,)
    return lay_out_changes(_DIFFERENCES, [source], is_first=is_first)


@transaction.atomic
def take_over_shapes(changes: Changes, *, source: str, digest: str, by: AbstractBaseUser | None) -> None:
    """Make the outlines of the areas laid out in this transaction what the file says."""
    run(_TAKE_OVER, [source])
    run(_MARK_POINTS)
    take_stock("places_shape")
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT length(code) / 2 FROM listed_shape")
        levels = [Level(level) for (level,) in cursor.fetchall()]
    for level in levels:
        subject, _created = PlaceSource.objects.update_or_create(
            kind=SOURCES[level],
            defaults={"version": digest, "count": Shape.objects.filter(area__level=level).count()},
        )
        record(
            events.SHAPES_IMPORTED,
            subject,
            by=by,
            after={"sha256": digest, "added": changes.added, "changed": changes.changed},
        )


def _columns_of(row: ShapeRow) -> tuple[object, ...]:
    return (row.code, json.dumps(row.geometry), *row.bounds, *row.inside)
