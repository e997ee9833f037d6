"""Where finished books stand, and where one is in the making; what has no row any more is cleared away."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.conf import settings

from prasan.documents.folder import put
from prasan.planning.papers.book import BOOK, BRIEFS

KINDS: Final = {"pdf": BOOK, "xlsx": BRIEFS}


def place_of(book: int, kind: str) -> Path:
    """Where a finished book of that key stands, as `pdf` or `xlsx`."""
    return _shelf() / f"{book}.{kind}"


@contextlib.contextmanager
def workplace(book: int) -> Iterator[Path | None]:
    """The folder in which a book is made, this process alone in it; None while another one is at it.

    It stays when the work is cut off. The lock goes with the process that held it.
    """
    folder = _in_the_making() / str(book)
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


def empty(folder: Path) -> None:
    """Remove all that was made in a workplace, but not the lock."""
    for path in folder.iterdir():
        if path.name != "lock":
            path.unlink()


def shelve(book: int, folder: Path) -> dict[str, int]:
    """Bring what was made to its place, on disk for good; the size of each file in bytes."""
    sizes = {}
    for kind, name in KINDS.items():
        target = place_of(book, kind)
        if (folder / name).exists():  # or an earlier try, cut off between here and its end, has brought it
            put(folder / name, target)
        sizes[kind] = target.stat().st_size
    return sizes


def is_shelved(book: int) -> bool:
    """Whether every file of a book stands in its place."""
    return all(place_of(book, kind).exists() for kind in KINDS)


def standing() -> set[int]:
    """The keys of all books of which anything stands on the shelf or is in the making."""
    paths = (*_shelf().glob("*.*"), *_in_the_making().glob("*"))
    return {int(path.stem) for path in paths if path.stem.isdigit()}


def discard(book: int) -> None:
    """Remove the files of a book and its workplace."""
    for kind in KINDS:
        place_of(book, kind).unlink(missing_ok=True)
    shutil.rmtree(_in_the_making() / str(book), ignore_errors=True)


def leave(book: int) -> None:
    """Remove the workplace of a book."""
    shutil.rmtree(_in_the_making() / str(book), ignore_errors=True)


def _shelf() -> Path:
    return Path(settings.BOOKS_DIR)


def _in_the_making() -> Path:
    return _shelf() / "making"
