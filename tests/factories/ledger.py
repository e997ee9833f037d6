"""Entries, and the tampering that verification is to find."""

from __future__ import annotations

from contextlib import contextmanager

from django.db import connection, transaction

from prasan.ledger.actions import record
from prasan.ledger.models import Entry
from prasan.ledger.queries import entries_about


def write_entries(count: int, *, kind: str = "planning.need.enter") -> list[Entry]:
    """Entries about as many needs."""
    with transaction.atomic():
        return [
            record(kind, ("planning.need", n), by=None, after={"state": "entered", "n": n})
            for n in range(count)
        ]


@contextmanager
def guards_off():
    """What an intruder with all power over the database would do first."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        try:
            yield cursor
        finally:
            cursor.execute("SET session_replication_role = DEFAULT")


def kinds_about(subject) -> list[str]:
    """The kinds of what happened to a subject, oldest first."""
    return list(entries_about(subject).values_list("kind", flat=True))
