"""Many rows at once: into a temporary table by COPY, from where one statement takes them over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import connection


def fill_temporary_table(name: str, columns: str, rows: Iterable[Sequence[object]]) -> None:
    """A table of `columns` (SQL), filled with the rows and gone at the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {name}")
        cursor.execute(f"CREATE TEMPORARY TABLE {name} ({columns}) ON COMMIT DROP")
        with cursor.copy(f"COPY {name} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(f"ANALYZE {name}")


def run(sql: str, parameters: Sequence[str | bool | date] = ()) -> int:
    """Run one statement; how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.rowcount


def take_stock(*tables: str) -> None:
    """Tell the planner how much these tables now hold; until then it may scan them whole for every row."""
    for table in tables:
        run(f"ANALYZE {table}")


def wait_for_turn() -> None:
    """Of several who change the tree of places at once, the others wait until this transaction ends."""
    run("SELECT pg_advisory_xact_lock(hashtext('prasan.places'))")
