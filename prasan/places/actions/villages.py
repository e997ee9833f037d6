"""Taking in villages from a list, or making some up for a demonstration."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from prasan.kernel.order import thai_sort_key
from prasan.ledger.actions import record
from prasan.places import events
from prasan.places.actions.changes import Changes, lay_out_changes
from prasan.places.actions.copying import fill_temporary_table, run, wait_for_turn
from prasan.places.actions.counting import count_places
from prasan.places.gazetteer import path_of
from prasan.places.models import Area, Level, PlaceSource
from prasan.places.names import name_key, village_key

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

MADE_UP_PER_TAMBON = 6
"""How many villages a tambon of the demonstration gets; a real one has ten or so."""


@dataclass(frozen=True, slots=True)
class VillageRow:
    """One village as a list gives it; the first six digits of the code name its tambon."""

    code: str
    moo: int
    name_th: str
    name_en: str


_COLUMNS = """
    code text, parent_id text, moo smallint, name_th text, name_en text, path text COLLATE "C",
    sort_key text COLLATE "C", search_key text COLLATE "C", search_key_en text COLLATE "C"
"""
_PROVINCES_OF_THE_LIST = "(SELECT DISTINCT left(code, 2) FROM listed_village)"
# What the list says of each village, beside what is known; a list speaks only for the provinces it names.
_DIFFERENCES = f"""
SELECT coalesce(listed.code, known.code) AS code,
       CASE WHEN known.code IS NULL OR known.is_abolished THEN 'added'
            WHEN listed.code IS NULL THEN 'removed' ELSE 'changed' END AS kind,
       coalesce(known.name_th, '') AS before, coalesce(listed.name_th, '') AS after
FROM listed_village AS listed
FULL JOIN (SELECT * FROM places_area
           WHERE level = 4 AND left(code, 2) IN {_PROVINCES_OF_THE_LIST}) AS known USING (code)
WHERE known.code IS NULL
   OR listed.code IS NULL AND NOT known.is_abolished
   OR listed.code IS NOT NULL AND (known.is_abolished OR known.is_made_up
      OR (known.name_th, known.name_en, known.moo) IS DISTINCT FROM
         (listed.name_th, listed.name_en, listed.moo))
"""  # noqa: S608 - put together from constants of this module
_TAKE_OVER = """
INSERT INTO places_area (code, level, parent_id, moo, name_th, name_en, path, sort_key, search_key,
                         search_key_en, is_abolished, is_made_up)
SELECT code, 4, parent_id, moo, name_th, name_en, path, sort_key, search_key, search_key_en, false, %s
FROM listed_village
ON CONFLICT (code) DO UPDATE
SET moo = excluded.moo, name_th = excluded.name_th, name_en = excluded.name_en,
    sort_key = excluded.sort_key, search_key = excluded.search_key,
    search_key_en = excluded.search_key_en, is_abolished = false, is_made_up = false, valid_to = NULL
WHERE places_area.is_abolished OR places_area.is_made_up
   OR (places_area.moo, places_area.name_th, places_area.name_en)
      IS DISTINCT FROM (excluded.moo, excluded.name_th, excluded.name_en)
"""
_WITHDRAW = f"""
UPDATE places_area SET is_abolished = true, valid_to = CURRENT_DATE
WHERE level = 4 AND NOT is_abolished AND left(code, 2) IN {_PROVINCES_OF_THE_LIST}
  AND NOT EXISTS (SELECT FROM listed_village AS listed WHERE listed.code = places_area.code)
"""  # noqa: S608 - put together from constants of this module


def lay_out_villages(rows: Iterable[VillageRow]) -> Changes:
    """Hold the list ready in this transaction and tell what taking it over would change."""
    wait_for_turn()
    fill_temporary_table("listed_village", _COLUMNS, map(_columns_of, rows))
    is_first = not Area.objects.filter(level=Level.VILLAGE, is_made_up=False).exists()
    return lay_out_changes(_DIFFERENCES, is_first=is_first)


@transaction.atomic
def take_over_villages(changes: Changes, *, digest: str, by: AbstractBaseUser | None) -> None:
    """Make the villages what the list laid out in this transaction says.

    A village that the list no longer has is abolished, not deleted; a made-up one becomes the real one of its
    code, so that what points to it stays true.
    """
    run(_WITHDRAW)
    run(_TAKE_OVER, [False])
    count_places()
    villages = Area.objects.filter(level=Level.VILLAGE, is_abolished=False)
    source, _created = PlaceSource.objects.update_or_create(
        kind=PlaceSource.Kind.VILLAGES,
        defaults={
            "version": digest,
            "count": villages.count(),
            "is_made_up": villages.filter(is_made_up=True).exists(),
        },
    )
    record(
        events.VILLAGES_IMPORTED,
        source,
        by=by,
        after={
            "sha256": digest,
            "added": changes.added,
            "changed": changes.changed,
            "removed": changes.removed,
        },
    )


@transaction.atomic
def make_up_villages(areas: Iterable[Area]) -> int:
    """Give each tambon inside these areas a few villages plainly marked as made up; how many were made.

    Provinces where any village is known, real or made up, are left alone.
    """
    wait_for_turn()
    tambon: set[str] = set()
    for area in areas:
        if not Area.objects.filter(path__startswith=area.path[:3], level=Level.VILLAGE).exists():
            inside = Area.objects.filter(path__startswith=area.path, level=Level.TAMBON, is_abolished=False)
            tambon.update(inside.values_list("code", flat=True))
    rows = [_made_up(code, moo) for code in sorted(tambon) for moo in range(1, MADE_UP_PER_TAMBON + 1)]
    if not rows:
        return 0
    fill_temporary_table("listed_village", _COLUMNS, map(_columns_of, rows))
    run(_TAKE_OVER, [True])
    count_places()
    source, _created = PlaceSource.objects.get_or_create(
        kind=PlaceSource.Kind.VILLAGES, defaults={"version": "made up", "count": 0, "is_made_up": True}
    )
    record(events.VILLAGES_MADE_UP, source, by=None, after={"villages": len(rows)})
    return len(rows)


def _made_up(tambon: str, moo: int) -> VillageRow:
    return VillageRow(f"{tambon}{moo:02d}", moo, f"บ้านสมมุติ {moo}", f"Made-up village {moo}")


def _columns_of(row: VillageRow) -> tuple[object, ...]:
    return (
        row.code,
        row.code[:6],
        row.moo,
        row.name_th,
        row.name_en,
        path_of(row.code),
        thai_sort_key(row.name_th),
        village_key(row.name_th),
        name_key(row.name_en.removeprefix("Ban ")),
    )
