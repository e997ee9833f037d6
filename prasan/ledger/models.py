"""Tables of the ledger; the database itself refuses to change or remove an entry or a batch."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One thing that happened: ids, codes and changed facts, never a person's words, name or number."""

    at = models.DateTimeField()
    kind = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    actor_id = models.BigIntegerField(null=True)
    posting_id = models.BigIntegerField(null=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    note_digest = models.BinaryField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "id"], name="ledger_entry_subject"),
            models.Index(fields=["actor_id", "id"], name="ledger_entry_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_kind}:{self.subject_id}"


class Unsealed(models.Model):
    """An entry that no batch holds yet; written with it by the database and taken away by the sealer."""

    entry_id = models.BigIntegerField(primary_key=True)

    def __str__(self) -> str:
        return str(self.entry_id)


class Batch(models.Model):
    """A seal over entries: their leaves, the Merkle root chained to the root before, and a signature.

    `entry_ids` are eight bytes each, rising, and `leaves` thirty-two bytes each in the same order.
    """

    number = models.BigIntegerField(primary_key=True)
    sealed_at = models.DateTimeField()
    count = models.IntegerField()
    entry_ids = models.BinaryField()
    leaves = models.BinaryField()
    root = models.BinaryField()
    previous_root = models.BinaryField()
    signature = models.BinaryField()

    def __str__(self) -> str:
        return f"batch {self.number}"
