"""A data folder made ready for this code, without areas or people, so that a whole Prasan starts quickly."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from prasan.config import postgres
from prasan.config.database import mark_prepared
from prasan.config.folder import DataFolder


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder to copy."""
    folder = DataFolder(tmp_path_factory.mktemp("prepared"))
    environment = os.environ | {
        "PRASAN_DATA": str(folder.path),
        "DJANGO_SETTINGS_MODULE": "prasan.config.settings",
    }
    with postgres.available(folder):
        for command in ("migrate", "createcachetable"):
            subprocess.run([sys.executable, "-m", "django", command, "-v", "0"], env=environment, check=True)
    return folder.path


@pytest.fixture
def folder(prepared: Path, tmp_path: Path) -> DataFolder:
    """A prepared data folder of one test's own."""
    return ready_copy(prepared, tmp_path / "data")


def ready_copy(prepared: Path, path: Path) -> DataFolder:
    shutil.copytree(prepared, path)
    folder = DataFolder(path)
    mark_prepared(folder)
    return folder
