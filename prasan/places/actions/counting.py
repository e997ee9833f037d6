"""Counting anew what lies below each area, in the transaction that changed the tree."""

from __future__ import annotations

from prasan.places.actions.copying import run, take_stock

# An ancestor's code is the beginning of the code, so the tree needs no walking: each place is counted once
# for the country and once for each shorter code. A local government counts where it sits and, at the tambon
# level, where it is known to reach.
_COUNT = """
WITH places AS (
    SELECT code, level, is_made_up FROM places_area WHERE NOT is_abolished AND level > 0
), below AS (
    SELECT above.code,
           count(*) FILTER (WHERE level = 1) AS provinces,
           count(*) FILTER (WHERE level = 2) AS amphoe,
           count(*) FILTER (WHERE level = 3) AS tambon,
           count(*) FILTER (WHERE level = 4) AS villages,
           count(*) FILTER (WHERE level = 4 AND is_made_up) AS made_up_villages
    FROM places,
         LATERAL (VALUES ('TH', 0), (left(places.code, 2), 1), (left(places.code, 4), 2),
                         (left(places.code, 6), 3)) AS above (code, level_above)
    WHERE level_above < level
    GROUP BY above.code
), bodies AS (
    SELECT seat.code, count(*) AS local_governments
    FROM places_localgovernment AS body
    JOIN places_localgovernmentkind AS today ON today.local_government_id = body.code AND valid_to IS NULL,
         LATERAL (SELECT 'TH' UNION ALL SELECT province_id UNION ALL SELECT amphoe_id
                  UNION ALL SELECT area_id FROM places_localgovernment_areas
                            WHERE localgovernment_id = body.code) AS seat (code)
    WHERE seat.code IS NOT NULL
    GROUP BY seat.code
)
INSERT INTO places_areacount (area_id, provinces, amphoe, tambon, villages, made_up_villages,
                              local_governments)
SELECT area.code, coalesce(provinces, 0), coalesce(amphoe, 0), coalesce(tambon, 0), coalesce(villages, 0),
       coalesce(made_up_villages, 0), coalesce(local_governments, 0)
FROM places_area AS area LEFT JOIN below USING (code) LEFT JOIN bodies USING (code)
WHERE below.code IS NOT NULL OR bodies.code IS NOT NULL
"""


_COUNTED = (
    "places_area",
    "places_localgovernment",
    "places_localgovernmentkind",
    "places_localgovernment_areas",
)


def count_places() -> None:
    """Make the counts of every area equal to the tree as it is now."""
    take_stock(*_COUNTED)
    run("DELETE FROM places_areacount")
    run(_COUNT)
    take_stock("places_areacount")
