"""Data folders of these tests' own, so that breaking one breaks nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from prasan.config.folder import DataFolder
from prasan.config.postgres import Server


@pytest.fixture(scope="session")
def stopped_cluster(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a database that was made and stopped properly; for copying."""
    folder = DataFolder(tmp_path_factory.mktemp("stopped"))
    folder.make()
    server = Server(folder, durable=False)
    server.start()
    server.stop()
    return folder.path


@pytest.fixture
def folder(stopped_cluster: Path, tmp_path: Path) -> DataFolder:
    """A data folder of one test's own, with a database."""
    shutil.copytree(stopped_cluster, tmp_path / "data")
    return DataFolder(tmp_path / "data")


@pytest.fixture
def server_of() -> Iterator[Callable[..., Server]]:
    """Makes servers that are stopped at the end whatever happened."""
    made: list[Server] = []

    def make(folder: DataFolder, *, durable: bool = False) -> Server:
        made.append(Server(folder, durable=durable))
        return made[-1]

    yield make
    for server in made:
        server.stop()
