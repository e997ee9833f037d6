"""Which open complaints are likely the same as one that is being written, or as one that came in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone

from prasan.complaints.models import Complaint, Kind
from prasan.complaints.states import OPEN
from prasan.matching import VERSION, Report, packed_reading, problems_alike
from prasan.places.models import Area, Level

MOST_COMPARED = 300
"""Of those with a point the nearest, or of a place the newest so many: some milliseconds of work."""
MOST_WITHOUT_POINT = 100
"""Of the place, besides."""
MOST_SHOWN = 5
"""Problems of which the sender is asked whether his is one, or complaints that an officer is shown."""
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

# The words of these conditions are those of the indexes of what may be shown.
_SHOWN = """state = ANY(%(open)s) AND NOT is_restricted AND title <> ''
    AND created_at BETWEEN %(since)s AND %(until)s AND id <> %(apart)s"""
_NEAREST = f"""
SELECT id, created_at, kind_id, latitude, longitude FROM complaints_complaint
WHERE {_SHOWN} AND latitude BETWEEN %(south)s AND %(north)s AND longitude BETWEEN %(west)s AND %(east)s
ORDER BY (latitude - %(latitude)s) ^ 2 + (longitude - %(longitude)s) ^ 2, id DESC LIMIT %(most)s
"""  # noqa: S608 - words of ours
_OF_PLACE = f"""
SELECT of_place.id, created_at, kind_id, NULL::float8, NULL::float8
FROM places_area CROSS JOIN LATERAL (
    SELECT id, created_at, kind_id FROM complaints_complaint
    WHERE area_id = code AND {_SHOWN} AND latitude IS {{known}}
    ORDER BY created_at DESC, id DESC LIMIT %(most_of_place)s
) AS of_place
WHERE code = ANY(%(areas)s) OR parent_id = ANY(%(above)s)
ORDER BY created_at DESC, id DESC LIMIT %(most_of_place)s
"""  # noqa: S608 - words of ours
_CANDIDATES = """
WITH candidate(id, told_at, kind, latitude, longitude) AS (({first}) UNION ALL ({second}))
SELECT id, told_at, kind, latitude, longitude, packed
FROM candidate LEFT JOIN complaints_reading ON complaint_id = id AND version = %(version)s
"""
_WITHOUT_POINT = _OF_PLACE.format(known="NULL")
_AROUND_A_POINT = _CANDIDATES.format(first=_NEAREST, second=_WITHOUT_POINT)
_IN_A_PLACE = _CANDIDATES.format(first=_OF_PLACE.format(known="NOT NULL"), second=_WITHOUT_POINT)


@dataclass(frozen=True, slots=True)
class Likely:
    """An open complaint that is likely the same, as anybody may read of it: never its words.

    `along` are others that surely tell of the same problem, though nobody has joined them yet.
    """

    key: int
    title: str
    kind: Kind | None
    month: datetime
    place: Area
    likeness: float
    along: tuple[Likely, ...] = ()


class _Candidate(NamedTuple):
    key: int
    told_at: datetime
    kind: str | None
    latitude: float | None
    longitude: float | None
    packed: bytes | None


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
    """The problems near by of which this likely tells, each by its likeliest open complaint, likeliest first.

    What is surely one problem stands there once, so that reports of it leave room for others. Only such
    as an officer has screened and given a title: shown are kind, month, tambon and that title.
    Nothing is written, however often it is asked. `told_at` is now unless it was told before.
    """
    at = told_at or timezone.now()
    given = {"apart": apart_from.pk if apart_from else 0, "since": at - _WITHIN, "until": at + _WITHIN}
    if latitude is None or longitude is None:
        spot, candidates = _SOME_SPOT, _asked(_IN_A_PLACE, {**given, **_places(area)})
    else:
        spot = (latitude, longitude)
        candidates = _asked(_AROUND_A_POINT, {**given, **_around(*spot), **_places(area)})
    asked = Report("", words, *spot, at, (kind.code,) if kind else ())
    others = [_report(each, spot) for each in candidates]
    problems = problems_alike(asked, others, _packed(candidates), least=_SHOWN_FROM, most=MOST_SHOWN)
    return _shown([[(candidates[place].key, alike) for place, alike in each] for each in problems])


def likely_same_as(complaint: Complaint) -> list[Likely]:
    """The other open complaints that likely tell of the same problem, each by itself, the likeliest first.

    None for one of a restricted kind.
    """
    if complaint.is_restricted:
        return []
    problems = likely_same(
        complaint.words,
        complaint.area,
        kind=complaint.kind,
        latitude=complaint.latitude,
        longitude=complaint.longitude,
        told_at=complaint.created_at,
        apart_from=complaint,
    )
    each_by_itself = (one for first in problems for one in (replace(first, along=()), *first.along))
    return sorted(each_by_itself, key=lambda one: (-one.likeness, one.key))[:MOST_SHOWN]


def _around(latitude: float, longitude: float) -> Mapping[str, Any]:
    """The nearest first: in a crowded place those farther away are less likely the same."""
    return {
        "latitude": latitude,
        "longitude": longitude,
        "south": latitude - _NEAR_DEGREES,
        "north": latitude + _NEAR_DEGREES,
        "west": longitude - _NEAR_DEGREES,
        "east": longitude + _NEAR_DEGREES,
        "most": MOST_COMPARED,
        "most_of_place": MOST_WITHOUT_POINT,
    }


def _places(area: Area) -> Mapping[str, Any]:
    """A tambon with its villages, or a village and its tambon; a larger place says too little of where."""
    areas = [area.pk] if area.level >= Level.TAMBON else []
    if area.level == Level.VILLAGE:
        return {"areas": [*areas, area.parent_id], "above": []}
    return {"areas": areas, "above": areas}


def _asked(statement: str, given: Mapping[str, Any]) -> list[_Candidate]:
    with connection.cursor() as cursor:
        cursor.execute(
            statement, {"most_of_place": MOST_COMPARED, **given, "open": list(OPEN), "version": VERSION}
        )
        return [_Candidate(*row) for row in cursor.fetchall()]


def _report(each: _Candidate, spot: tuple[float, float]) -> Report:
    """As it is compared; one of which nobody knows where exactly is taken to be somewhere about."""
    north, east = each.latitude, each.longitude
    if north is None:
        north, east = spot[0] + _SOMEWHERE, spot[1]
    return Report("", "", north, east, each.told_at, (each.kind,) if each.kind else ())


def _packed(candidates: Sequence[_Candidate]) -> list[bytes]:
    """The readings of the candidates in their order; a text is read here only until its reading is kept."""
    texts: dict[int, str] = {}
    if lacking := [each.key for each in candidates if each.packed is None]:
        texts = dict(Complaint.objects.filter(pk__in=lacking).values_list("pk", "words"))
    return [
        packed_reading(texts[each.key]) if each.packed is None else bytes(each.packed) for each in candidates
    ]


def _shown(problems: Sequence[Sequence[tuple[int, float]]]) -> list[Likely]:
    rows = Complaint.objects.select_related("kind", "area__parent").in_bulk(
        [key for each in problems for key, _alike in each]
    )
    found = []
    for each in problems:
        first, *along = (_likely(rows[key], alike) for key, alike in each)
        found.append(replace(first, along=tuple(along)))
    return found


def _likely(row: Complaint, alike: float) -> Likely:
    return Likely(row.pk, row.title, row.kind, row.created_at, _tambon(row.area), alike)


def _tambon(area: Area) -> Area:
    return area.parent if area.level == Level.VILLAGE and area.parent is not None else area
