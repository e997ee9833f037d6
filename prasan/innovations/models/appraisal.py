"""What the ministry found of an innovation by the criteria of its fiscal year; never changed."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Posting
from prasan.innovations.models.check import CriteriaSet, Criterion
from prasan.innovations.models.innovation import Innovation, InnovationVersion
from prasan.kernel.rights import Belonging


class Appraisal(models.Model):
    """One appraisal of an innovation as it read then; a correction is a new one with the next number.

    The total is kept nowhere: it follows from marks, scales and weights.
    """

    belonging: ClassVar[Belonging] = Belonging(
        agencies=("innovation__owner_id",), area=("innovation__area__path",), state="innovation__state"
    )

    innovation = models.ForeignKey(Innovation, models.PROTECT, related_name="appraisals")
    number = models.PositiveSmallIntegerField(_("number"))
    version = models.ForeignKey(InnovationVersion, models.PROTECT, related_name="+")
    criteria = models.ForeignKey(CriteriaSet, models.PROTECT, related_name="appraisals")
    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year"))
    remark = models.TextField(_("remark"), blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    posting = models.ForeignKey(Posting, models.PROTECT, null=True, related_name="+")
    form_key = models.UUIDField(null=True, unique=True, editable=False)

    class Meta:
        verbose_name = _("appraisal of an innovation")
        verbose_name_plural = _("appraisals of innovations")
        ordering = ["innovation_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["innovation", "number"], name="innovations_appraisal_number"),
        ]

    def __str__(self) -> str:
        return f"{self.innovation_id}/{self.number}"


class AppraisalMark(models.Model):
    """What was found on one criterion: a gate is passed or not, all else has a mark from 0 to its scale."""

    belonging: ClassVar[Belonging] = Belonging(
        agencies=("appraisal__innovation__owner_id",),
        area=("appraisal__innovation__area__path",),
        state="appraisal__innovation__state",
    )

    appraisal = models.ForeignKey(Appraisal, models.PROTECT, related_name="marks")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    is_passed = models.BooleanField(null=True)
    value = models.PositiveSmallIntegerField(_("mark"), null=True)
    reason = models.CharField(_("reason"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("mark of an appraisal")
        verbose_name_plural = _("marks of appraisals")
        ordering = ["appraisal_id", "criterion__position"]
        constraints = [
            models.UniqueConstraint(fields=["appraisal", "criterion"], name="innovations_marked_once"),
            models.CheckConstraint(
                condition=Q(is_passed=None, value__isnull=False) | Q(is_passed__isnull=False, value=None),
                name="innovations_gate_or_mark",
            ),
            models.CheckConstraint(
                condition=Q(is_passed=None) | ~Q(reason=""), name="innovations_gate_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appraisal_id} {self.criterion_id}"
