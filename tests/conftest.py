"""What every test may use."""

from __future__ import annotations

import pytest

from prasan.config import postgres
from tests.plugin_database import FOLDER, start_database
from tests.shared_data import shared_data

__all__ = ["shared_data"]


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

    if FOLDER.cluster.exists():
        known = postgres.settings_for(FOLDER.path)
        settings.DATABASES["default"].update({key: known[key] for key in ("HOST", "PASSWORD")})
