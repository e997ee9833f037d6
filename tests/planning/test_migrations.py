"""Databases that the first nineteen migrations made, of which three are left."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

pytestmark = pytest.mark.django_db


def stand_as_of_old(*applied: str) -> None:
    """Let the database say that these made it, and none of the three."""
    recorder = MigrationRecorder(connection)
    recorder.migration_qs.filter(app="planning").delete()
    for name in applied:
        recorder.record_applied("planning", name)


def plan() -> list[str]:
    executor = MigrationExecutor(connection)
    return [migration.name for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def test_whole_one_has_nothing_to_do() -> None:
    stand_as_of_old("0001_initial", "0002_sectors", "0014_counting", "0019_plan_book")

    assert plan() == []


def test_one_in_between_is_refused_by_the_tables_that_are_there() -> None:
    stand_as_of_old("0001_initial", "0002_sectors", "0014_counting")

    assert plan() == ["0001_tables", "0002_first_rows", "0003_guards"]
