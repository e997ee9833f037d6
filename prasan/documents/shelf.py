"""A shelf of finished works: where each stands, where it is in the making, and clearing away the rest."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from prasan.documents.folder import put


@dataclass(frozen=True, slots=True)
class Shelf:
    """The works of one kind, named by the keys of their rows; `files` are their kinds and how the workplace
    calls them. `setting` names the setting that says in which folder they stand."""

    setting: str
    files: Mapping[str, str]

    def place_of(self, key: int, kind: str) -> Path:
        """Where a finished work of that key stands, as one of its kinds of file."""
        return self._folder / f"{key}.{kind}"

    @contextlib.contextmanager
    def workplace(self, key: int) -> Iterator[Path | None]:
        """The folder in which a work is made, this process alone in it; None while another one is at it.

        It stays when the work is cut off. The lock goes with the process that held it.
        """
        folder = self._in_the_making / str(key)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield None
            else:
                yield folder
        finally:
            os.close(lock)

    def shelve(self, key: int, folder: Path) -> dict[str, int]:
        """Bring what was made to its place, on disk for good; the size of each file in bytes."""
        sizes = {}
        for kind, name in self.files.items():
            target = self.place_of(key, kind)
            # or an earlier try, cut off between here and its end, has brought it
            if (folder / name).exists():
                put(folder / name, target)
            sizes[kind] = target.stat().st_size
        return sizes

    def is_shelved(self, key: int) -> bool:
        """Whether every file of a work stands in its place."""
        return all(self.place_of(key, kind).exists() for kind in self.files)

    def standing(self) -> set[int]:
        """The keys of all works of which anything stands on the shelf or is in the making."""
        paths = (*self._folder.glob("*.*"), *self._in_the_making.glob("*"))
        return {int(path.stem) for path in paths if path.stem.isdigit()}

    def discard(self, key: int) -> None:
        """Remove the files of a work and its workplace."""
        for kind in self.files:
            self.place_of(key, kind).unlink(missing_ok=True)
        self.leave(key)

    def leave(self, key: int) -> None:
        """Remove the workplace of a work."""
        shutil.rmtree(self._in_the_making / str(key), ignore_errors=True)

    @property
    def _folder(self) -> Path:
        return Path(getattr(settings, self.setting))

    @property
    def _in_the_making(self) -> Path:
        return self._folder / "making"


def empty(folder: Path) -> None:
    """Remove all that was made in a workplace, but not the lock."""
    for path in folder.iterdir():
        if path.name != "lock":
            path.unlink()
