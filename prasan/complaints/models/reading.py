"""What matching reads in the words of a complaint, kept so that it is read once."""

from __future__ import annotations

from django.db import models

from prasan.complaints.models.complaint import Complaint


class Reading(models.Model):
    """The packed reading of a complaint's words, by which it is compared and which nobody is ever shown.

    One of another version than that of matching counts as none. Complaints of a restricted kind have none.
    """

    complaint = models.OneToOneField(Complaint, models.CASCADE, primary_key=True, related_name="reading")
    version = models.PositiveSmallIntegerField()
    packed = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.version}"
