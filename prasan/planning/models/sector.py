"""What a need or a proposal is about, and what a province has set itself to achieve."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from prasan.kernel.rights import Belonging
from prasan.kernel.sort_key_field import SortKeyField
from prasan.places.models import Area


class Sector(models.Model):
    """A kind of need: water, roads, health… An open list, to which rows are added."""

    code = models.CharField(max_length=40, primary_key=True)
    name_th = models.CharField(_("name in Thai"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    sort_key = SortKeyField(max_length=600)
    is_open = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name_th


class ProjectKind(models.Model):
    """A kind of project: building, equipment, training… An open list; calls say what each must attach."""

    code = models.CharField(max_length=40, primary_key=True)
    name_th = models.CharField(_("name in Thai"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    sort_key = SortKeyField(max_length=600)
    is_open = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("kind of project")
        verbose_name_plural = _("kinds of project")

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name_th


class StrategicIssue(models.Model):
    """A development issue of an area's plan, in force from its first to its last fiscal year."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    first_year = models.PositiveSmallIntegerField(_("first fiscal year"))
    last_year = models.PositiveSmallIntegerField(_("last fiscal year"))
    number = models.PositiveSmallIntegerField(_("number"))
    name_th = models.CharField(_("name in Thai"), max_length=300)
    name_en = models.CharField(_("name in English"), max_length=300)

    belonging: ClassVar[Belonging] = Belonging(area=("area__path",))

    class Meta:
        verbose_name = _("strategic issue")
        verbose_name_plural = _("strategic issues")
        ordering = ["area_id", "-first_year", "number"]
        constraints = [
            models.UniqueConstraint(fields=["area", "first_year", "number"], name="planning_issue_number"),
            models.CheckConstraint(condition=Q(last_year__gte=F("first_year")), name="planning_issue_years"),
        ]

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" and self.name_en else self.name_th


class Approach(models.Model):
    """A way of serving a strategic issue."""

    issue = models.ForeignKey(StrategicIssue, models.CASCADE, related_name="approaches")
    number = models.PositiveSmallIntegerField(_("number"))
    name_th = models.CharField(_("name in Thai"), max_length=300)
    name_en = models.CharField(_("name in English"), max_length=300)

    class Meta:
        verbose_name = _("approach")
        verbose_name_plural = _("approaches")
        ordering = ["issue_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "number"], name="planning_approach_number"),
        ]

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" and self.name_en else self.name_th


class IssueIndicator(models.Model):
    """An indicator by which a strategic issue is measured, as form จ.1 lists them."""

    issue = models.ForeignKey(StrategicIssue, models.CASCADE, related_name="indicators")
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("indicator"), max_length=300)
    unit = models.CharField(_("unit"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("indicator of an issue")
        verbose_name_plural = _("indicators of issues")
        ordering = ["issue_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "number"], name="planning_issue_indicator_number"),
        ]

    def __str__(self) -> str:
        return self.name


class IssueTarget(models.Model):
    """What an indicator of an issue is to reach in one fiscal year; words, as some are no number."""

    indicator = models.ForeignKey(IssueIndicator, models.CASCADE, related_name="targets")
    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year"))
    target = models.CharField(_("target"), max_length=120)

    class Meta:
        verbose_name = _("target of an issue")
        verbose_name_plural = _("targets of issues")
        ordering = ["indicator_id", "fiscal_year"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "fiscal_year"], name="planning_issue_target_year"),
        ]

    def __str__(self) -> str:
        return self.target
