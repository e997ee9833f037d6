"""The kinds of complaint to choose from."""

from __future__ import annotations

from django.db.models import QuerySet

from prasan.complaints.models import Kind


def kinds_offered() -> QuerySet[Kind]:
    """Kinds that are open, in their order."""
    return Kind.objects.filter(is_open=True).order_by("position")
