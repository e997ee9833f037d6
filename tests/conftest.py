"""What every test may use."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from prasan.config import postgres
from tests.plugin_database import FOLDER, start_database
from tests.shared_data import shared_data

__all__ = ["shared_data"]

QUEUE = ("procrastinate_jobs", "procrastinate_events", "procrastinate_periodic_defers")
"""Tables that Django does not manage."""

MUCH = 256 * 1024
"""Bytes of a table, dead rows and all, from which on it is worth truncating."""

_FILLED = """
SELECT '{0}', pg_relation_size('{0}') > {much}
WHERE pg_relation_size('{0}') > {much} OR EXISTS (SELECT FROM {0})
"""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One worker more than cores: each waits a fifth of its time for PostgreSQL or for a browser."""
    return len(os.sched_getaffinity(0)) + 1


@pytest.fixture(scope="session")
def database_server() -> None:
    """The PostgreSQL of this run, started by the first test that needs it."""
    start_database()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    database_server: None, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """Tell Django the password and the socket, which did not exist when it read its settings."""
    from django.conf import settings

    settings.TEST_NON_SERIALIZED_APPS = settings.INSTALLED_APPS  # some tables only tests declare
    if FOLDER.cluster.exists():
        known = postgres.settings_for(FOLDER.path)
        settings.DATABASES["default"].update({key: known[key] for key in ("HOST", "PASSWORD")})


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Make tables for what only tests declare; let the emptying between tests pass the ledger's guards, take
    the queued jobs with it and delete the few rows there are: to truncate every table costs more than most
    tests, and is left for when dead rows have piled up in one."""
    from django.apps import apps
    from django.db import connection, transaction
    from django.db.backends.postgresql.operations import DatabaseOperations

    with django_db_blocker.unblock():
        made = set(connection.introspection.table_names())
        with connection.schema_editor() as editor:
            for model in apps.get_models():
                if model.__module__.startswith("tests.") and model._meta.db_table not in made:
                    editor.create_model(model)
    with django_db_blocker.unblock():
        laid_down = {
            model: rows
            for model in apps.get_models()
            if model.__module__.startswith("prasan.") and (rows := list(model._base_manager.all()))
        }

    def empty(operations: DatabaseOperations, statements: list[str]) -> None:
        tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
        question = " UNION ALL ".join(_FILLED.format(table, much=MUCH) for table in (*tables, *QUEUE))
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(question)
            filled = dict(cursor.fetchall())
            if any(filled.values()):
                cursor.execute(f"{' '.join(statements)} TRUNCATE {', '.join(QUEUE)} CASCADE")
            else:
                cursor.execute("; ".join(f"DELETE FROM {operations.quote_name(table)}" for table in filled))
        for model, rows in laid_down.items():  # what migrations laid down, such as roles and sectors
            model._base_manager.bulk_create(rows)

    DatabaseOperations.execute_sql_flush = empty  # type: ignore[method-assign]
    yield
    with django_db_blocker.unblock():  # a thread that is slow to end would keep the database from going
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        connection.close()


def pytest_configure() -> None:
    """Look for garbage seldom: what a run makes lives to its end or goes when its last name does."""
    gc.set_threshold(100_000, 50, 1000)


def pytest_collection_finish() -> None:
    """Never look again at the rooms and tests that are now loaded."""
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no worker is left alone with it at the end; journeys wait until
    the installation that they walk on is filled."""

    def turn(item: pytest.Item) -> int:
        marks = {mark.name for mark in item.iter_markers()}
        return 1 if "browser" in marks else 0 if "slow" in marks else 2

    items.sort(key=turn)


@pytest.fixture(autouse=True)
def _titles_of_this_test() -> Iterator[None]:
    """No test meets the titles of innovations that another one wrote and took back."""
    yield
    novelty = sys.modules.get("prasan.innovations.queries.novelty")
    if novelty is not None:
        novelty.forget_titles()
