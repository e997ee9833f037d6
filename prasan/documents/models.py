"""A file kept once, whoever sent it; who may see it is said by the row of an upper room that links to it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class File(models.Model):
    """Content on disk under its SHA-256; images come with a thumbnail.

    `stored_at` is when it was last sent: until some time after that it may stand without a link.
    """

    class Kind(models.TextChoices):
        IMAGE = "image", _("photograph or picture")
        PDF = "pdf", "PDF"
        DOCX = "docx", "DOCX"
        XLSX = "xlsx", "XLSX"

    sha256 = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    has_thumbnail = models.BooleanField(default=False)
    stored_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.size}"
