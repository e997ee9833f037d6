"""Complaints taken in at a rate while everything is killed twice: what got a receipt is there, once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import psycopg

from bench.complaint_telling import opened_complaint_form, receipt_shown
from bench.figure import Figure
from bench.installation import Installation
from bench.sizes import Sizes
from bench.storm import Storm, findings, sendings_of, told
from prasan.complaints.receipts import digits_of
from prasan.config import postgres

MARK = "พายุเสาไฟต้นที่"

KEPT = """
SELECT split_part(told.words, ':', 1), told.receipt, told.form_key, told.due_on IS NOT NULL AND 1 = (
    SELECT count(*) FROM ledger_entry
    WHERE subject_kind = 'complaints.complaint' AND subject_id = told.id::text
)
FROM complaints_complaint AS told WHERE told.words LIKE %s
"""
"""A whole one has clocks that run and one entry."""


def measure(installation: Installation, sizes: Sizes) -> Iterator[Figure]:
    """Send for a time, kill at one and at two thirds of it, send until all is answered, and count."""
    installation.stop()
    installation.run()
    sendings = sendings_of(MARK, sizes)
    form = opened_complaint_form(installation.port)
    storm = Storm(installation, form, sendings, sizes, lambda _head, page: digits_of(receipt_shown(page)))
    asyncio.run(storm.rage())
    with psycopg.connect(postgres.database_url(installation.folder.path)) as connection:
        found = findings(sendings, connection.execute(KEPT, [f"{MARK} %"]).fetchall())
    installation.stop()
    yield Figure("complaint-submit-storm", found.wrong, remark=told(sendings, storm.outages, found))
