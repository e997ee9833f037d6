"""By what an innovation is looked at: gates it must pass, and criteria that are weighed, as dated rows."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from prasan.kernel.rights import Belonging


class CriteriaSet(models.Model):
    """The criteria in force from a fiscal year on, until a set of a later year takes over."""

    belonging: ClassVar[Belonging] = Belonging()

    fiscal_year_from = models.PositiveSmallIntegerField(_("from fiscal year"), unique=True)
    remark_th = models.CharField(max_length=300, blank=True)
    remark_en = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return str(self.fiscal_year_from)

    @property
    def remark(self) -> str:
        """Where the set comes from, in the reader's language."""
        return self.remark_en if get_language() == "en" else self.remark_th


class Criterion(models.Model):
    """One thing that is looked at; a gate is passed or not, the others share the score by their weight.

    A mark goes from 0 to `scale`.
    """

    class Group(models.TextChoices):
        GATE = "gate", _("gate")
        PART = "part", _("completeness of content")
        QUALITY = "quality", _("quality")

    belonging: ClassVar[Belonging] = Belonging()

    criteria = models.ForeignKey(CriteriaSet, models.CASCADE, related_name="rows")
    code = models.CharField(max_length=40)
    group = models.CharField(max_length=8, choices=Group.choices)
    position = models.PositiveSmallIntegerField()
    name_th = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300)
    weight = models.DecimalField(_("weight"), max_digits=5, decimal_places=2)
    scale = models.PositiveSmallIntegerField(_("highest mark"))

    class Meta:
        ordering = ["criteria_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["criteria", "code"], name="innovations_criterion_once"),
            models.CheckConstraint(
                condition=Q(group="gate", weight=0, scale=0)
                | (~Q(group="gate") & Q(weight__gt=0, scale__range=(1, 10))),
                name="innovations_gate_has_no_weight",
            ),
        ]

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name_th
