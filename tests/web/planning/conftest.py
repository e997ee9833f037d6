"""The people around one village, each with a browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.planning import World
from tests.made_once import made_once


@pytest.fixture
def world(db: None) -> World:
    """One village with everybody above it."""
    return made_once(World.with_people)


@pytest.fixture
def browser(world: World) -> Callable[[str], Client]:
    """The browser of whoever holds a role; `public` has signed in as nobody."""

    def open_browser(role: str) -> Client:
        client = Client()
        if role != "public":
            client.force_login(world.person(role))
        return client

    return open_browser


@pytest.fixture
def queries_of() -> Callable[[Client, str], int]:
    """How many queries a page takes once what is kept for all pages has been read."""

    def count(client: Client, address: str) -> int:
        client.get(address).getvalue()
        with CaptureQueriesContext(connection) as taken:
            answer = client.get(address)
        assert (answer.status_code, bool(answer.getvalue())) == (200, True)
        return len(taken)

    return count


@pytest.fixture(autouse=True)
def files_folder(settings, tmp_path) -> None:
    """A folder of its own for the files of each test."""
    settings.FILES_DIR = tmp_path / "files"


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
