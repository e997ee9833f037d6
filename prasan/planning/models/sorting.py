"""What lists of many cases need of a table: the province as a column, indexes in the order of the list."""

from __future__ import annotations

from collections.abc import Collection

from django.db import models
from django.db.models import Q
from django.db.models.functions import Left


def province_of(area: str) -> models.GeneratedField:
    """The code of the province in which the area of the row lies, kept by the database."""
    return models.GeneratedField(
        expression=Left(area, 2), output_field=models.CharField(max_length=2), db_persist=True
    )


def point_index(table: str) -> models.Index:
    """For what lies around a point; rows without one are not in it."""
    return models.Index(
        fields=["latitude", "longitude"], name=f"{table}_point", condition=Q(latitude__isnull=False)
    )


def waiting_indexes(table: str, states: Collection[str]) -> list[models.Index]:
    """For what has waited longest in each of the states, in a province or an area in it, and anywhere."""
    held = Q(state__in=states)
    columns = ("state", "state_since", "id")
    return [
        models.Index(fields=["province", *columns, "area"], name=f"{table}_waiting", condition=held),
        models.Index(fields=columns, name=f"{table}_all_waiting", condition=held),
    ]


def list_indexes(table: str, **orders: tuple[str, ...]) -> list[models.Index]:
    """For each order of a list one index of a province and one of the country; `area` is an order of all,
    in which the country is walked by the index of the key.

    State, sector and area stand behind the columns of the order, so that what is filtered out is passed over
    within the index and no row of it is fetched.
    """
    indexes = [models.Index(fields=["province", "area", "-id", "state", "sector"], name=f"{table}_area")]
    for name, columns in orders.items():
        behind = ("state", "sector", "area")
        indexes.append(models.Index(fields=["province", *columns, *behind], name=f"{table}_{name}"))
        if columns != ("-id",):
            indexes.append(models.Index(fields=columns, name=f"{table}_all_{name}"))
    return indexes
