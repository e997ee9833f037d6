"""The plan as a book: one for each content that a version has had, made by the worker."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from prasan.documents.models import OrderedWork
from prasan.kernel.rights import Belonging
from prasan.planning.models.plan import PlanVersion


class PlanBook(OrderedWork):
    """A book of a version, ordered, being made or finished; its files are named by its key.

    `content` stands for all that goes into it: the version has changed where it holds another.
    """

    belonging: ClassVar[Belonging] = Belonging(
        area=("version__plan__area__path", "version__plan__cluster__provinces__path")
    )

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="books")
    projects = models.PositiveIntegerField(_("projects"), default=0)
    pages = models.PositiveIntegerField(_("pages"), default=0)
    size = models.BigIntegerField(_("size of the PDF"), default=0)
    list_size = models.BigIntegerField(_("size of the XLSX"), default=0)

    class Meta:
        verbose_name = _("plan book")
        verbose_name_plural = _("plan books")
        constraints = [
            models.UniqueConstraint(fields=["version", "content"], name="planning_book_once"),
            models.CheckConstraint(
                condition=models.Q(finished_at=None) | models.Q(failed_at=None),
                name="planning_book_finished_or_failed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.content[:12]}"
