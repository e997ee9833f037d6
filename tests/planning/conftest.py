"""The people around one village."""

from __future__ import annotations

import pytest

from tests.factories.planning import World


@pytest.fixture
def world(db: None) -> World:
    """One village with everybody above it."""
    return World()
