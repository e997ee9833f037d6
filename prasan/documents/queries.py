"""Opening files, and who links to them. Whether someone may see one is said by the room that links it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import BinaryIO

from django.db import models
from django.db.models import Exists, OuterRef

from prasan.documents import folder
from prasan.documents.models import File


@dataclass(frozen=True, slots=True)
class OpenContent:
    """Content being read; whoever opened it closes the stream."""

    stream: BinaryIO
    media_type: str
    size: int


def content(file: File, *, thumbnail: bool = False) -> OpenContent:
    """The content of a file, or of its thumbnail if it has one."""
    as_thumbnail = thumbnail and file.has_thumbnail
    path = folder.place_of(file.sha256, thumbnail=as_thumbnail)
    return OpenContent(path.open("rb"), file.media_type, path.stat().st_size)


def path_of(file: File) -> Path:
    """Where the content lies, for makers of documents that read from disk."""
    return folder.place_of(file.sha256)


def is_linked(file: File) -> bool:
    """Whether any row of any room points at the file."""
    return any(model._base_manager.filter(**{column: file.pk}).exists() for model, column in links())


def unlinked_files(*, before: datetime) -> list[int]:
    """Files last sent before a moment that no row points at."""
    rows = File.objects.filter(stored_at__lt=before)
    for model, column in links():
        rows = rows.exclude(Exists(model._base_manager.filter(**{column: OuterRef("pk")})))
    return list(rows.values_list("pk", flat=True))


@cache
def links() -> tuple[tuple[type[models.Model], str], ...]:
    """Every column, in whatever room, that points at files."""
    return tuple(
        (relation.related_model, relation.field.attname)
        for relation in File._meta.get_fields(include_hidden=True)
        if isinstance(relation, models.ManyToOneRel)
    )
