"""Complaints taken in at a rate while everything is killed twice: what got a receipt is there, once."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator, Sequence
from uuid import UUID

import psycopg

from bench.complaint_telling import opened_complaint_form, receipt_shown
from bench.figure import Figure
from bench.installation import Installation
from bench.sizes import Sizes
from bench.storm import Findings, Sending, Storm, sendings_of, told
from prasan.complaints.receipts import digits_of
from prasan.config import postgres

MARK = "พายุเสาไฟต้นที่"

KEPT = """
SELECT split_part(told.words, ':', 1), told.receipt, told.form_key, told.due_on IS NOT NULL,
       (SELECT count(*) FROM ledger_entry
        WHERE subject_kind = 'complaints.complaint' AND subject_id = told.id::text)
FROM complaints_complaint AS told WHERE told.words LIKE %s
"""

Kept = tuple[str, str, UUID, bool, int]
"""Title, receipt, key of the form, whether its clocks run, and how many entries of the ledger it has."""


def measure(installation: Installation, sizes: Sizes) -> Iterator[Figure]:
    """Send for a time, kill at one and at two thirds of it, send until all is answered, and count."""
    installation.stop()
    installation.run()
    sendings = sendings_of(MARK, sizes)
    form = opened_complaint_form(installation.port)
    storm = Storm(installation, form, sendings, sizes, lambda _head, page: receipt_shown(page))
    asyncio.run(storm.rage())
    with psycopg.connect(postgres.database_url(installation.folder.path)) as connection:
        found = findings(sendings, connection.execute(KEPT, [f"{MARK} %"]).fetchall())
    installation.stop()
    yield Figure("complaint-submit-storm", found.wrong, remark=told(sendings, storm.outages, found))


def findings(sendings: Sequence[Sending], kept: Sequence[Kept]) -> Findings:
    """Hold what got a receipt against the rows; a whole one has clocks that run and one entry."""
    rows = {title: (receipt, key, runs, entries) for title, receipt, key, runs, entries in kept}
    counted = Counter(title for title, *_rest in kept)
    lost = unfinished = 0
    for each in sendings:
        receipt, key, runs, entries = rows.get(each.title, ("", None, False, 0))
        if digits_of(each.address) != receipt or key != each.form_key:
            lost += 1
        elif not runs or entries != 1:
            unfinished += 1
    return Findings(
        lost=lost,
        doubled=sum(times - 1 for times in counted.values()),
        unfinished=unfinished,
        strangers=len(counted.keys() - {each.title for each in sendings}),
    )
