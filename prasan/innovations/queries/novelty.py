"""Which earlier innovations one is like: of the same side a question of novelty, of others a lead for reuse.

What matching reads in all titles is held in memory, made once a process; what was written since is compared
one by one until that grows too long.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, Q

from prasan.agencies.models import Agency
from prasan.innovations.models import Innovation, TitleReading
from prasan.matching.title_index import TitleIndex, unpack_title
from prasan.matching.title_likeness import (
    SAME,
    VERSION,
    TitleExplanation,
    explain_titles,
    likeness_of_readings,
)
from prasan.matching.title_reading import TitleReading as Reading
from prasan.matching.title_reading import read_title

MOST_SHOWN = 5
_LOOKED_AT = 60
"""The nearest of all titles that are looked at: those not registered are left out of them afterwards."""
_LONGEST_ACT = timedelta(minutes=10)
"""What an act kept before the index was made may become visible after that: so long after at most."""
_MOST_SINCE = 2_000
"""Titles written since the index was made, from which on it is made anew: comparing these takes 20 ms."""


@dataclass(frozen=True, slots=True)
class Alike:
    """An earlier innovation, how likely it is of the same kind, whether of the same side, and why."""

    innovation: Innovation
    likeness: float
    is_own: bool
    why: TitleExplanation


def earlier_alike(innovation: Innovation, limit: int = MOST_SHOWN) -> list[Alike]:
    """The registered innovations most like this one, and own ones that lie at the ministry; the likest first.

    Of the same side are those of the same agency, and among agencies of provinces those of one province.
    """
    near = {key: likeness for key, likeness in _nearest(innovation.title) if likeness >= SAME}
    near.pop(innovation.pk, None)
    seen = Q(state="registered") | Q(state="proposed", owner=innovation.owner_id)
    rows = Innovation.objects.filter(seen, pk__in=near).select_related("owner__area", "area__parent")
    found = sorted(rows.prefetch_related("areas"), key=lambda each: (-near[each.pk], -each.pk))[:limit]
    return [
        Alike(
            each,
            near[each.pk],
            of_one_side(each.owner, innovation.owner),
            explain_titles(innovation.title, each.title),
        )
        for each in found
    ]


def of_one_side(one: Agency, other: Agency) -> bool:
    """Whether what one proposed counts as proposed by the other: the same agency, or the same province."""
    if one.pk == other.pk:
        return True
    provincial = one.level == other.level == Agency.Level.PROVINCIAL
    return provincial and one.area_id[:2] == other.area_id[:2]


class _Held:
    """The index of this process, the innovations in its order, and until when it is complete."""

    def __init__(self) -> None:
        rows = TitleReading.objects.filter(version=VERSION)
        self.until: datetime | None = rows.aggregate(last=Max("kept_at"))["last"]
        held = list(rows.order_by("pk").values_list("pk", "packed"))
        self.keys = [key for key, _packed in held]
        self.index = TitleIndex(unpack_title(bytes(packed)) for _key, packed in held)

    def since(self) -> list[tuple[int, Reading]]:
        """What was written after it was made, or read by another version."""
        rows = TitleReading.objects.filter(version=VERSION)
        if self.until is not None:
            rows = rows.filter(kept_at__gt=self.until - _LONGEST_ACT)
        return [
            (key, unpack_title(bytes(packed)))
            for key, packed in rows.values_list("pk", "packed")[: _MOST_SINCE + 1]
        ]


_held: _Held | None = None
_making = threading.Lock()


def forget_titles() -> None:
    """Make the index anew when it is next asked, for instance since another database is looked at."""
    global _held
    _held = None


def _nearest(title: str) -> Sequence[tuple[int, float]]:
    held, since = _held_now()
    asked = read_title(title)
    near = {held.keys[place]: likeness for place, likeness in held.index.nearest(title, _LOOKED_AT)}
    near |= {key: likeness_of_readings(asked, reading) for key, reading in since}
    return list(near.items())


def _held_now() -> tuple[_Held, list[tuple[int, Reading]]]:
    global _held
    held = _held
    since = held.since() if held is not None else []
    if held is None or len(since) > _MOST_SINCE:
        with _making:
            if _held is held:
                _held = _Held()
            held = _held
        since = held.since() if held is not None else []
    assert held is not None  # noqa: S101 - it was just made
    return held, since
