"""Taking in the official areas down to the tambon."""

from __future__ import annotations

from django.db import transaction

from prasan.kernel.order import thai_sort_key
from prasan.ledger.actions import record
from prasan.places import events
from prasan.places.actions.copying import fill_temporary_table, run, wait_for_turn
from prasan.places.actions.counting import count_places
from prasan.places.gazetteer import VERSION, OfficialArea, official_areas, official_clusters
from prasan.places.models import PlaceSource, ProvinceCluster

_COLUMNS = """
    code text, level smallint, name_th text, name_en text, sort_key text COLLATE "C", parent_id text,
    path text COLLATE "C", cluster_id text, valid_to date, is_abolished boolean,
    search_key text COLLATE "C", search_key_en text COLLATE "C"
"""
_TAKE_OVER = """
INSERT INTO places_area (code, level, name_th, name_en, sort_key, parent_id, path, cluster_id, valid_to,
                         is_abolished, is_made_up, search_key, search_key_en)
SELECT code, level, name_th, name_en, sort_key, parent_id, path, cluster_id, valid_to,
       is_abolished, false, search_key, search_key_en
FROM official_area
ON CONFLICT (code) DO UPDATE
SET name_th = excluded.name_th, name_en = excluded.name_en, sort_key = excluded.sort_key,
    cluster_id = excluded.cluster_id, valid_to = excluded.valid_to, is_abolished = excluded.is_abolished,
    search_key = excluded.search_key, search_key_en = excluded.search_key_en
WHERE (places_area.name_th, places_area.name_en, places_area.sort_key, places_area.cluster_id,
       places_area.valid_to, places_area.is_abolished, places_area.search_key, places_area.search_key_en)
   IS DISTINCT FROM
      (excluded.name_th, excluded.name_en, excluded.sort_key, excluded.cluster_id,
       excluded.valid_to, excluded.is_abolished, excluded.search_key, excluded.search_key_en)
"""
_ABOLISH_THE_REST = """
UPDATE places_area SET is_abolished = true
WHERE level < 4 AND NOT is_abolished AND NOT is_made_up
  AND NOT EXISTS (SELECT FROM official_area WHERE official_area.code = places_area.code)
"""
_SUCCESSORS = """
INSERT INTO places_area_successors (from_area_id, to_area_id) SELECT code, successor FROM official_successor
ON CONFLICT DO NOTHING
"""


@transaction.atomic
def ensure_places() -> bool:
    """Make the areas down to the tambon what the gazetteer says; false, at once, where they already are.

    An area that is no longer official stays, marked as abolished: records point to it.
    """
    if _is_taken_in():
        return False
    wait_for_turn()
    if _is_taken_in():  # another process did it while this one waited
        return False
    for cluster in official_clusters():
        ProvinceCluster.objects.update_or_create(
            code=cluster.code,
            defaults={
                "name_th": cluster.name_th,
                "name_en": cluster.name_en,
                "sort_key": thai_sort_key(cluster.name_th),
            },
        )
    areas = list(official_areas())
    fill_temporary_table("official_area", _COLUMNS, map(_columns_of, areas))
    fill_temporary_table(
        "official_successor",
        "code text, successor text",
        ((area.code, successor) for area in areas for successor in area.successors),
    )
    run(_TAKE_OVER)
    run(_ABOLISH_THE_REST)
    run("DELETE FROM places_area_successors")
    run(_SUCCESSORS)
    count_places()
    source, _created = PlaceSource.objects.update_or_create(
        kind=PlaceSource.Kind.GAZETTEER, defaults={"version": VERSION, "count": len(areas)}
    )
    record(events.GAZETTEER_TAKEN_IN, source, by=None, after={"version": VERSION, "areas": len(areas)})
    return True


def _is_taken_in() -> bool:
    return PlaceSource.objects.filter(kind=PlaceSource.Kind.GAZETTEER, version=VERSION).exists()


def _columns_of(area: OfficialArea) -> tuple[object, ...]:
    return (
        area.code,
        int(area.level),
        area.name_th,
        area.name_en,
        area.sort_key,
        area.parent,
        area.path,
        area.cluster,
        area.valid_to,
        area.is_abolished,
        area.search_key,
        area.search_key_en,
    )
