"""Reports of citizens of Bangkok and the pairs of them that people judged, on which matching is measured."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from datetime import datetime
from math import cos, hypot, radians
from pathlib import Path
from typing import NamedTuple

REPORTS = "complaints_bangkok_2022.csv.gz"
PAIRS = "complaint_pairs_labelled.csv"
SAME, DIFFERENT = "2", "0"
METRES_PER_DEGREE = 111_195.0


class Row(NamedTuple):
    """One report: the same fields in the same order as the library's own, and all that any method sees."""

    row_id: str
    text: str
    latitude: float | None
    longitude: float | None
    at: datetime | None
    kinds: tuple[str, ...]


class Pair(NamedTuple):
    """Two reports, by their row ids, and whether people found them to be about one problem."""

    row_a: str
    row_b: str
    is_same: bool


def metres_between(one: Row, other: Row) -> float | None:
    """How far two reports are apart, where both have a point."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    north = (one.latitude - other.latitude) * METRES_PER_DEGREE
    east = (one.longitude - other.longitude) * METRES_PER_DEGREE * cos(radians(one.latitude))
    return hypot(north, east)


def is_at_hand(shared: Path) -> bool:
    """Whether the folder of real data holds reports and judged pairs."""
    return (shared / REPORTS).exists() and (shared / PAIRS).exists()


def read_rows(place: Path) -> Iterator[Row]:
    """The reports of a packed file with the columns of the Bangkok file."""
    with gzip.open(place, "rt", encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            yield Row(
                row["row_id"],
                row["comment"],
                float(row["lat"]) if row["lat"] else None,
                float(row["lon"]) if row["lon"] else None,
                datetime.fromisoformat(row["timestamp"]) if row["timestamp"] else None,
                tuple(kind for kind in row["type"].split(",") if kind),
            )


def read_pairs(place: Path) -> list[Pair]:
    """The pairs that could be judged; what else the file says of a pair is not for any method to see."""
    with place.open(encoding="utf-8-sig", newline="") as stream:
        return [
            Pair(pair["row_a"], pair["row_b"], pair["label"] == SAME)
            for pair in csv.DictReader(stream)
            if pair["label"] in (SAME, DIFFERENT)
        ]
