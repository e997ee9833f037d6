"""Scoring sheets, the marks that several people give on them, and rankings as they were frozen."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Call
from prasan.cases.models import Case
from prasan.kernel.flow import Workflow
from prasan.kernel.rights import Belonging
from prasan.places.models import Area
from prasan.planning.models.proposal import Proposal
from prasan.planning.states import SHEET


class ScoreSheet(Case):
    """By what the accepted proposals of a province and year are judged; of one call where that is named."""

    workflow: ClassVar[Workflow] = SHEET
    belonging: ClassVar[Belonging] = Belonging(owner=("created_by_id",), area=("area__path",), state="state")

    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year"))
    call = models.ForeignKey(Call, models.PROTECT, null=True, verbose_name=_("call"), related_name="+")
    title = models.CharField(_("title"), max_length=200)
    form_key = models.UUIDField(null=True, unique=True, editable=False)

    class Meta:
        verbose_name = _("scoring sheet")
        verbose_name_plural = _("scoring sheets")
        constraints = [
            models.UniqueConstraint(
                fields=["area", "fiscal_year"], condition=Q(state="open"), name="planning_sheet_open_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Criterion(models.Model):
    """One thing that is judged, with its weight and what the marks from 0 to `scale` mean."""

    sheet = models.ForeignKey(ScoreSheet, models.CASCADE, related_name="criteria")
    number = models.PositiveSmallIntegerField(_("number"))
    name_th = models.CharField(_("name in Thai"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    weight = models.DecimalField(_("weight"), max_digits=6, decimal_places=2)
    scale = models.PositiveSmallIntegerField(_("highest mark"), default=5)
    meaning = models.TextField(_("what the marks mean"), blank=True)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["sheet_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "number"], name="planning_criterion_number"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="planning_criterion_weighs_something"),
            models.CheckConstraint(condition=Q(scale__range=(1, 100)), name="planning_criterion_scale"),
        ]

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" and self.name_en else self.name_th


class Mark(models.Model):
    """What one analyst gave one proposal on one criterion, and why."""

    belonging: ClassVar[Belonging] = Belonging(owner=("scorer_id",), area=("criterion__sheet__area__path",))

    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="marks")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="marks")
    scorer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField(_("mark"))
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    given_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        constraints = [
            models.UniqueConstraint(
                fields=["criterion", "proposal", "scorer"], name="planning_mark_once_a_scorer"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}.{self.criterion_id}: {self.value}"


class RankingRow(models.Model):
    """Where a proposal stood when a ranking was frozen; `points` are out of 100, `shares` say of what."""

    sheet = models.ForeignKey(ScoreSheet, models.CASCADE, related_name="ranking")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="ranked_on")
    order = models.PositiveIntegerField(_("order"))
    place = models.PositiveIntegerField(_("place"))
    is_tied = models.BooleanField(_("shares its place"), default=False)
    points = models.DecimalField(_("points"), max_digits=9, decimal_places=6)
    shares = models.JSONField()

    class Meta:
        verbose_name = _("place in a ranking")
        verbose_name_plural = _("places in rankings")
        ordering = ["sheet_id", "order"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "proposal"], name="planning_ranked_once_a_sheet"),
            models.UniqueConstraint(fields=["sheet", "order"], name="planning_ranking_order"),
            models.CheckConstraint(condition=Q(place__gte=1), name="planning_ranking_place"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id}: {self.place}"
