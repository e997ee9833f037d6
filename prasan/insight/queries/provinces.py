"""Which provinces are like another, how like, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from prasan.places.models import Area, Level

_NEAR = 4
"""Of like size is a province whose number of villages differs by no more than a quarter of the other's."""
_FIGURES = ("villages", "tambon", "amphoe", "local_governments")
"""What is counted of every province."""


@dataclass(frozen=True, slots=True)
class LikeProvince:
    """A province like another: of its cluster, of about as many villages, or both; `likeness` from 0 to 1."""

    area: Area
    likeness: float
    is_of_cluster: bool
    is_of_size: bool
    villages: int
    own_villages: int


def provinces_like(code: str) -> Mapping[str, LikeProvince]:
    """The provinces of the same cluster or of about as many villages, by their codes, the likest first.

    Likeness is the mean of how near each figure is, the smaller by the larger, and of whether the cluster is
    the same; a figure that is nought of either is left out.
    """
    rows = Area.objects.filter(level=Level.PROVINCE, is_abolished=False).select_related("count", "cluster")
    provinces = {area.code: area for area in rows}
    own = provinces.pop(code, None)
    if own is None:
        return {}
    found = [like for area in provinces.values() if (like := _like(own, area)) is not None]
    found.sort(key=lambda each: (-each.likeness, each.area.sort_key, each.area.code))
    return {each.area.code: each for each in found}


def _like(own: Area, other: Area) -> LikeProvince | None:
    pairs = [(_counted(own, name), _counted(other, name)) for name in _FIGURES]
    own_villages, villages = pairs[0]
    is_of_cluster = own.cluster_id is not None and own.cluster_id == other.cluster_id
    is_of_size = own_villages > 0 and villages > 0 and abs(villages - own_villages) * _NEAR <= own_villages
    if not (is_of_cluster or is_of_size):
        return None
    near = [min(pair) / max(pair) for pair in pairs if all(pair)]
    likeness = (sum(near) + is_of_cluster) / (len(near) + 1)
    return LikeProvince(other, likeness, is_of_cluster, is_of_size, villages, own_villages)


def _counted(area: Area, name: str) -> int:
    return getattr(area.count, name) if hasattr(area, "count") else 0
