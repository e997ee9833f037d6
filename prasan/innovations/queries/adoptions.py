"""Who uses an innovation, how far, and where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import Left

from prasan.agencies.models import Agency
from prasan.agencies.queries import Person, postings_of, within_reach
from prasan.innovations import rules
from prasan.innovations.models import Adoption, Innovation
from prasan.innovations.states import ADOPTION
from prasan.places.models import PARENTS, Area, Level

FURTHEST = ("dropped", "noticed", "planned", "piloted", "in_use")
"""States of an adoption from the least to the most."""


@dataclass(frozen=True, slots=True)
class InProvince:
    """A province, the furthest state of anybody there, and how many agencies there are in each state."""

    area: Area
    furthest: str
    by_state: Mapping[str, int]

    @property
    def total(self) -> int:
        """All agencies there that told something."""
        return sum(self.by_state.values())


@dataclass(frozen=True, slots=True)
class Spread:
    """How far an innovation has come: in all, in each province, and of agencies of the whole country."""

    by_state: Mapping[str, int]
    provinces: tuple[InProvince, ...]
    central: Mapping[str, int]

    @property
    def total(self) -> int:
        """All agencies that told something."""
        return sum(self.by_state.values())

    @property
    def central_total(self) -> int:
        """The agencies of the whole country among them."""
        return sum(self.central.values())


def adoptions_of(innovation: Innovation) -> QuerySet[Adoption]:
    """Who uses an innovation, as everybody may know; whoever shows it shows no results or lessons."""
    return innovation.adoptions.select_related(f"agency__area__{PARENTS}")


def adoptions_inside(user: Person) -> QuerySet[Adoption]:
    """The adoptions of which the person reads results and lessons."""
    rows = Adoption.objects.select_related("agency__area__parent", "innovation__owner")
    return within_reach(user, rules.READ_LESSONS, rows)


def own_adoptions(user: Person) -> QuerySet[Adoption]:
    """What the person's agencies make of others' innovations, also of those no longer in the register."""
    rows = Adoption.objects.select_related("agency", "innovation__owner")
    return within_reach(user, rules.ADOPT, rows)


def mark_of_lessons(adoption: Adoption) -> str:
    """Tells whether somebody wrote result or lessons since they were read; empty while neither is written."""
    if not (adoption.result or adoption.lessons):
        return ""
    return sha256("\0".join((adoption.result, adoption.lessons)).encode()).hexdigest()[:16]


def adopters_for(user: Person, innovation: Innovation) -> QuerySet[Agency]:
    """The agencies for which the person may still tell of the innovation; never its owner."""
    roles = {grant.role for grant in rules.ADOPT.grants}
    held = {posting.agency_id for posting in postings_of(user) if posting.role in roles}
    told = Adoption.objects.filter(innovation=innovation, agency=OuterRef("pk"))
    rows = Agency.objects.filter(~Exists(told), pk__in=held - {innovation.owner_id})
    return rows.order_by("sort_key", "pk")


def spread_of(innovation: Innovation) -> Spread:
    """How many agencies are how far, in all and by province, in two queries."""
    rows = (
        innovation.adoptions.annotate(region=Left("agency__area_id", 2))
        .order_by()
        .values_list("region", "state")
        .annotate(number=Count("pk"))
    )
    counted: dict[str, Counter[str]] = {}
    for region, state, number in rows:
        counted.setdefault(region, Counter())[state] += number
    provinces = Area.objects.filter(level=Level.PROVINCE, code__in=counted).order_by("sort_key")
    found = tuple(InProvince(each, _furthest(counted[each.code]), counted[each.code]) for each in provinces)
    codes = {each.area.code for each in found}
    central = sum((numbers for code, numbers in counted.items() if code not in codes), Counter[str]())
    everything = sum(counted.values(), Counter[str]())
    return Spread(_in_order(everything), found, _in_order(central))


def _furthest(numbers: Mapping[str, int]) -> str:
    return max((state for state, number in numbers.items() if number), key=FURTHEST.index)


def _in_order(numbers: Mapping[str, int]) -> dict[str, int]:
    return {state.code: numbers.get(state.code, 0) for state in ADOPTION.states}
