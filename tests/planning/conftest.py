"""The people around one village."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection

from tests.factories.planning import World
from tests.made_once import made_once


@pytest.fixture
def world(db: None) -> World:
    """One village with everybody above it."""
    return made_once(World.with_people)


@pytest.fixture
def queued(db: None) -> Callable[[], int]:
    """How many books wait in the queue, or did so."""

    def count() -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'prasan.planning.make_book'"
            )
            return int(cursor.fetchone()[0])

    return count
