"""The gallery of innovations: what is registered in the whole country, by what people look for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet

from prasan.awards.models import Award
from prasan.innovations.models import Innovation, InnovationArea, Register, RegisterEntry
from prasan.innovations.queries import with_areas
from prasan.places.models import Area, Level

Rows = QuerySet[Innovation]
Shelf = Mapping[int, list[RegisterEntry]]
"""The places of innovations in registers, by the id of the innovation, the latest first."""

_STEPS = """
WITH RECURSIVE told(value) AS (
    (SELECT {column} FROM {table} WHERE {column} IS NOT NULL{which} ORDER BY {column} LIMIT 1)
    UNION ALL
    SELECT (SELECT {column} FROM {table} WHERE {column} > value{which} ORDER BY {column} LIMIT 1)
    FROM told WHERE value IS NOT NULL
)
SELECT value FROM told WHERE value IS NOT NULL
"""
_COUNTED = "SELECT province, count(*) FROM ({pairs}) AS pairs GROUP BY province"


def gallery() -> Rows:
    """Every registered innovation, by its key alone, so that an index is enough; anybody may read them."""
    return Innovation.objects.filter(state="registered").only("pk")


def with_owner_and_area(innovations: Rows) -> Rows:
    """All of these innovations, with owner, its area, and the areas in which they are carried out."""
    return with_areas(innovations.defer(None).select_related("owner", "area__parent"))


def read_whole(innovations: Iterable[Innovation]) -> list[Innovation]:
    """These innovations with owner and areas, in the order given."""
    keys = [each.pk for each in innovations]
    found = with_owner_and_area(Innovation.objects.all()).in_bulk(keys)
    return [found[key] for key in keys if key in found]


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
    return rows.filter(pk__in=_in_entries(register__code=code))


def of_band(rows: Rows, score: str) -> Rows:
    """Those that some register gives this score."""
    return rows.filter(pk__in=_in_entries(score=Decimal(score)))


def of_award(rows: Rows, level: str) -> Rows:
    """Those that won an award of this level, by a register or in an announced edition."""
    won = _announced().filter(level=level).values("entry__innovation")
    return rows.filter(pk__in=_in_entries(level=level).union(won))


def of_year(rows: Rows, year: str) -> Rows:
    """Those of a fiscal year, or in a register of that year."""
    own = Innovation.objects.filter(state="registered", fiscal_year=int(year)).values("pk")
    return rows.filter(pk__in=own.union(_in_entries(register__year=int(year))))


def of_way(rows: Rows, way: str) -> Rows:
    """Those that improve a service in this way."""
    return rows.filter(ways__contains=[way])


def of_cluster(rows: Rows, code: str) -> Rows:
    """Those carried out in some province of a cluster."""
    inside = Area.objects.filter(level=Level.PROVINCE, cluster=code)
    return rows.filter(pk__in=_carried_out(province__in=inside.values("code")))


def of_province(rows: Rows, code: str) -> Rows:
    """Those carried out in a province, whoever owns them."""
    return rows.filter(pk__in=_carried_out(province=code))


def by_province(rows: Rows) -> Mapping[str, int]:
    """How many of the rows are carried out in each province, by its code; one may be in several."""
    there = InnovationArea.objects.filter(innovation__in=rows.order_by().values("pk")).order_by()
    pairs, given = there.values("province", "innovation").distinct().query.sql_with_params()
    with connection.cursor() as cursor:  # counting distinct ones in each group would sort them all
        cursor.execute(_COUNTED.format(pairs=pairs), given)
        return dict(cursor.fetchall())


def bands_in_gallery() -> list[str]:
    """The scores that registers give, from high to low."""
    return [f"{score.normalize():f}" for score in reversed(_values(RegisterEntry, "score"))]


def awards_in_gallery() -> list[str]:
    """The levels of award that registers and announced editions give, in their order."""
    won = _announced().filter(entry__innovation__state="registered")
    known = set(_values(RegisterEntry, "level")) | set(won.values_list("level", flat=True).distinct())
    return [level for level in RegisterEntry.Level.values if level in known - {RegisterEntry.Level.UNKNOWN}]


def years_in_gallery() -> list[int]:
    """The years of registers and of registered innovations, the latest first."""
    years = set(Register.objects.values_list("year", flat=True))
    return sorted(years | set(_values(Innovation, "fiscal_year", state="registered")), reverse=True)


def _in_entries(**which: object) -> QuerySet[RegisterEntry, Any]:
    return RegisterEntry.objects.filter(**which).values("innovation")


def _carried_out(**which: object) -> QuerySet[InnovationArea, Any]:
    return InnovationArea.objects.filter(**which).order_by().values("innovation")


def _values(model: type[Model], column: str, **which: str) -> list[Any]:
    """The values of a column, the least first, each found by one step through an index that begins with them.

    `SELECT DISTINCT` reads every row for the few values there are.
    """
    quote = connection.ops.quote_name
    told = {"table": quote(model._meta.db_table), "column": quote(column)}
    told["which"] = "".join(f" AND {quote(name)} = %({name})s" for name in which)
    with connection.cursor() as cursor:
        cursor.execute(_STEPS.format(**told), which)
        return [value for (value,) in cursor.fetchall()]
