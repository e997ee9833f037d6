"""What stands beside an innovation: earlier ones of its kind, and which provinces like one's own did it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count
from django.db.models.functions import Left
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from prasan.agencies.queries import Person, postings_of
from prasan.innovations.models import Innovation
from prasan.innovations.queries import Alike, adoptions_of, earlier_alike
from prasan.insight.queries import LikeProvince, provinces_like
from prasan.kernel.digits import format_number
from prasan.places.models import COUNTRY, Area

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

OWN = gettext_lazy("of your province")
_USED = ("piloted", "in_use")
_LEADS = 20
"""Earlier innovations among which those of provinces like the reader's are looked for."""
_MOST_BESIDE = 5
_MOST_PROVINCES = 5


@dataclass(frozen=True, slots=True)
class Beside:
    """An earlier innovation as it is shown: why it is like this one, how near its province is."""

    innovation: Innovation
    is_own: bool
    per_cent: int
    concepts: str
    nearness: StrPromise | str


@dataclass(frozen=True, slots=True)
class DoneThere:
    """A province like the reader's, why it is, its innovations of this kind, and how many use this one."""

    province: Area
    why: str
    innovations: list[Innovation]
    users: int


@dataclass(frozen=True, slots=True)
class Surroundings:
    """All that stands beside an innovation, for one reader."""

    alike: list[Beside]
    done_by: list[DoneThere]


def beside_of(innovation: Innovation, reader: Person) -> Surroundings:
    """The earlier innovations most like this one, and what provinces like the reader's did of its kind."""
    own = next((each.area_id[:2] for each in postings_of(reader) if each.area_id != COUNTRY), "")
    like = provinces_like(own) if own else {}
    found = earlier_alike(innovation, _LEADS if like else _MOST_BESIDE)
    return Surroundings(
        [_beside(each, _nearness(each.innovation, own, like)) for each in found[:_MOST_BESIDE]],
        _done_by(innovation, [each.innovation for each in found], like),
    )


def _done_by(
    innovation: Innovation, found: list[Innovation], like: Mapping[str, LikeProvince]
) -> list[DoneThere]:
    if not like:
        return []
    works = defaultdict[str, list[Innovation]](list)
    for each in (innovation, *found):
        if each.state == "registered":
            for province in each.provinces:
                works[province].append(each)
    users = _users_by_province(innovation)
    done = [code for code in like if code in works or code in users]
    return [
        DoneThere(like[code].area, why_like(like[code]), works.get(code, []), users.get(code, 0))
        for code in done[:_MOST_PROVINCES]
    ]


def _users_by_province(innovation: Innovation) -> dict[str, int]:
    rows = adoptions_of(innovation).filter(state__in=_USED).order_by()
    counted = rows.annotate(there=Left("agency__area", 2)).values("there").annotate(number=Count("pk"))
    return {each["there"]: each["number"] for each in counted}


def why_like(province: LikeProvince) -> str:
    """The reasons for which a province counts as like the reader's, in words."""
    reasons = []
    if province.is_of_cluster:
        reasons.append(_("of your cluster, %(cluster)s") % {"cluster": province.area.cluster})
    if province.is_of_size:
        reasons.append(
            _("about as many villages: %(there)s, yours %(own)s")
            % {"there": format_number(province.villages), "own": format_number(province.own_villages)}
        )
    return " · ".join(reasons)


def _nearness(innovation: Innovation, own: str, like: Mapping[str, LikeProvince]) -> StrPromise | str:
    provinces = innovation.provinces
    if own in provinces:
        return OWN
    likest = next((found for code, found in like.items() if code in provinces), None)
    return why_like(likest) if likest else ""


def _beside(alike: Alike, nearness: StrPromise | str) -> Beside:
    reasons = alike.why.shared or alike.why.broader
    in_english = get_language() == "en"
    return Beside(
        alike.innovation,
        alike.is_own,
        round(100 * alike.likeness),
        ", ".join(each.label_en if in_english else each.label_th for each in reasons),
        nearness,
    )
