"""Figures of an edition from its entries, and apart from them those that its source printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from prasan.awards.models import Edition, Entry
from prasan.awards.queries.checks import kind_by_name
from prasan.innovations.models import Innovation, RegisterEntry
from prasan.innovations.queries import TwoFigures
from prasan.places.models import Area

NOT_COUNTED = ("draft", "withdrawn")


@dataclass(frozen=True, slots=True)
class Most:
    """What there is most of: its names, several where they share it, and how many."""

    names: tuple[str, ...]
    number: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """What the entries of an edition give; `ways` is None where the way of some entry is unknown."""

    entries: int
    owners: int
    provinces: int
    by_province: tuple[tuple[Area, int], ...]
    by_kind: tuple[tuple[str, int], ...]
    by_level: tuple[tuple[str, int], ...]
    untold: int
    ways: Most | None
    most_of_province: Most | None
    published: tuple[TwoFigures, ...]


def statistics_of(edition: Edition) -> Statistics:
    """The figures of an edition; entries in preparation or withdrawn do not count."""
    rows = list(
        edition.entries.exclude(state__in=NOT_COUNTED)
        .select_related("owner", "innovation", "award")
        .order_by("pk")
    )
    provinces = Counter(row.innovation.province for row in rows if row.innovation.province.isdigit())
    areas = Area.objects.in_bulk(list(provinces))
    levels = Counter(row.award.level for row in rows if hasattr(row, "award"))
    by_province = sorted(
        ((areas[code], number) for code, number in provinces.items()),
        key=lambda each: (-each[1], each[0].sort_key),
    )
    kinds = Counter(kind for row in rows if (kind := kind_by_name(row.owner.name_th)) is not None)
    return Statistics(
        entries=len(rows),
        owners=len({row.owner_id for row in rows}),
        provinces=len(by_province),
        by_province=tuple(by_province),
        by_kind=tuple(sorted(kinds.items(), key=lambda each: (-each[1], each[0]))),
        by_level=tuple((str(level.label), levels[level]) for level in RegisterEntry.Level if levels[level]),
        untold=sum(row.state == "untold" for row in rows),
        ways=_commonest_way(rows),
        most_of_province=_most(Counter({area.name: number for area, number in by_province})),
        published=_published(edition, rows, provinces, levels),
    )


def _ways(rows: Sequence[Entry]) -> Counter[str] | None:
    """How many entries improve a service in each way; None where the way of some entry is not told."""
    if not rows or not all(row.innovation.ways for row in rows):
        return None
    return Counter(way for row in rows for way in row.innovation.ways)


def _commonest_way(rows: Sequence[Entry]) -> Most | None:
    counted = _ways(rows)
    if counted is None:
        return None
    return _most(Counter({str(Innovation.Way(way).label): number for way, number in counted.items()}))


def _most(counted: Counter[str]) -> Most | None:
    if not counted:
        return None
    number = max(counted.values())
    return Most(tuple(name for name, found in counted.items() if found == number), number)


def _published(
    edition: Edition, rows: Sequence[Entry], provinces: Counter[str], levels: Counter[str]
) -> tuple[TwoFigures, ...]:
    if edition.register is None:
        return ()
    computed = {"entries": len(rows), "owners": len({row.owner_id for row in rows})}
    computed |= {f"province:{code}": number for code, number in provinces.items()}
    computed |= {f"level:{level}": number for level, number in levels.items()}
    if (ways := _ways(rows)) is not None:
        computed["kind:e-service"] = ways[Innovation.Way.E_SERVICE]
    return tuple(
        TwoFigures(each, Decimal(computed[each.code]) if each.code in computed else None)
        for each in edition.register.figures.all()
    )
