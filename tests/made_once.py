"""Worlds that cost much to make: made by actions for the first test, laid down as rows for those after it."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import connection, transaction

from prasan.kernel.calendar import today

if TYPE_CHECKING:
    from tests.factories.planning import World

Made = TypeVar("Made")
Key = tuple[Callable[..., object], date, int | None]

_kept: dict[Key, tuple[str, Any]] = {}

_TABLES = """
SELECT pg_class.oid::regclass::text, array_agg(quote_ident(attname) ORDER BY attnum)
FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
  AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
GROUP BY pg_class.oid
"""


def made_once(make: Callable[..., Made], *, on: World | None = None) -> Made:
    """What `make` gives and leaves in the database; `make(on)` if it builds on a world that was made once.

    Every test has rows and objects of its own, to change as it likes: rows go with the transaction of the
    test, objects are copies of what `make` gave. What is made on another day or another world is made anew.
    A test asks for it before it makes anything with a key of its own, such as an area: the same key cannot
    be laid down a second time.
    """
    key = (make, today(), on and on.agency.pk)
    if key not in _kept:
        before = rows_of_all_tables()
        made = make(on) if on else make()
        _kept[key] = _statements(before, rows_of_all_tables()), deepcopy((made, on))
        return made
    rows, kept = _kept[key]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(rows)
    made, world = deepcopy(kept)
    if on:
        vars(on).update(vars(world))  # it knows whoever was needed meanwhile
    return made


def rows_of_all_tables() -> dict[tuple[str, str], set[str]]:
    """The rows of each table and its columns, as they would be written in SQL."""
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        tables = cursor.fetchall()
        found = {}
        for table, columns in tables:
            row = " || ',' || ".join(f"quote_nullable({column}::text)" for column in columns)
            cursor.execute(f"SELECT {row} FROM {table}")
            found[table, ", ".join(columns)] = {row for (row,) in cursor.fetchall()}
        return found


def _statements(before: dict[tuple[str, str], set[str]], after: dict[tuple[str, str], set[str]]) -> str:
    """What adds the new rows, past the triggers that have done their part; none may have changed."""
    told = ["SET LOCAL session_replication_role = replica"]
    for (table, columns), rows in after.items():
        if before[table, columns] - rows:
            raise AssertionError(f"{table}: rows that were there before have changed")
        if new := rows - before[table, columns]:
            values = ", ".join(f"({row})" for row in sorted(new))
            told.append(f"INSERT INTO {table} ({columns}) OVERRIDING SYSTEM VALUE VALUES {values}")
    return "; ".join([*told, "SET LOCAL session_replication_role = origin"])
