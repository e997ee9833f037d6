"""The data folder: where one installation keeps its database, files, logs and keys."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from prasan.config import faults

SOURCE = Path(__file__).resolve().parent.parent.parent
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class DataFolder:
    path: Path

    @classmethod
    def chosen(cls, environment: Mapping[str, str] = os.environ) -> DataFolder:
        """The folder that PRASAN_DATA names, otherwise var/ beside the program."""
        return cls(Path(environment.get("PRASAN_DATA", "") or SOURCE / "var").resolve())

    @property
    def cluster(self) -> Path:
        return self.path / "postgres"

    @property
    def password(self) -> Path:
        return self.path / "postgres_password"

    @property
    def run(self) -> Path:
        return self.path / "run"

    @property
    def prepared(self) -> Path:
        """Says which code last prepared which database."""
        return self.path / "prepared"

    def log(self, name: str) -> Path:
        return self.path / "log" / f"{name}.log"

    def make(self) -> None:
        """Make the folder with its parts, or say in one sentence why it cannot be used."""
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            for part in (self.run, self.path / "log"):
                part.mkdir(mode=0o700, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.run) as trial:
                trial.write(b"\0" * 4096)
        except OSError as error:
            raise faults.of_writing(error, self.path) from error

    def require_space(self, megabytes: int) -> None:
        if shutil.disk_usage(self.path).free < megabytes * MEGABYTE:
            raise faults.disk_full(self.path)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep every other prasan from running this folder's database; the lock goes with the process."""
        with self._open_lock("lock") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.lseek(lock, 0, os.SEEK_SET)
                raise faults.folder_in_use(self.path, os.read(lock, 20).decode().strip()) from None
            os.ftruncate(lock, 0)
            os.write(lock, f"{os.getpid()}\n".encode())
            yield

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Tell whoever runs the database that a command is still working with it."""
        with self._open_lock("users") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH)
            yield

    def wait_until_unused(self) -> None:
        with self._open_lock("users") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)

    @contextmanager
    def _open_lock(self, name: str) -> Iterator[int]:
        try:
            lock = os.open(self.run / name, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise faults.of_writing(error, self.path) from error
        try:
            yield lock
        finally:
            os.close(lock)
