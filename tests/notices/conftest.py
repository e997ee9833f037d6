"""The people around one village, and mail that stays in memory."""

from __future__ import annotations

import pytest

from tests.factories.planning import World


@pytest.fixture
def world(db: None) -> World:
    """One village with everybody above it."""
    return World()


@pytest.fixture(autouse=True)
def by_smtp(settings) -> None:
    """As with a mail server: what is sent is kept in the outbox of the tests."""
    settings.LETTERS_GO_BY = "smtp"
    settings.DEFAULT_FROM_EMAIL = "Prasan <prasan@surin.example.go.th>"
