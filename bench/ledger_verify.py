"""How long it takes to check a million sealed entries."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

from django.db import connection

from bench.figure import Figure
from bench.installation import Installation
from bench.sizes import Sizes
from prasan.ledger.actions import seal_pending
from prasan.ledger.verification import Fault, verify

# Entries as steps of cases write them; the database queues each for its seal
WRITE = """
INSERT INTO ledger_entry (
    at, kind, subject_kind, subject_id, actor_id, posting_id, before, after, note_digest
)
SELECT now() - (%s - number) * interval '1 second', 'planning.proposal.review', 'planning.proposal',
       (number / 12)::text, number %% 900, number %% 950,
       '{"state": "submitted"}', jsonb_build_object('state', 'tambon_review', 'area', '320704', 'n', number),
       CASE WHEN number %% 4 = 0 THEN sha256(number::text::bytea) END
FROM generate_series(1, %s) AS number
"""
HASH_ALL = "SELECT count(sha256(convert_to(entry::text, 'UTF8'))) FROM ledger_entry AS entry"
MILLION = 1_000_000


def measure(installation: Installation, sizes: Sizes) -> Iterator[Figure]:
    """Write and seal entries, then check them all; the reference only reads and hashes each."""
    installation.database()
    yield figure_of(sizes.entries)


def figure_of(entries: int) -> Figure:
    """The time to check the ledger with so many entries more, for a million of them."""
    with connection.cursor() as cursor:
        cursor.execute(WRITE, [entries, entries])
    began = perf_counter()
    sealed = seal_pending()
    sealing = perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE ledger_entry")
    faults: list[Fault] = []
    began = perf_counter()
    tally = verify(faults.append)
    ours = perf_counter() - began
    if faults or tally.entries < entries:
        raise RuntimeError(f"{tally.entries} entries were checked and {len(faults)} faults found")
    began = perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(HASH_ALL)
    reference = perf_counter() - began
    share = MILLION / tally.entries
    remark = f"{tally.entries:,} entries in {tally.batches} batches; sealed {sealed / sealing:,.0f} a second"
    return Figure("ledger-verify", ours * share, reference * share, remark=remark)
