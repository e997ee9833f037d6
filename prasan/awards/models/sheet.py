"""What a judge was assigned, the scores that he gives, and when entrants present."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from prasan.awards import rules
from prasan.awards.models.edition import Criterion, Round
from prasan.awards.models.entry import Entry
from prasan.awards.models.panel import Judge
from prasan.awards.states import SHEET
from prasan.cases.models import Case
from prasan.kernel.flow import Workflow
from prasan.kernel.rights import Belonging, Right


class ScoreSheet(Case):
    """An entry assigned to a judge in a round; it counts once it is handed in."""

    workflow: ClassVar[Workflow] = SHEET
    internal_right: ClassVar[Right] = rules.ORGANISE
    belonging: ClassVar[Belonging] = Belonging(
        assignees=("judge__person_id",),
        routed=("round__edition__programme__organiser_id",),
        state="state",
    )

    round = models.ForeignKey(Round, models.PROTECT, related_name="sheets")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="sheets")
    judge = models.ForeignKey(Judge, models.PROTECT, related_name="sheets")
    remark = models.TextField(_("remark for the jury"), blank=True)

    class Meta:
        verbose_name = _("score sheet")
        verbose_name_plural = _("score sheets")
        indexes = [models.Index(fields=["round", "state"], name="awards_sheet_round")]
        constraints = [
            models.UniqueConstraint(fields=["round", "entry", "judge"], name="awards_assigned_once"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.entry_id} {self.judge_id}"


class Score(models.Model):
    """What a judge gives on one criterion; of a gate 1 is passed and 0 is not."""

    belonging: ClassVar[Belonging] = Belonging(assignees=("sheet__judge__person_id",))

    sheet = models.ForeignKey(ScoreSheet, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    value = models.DecimalField(_("mark"), max_digits=6, decimal_places=2)

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion"], name="awards_scored_once"),
            models.CheckConstraint(condition=Q(value__gte=0), name="awards_score_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id}.{self.criterion_id}: {self.value}"


class Presentation(models.Model):
    """When and where an entry is presented in a round."""

    belonging: ClassVar[Belonging] = Belonging(routed=("round__edition__programme__organiser_id",))

    round = models.ForeignKey(Round, models.PROTECT, related_name="presentations")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="presentations")
    starts = models.DateTimeField(_("begins"))
    ends = models.DateTimeField(_("ends"))
    place = models.CharField(_("room or address of the online meeting"), max_length=300)

    class Meta:
        verbose_name = _("presentation")
        verbose_name_plural = _("presentations")
        ordering = ["round_id", "starts"]
        constraints = [
            models.UniqueConstraint(fields=["round", "entry"], name="awards_presented_once"),
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="awards_presentation_ends"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.starts}"
