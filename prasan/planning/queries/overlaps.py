"""Projects that may be the same thing twice, or should be built together: told to whoever decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import cos, hypot, radians

from rapidfuzz import fuzz

from prasan.kernel.words import search_key
from prasan.planning.models import Proposal

NEAR_METRES = 500
"""Points closer than this are flagged."""

ALIKE = 85
"""Titles of one amphoe that share this much of their words, of 100, are flagged."""

_METRES_A_DEGREE = 111_195


@dataclass(frozen=True, slots=True)
class Overlap:
    """Another project, and in which ways it overlaps: one kind in one tambon, near, or alike by name."""

    other: Proposal
    is_same_tambon: bool
    metres: int | None
    alike: int | None

    @property
    def strength(self) -> tuple[int, int]:
        """For putting the strongest first: how many ways, then how alike."""
        ways = self.is_same_tambon + (self.metres is not None) + (self.alike is not None)
        return ways, self.alike or 0


def overlaps_among(proposals: Iterable[Proposal]) -> dict[int, list[Overlap]]:
    """For each proposal those that overlap it, the strongest first; each pair is told on both sides.

    Compared are proposals of one amphoe; a point is the proposal's own, or else of the first of its needs
    that has one (needs read with `prefetch_related` cost no further query).
    """
    found: dict[int, list[Overlap]] = defaultdict(list)
    for rows in _by_amphoe(proposals).values():
        points = {row.pk: point_of(row) for row in rows}
        names = {row.pk: search_key(row.name) for row in rows}
        for one, other in combinations(rows, 2):
            told = _told(one, other, points, names)
            if told is not None:
                found[one.pk].append(Overlap(other, *told))
                found[other.pk].append(Overlap(one, *told))
    return {pk: sorted(told, key=lambda each: each.strength, reverse=True) for pk, told in found.items()}


def _told(
    one: Proposal,
    other: Proposal,
    points: Mapping[int, tuple[float, float] | None],
    names: Mapping[int, str],
) -> tuple[bool, int | None, int | None] | None:
    is_same_tambon = (
        len(one.area_id) >= 6 and one.area_id[:6] == other.area_id[:6] and one.sector_id == other.sector_id
    )
    metres = _metres(points[one.pk], points[other.pk])
    near = metres if metres is not None and metres <= NEAR_METRES else None
    likeness = round(fuzz.token_sort_ratio(names[one.pk], names[other.pk], score_cutoff=ALIKE))
    if not (is_same_tambon or near is not None or likeness):
        return None
    return is_same_tambon, near, likeness or None


def _by_amphoe(proposals: Iterable[Proposal]) -> Mapping[str, Sequence[Proposal]]:
    groups: dict[str, list[Proposal]] = defaultdict(list)
    for proposal in proposals:
        groups[proposal.area_id[:4]].append(proposal)
    return groups


def point_of(proposal: Proposal) -> tuple[float, float] | None:
    """Its own point, or else that of the first of its needs that has one."""
    if proposal.latitude is not None and proposal.longitude is not None:
        return proposal.latitude, proposal.longitude
    for need in proposal.needs.all():
        if need.latitude is not None and need.longitude is not None:
            return need.latitude, need.longitude
    return None


def _metres(one: tuple[float, float] | None, other: tuple[float, float] | None) -> int | None:
    """As the crow flies; over a few kilometres the earth is flat enough."""
    if one is None or other is None:
        return None
    north = (one[0] - other[0]) * _METRES_A_DEGREE
    east = (one[1] - other[1]) * _METRES_A_DEGREE * cos(radians(one[0]))
    return round(hypot(north, east))
