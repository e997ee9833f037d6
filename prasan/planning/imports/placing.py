"""Where a budget line belongs, as far as its own words tell; what they leave open waits for a person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from prasan.places.finder import Finding, find_place
from prasan.places.models import Area, Level, ProvinceCluster
from prasan.planning.models import PlanItem

_NAMES_A_PLACE = re.compile(r"ตำบล|อำเภอ|หมู่ที่|(?<![ก-๙])[ตอม]\.\s*[ก-๙0-9]|(?<!งาน)บ้าน[ก-ฮเ-ไ]")


@dataclass(frozen=True, slots=True)
class Placed:
    """The place of a line, or why it waits."""

    area: Area | None
    placing: str
    doubt: str = ""
    score: float | None = None


def place_line(title: str, owner: Area | ProvinceCluster, provinces: Sequence[Area]) -> Placed:
    """Place a line by its words, within the provinces of its unit.

    Several places become the smallest area that holds them all, as long as that is finer than a province.
    """
    whole = owner if isinstance(owner, Area) else None
    finding = _find(title, provinces)
    if finding.doubts:
        return Placed(whole, PlanItem.Placing.UNPLACED, PlanItem.Doubt.AMBIGUOUS)
    if not finding.places:
        if _NAMES_A_PLACE.search(title):
            return Placed(whole, PlanItem.Placing.UNPLACED, PlanItem.Doubt.NOT_FOUND)
        return Placed(whole, PlanItem.Placing.WHOLE)
    codes = {province.code for province in provinces}
    if any(not place.is_inside or place.code[:2] not in codes for place in finding.places):
        return Placed(whole, PlanItem.Placing.UNPLACED, PlanItem.Doubt.OUTSIDE)
    area = _holding([_official(place.area) for place in finding.places])
    if area is None or (area.level < Level.AMPHOE and len(finding.places) > 1):
        return Placed(whole, PlanItem.Placing.UNPLACED, PlanItem.Doubt.SEVERAL)
    if area == owner:
        return Placed(area, PlanItem.Placing.WHOLE)
    return Placed(area, PlanItem.Placing.TEXT, score=min(place.score for place in finding.places))


def _find(title: str, provinces: Sequence[Area]) -> Finding:
    """What the words name; for a cluster also without the province, if one of its provinces alone fits."""
    if len(provinces) == 1:
        return find_place(title, within=provinces[0])
    anywhere = find_place(title)
    if (anywhere.places and not anywhere.doubts) or not _NAMES_A_PLACE.search(title):
        return anywhere
    found = [finding for each in provinces if (finding := find_place(title, within=each)).places]
    return found[0] if len(found) == 1 else anywhere


def _official(area: Area) -> Area:
    """The area, or its tambon if it is a made-up village: no document speaks of those."""
    return area.parent if area.is_made_up and area.parent is not None else area


def _holding(areas: Sequence[Area]) -> Area | None:
    """The smallest area that holds them all, None if no province does."""
    shared: list[str] = []
    for codes in zip(*(area.path.split("/")[:-1] for area in areas), strict=False):
        if len(set(codes)) > 1:
            break
        shared.append(codes[0])
    if not shared:
        return None
    return next((area for area in areas if area.code == shared[-1]), None) or Area.objects.get(
        code=shared[-1]
    )
