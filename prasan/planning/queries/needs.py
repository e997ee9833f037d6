"""Reading needs and files, starting from what the person may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from prasan.agencies.queries import Person, decide, holds_anywhere, within_reach
from prasan.places.models import PARENTS, Area
from prasan.planning import rules
from prasan.planning.models import Attachment, Need, Proposal, Sector


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the map; `is_exact` tells whether it is the need's own point or that of its village."""

    latitude: float
    longitude: float
    is_exact: bool


def needs_for(user: Person, *, state: str = "") -> QuerySet[Need]:
    """The needs the person may see, in one state where it is given, newest first."""
    rows = Need.objects.select_related(f"area__{PARENTS}", "sector", "created_by")
    return within_reach(user, rules.VIEW_NEED, rows, state=state).order_by("-pk")


def needs_to_propose(user: Person) -> QuerySet[Need]:
    """Entered needs that the person may answer with a proposal."""
    rows = Need.objects.filter(state="entered").select_related(f"area__{PARENTS}", "sector")
    return within_reach(user, rules.PROPOSE, rows).order_by("-pk")


def needs_for_agency(user: Person, area: Area) -> QuerySet[Need]:
    """Entered needs inside the area that the person's agency may answer with a project of its own."""
    rows = Need.objects.filter(area__path__startswith=area.path).select_related(f"area__{PARENTS}", "sector")
    return within_reach(user, rules.ANSWER_NEED, rows).order_by("-pk")


def may_propose_own(user: Person) -> bool:
    """Whether the person writes projects of an agency."""
    return holds_anywhere(user, rules.PROPOSE_OWN)


def villages_to_enter_for(user: Person) -> QuerySet[Area]:
    """The villages for which the person may enter needs."""
    return within_reach(user, rules.ENTER_NEED, Area.objects.filter(level=4, is_abolished=False)).order_by(
        "path"
    )


def sectors_offered() -> QuerySet[Sector]:
    """The sectors to choose from, in Thai dictionary order, “other” last."""
    return Sector.objects.filter(is_open=True).alias(is_last=Q(code="other")).order_by("is_last", "sort_key")


def may_see_inside(user: Person, case: Need | Proposal) -> bool:
    """Whether the person sees what is not public: exact points, unreleased files."""
    right = rules.VIEW_NEED if isinstance(case, Need) else rules.VIEW_INSIDE_PROPOSAL
    return bool(decide(user, right, case))


def own_point(need: Need) -> Point | None:
    """The very point of a need, for whoever is known to be inside."""
    return _point(need, is_exact=True)


def point_for(user: Person, need: Need) -> Point | None:
    """The need's point for those inside, once released for all; else the village's, where known."""
    if need.has_point and (need.is_point_public or may_see_inside(user, need)):
        return own_point(need)
    return _point(need.area, is_exact=False)


def public_points(needs: Iterable[Need]) -> list[tuple[Need, Point]]:
    """The needs with their points as everybody sees them; those without any known point are left out."""
    return [(need, point) for need in needs if (point := point_for(None, need)) is not None]


def files_for(user: Person, case: Need | Proposal) -> QuerySet[Attachment]:
    """The files of a case that the person may open: all for those inside, for others the released ones."""
    rows = case.attachments.select_related("file").order_by("pk")
    return rows if may_see_inside(user, case) else rows.filter(_released_in_public())


def photographs_for(user: Person, needs: Iterable[Need]) -> QuerySet[Attachment]:
    """The photographs of several needs that the person may open, need by need, asked at once."""
    keys = [need.pk for need in needs]
    inside = within_reach(user, rules.VIEW_NEED, Need.objects.filter(pk__in=keys))
    rows = Attachment.objects.filter(need__in=keys, kind=Attachment.Kind.PHOTOGRAPH)
    rows = rows.filter(Q(need__in=inside) | _released_in_public())
    return rows.select_related("need", "file").order_by("need_id", "pk")


def _point(place: Need | Area, *, is_exact: bool) -> Point | None:
    if place.latitude is None or place.longitude is None:
        return None
    return Point(place.latitude, place.longitude, is_exact)


def _released_in_public() -> Q:
    """Released files of a case count as public only while its proposal is: in the plan."""
    of_need = Exists(Proposal.objects.filter(needs=OuterRef("need"), state="included"))
    return Q(released_at__isnull=False) & (Q(proposal__state="included") | Q(of_need))
