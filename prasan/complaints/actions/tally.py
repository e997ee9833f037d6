"""Keeping the figures of complaints together."""

from __future__ import annotations

from django.db import connection, transaction

# One statement takes the changes away and adds them: whoever reads meanwhile sees them on one side or the
# other, and a folder that dies leaves them where they were.
FOLD = """
WITH gone AS (
    DELETE FROM complaints_tallychange RETURNING area_code, kind, month, agency_id, what, days, number
), summed AS (
    SELECT spread.area_code, spread.above, spread.as_kind, month, agency_id, gone.what, days,
           sum(number) AS number
    FROM gone, complaints_spread(gone.area_code, gone.kind, gone.what) AS spread
    GROUP BY 1, 2, 3, 4, 5, 6, 7
)
INSERT INTO complaints_tally AS tally (area_code, above, kind, month, agency_id, what, days, number)
SELECT area_code, above, as_kind, month, agency_id, what, days, number FROM summed WHERE number <> 0
ON CONFLICT (area_code, kind, month, agency_id, what, days) DO UPDATE
SET number = tally.number + excluded.number
"""


@transaction.atomic
def fold_complaints_tally() -> None:
    """Add what has changed since the last time to the tally; folders wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('complaints_tally'))")
        cursor.execute(FOLD)
