"""Which open complaints are likely the same as one that is being written, or as one that came in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import F, QuerySet
from django.utils import timezone

from prasan.complaints.models import Complaint, Kind, Reading
from prasan.complaints.states import OPEN
from prasan.matching import VERSION, Report, likeness_to_many, packed_reading
from prasan.places.models import PARENTS, Area, Level

MOST_COMPARED = 300
"""The nearest so many: some milliseconds of work."""
MOST_WITHOUT_POINT = 100
"""Of the place, besides."""
MOST_SHOWN = 5
_SHOWN_FROM = 0.25
"""Likeness from which one is shown: whoever reads the title sees a wrong one at once, and a right one that
is not shown is told of twice."""
_NEAR_DEGREES = 0.006
"""Some 650 metres, the farthest at which two reports are compared."""
_WITHIN = timedelta(days=60)
_SOMEWHERE = 0.00135
"""Degrees, some 150 metres: so far apart two of one tambon or village are taken to be if one has no point."""
_SOME_SPOT = (13.0, 100.5)
"""Where one without a point is taken to be; only how far from it the others are counts."""

_Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Likely:
    """An open complaint that is likely the same, as anybody may read of it: never its words."""

    key: int
    title: str
    kind: Kind | None
    month: datetime
    place: Area
    likeness: float


class _Candidate(NamedTuple):
    key: int
    told_at: datetime
    kind: str | None
    point: _Spot | None


def likely_same(
    words: str,
    area: Area,
    *,
    kind: Kind | None = None,
    latitude: float | None = None,
    longitude: float | None = None,
    told_at: datetime | None = None,
    apart_from: Complaint | None = None,
) -> list[Likely]:
    """The open complaints near by that likely tell of the same problem, the likeliest first.

    Only such as an officer has screened and given a title: shown are kind, month, tambon and that title.
    Nothing is written, however often it is asked. `told_at` is now unless it was told before.
    """
    at = told_at or timezone.now()
    rows = _open_about(at, apart_from)
    if latitude is None or longitude is None:
        spot, candidates = _SOME_SPOT, _of_place(rows, area, MOST_COMPARED)
    else:
        spot = (latitude, longitude)
        candidates = [*_near(rows, spot), *_of_place(rows.filter(latitude=None), area, MOST_WITHOUT_POINT)]
    somewhere = (spot[0] + _SOMEWHERE, spot[1]) if area.level >= Level.TAMBON else None
    asked = _report(words, spot, at, kind.code if kind else None)
    others = [_report("", each.point or somewhere, each.told_at, each.kind) for each in candidates]
    likeness = likeness_to_many(asked, others, _packed(candidates))
    found = sorted((-alike, each.key) for alike, each in zip(likeness, candidates, strict=True))
    return _shown([(key, -less) for less, key in found[:MOST_SHOWN] if -less >= _SHOWN_FROM])


def likely_same_as(complaint: Complaint) -> list[Likely]:
    """The other open complaints that likely tell of the same problem; none for one of a restricted kind."""
    if complaint.is_restricted:
        return []
    return likely_same(
        complaint.words,
        complaint.area,
        kind=complaint.kind,
        latitude=complaint.latitude,
        longitude=complaint.longitude,
        told_at=complaint.created_at,
        apart_from=complaint,
    )


def _open_about(at: datetime, apart_from: Complaint | None) -> QuerySet[Complaint]:
    rows = Complaint.objects.filter(
        state__in=OPEN, is_restricted=False, created_at__range=(at - _WITHIN, at + _WITHIN)
    )
    rows = rows.exclude(title="")
    return rows.exclude(pk=apart_from.pk) if apart_from is not None else rows


def _near(rows: QuerySet[Complaint], spot: _Spot) -> list[_Candidate]:
    """Those with a point, the nearest first: in a crowded place the farther ones are less likely the same."""
    north, east = spot
    around = rows.filter(
        latitude__range=(north - _NEAR_DEGREES, north + _NEAR_DEGREES),
        longitude__range=(east - _NEAR_DEGREES, east + _NEAR_DEGREES),
    )
    away = F("latitude") - north, F("longitude") - east
    nearest = around.order_by(away[0] * away[0] + away[1] * away[1], "-pk")
    found = nearest.values_list("pk", "created_at", "kind_id", "latitude", "longitude")[:MOST_COMPARED]
    return [
        _Candidate(key, at, kind, (up, right))
        for key, at, kind, up, right in found
        if up is not None and right is not None
    ]


def _of_place(rows: QuerySet[Complaint], area: Area, most: int) -> list[_Candidate]:
    """Those of the place and of places within it, the newest first, as if nobody knew where exactly."""
    newest = rows.filter(area__path__startswith=area.path).order_by("-pk")
    return [_Candidate(*row, None) for row in newest.values_list("pk", "created_at", "kind_id")[:most]]


def _report(words: str, spot: _Spot | None, at: datetime, kind: str | None) -> Report:
    latitude, longitude = spot or (None, None)
    return Report("", words, latitude, longitude, at, (kind,) if kind else ())


def _packed(candidates: Sequence[_Candidate]) -> list[bytes]:
    """The readings of the candidates in their order; a text is read here only until its reading is kept."""
    keys = [each.key for each in candidates]
    kept = Reading.objects.filter(complaint__in=keys, version=VERSION)
    packed = {key: bytes(reading) for key, reading in kept.values_list("pk", "packed")}
    if lacking := [key for key in keys if key not in packed]:
        texts = Complaint.objects.filter(pk__in=lacking).values_list("pk", "words")
        packed |= {key: packed_reading(words) for key, words in texts}
    return [packed[key] for key in keys]


def _shown(found: Sequence[tuple[int, float]]) -> list[Likely]:
    rows = Complaint.objects.select_related("kind", f"area__{PARENTS}").in_bulk(
        [key for key, _alike in found]
    )
    return [
        Likely(key, row.title, row.kind, row.created_at, _tambon(row.area), alike)
        for key, alike in found
        if (row := rows.get(key)) is not None
    ]


def _tambon(area: Area) -> Area:
    return area.parent if area.level == Level.VILLAGE and area.parent is not None else area
