"""Holding a complaint while an act looks at it and changes it."""

from __future__ import annotations

from prasan.complaints.models import Complaint


def locked_complaint(complaint: Complaint) -> Complaint:
    """The complaint as it now stands, held until the act ends."""
    return Complaint.objects.select_for_update(of=("self",)).select_related("area").get(pk=complaint.pk)
