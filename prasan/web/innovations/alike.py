"""What stands beside an innovation: earlier ones of its kind, and those of provinces like the reader's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from prasan.agencies.queries import Person, postings_of
from prasan.innovations.models import Innovation
from prasan.innovations.queries import Alike, earlier_alike
from prasan.insight.queries import provinces_like
from prasan.places.models import COUNTRY

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

_NEARNESS = {
    "own": _("of your province"),
    "cluster": _("of a province of your cluster"),
    "size": _("of a province about as large as yours"),
}


@dataclass(frozen=True, slots=True)
class Beside:
    """An earlier innovation as it is shown: why it is like this one, how near its province is."""

    innovation: Innovation
    is_own: bool
    per_cent: int
    concepts: str
    nearness: StrPromise | str


def alike_beside(innovation: Innovation, reader: Person) -> list[Beside]:
    """The earlier innovations most like this one."""
    own = next((each.area_id[:2] for each in postings_of(reader) if each.area_id != COUNTRY), "")
    like = {**provinces_like(own), own: "own"} if own else {}
    return [_beside(each, like.get(each.innovation.province, "")) for each in earlier_alike(innovation)]


def _beside(alike: Alike, nearness: str) -> Beside:
    reasons = alike.why.shared or alike.why.broader
    in_english = get_language() == "en"
    return Beside(
        alike.innovation,
        alike.is_own,
        round(100 * alike.likeness),
        ", ".join(each.label_en if in_english else each.label_th for each in reasons),
        _NEARNESS.get(nearness, ""),
    )
