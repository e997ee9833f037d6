"""The people around one village, each with a browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.factories.planning import World


@pytest.fixture
def world(db: None) -> World:
    """One village with everybody above it."""
    return World()


@pytest.fixture
def browser(world: World) -> Callable[[str], Client]:
    """The browser of whoever holds a role; `public` has signed in as nobody."""

    def open_browser(role: str) -> Client:
        client = Client()
        if role != "public":
            client.force_login(world.person(role))
        return client

    return open_browser
