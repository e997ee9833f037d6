"""Figures of complaints, counted by the database as cases are written (docs/decisions/0020)."""

from __future__ import annotations

from django.db import models


class TallyChange(models.Model):
    """What one act added to or took from the figures of an area, until it is folded into the tally.

    Triggers write these rows in the act's own transaction and nobody changes them, so no act waits for
    another. `area_code` is that of the amphoe, or of the province where no more is known.
    """

    area_code = models.CharField(max_length=4)
    kind = models.CharField(max_length=40)
    month = models.DateField()
    agency_id = models.BigIntegerField()
    what = models.CharField(max_length=24)
    days = models.SmallIntegerField()
    number = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.area_code} {self.what} {self.number:+}"


class Tally(models.Model):
    """How many complaints of an area, a kind and a month there are of which something is true.

    `kind` is `*` for all of them together, empty where it is not known; an amphoe has `*` alone, except for
    what was told. `month` is that of receiving, in Bangkok. `agency_id` is 0 for the complaints themselves,
    else that of the agency to which they were sent. `what` is a state (`state:closed`), `told`, `late`,
    `reopened`, `across`, or `rated`, `closed_in`, `acknowledged_in`, `answered_in`, of which `days` says how
    much: marks, or working days; it is -1 for the others. Complaints against officials are not counted.
    """

    area_code = models.CharField(max_length=4)
    above = models.CharField(max_length=2)
    kind = models.CharField(max_length=40)
    month = models.DateField()
    agency_id = models.BigIntegerField()
    what = models.CharField(max_length=24)
    days = models.SmallIntegerField()
    number = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(
                fields=["above", "kind", "agency_id", "month"],
                include=["area_code", "what", "days", "number"],
                name="complaints_tally_above",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["area_code", "kind", "month", "agency_id", "what", "days"],
                name="complaints_tally_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.area_code} {self.kind} {self.what} {self.number}"
