"""Photographs and scans of a complaint; the complaint decides who may see them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from prasan.complaints.models.complaint import Complaint
from prasan.documents.models import File
from prasan.kernel.rights import Belonging


class Photograph(models.Model):
    """A file of a complaint, each once for what it shows.

    `print` is what the picture looks like in 64 bits (read as a signed number), `bands` those bits in parts:
    two prints that differ in few bits share a part, by which an index finds them.
    """

    class Shows(models.TextChoices):
        TROUBLE = "trouble", _("what was reported")
        LETTER = "letter", _("the letter")
        PROOF = "proof", _("what was done")

    belonging: ClassVar[Belonging] = Belonging(
        routed=("complaint__referrals__agency_id",),
        area=("complaint__area__path",),
        subject_users=("complaint__subject_user_id",),
        subject_agencies=("complaint__subject_agency_id",),
    )

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="photographs")
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    shows = models.CharField(max_length=8, choices=Shows.choices)
    print = models.BigIntegerField(null=True, editable=False)
    bands = ArrayField(models.IntegerField(), default=list, editable=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [GinIndex(fields=["bands"], name="complaints_photograph_bands")]
        constraints = [
            models.UniqueConstraint(fields=["complaint", "file", "shows"], name="complaints_photograph_once"),
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.shows}"
