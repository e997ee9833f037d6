"""Taking in local governments from a list, or making some up for a demonstration."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from prasan.kernel.local_government_names import local_government_name
from prasan.kernel.order import thai_sort_key
from prasan.ledger.actions import record
from prasan.places import events
from prasan.places.actions.changes import Changes, lay_out_changes
from prasan.places.actions.copying import fill_temporary_table, run, wait_for_turn
from prasan.places.actions.counting import count_places
from prasan.places.models import Area, Level, LocalGovernment, LocalGovernmentKind, PlaceSource
from prasan.places.names import name_key

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

Kind = LocalGovernmentKind.Kind


@dataclass(frozen=True, slots=True)
class LocalGovernmentRow:
    """One local government as a list gives it, with its seat."""

    code: str
    kind: str
    name_th: str
    province: str
    amphoe: str | None


_COLUMNS = """
    code text, kind text, name_th text, full_name_th text, sort_key text COLLATE "C",
    search_key text COLLATE "C", province_id text, amphoe_id text
"""
# A list speaks only for the provinces it names; what it no longer has ends, and is not deleted.
_DIFFERENCES = """
SELECT coalesce(listed.code, known.code) AS code,
       CASE WHEN known.code IS NULL THEN 'added' WHEN listed.code IS NULL THEN 'removed'
            ELSE 'changed' END AS kind,
       coalesce(known.full_name_th, '') AS before, coalesce(listed.full_name_th, '') AS after
FROM listed_local_government AS listed
FULL JOIN (
    SELECT body.*, today.kind, today.name_th, today.full_name_th
    FROM places_localgovernment AS body
    JOIN places_localgovernmentkind AS today ON today.local_government_id = body.code AND valid_to IS NULL
    WHERE body.province_id IN (SELECT DISTINCT province_id FROM listed_local_government)
) AS known USING (code)
WHERE known.code IS NULL OR listed.code IS NULL OR known.is_made_up
   OR (known.kind, known.name_th, known.province_id, known.amphoe_id)
      IS DISTINCT FROM (listed.kind, listed.name_th, listed.province_id, listed.amphoe_id)
"""
_TAKE_OVER_BODIES = """
INSERT INTO places_localgovernment (code, province_id, amphoe_id, is_made_up)
SELECT code, province_id, amphoe_id, %s FROM listed_local_government
ON CONFLICT (code) DO UPDATE
SET province_id = excluded.province_id, amphoe_id = excluded.amphoe_id, is_made_up = excluded.is_made_up
WHERE (places_localgovernment.province_id, places_localgovernment.amphoe_id,
       places_localgovernment.is_made_up)
      IS DISTINCT FROM (excluded.province_id, excluded.amphoe_id, excluded.is_made_up)
"""
# What a body was until the day before stays known, unless it was made up or is corrected on the same day.
_FORGET_KINDS = """
DELETE FROM places_localgovernmentkind AS today
USING change, places_localgovernment AS body
WHERE change.code = today.local_government_id AND body.code = change.code AND today.valid_to IS NULL
  AND (body.is_made_up OR today.valid_from >= %s)
"""
_END_KINDS = """
UPDATE places_localgovernmentkind AS today SET valid_to = %s::date - 1
FROM change
WHERE change.code = today.local_government_id AND today.valid_to IS NULL
"""
_BEGIN_KINDS = """
INSERT INTO places_localgovernmentkind (local_government_id, kind, name_th, name_en, full_name_th, sort_key,
                                        search_key, valid_from)
SELECT listed.code, listed.kind, listed.name_th, coalesce(namesake.name_en, ''), listed.full_name_th,
       listed.sort_key, listed.search_key,
       (SELECT max(valid_to) + 1 FROM places_localgovernmentkind WHERE local_government_id = listed.code)
FROM listed_local_government AS listed
JOIN change USING (code)
LEFT JOIN LATERAL (
    SELECT name_en FROM places_area
    WHERE NOT is_abolished AND name_th = listed.name_th AND level < 4
      AND (parent_id = listed.amphoe_id OR code IN (listed.province_id, listed.amphoe_id))
    ORDER BY level DESC LIMIT 1
) AS namesake ON true
"""
# Which tambon a body overlaps is known only where one of its own amphoe bears its name.
_LINK_TO_TAMBON = """
INSERT INTO places_localgovernment_areas (localgovernment_id, area_id)
SELECT listed.code, tambon.code
FROM listed_local_government AS listed
JOIN places_area AS tambon ON tambon.parent_id = listed.amphoe_id
 AND tambon.name_th = regexp_replace(listed.name_th, '^สมมุติ ', '')
 AND tambon.level = 3 AND NOT tambon.is_abolished
ON CONFLICT DO NOTHING
"""


def lay_out_local_governments(rows: Iterable[LocalGovernmentRow]) -> Changes:
    """Hold the list ready in this transaction and tell what taking it over would change."""
    wait_for_turn()
    fill_temporary_table("listed_local_government", _COLUMNS, map(_columns_of, rows))
    is_first = not LocalGovernment.objects.filter(is_made_up=False).exists()
    return lay_out_changes(_DIFFERENCES, is_first=is_first)


@transaction.atomic
def take_over_local_governments(
    changes: Changes, *, as_of: date, digest: str, by: AbstractBaseUser | None
) -> None:
    """Make the local governments what the list laid out in this transaction says, from the day `as_of`.

    A body whose kind or name is another one keeps what it was until that day.
    """
    _take_over(as_of=as_of, is_made_up=False)
    count = LocalGovernmentKind.objects.filter(valid_to=None).count()
    source, _created = PlaceSource.objects.update_or_create(
        kind=PlaceSource.Kind.LOCAL_GOVERNMENTS,
        defaults={"version": digest, "count": count, "is_made_up": False},
    )
    record(
        events.LOCAL_GOVERNMENTS_IMPORTED,
        source,
        by=by,
        after={
            "sha256": digest,
            "as_of": as_of.isoformat(),
            "added": changes.added,
            "changed": changes.changed,
            "removed": changes.removed,
        },
    )


@transaction.atomic
def make_up_local_governments(areas: Iterable[Area]) -> int:
    """Give each tambon inside these areas a body plainly marked as made up, and each province one of its own.

    Provinces where any local government is known are left alone; how many were made.
    """
    wait_for_turn()
    rows: list[LocalGovernmentRow] = []
    for province in sorted({area.path[:2] for area in areas}):
        if not LocalGovernment.objects.filter(province_id=province).exists():
            rows += _made_up_in(province)
    if not rows:
        return 0
    lay_out_local_governments(rows)
    _take_over(as_of=None, is_made_up=True)
    source, _created = PlaceSource.objects.get_or_create(
        kind=PlaceSource.Kind.LOCAL_GOVERNMENTS,
        defaults={"version": "made up", "count": 0, "is_made_up": True},
    )
    record(events.LOCAL_GOVERNMENTS_MADE_UP, source, by=None, after={"local_governments": len(rows)})
    return len(rows)


def _made_up_in(province: str) -> Iterable[LocalGovernmentRow]:
    name = Area.objects.get(code=province).name_th
    yield LocalGovernmentRow(f"S{province}", Kind.PAO, f"สมมุติ {name}", province, None)
    tambon = Area.objects.filter(parent__parent=province, level=Level.TAMBON, is_abolished=False)
    for code, name_th in tambon.order_by("code").values_list("code", "name_th"):
        yield LocalGovernmentRow(f"S{code}", Kind.TAO, f"สมมุติ {name_th}", province, code[:4])


def _take_over(*, as_of: date | None, is_made_up: bool) -> None:
    if as_of is not None:
        run(_FORGET_KINDS, [as_of])
        run(_END_KINDS, [as_of])
    run(_TAKE_OVER_BODIES, [is_made_up])
    run(_BEGIN_KINDS)
    run("DELETE FROM places_localgovernment_areas USING change WHERE change.code = localgovernment_id")
    run(_LINK_TO_TAMBON)
    count_places()


def _columns_of(row: LocalGovernmentRow) -> tuple[object, ...]:
    full_name = local_government_name(row.kind, row.name_th)
    return (
        row.code,
        row.kind,
        row.name_th,
        full_name,
        thai_sort_key(full_name),
        name_key(row.name_th),
        row.province,
        row.amphoe,
    )
