"""Results: as the tables give them, as they were decided, and in the order in which they are announced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from prasan.awards import counting
from prasan.awards.models import Edition, Entry, RoundEntry, Score
from prasan.awards.queries.terms import terms_of
from prasan.judging.scores import Mark
from prasan.places.models import Area

BY_PROVINCE = ("province_key", "number", "pk")
"""Columns by which entries that have a province's key stand in the order of an announcement."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A row of results with its entry; names are joined only here."""

    row: counting.Row
    entry: Entry


def counts_of(
    edition: Edition, number: int | None = None, settled: Mapping[str, str] | None = None
) -> list[counting.Count]:
    """The results of a round by category, of the last one unless another is named."""
    terms = terms_of(edition)
    number = number or terms.last_round
    return counting.count(terms, number, entered_in(edition, number), marks_in(edition, number), settled)


def entered_in(edition: Edition, number: int) -> list[counting.Entered]:
    """The entries that take part in a round and were not withdrawn."""
    rows = RoundEntry.objects.filter(round__edition=edition, round__number=number)
    told = rows.exclude(entry__state="withdrawn").values_list(
        "entry_id", "entry__category_id", "entry__submitted_at"
    )
    return [
        counting.Entered(str(entry), str(category), moment)
        for entry, category, moment in told
        if moment is not None
    ]


def marks_in(edition: Edition, number: int) -> list[Mark]:
    """What was given on the sheets of a round that are handed in."""
    rows = Score.objects.filter(
        sheet__round__edition=edition, sheet__round__number=number, sheet__state="handed_in"
    ).values_list("sheet__judge_id", "sheet__entry_id", "criterion__code", "value")
    return [Mark(str(judge), str(entry), code, value) for judge, entry, code, value in rows]


def shown(counts: list[counting.Count]) -> dict[str, list[Shown]]:
    """The rows of each category with their entries, in one query."""
    ids = [int(row.entry) for each in counts for row in each.rows]
    entries = Entry.objects.select_related("owner", "innovation__area", "category").in_bulk(ids)
    return {each.category: [Shown(row, entries[int(row.entry)]) for row in each.rows] for each in counts}


def announced_entries(edition: Edition) -> QuerySet[Entry]:
    """The entries of an edition as they are announced: by province in Thai dictionary order, then number."""
    rows = edition.entries.filter(state__in=("awarded", "not_awarded", "untold"))
    return with_province_key(
        rows.select_related("owner", "category", "innovation__area__parent", "award")
    ).order_by(*BY_PROVINCE)


def with_province_key(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """The entries with name and sort key of the province of their innovation, wherever in it that is."""
    province = Area.objects.filter(pk=OuterRef("innovation__province"))
    name = "name_en" if get_language() == "en" else "name_th"
    return entries.annotate(
        province_key=Coalesce(Subquery(province.values("sort_key")), Value("")),
        province_name=Coalesce(Subquery(province.values(name)), Value("")),
    )


def province_of(entry: Entry) -> str:
    """The province under which such an entry stands; the area itself where that is in none."""
    return getattr(entry, "province_name", "") or entry.innovation.area.name
