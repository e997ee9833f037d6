"""Which open complaints are likely the same as one that is being written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from prasan.complaints.models import Complaint, Kind
from prasan.complaints.states import OPEN
from prasan.matching import SAME, Report, likeness_to_many
from prasan.places.models import PARENTS, Area, Level

MOST_COMPARED = 300
"""The newest so many of a place are compared: a few milliseconds of work."""
MOST_SHOWN = 5
_NEAR_DEGREES = 0.006
"""Some 650 metres, the farthest at which two reports are compared."""
_DAYS = 60
_SOMEWHERE = 0.00135
"""Degrees, some 150 metres: how far from the middle of its place one without a point is taken to be."""


@dataclass(frozen=True, slots=True)
class Likely:
    """An open complaint that is likely the same, as anybody may read of it: never its words."""

    key: int
    title: str
    kind: Kind | None
    month: datetime
    place: Area
    likeness: float


def likely_same(
    words: str,
    area: Area,
    *,
    kind: Kind | None = None,
    latitude: float | None = None,
    longitude: float | None = None,
) -> list[Likely]:
    """The open complaints near by that likely tell of the same problem, the likeliest first.

    Only such as an officer has screened and given a title: shown are kind, month, tambon and that title.
    """
    candidates = list(_candidates(area, latitude, longitude)[:MOST_COMPARED])
    north, east = _somewhere_in(area) if latitude is None or longitude is None else (latitude, longitude)
    asked = Report("", words, north, east, timezone.now(), (kind.code,) if kind else ())
    likeness = likeness_to_many(asked, [_report(each) for each in candidates])
    found = sorted(zip(likeness, candidates, strict=True), key=lambda pair: (-pair[0], pair[1].pk))
    return [
        Likely(each.pk, each.title, each.kind, each.created_at, _tambon(each.area), alike)
        for alike, each in found[:MOST_SHOWN]
        if alike >= SAME
    ]


def _candidates(area: Area, latitude: float | None, longitude: float | None) -> QuerySet[Complaint]:
    around = Q(area__path__startswith=area.path)
    if latitude is not None and longitude is not None:
        around = Q(
            latitude__range=(latitude - _NEAR_DEGREES, latitude + _NEAR_DEGREES),
            longitude__range=(longitude - _NEAR_DEGREES, longitude + _NEAR_DEGREES),
        )
    rows = Complaint.objects.filter(around, state__in=OPEN, is_restricted=False).exclude(title="")
    since = timezone.now() - timedelta(days=_DAYS)
    return rows.filter(created_at__gte=since).select_related("kind", f"area__{PARENTS}").order_by("-pk")


def _tambon(area: Area) -> Area:
    return area.parent if area.level == Level.VILLAGE and area.parent is not None else area


def _somewhere_in(area: Area) -> tuple[float | None, float | None]:
    """The middle of the place, a little aside: two without a point are near each other, not at one spot."""
    if area.latitude is None or area.longitude is None:
        return None, None
    return area.latitude + _SOMEWHERE, area.longitude


def _report(complaint: Complaint) -> Report:
    kinds = (complaint.kind_id,) if complaint.kind_id else ()
    at = complaint.happened_at or complaint.created_at
    latitude, longitude = complaint.latitude, complaint.longitude
    if latitude is None or longitude is None:
        latitude, longitude = complaint.area.latitude, complaint.area.longitude
    return Report(str(complaint.pk), complaint.words, latitude, longitude, at, kinds)
