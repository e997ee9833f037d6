"""Reading an area with what is around and inside it, in one statement made once.

The query sets of Django would do the same in three queries at five times the cost, and every page of a place
passes here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from django.db import connection, models

from prasan.places.models import COUNTRY, Area, AreaCount, Level, ProvinceCluster, Shape

_ORDER = "t0.level, t0.moo, t0.sort_key, t0.code"
"""From the country down; villages by number, others in dictionary order."""

_BESIDE = ("count", "shape", "cluster")
"""By which names an area knows the rows read beside it."""


def read_area(code: str, *, with_children: bool = False) -> tuple[Area | None, list[Area]]:
    """The area of a code, if there is one, with parents, count, cluster and bounds; and what exists one level
    down, with counts and bounds. The code may be anything that stands in an address.
    """
    if not code.isprintable():
        return None, []  # the database takes no zero bytes
    codes = [COUNTRY] if code == COUNTRY else [COUNTRY, *(code[:end] for end in range(2, len(code) + 1, 2))]
    codes = codes[: len(Level)]
    with connection.cursor() as cursor:
        cursor.execute(_statement(), {"codes": codes, "parent": code if with_children else None})
        rows = [_area(values) for values in cursor.fetchall()]
    around = {area.code: area for area in rows if area.code in codes}
    for above, below in pairwise(codes):
        if below in around:
            around[below].parent = around[above]
    found = around.get(code)
    children = [area for area in rows if area.code not in around]
    for child in children:
        child.parent = found
    return found, children


def _area(values: Sequence[Any]) -> Area:
    area, *beside = _rows_of(values)
    assert isinstance(area, Area)  # noqa: S101 - the first of the parts
    for field, row in zip(_BESIDE, beside, strict=True):
        area._state.fields_cache[field] = row
    return area


def _rows_of(values: Sequence[Any]) -> Iterator[models.Model | None]:
    start = 0
    for model, names in _parts():
        held = values[start : start + len(names)]
        start += len(names)
        yield None if held[0] is None else model.from_db(connection.alias, names, held)


@cache
def _parts() -> tuple[tuple[type[models.Model], tuple[str, ...]], ...]:
    """The tables of the statement with the columns that are read; an outline is long and left out."""
    tables: tuple[type[models.Model], ...] = (Area, AreaCount, Shape, ProvinceCluster)
    return tuple(
        (model, tuple(field.attname for field in model._meta.concrete_fields if field.name != "geometry"))
        for model in tables
    )


@cache
def _statement() -> str:
    names = [
        f"t{number}.{connection.ops.quote_name(name)}"
        for number, (_model, attributes) in enumerate(_parts())
        for name in attributes
    ]
    area, count, shape, cluster = (model._meta.db_table for model, _names in _parts())
    return f"""
        SELECT {", ".join(names)}
        FROM (
            SELECT * FROM {area} WHERE code = ANY(%(codes)s)
            UNION ALL
            SELECT * FROM {area} WHERE parent_id = %(parent)s AND NOT is_abolished
        ) AS t0
        LEFT JOIN {count} AS t1 ON t1.area_id = t0.code
        LEFT JOIN {shape} AS t2 ON t2.area_id = t0.code
        LEFT JOIN {cluster} AS t3 ON t3.code = t0.cluster_id
        ORDER BY {_ORDER}
    """  # noqa: S608 - names of ours
