"""Who sent a complaint, kept apart from everything else."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q


class Sender(models.Model):
    """Name and ways to reach a person; elsewhere only the random key is known.

    Read field by field through an act that is recorded, and erasable: then nothing but the key is left.
    `pseudonym` lets the same person's complaints be told without reading who it is, and goes with the rest.
    """

    FIELDS = ("name", "phone", "email", "citizen_number", "address")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    citizen_number = models.CharField(max_length=13, blank=True)
    address = models.TextField(blank=True)
    pseudonym = models.CharField(max_length=64, blank=True, db_index=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at=None)
                | Q(name="", phone="", email="", citizen_number="", address="", pseudonym=""),
                name="complaints_erased_sender_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
