"""Needs handed in at a steady rate while everything is killed twice: what was acknowledged is there, once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import psycopg

from bench.figure import Figure
from bench.installation import Installation
from bench.sizes import Sizes
from bench.storm import Kept, Storm, findings, sendings_of, told
from bench.telling import opened_form
from prasan.config import postgres

MARK = "ขุดลอกหนองน้ำพายุ"

KEPT = """
SELECT need.title, '/needs/' || need.id || '/', need.form_key, need.state = 'entered' AND 2 = (
    SELECT count(*) FROM ledger_entry WHERE subject_kind = 'planning.need' AND subject_id = need.id::text
)
FROM planning_need AS need WHERE need.title LIKE %s
"""
"""A whole need is entered and has the entries of two acts."""


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


def _acknowledged(head: str, _body: bytes) -> str:
    """Where the redirect leads."""
    lines = head.split("\r\n")
    found = [line.partition(":")[2].strip() for line in lines if line[:9].lower() == "location:"]
    is_kept = lines[0].split(" ", 2)[1] == "302" and found and found[0].startswith("/needs/")
    return found[0] if is_kept else ""


def _kept(installation: Installation) -> list[Kept]:
    with psycopg.connect(postgres.database_url(installation.folder.path)) as connection:
        return connection.execute(KEPT, [f"{MARK} %"]).fetchall()
