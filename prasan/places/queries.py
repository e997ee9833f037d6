"""Reading the tree of places; places are public, so nobody's reach is asked."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Case, QuerySet, When
from django.utils.translation import get_language

from prasan.places.locating import code_at
from prasan.places.models import (
    COUNTRY,
    PARENTS,
    Area,
    AreaCount,
    Level,
    LocalGovernment,
    LocalGovernmentKind,
)
from prasan.places.reading import read_area


@dataclass(frozen=True, slots=True)
class Counts:
    """How many places that exist today lie below an area."""

    provinces: int = 0
    amphoe: int = 0
    tambon: int = 0
    villages: int = 0
    local_governments: int = 0


def area_of(code: str) -> Area | None:
    """The area of a code with its parents, counts and the bounds of outlines, abolished or not.

    The code may be anything that stands in an address.
    """
    return read_area(code)[0]


def area_with_children(code: str) -> tuple[Area | None, list[Area]]:
    """As `area_of`, with the existing areas one level down in the order of `children_of`: in one query."""
    return read_area(code, with_children=True)


def last_code_inside(code: str) -> str:
    """From the code up to here lie the codes of the area and all inside it, in every order of letters."""
    return code.ljust(8, "9")


def full_names(areas: QuerySet[Area]) -> dict[str, str]:
    """The full names of areas in the reader's language, by code: for lists that name the same ones often."""
    return {area.pk: area.full_name for area in areas.select_related(PARENTS).iterator()}


def areas_within(area: Area) -> QuerySet[Area]:
    """The area itself and every existing one inside it, in order of codes."""
    return Area.objects.filter(path__startswith=area.path, is_abolished=False).order_by("path")


def children_of(area: Area) -> QuerySet[Area]:
    """The existing areas one level down: villages by number, others in dictionary order."""
    order = ("moo",) if area.level == Level.TAMBON else ("sort_key", "code")
    return Area.objects.filter(parent=area, is_abolished=False).order_by(*order)


def ancestors_of(area: Area) -> list[Area]:
    """The areas around this one, from the country down to its parent."""
    found = Area.objects.in_bulk(area.ancestor_codes)
    return [found[code] for code in area.ancestor_codes]


def counts_below(area: Area) -> Counts:
    """The counts of an area, kept with the tree (see docs/reference/places.md)."""
    fields = ("provinces", "amphoe", "tambon", "villages", "local_governments")
    found = AreaCount.objects.filter(area=area.pk).values_list(*fields).first()
    return Counts(*found) if found else Counts()


def area_at(latitude: float, longitude: float) -> Area | None:
    """The tambon at a point, or the amphoe or province where only their outlines are known."""
    code = code_at(latitude, longitude)
    return area_of(code) if code else None


def local_governments_in(area: Area) -> QuerySet[LocalGovernmentKind]:
    """The local governments of today that sit in an area or are known to reach into it, by kind and name."""
    bodies = LocalGovernmentKind.objects.filter(valid_to=None).select_related("local_government")
    if area.code == COUNTRY:
        found = bodies
    elif area.level == Level.PROVINCE:
        found = bodies.filter(local_government__province=area)
    elif area.level == Level.AMPHOE:
        found = bodies.filter(local_government__amphoe=area)
    else:
        reaching = LocalGovernment.objects.filter(areas=area.code[:6])
        found = bodies.filter(local_government__in=reaching)
    kinds = Case(*(When(kind=kind, then=place) for place, kind in enumerate(LocalGovernmentKind.Kind.values)))
    name = "name_en" if get_language() == "en" else "sort_key"
    return found.order_by(kinds, name, "pk")


def provinces() -> QuerySet[Area]:
    """The provinces in dictionary order."""
    return Area.objects.filter(level=Level.PROVINCE, is_abolished=False).order_by("sort_key")
