"""The folder of files: content appears in it whole or not at all, named by its SHA-256."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from django.conf import settings

_CHUNK = 1024 * 1024


def place_of(digest: str, *, thumbnail: bool = False) -> Path:
    """Where content of that hash is kept."""
    name = digest[2:] + (".thumbnail" if thumbnail else "")
    return Path(settings.FILES_DIR) / digest[:2] / name


@contextlib.contextmanager
def workplace() -> Iterator[Path]:
    """A private folder on the same disk for files in the making; it is gone afterwards."""
    incoming = incoming_folder()
    incoming.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=incoming) as folder:
        yield Path(folder)


def incoming_folder() -> Path:
    """Where files in the making stand; what a crash left in it is never looked at."""
    return Path(settings.FILES_DIR) / "incoming"


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    hashed = sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            hashed.update(chunk)
    return hashed.hexdigest()


def put(source: Path, target: Path) -> None:
    """Move a finished file to its place, on disk for good on return; replacing the same content is fine."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    source.chmod(0o600)
    _settle(source)
    source.replace(target)
    _settle(target.parent)


def contents() -> Iterator[tuple[str, Path]]:
    """Every file that is kept, thumbnails too, with the hash that it is named by."""
    for folder in sorted(Path(settings.FILES_DIR).glob("[0-9a-f][0-9a-f]")):
        for path in sorted(folder.iterdir()):
            yield folder.name + path.name.removesuffix(".thumbnail"), path


def _settle(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
