"""Time limits and who is told when one is passed, as rows, and the pauses of a complaint."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Role
from prasan.complaints.models.kind import Kind
from prasan.kernel.calendar import today
from prasan.kernel.rights import Belonging
from prasan.places.models import Area


class TimeLimit(models.Model):
    """How many working days a clock may take, from the day on which a row comes into force.

    Of several rows the most telling one counts: of the kind before any kind, of the province before any
    province. A clock keeps the limit that was in force on the day on which it started.
    """

    class Clock(models.TextChoices):
        END = "end", _("From receiving to closing")
        DESK = "desk", _("To say who goes on")
        CLOSING = "closing", _("To close after the answer")
        ACKNOWLEDGE = "acknowledge", _("To take it up")
        ANSWER = "answer", _("To answer")

    belonging: ClassVar[Belonging] = Belonging(area=("area__path",))

    clock = models.CharField(_("clock"), max_length=12, choices=Clock.choices)
    kind = models.ForeignKey(Kind, models.PROTECT, null=True, verbose_name=_("kind"), related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, null=True, verbose_name=_("province"), related_name="+")
    days = models.PositiveSmallIntegerField(_("working days"))
    valid_from = models.DateField(_("in force from"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["clock", "kind", "area", "valid_from"],
                nulls_distinct=False,
                name="complaints_one_limit_a_day",
            ),
            models.CheckConstraint(condition=Q(days__range=(1, 365)), name="complaints_limit_is_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.clock} {self.days}"


class Escalation(models.Model):
    """So many working days after a clock ran out, who holds this role is told; one rung of the ladder."""

    days_late = models.PositiveSmallIntegerField(primary_key=True)
    role = models.ForeignKey(Role, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["days_late"]

    def __str__(self) -> str:
        return f"{self.days_late} {self.role_id}"


class Pause(models.Model):
    """A time during which no clock of a complaint runs, for a reason that its sender reads.

    One that asks the sender something ends when he answers.
    """

    complaint = models.ForeignKey("complaints.Complaint", models.CASCADE, related_name="pauses")
    asks_sender = models.BooleanField(default=False)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["complaint"], condition=Q(until=None), name="complaints_one_pause_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")),
                name="complaints_pause_runs_forward",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.since:%Y-%m-%d}"


class Timed(models.Model):
    """What the clocks of a case last showed, so that lists can be put in order by it.

    `due_on` is the nearest day on which somebody owes something, none while paused or at an end. `end_by`
    is the day by which all of it is owed, kept when it comes to its end. `was_late` says whether a day
    after that one passed while it ran. `days_used` are the working days it took, once it is at an end.
    """

    due_on = models.DateField(null=True, editable=False)
    end_by = models.DateField(null=True, editable=False)
    was_late = models.BooleanField(default=False, editable=False)
    days_used = models.PositiveSmallIntegerField(null=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_overdue(self) -> bool:
        """Whether somebody owes something by a day that has passed."""
        return self.due_on is not None and self.due_on < today()
