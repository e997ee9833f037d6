"""Lists of projects that a province brings along, and what their columns were found to mean."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from prasan.kernel.rights import Belonging
from prasan.places.models import Area


class ProposalList(models.Model):
    """One file of projects: its bytes until it is taken in, and what each of its columns means.

    `columns` goes from the heading in the file to the code of what stands under it.
    """

    class Standing(models.TextChoices):
        SUBMITTED = "submitted", _("before their tambon committees")
        ACCEPTED = "accepted", _("ready to be ranked and decided")

    belonging: ClassVar[Belonging] = Belonging(owner=("sent_by_id",), area=("area__path",))

    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    file_name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(null=True)
    headers = models.JSONField()
    columns = models.JSONField(default=dict)
    is_confirmed = models.BooleanField(_("columns confirmed"), default=False)
    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year"), null=True)
    standing = models.CharField(
        _("where they stand"), max_length=10, choices=Standing.choices, default=Standing.SUBMITTED
    )
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(auto_now_add=True)
    ordered_at = models.DateTimeField(null=True)
    taken = models.PositiveIntegerField(_("taken in"), default=0)
    taken_at = models.DateTimeField(null=True)
    form_key = models.UUIDField(null=True, unique=True, editable=False)

    class Meta:
        verbose_name = _("list of projects")
        verbose_name_plural = _("lists of projects")

    def __str__(self) -> str:
        return self.file_name


class ColumnHabit(models.Model):
    """What the columns of a file with these headings meant when an officer confirmed them."""

    fingerprint = models.CharField(max_length=64, unique=True)
    columns = models.JSONField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("habit of columns")
        verbose_name_plural = _("habits of columns")

    def __str__(self) -> str:
        return self.fingerprint[:12]
