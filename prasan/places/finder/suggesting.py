"""Places offered while a person is still typing."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from prasan.places.finder.reading import Kind, read
from prasan.places.finder.searching import find_place
from prasan.places.models import COUNTRY, PARENTS, Area, Level

FEWEST_LETTERS = 2
FEWEST_FOR_MIDDLE = 4
"""From so many letters on, names that hold them anywhere are offered too."""


def suggest(text: str, *, within: Area | None = None, limit: int = 10) -> list[Area]:
    """Areas that what is typed so far may be leading to, with their parents; the largest first."""
    letters, mentions = read(text[:200])
    if len(letters.letters) < FEWEST_LETTERS:
        return []
    offered = {candidate.code: candidate.area for candidate in find_place(text, within=within).candidates}
    last = next((m for m in reversed(mentions) if m.kind != Kind.MOO), None)
    key = letters.letters[last.name_at if last is not None else 0 :]
    if len(key) >= FEWEST_LETTERS:
        level = Level(int(last.kind)) if last is not None else None
        for area in _beginning_with(key, _areas(level, within), limit):
            offered.setdefault(area.code, area)
        if len(offered) < limit and len(key) >= FEWEST_FOR_MIDDLE:
            for area in _areas(level, within).filter(search_key__contains=key)[:limit]:
                offered.setdefault(area.code, area)
    return list(offered.values())[:limit]


def _areas(level: Level | None, within: Area | None) -> QuerySet[Area]:
    areas = Area.objects.filter(is_abolished=False, level__gt=Level.COUNTRY).select_related(PARENTS)
    if level is not None:
        areas = areas.filter(level=level)
    if within is not None and within.code != COUNTRY:
        areas = areas.filter(path__startswith=within.path)
    return areas.order_by("level", "search_key", "code")


def _beginning_with(key: str, areas: QuerySet[Area], limit: int) -> QuerySet[Area]:
    return areas.filter(Q(search_key__startswith=key) | Q(search_key_en__startswith=key))[:limit]
