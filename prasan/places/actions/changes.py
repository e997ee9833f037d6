"""What an import would change, counted by the database before anything is changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.db import connection

ChangeKind = Literal["added", "changed", "removed"]
KINDS: tuple[ChangeKind, ...] = ("added", "changed", "removed")

SHOWN = 20
"""Differences of each kind that are named one by one; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One row that differs: its code, what it is called now and what the file calls it."""

    kind: ChangeKind
    code: str
    before: str
    after: str

    def __str__(self) -> str:
        names = " → ".join(name for name in (self.before, self.after) if name)
        return f"{self.code} {names}".rstrip()


@dataclass(frozen=True, slots=True)
class Changes:
    """How many rows an import adds, changes and withdraws, with some of them named.

    `is_first` says that there was nothing real before, so that nothing of worth can be lost.
    """

    added: int
    changed: int
    removed: int
    samples: tuple[Difference, ...]
    is_first: bool

    @property
    def total(self) -> int:
        return self.added + self.changed + self.removed


def lay_out_changes(differences: str, parameters: Sequence[str] = (), *, is_first: bool) -> Changes:
    """Keep the rows of a query (code, kind, before, after) as the table `change` for this transaction."""
    samples: list[Difference] = []
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS change")
        cursor.execute(f"CREATE TEMPORARY TABLE change ON COMMIT DROP AS {differences}", parameters)
        cursor.execute("SELECT kind, count(*) FROM change GROUP BY kind")
        counts = dict(cursor.fetchall())
        for kind in () if is_first else KINDS:
            cursor.execute(
                "SELECT code, before, after FROM change WHERE kind = %s ORDER BY code LIMIT %s", [kind, SHOWN]
            )
            samples += [Difference(kind, *row) for row in cursor.fetchall()]
    added, changed, removed = (counts.get(kind, 0) for kind in KINDS)
    return Changes(added, changed, removed, tuple(samples), is_first)
