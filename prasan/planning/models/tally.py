"""Figures of every area, counted by the database as cases are written (docs/decisions/0011)."""

from __future__ import annotations

from django.db import models


class TallyChange(models.Model):
    """What one act added to or took from a state of an area, until it is folded into the tally.

    Triggers write these rows in the act's own transaction and nobody changes them, so no act waits for
    another. `number` counts needs or proposals, `money` is what the proposals ask for.
    """

    area_code = models.CharField(max_length=8)
    kind = models.CharField(max_length=8)
    state = models.CharField(max_length=40)
    number = models.BigIntegerField()
    money = models.DecimalField(max_digits=20, decimal_places=2)

    def __str__(self) -> str:
        return f"{self.area_code} {self.kind} {self.state} {self.number:+}"


class Tally(models.Model):
    """How many needs or proposals of a state lie in an area and all inside it, and what they ask for.

    Without the changes that are not folded in yet it may be seconds behind: queries add them. `above` is
    the code of the area around.
    """

    area_code = models.CharField(max_length=8)
    above = models.CharField(max_length=8)
    kind = models.CharField(max_length=8)
    state = models.CharField(max_length=40)
    number = models.BigIntegerField()
    money = models.DecimalField(max_digits=20, decimal_places=2)

    class Meta:
        indexes = [models.Index(fields=["above"], name="planning_tally_above")]
        constraints = [
            models.UniqueConstraint(fields=["area_code", "kind", "state"], name="planning_tally_once")
        ]

    def __str__(self) -> str:
        return f"{self.area_code} {self.kind} {self.state} {self.number}"
