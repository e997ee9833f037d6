"""The gallery of innovations: what is registered in the whole country, by what people look for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from prasan.awards.models import Award
from prasan.innovations.models import Innovation, RegisterEntry
from prasan.places.models import COUNTRY, Area, Level

Rows = QuerySet[Innovation]
Shelf = Mapping[int, list[RegisterEntry]]
"""The places of innovations in registers, by the id of the innovation, the latest first."""


def gallery_for() -> Rows:
    """Every registered innovation; anybody may read them."""
    return Innovation.objects.filter(state="registered").select_related("owner", "area__parent")


def shelf_of(innovations: Iterable[Innovation]) -> Shelf:
    """In which registers these innovations stand, with score and award; one query for all of them."""
    found = defaultdict[int, list[RegisterEntry]](list)
    rows = RegisterEntry.objects.filter(innovation__in=[each.pk for each in innovations])
    for entry in rows.select_related("register").order_by("-register__year", "register__code", "number"):
        found[entry.innovation_id].append(entry)
    return found


def won_by(innovations: Iterable[Innovation]) -> Mapping[int, list[Award]]:
    """The awards that these innovations won in announced editions, by their ids, the latest first.

    Those of editions that only a source tells of stand in its register.
    """
    found = defaultdict[int, list[Award]](list)
    rows = _announced().filter(entry__innovation__in=[each.pk for each in innovations])
    for award in rows.select_related("edition__programme", "entry").order_by("-edition__year", "pk"):
        found[award.entry.innovation_id].append(award)
    return found


def _announced() -> QuerySet[Award]:
    return Award.objects.filter(edition__state__in=("announced", "closed"), edition__register=None)


def of_register(rows: Rows, code: str) -> Rows:
    """Those that stand in a register."""
    return _in_entries(rows, Q(register__code=code))


def of_band(rows: Rows, score: str) -> Rows:
    """Those that some register gives this score."""
    return _in_entries(rows, Q(score=Decimal(score)))


def of_award(rows: Rows, level: str) -> Rows:
    """Those that won an award of this level, by a register or in an announced edition."""
    won = _announced().filter(entry__innovation=OuterRef("pk"), level=level)
    return rows.filter(Exists(_entries().filter(level=level)) | Exists(won))


def of_year(rows: Rows, year: str) -> Rows:
    """Those of a fiscal year, or in a register of that year."""
    return rows.filter(Q(fiscal_year=int(year)) | Exists(_entries().filter(register__year=int(year))))


def of_way(rows: Rows, way: str) -> Rows:
    """Those that improve a service in this way."""
    return rows.filter(ways__contains=[way])


def of_cluster(rows: Rows, code: str) -> Rows:
    """Those of the provinces of a cluster."""
    inside = Area.objects.filter(level=Level.PROVINCE, cluster=code)
    return rows.filter(province__in=inside.values("code"))


def of_province(rows: Rows, code: str) -> Rows:
    """Those of a province, whoever there owns them."""
    return rows.filter(province=code)


def by_province(rows: Rows) -> Mapping[str, int]:
    """How many of the rows each province has, by its code; those of the whole country are in none."""
    counted = rows.order_by().values("province").annotate(number=Count("pk"))
    return {each["province"]: each["number"] for each in counted if each["province"] != COUNTRY}


def bands_in_gallery() -> list[str]:
    """The scores that registers give, from high to low."""
    scores = RegisterEntry.objects.order_by("-score").values_list("score", flat=True).distinct()
    return [f"{score.normalize():f}" for score in scores if score is not None]


def awards_in_gallery() -> list[str]:
    """The levels of award that are known of some innovation, in their order."""
    known = set(RegisterEntry.objects.values_list("level", flat=True).distinct())
    known |= set(_announced().values_list("level", flat=True).distinct())
    return [level for level in RegisterEntry.Level.values if level in known - {RegisterEntry.Level.UNKNOWN}]


def years_in_gallery() -> list[int]:
    """The years of registers and of registered innovations, the latest first."""
    years = set(RegisterEntry.objects.values_list("register__year", flat=True).distinct())
    own = Innovation.objects.filter(state="registered").values_list("fiscal_year", flat=True).distinct()
    return sorted(years | {year for year in own if year is not None}, reverse=True)


def _entries() -> QuerySet[RegisterEntry]:
    return RegisterEntry.objects.filter(innovation=OuterRef("pk"))


def _in_entries(rows: Rows, which: Q) -> Rows:
    return rows.filter(Exists(_entries().filter(which)))
