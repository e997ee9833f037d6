"""What form จ.1-1 lists in rows: activities with their yearly budgets, and indicators with targets."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from prasan.kernel.rights import Belonging
from prasan.planning.models.proposal import Proposal


class Activity(models.Model):
    """One of the main activities of a proposal, who answers for it and who helps, as written."""

    belonging: ClassVar[Belonging] = Belonging(area=("proposal__area__path",))

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="activities")
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("activity"), max_length=300)
    responsible = models.CharField(_("responsible agency"), max_length=300, blank=True)
    helpers = models.CharField(_("co-operating agencies"), max_length=600, blank=True)

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["proposal_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "number"], name="planning_activity_number"),
        ]

    def __str__(self) -> str:
        return self.name


class ActivityBudget(models.Model):
    """What an activity costs in one fiscal year. The database holds their sum equal to the budget asked."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="budgets")
    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year"))
    amount = models.DecimalField(_("amount (baht)"), max_digits=16, decimal_places=2)

    class Meta:
        verbose_name = _("budget of an activity")
        verbose_name_plural = _("budgets of activities")
        ordering = ["activity_id", "fiscal_year"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "fiscal_year"], name="planning_activity_year"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="planning_activity_costs_something"),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.fiscal_year}"


class Indicator(models.Model):
    """An indicator of a proposal and what it is to reach."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="indicators")
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("indicator"), max_length=300)
    target = models.CharField(_("target"), max_length=300)

    class Meta:
        verbose_name = _("indicator of a proposal")
        verbose_name_plural = _("indicators of proposals")
        ordering = ["proposal_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "number"], name="planning_indicator_number"),
        ]

    def __str__(self) -> str:
        return self.name
