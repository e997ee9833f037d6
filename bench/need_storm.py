"""Needs handed in at a steady rate while everything is killed twice: what was acknowledged is there, once."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from uuid import UUID

import psycopg

from bench.figure import Figure
from bench.installation import Installation
from bench.sizes import Sizes
from bench.storm import Findings, Sending, Storm, sendings_of, told
from bench.telling import opened_form
from prasan.config import postgres

MARK = "ขุดลอกหนองน้ำพายุ"

KEPT = """
SELECT need.title, need.id, need.form_key, need.state,
       (SELECT count(*) FROM ledger_entry WHERE subject_kind = 'planning.need' AND subject_id = need.id::text)
FROM planning_need AS need WHERE need.title LIKE %s
"""


def measure(installation: Installation, sizes: Sizes) -> Iterator[Figure]:
    """Send for a time, kill at one and at two thirds of it, send until all is answered, and count."""
    installation.stop()
    installation.run()
    sendings = sendings_of(MARK, sizes)
    storm = Storm(installation, opened_form(installation.port), sendings, sizes, _acknowledged)
    asyncio.run(storm.rage())
    found = findings(sendings, _kept(installation))
    installation.stop()
    yield Figure("need-submit-storm", found.wrong, remark=told(sendings, storm.outages, found))


def findings(sendings: list[Sending], kept: list[tuple[str, int, UUID, str, int]]) -> Findings:
    """Hold what was acknowledged against the rows; a whole one is entered and has the entries of two acts."""
    rows = {title: (pk, key, state, entries) for title, pk, key, state, entries in kept}
    counted = Counter(title for title, *_rest in kept)
    lost = unfinished = 0
    for each in sendings:
        pk, key, state, entries = rows.get(each.title, (0, None, "", 0))
        if each.address != f"/needs/{pk}/" or key != each.form_key:
            lost += 1
        elif state != "entered" or entries != 2:
            unfinished += 1
    return Findings(
        lost=lost,
        doubled=sum(times - 1 for times in counted.values()),
        unfinished=unfinished,
        strangers=len(counted.keys() - {each.title for each in sendings}),
    )


def _acknowledged(head: str, _body: bytes) -> str:
    """Where the redirect leads."""
    lines = head.split("\r\n")
    found = [line.partition(":")[2].strip() for line in lines if line[:9].lower() == "location:"]
    is_kept = lines[0].split(" ", 2)[1] == "302" and found and found[0].startswith("/needs/")
    return found[0] if is_kept else ""


def _kept(installation: Installation) -> list[tuple[str, int, UUID, str, int]]:
    with psycopg.connect(postgres.database_url(installation.folder.path)) as connection:
        return connection.execute(KEPT, [f"{MARK} %"]).fetchall()
