"""A file kept once, whoever sent it, and what every ordered work has; who may see either, upper rooms say."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from prasan.accounts.models import User


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


class OrderedWork(models.Model):
    """A long work that somebody ordered: waiting, being made step by step, finished or failed.

    `content` stands for all that goes into it: what it is made of has changed where that holds another.
    """

    content = models.CharField(max_length=64)
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ordered_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(_("steps done"), default=0)
    whole = models.PositiveIntegerField(_("steps in all"), default=0)
    failed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def order_again(self, by: User | None) -> None:
        """Let it be made from the beginning; not saved yet."""
        self.ordered_by, self.ordered_at = by, timezone.now()
        self.tries, self.done, self.whole, self.failed_at, self.finished_at = 0, 0, 0, None, None
