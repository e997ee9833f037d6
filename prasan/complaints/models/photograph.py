"""Photographs and scans of a complaint; the complaint decides who may see them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from prasan.complaints.models.complaint import Complaint
from prasan.complaints.prints import BAND_BITS, BANDS
from prasan.documents.models import File
from prasan.kernel.rights import Belonging


class Photograph(models.Model):
    """A file of a complaint, each once for what it shows."""

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
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["complaint", "file", "shows"], name="complaints_photograph_once"),
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.shows}"


class Print(models.Model):
    """What a photograph looks like, whole or a little cropped: 64 bits, read as a signed number.

    Four indexes, each of a quarter of the bits with all that is asked, find the prints that differ in few
    bits; the table itself is not read.
    """

    photograph = models.ForeignKey(Photograph, models.CASCADE, related_name="prints")
    is_whole = models.BooleanField()
    bits = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(
                F("bits").bitrightshift(BAND_BITS * band).bitand(2**BAND_BITS - 1),
                include=["bits", "photograph"],
                name=f"complaints_print_band_{band}",
            )
            for band in range(BANDS)
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["photograph"], condition=Q(is_whole=True), name="complaints_print_one_whole"
            ),
        ]

    def __str__(self) -> str:
        return str(self.photograph_id)
