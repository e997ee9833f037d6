"""A data folder and a PostgreSQL of its own for each run of the tests, gone at the end.

Loaded with `-p` (see pyproject.toml), because Django reads its settings before any conftest. The server
starts when the first test asks for it; with xdist the controller starts one that all its workers share.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest

from prasan.config import postgres
from prasan.config.folder import DataFolder

IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ
if not IS_WORKER:
    os.environ["PRASAN_DATA"] = tempfile.mkdtemp(prefix="prasan-test-")
os.environ["PRASAN_MODE"] = "demo"

FOLDER = DataFolder(Path(os.environ["PRASAN_DATA"]).resolve())
_until_the_end = ExitStack()
if not IS_WORKER:
    _until_the_end.callback(shutil.rmtree, FOLDER.path, ignore_errors=True)
atexit.register(_until_the_end.close)


def start_database() -> None:
    """Start the server of this run, once."""
    if IS_WORKER or "DATABASE_URL" in os.environ or FOLDER.cluster.exists():
        return
    FOLDER.make()
    _until_the_end.enter_context(FOLDER.held())
    server = postgres.Server(FOLDER, durable=False)
    _until_the_end.callback(server.stop)
    server.start()


def pytest_sessionstart(session: pytest.Session) -> None:
    if session.config.getoption("numprocesses", None):
        start_database()
