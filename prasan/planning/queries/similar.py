"""Needs and proposals like the one that somebody is writing, shown meanwhile, so that none is told twice.

Simple on purpose: of one tambon or near, of one sector or with like words. What is compared is the key by
which lists are searched, so that short forms and missing tone marks are forgiven.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from math import cos, radians
from typing import Any, TypeVar

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import F, FloatField, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Cast, Left, Round, Sqrt

from prasan.agencies.queries import Person, within_reach
from prasan.cases.searching import inside_area
from prasan.kernel.words import search_key
from prasan.places.models import Area, Level
from prasan.planning import rules
from prasan.planning.models import Need, Proposal
from prasan.planning.queries.overlaps import point_of

C = TypeVar("C", Need, Proposal)

MOST = 5
"""How many are shown."""

NEAR_METRES = 2000
"""Of another tambon only what lies within this."""

ALIKE = 50
"""What shares this much of its words, of 100, is shown whatever its sector."""

READ = 150
"""Letters compared, from the beginning: the title of either, and what follows a short one."""

LOOKED_AT = 250
"""The newest of a tambon, and of those near, that are compared: a tenth of a millisecond goes into each."""

_METRES_A_DEGREE = 111_195
_GONE = ("withdrawn", "joined", "merged", "split")
"""States of what no longer stands for itself."""


@dataclass(frozen=True, slots=True)
class SoFar:
    """What somebody has written so far of a need or proposal; anything may be missing."""

    text: str = ""
    area: Area | None = None
    sector: str = ""
    point: tuple[float, float] | None = None


def so_far_of(case: Need | Proposal) -> SoFar:
    """What is written of one that is kept already."""
    if isinstance(case, Proposal):
        return SoFar(case.name, case.area, case.sector_id, point_of(case))
    point = None
    if case.latitude is not None and case.longitude is not None:
        point = case.latitude, case.longitude
    return SoFar(case.title, case.area, case.sector_id, point)


@dataclass(frozen=True, slots=True)
class Similar:
    """Something like it: how much of the words it shares, of 100, and how far away it is if that is told."""

    case: Need | Proposal
    alike: int
    metres: int | None

    @property
    def is_need(self) -> bool:
        """Whether it is a need; otherwise it is a proposal."""
        return isinstance(self.case, Need)


def similar_to(
    user: Person, written: SoFar, *, but: Need | Proposal | None = None, answered: Collection[int] = ()
) -> list[Similar]:
    """At most five needs and proposals like it that the person may see, by likeness, then by distance.

    Left out are the one that is being written itself and the needs that it answers already. The number of
    queries depends only on whether there is a point. Where a proposal lies is used for, and told to, none but
    those inside: for others it counts with its tambon.
    """
    key = search_key(written.text[:READ])
    if not key or written.area is None:
        return []
    needs = _others(Need.objects.all(), but).exclude(pk__in=answered)
    proposals = _others(Proposal.objects.all(), but)
    found = [
        *_in_tambon(within_reach(user, rules.VIEW_NEED, needs), key, written, written.area),
        *_in_tambon(within_reach(user, rules.VIEW_PROPOSAL, proposals), key, written, written.area),
    ]
    if written.point is not None:
        inside = within_reach(user, rules.VIEW_INSIDE_PROPOSAL, proposals)
        found += _near(within_reach(user, rules.VIEW_NEED, needs), key, written, written.point)
        found += _near(inside, key, written, written.point)
    known: dict[tuple[type, int], Similar] = {}
    for each in found:  # what is both in the tambon and near comes last with its distance
        known[type(each.case), each.case.pk] = each
    return sorted(known.values(), key=_order)[:MOST]


def _order(each: Similar) -> tuple[int, float, bool, int]:
    metres = float("inf") if each.metres is None else each.metres
    return -each.alike, metres, not each.is_need, -each.case.pk


def _others(rows: QuerySet[C], but: Need | Proposal | None) -> QuerySet[C]:
    rows = rows.exclude(state__in=_GONE)
    return rows.exclude(pk=but.pk) if isinstance(but, rows.model) else rows


def _in_tambon(rows: QuerySet[C], key: str, written: SoFar, area: Area) -> list[Similar]:
    """Of the tambon with its villages; of a larger area what is asked for the very same one."""
    rows = inside_area(rows, area.pk[:6]) if area.level >= Level.TAMBON else rows.filter(area=area)
    found = _like(rows, key, written).order_by("-alike", "-pk")[:MOST]
    return [Similar(row, row.alike, None) for row in found]


def _near(rows: QuerySet[C], key: str, written: SoFar, point: tuple[float, float]) -> list[Similar]:
    """Around a point, over which the earth is flat enough."""
    latitude, longitude = point
    a_degree_east = _METRES_A_DEGREE * cos(radians(latitude))
    north, east = NEAR_METRES / _METRES_A_DEGREE, NEAR_METRES / a_degree_east
    rows = rows.filter(
        latitude__range=(latitude - north, latitude + north),
        longitude__range=(longitude - east, longitude + east),
    )
    to_north = (F("latitude") - latitude) * float(_METRES_A_DEGREE)
    to_east = (F("longitude") - longitude) * a_degree_east
    found = _like(rows, key, written).annotate(
        metres=Cast(
            Round(Sqrt(to_north * to_north + to_east * to_east, output_field=FloatField())), IntegerField()
        )
    )
    found = found.filter(metres__lte=NEAR_METRES).order_by("-alike", "metres", "-pk")
    return [Similar(row, row.alike, row.metres) for row in found[:MOST]]


def _like(rows: QuerySet[C], key: str, written: SoFar) -> QuerySet[Any]:
    """Those of the newest rows that are shown, each with its area and how much it is `alike`."""
    newest = rows.order_by("-pk").values("pk")[:LOOKED_AT]
    likeness = TrigramWordSimilarity(key, Left("search_key", READ)) * Value(100.0)
    compared: QuerySet[Any] = rows.model._default_manager.filter(pk__in=newest).select_related("area")
    compared = compared.annotate(alike=Cast(Round(likeness), IntegerField()))
    return compared.filter(Q(alike__gte=ALIKE) | Q(sector=written.sector))
