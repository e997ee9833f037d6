"""Keeping the figures of areas together."""

from __future__ import annotations

from django.db import connection, transaction

# One statement takes the changes away and adds them to the area and every area around it: whoever reads
# meanwhile sees them on one side or the other, and a folder that dies leaves them where they were. A code
# begins with those of the areas around (decision 3).
FOLD = """
WITH gone AS (
    DELETE FROM planning_tallychange RETURNING area_code, kind, state, number, money
), summed AS (
    SELECT around.code, kind, state, sum(number) AS number, sum(money) AS money
    FROM gone, LATERAL (
        SELECT 'TH' AS code
        UNION ALL
        SELECT left(area_code, digits) FROM generate_series(2, length(area_code), 2) AS digits
        WHERE area_code <> 'TH'
    ) AS around
    GROUP BY around.code, kind, state
)
INSERT INTO planning_tally (area_code, above, kind, state, number, money)
SELECT code, CASE WHEN code = 'TH' THEN '' WHEN length(code) = 2 THEN 'TH' ELSE left(code, -2) END,
       kind, state, number, money
FROM summed WHERE number <> 0 OR money <> 0
ON CONFLICT (area_code, kind, state) DO UPDATE
SET number = planning_tally.number + excluded.number, money = planning_tally.money + excluded.money
"""


@transaction.atomic
def fold_tally() -> None:
    """Add what has changed since the last time to the tally; folders wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('planning_tally'))")
        cursor.execute(FOLD)
