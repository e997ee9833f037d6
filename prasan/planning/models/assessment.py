"""What an agency thinks of a proposal that was sent to it, in every version."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Posting
from prasan.cases.models import Case
from prasan.kernel.flow import Workflow
from prasan.kernel.rights import Belonging, Right
from prasan.planning import rules
from prasan.planning.models.proposal import Proposal, Routing
from prasan.planning.models.version import ProposalVersion
from prasan.planning.states import ASSESSMENT


class Assessment(Case):
    """The assessment of one agency; its words for everybody and for the agency alone are notes of the case.

    What else it says stands in its versions: one for each step that wrote it, in the same order.
    """

    workflow: ClassVar[Workflow] = ASSESSMENT
    internal_right: ClassVar[Right] = rules.VIEW_ASSESSMENT_INSIDE
    belonging: ClassVar[Belonging] = Belonging(
        owner=("created_by_id",),
        submitter=("routing__proposal__created_by_id", "routing__proposal__submitters"),
        agencies=("routing__proposal__routings__agency_id",),
        routed=("routing__agency_id",),
        area=("routing__proposal__area__path",),
        state="state",
    )

    routing = models.OneToOneField(Routing, models.PROTECT, related_name="assessment")

    class Meta:
        verbose_name = _("assessment of an agency")
        verbose_name_plural = _("assessments of agencies")

    def __str__(self) -> str:
        return f"{self.routing_id}"


class AssessmentVersion(models.Model):
    """How an assessment reads after it was written once; never changed, told apart by number.

    `read` is the version of the proposal that was judged and `asked` the sum it asked for. No estimate means
    that the agency made none.
    """

    class Power(models.TextChoices):
        YES = "yes", _("within its power")
        PARTLY = "partly", _("partly within its power")
        NO = "no", _("not within its power")

    class Feasibility(models.TextChoices):
        USUAL = "usual", _("feasible with usual means")
        CONDITIONS = "conditions", _("feasible under conditions")
        HARD = "hard", _("hard to carry out")
        NOT = "not", _("not feasible")

    class Readiness(models.TextChoices):
        THERE = "there", _("there")
        LACKING = "lacking", _("still lacking")
        NOT_NEEDED = "not_needed", _("not needed")

    class Recommendation(models.TextChoices):
        ACCEPT = "accept", _("take it on")
        DECLINE = "decline", _("decline it")
        RETURN = "return", _("send it back for more")

    belonging: ClassVar[Belonging] = Belonging(
        routed=("assessment__routing__agency_id",), area=("assessment__routing__proposal__area__path",)
    )

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("number"))
    read = models.ForeignKey(ProposalVersion, models.PROTECT, null=True, related_name="+")
    power = models.CharField(_("power"), max_length=8, choices=Power.choices)
    mandate = models.TextField(_("law or mandate"), blank=True)
    feasibility = models.CharField(_("technical feasibility"), max_length=10, choices=Feasibility.choices)
    feasibility_words = models.TextField(_("technical feasibility in words"), blank=True)
    design = models.CharField(_("design"), max_length=10, choices=Readiness.choices)
    land = models.CharField(_("land"), max_length=10, choices=Readiness.choices)
    permits = models.CharField(_("permits"), max_length=10, choices=Readiness.choices)
    asked = models.DecimalField(_("budget asked (baht)"), max_digits=16, decimal_places=2)
    estimate = models.DecimalField(
        _("the agency's own estimate (baht)"), max_digits=16, decimal_places=2, null=True
    )
    cost_words = models.TextField(_("cost in words"), blank=True)
    duplicates = models.ManyToManyField(Proposal, related_name="+", verbose_name=_("duplicates"))
    recommendation = models.CharField(_("recommendation"), max_length=8, choices=Recommendation.choices)
    written_at = models.DateTimeField(auto_now_add=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    posting = models.ForeignKey(Posting, models.PROTECT, null=True, related_name="+")
    form_key = models.UUIDField(null=True, unique=True, editable=False)

    class Meta:
        verbose_name = _("version of an assessment")
        verbose_name_plural = _("versions of assessments")
        ordering = ["assessment_id", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "number"], name="planning_assessment_version_number"
            ),
            models.CheckConstraint(
                condition=Q(power="no") | ~Q(mandate=""), name="planning_assessment_names_its_power"
            ),
            models.CheckConstraint(
                condition=Q(feasibility="usual") | ~Q(feasibility_words=""),
                name="planning_assessment_says_what_is_hard",
            ),
            models.CheckConstraint(
                condition=Q(estimate=None) | Q(estimate__gte=0), name="planning_assessment_estimate"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id}/{self.number}"

    @property
    def difference(self) -> Decimal | None:
        """By how much the agency's estimate is above the sum asked; below zero where it is less."""
        return None if self.estimate is None else self.estimate - self.asked

    @property
    def beyond(self) -> Decimal:
        """The difference without its sign."""
        return abs(self.difference or Decimal(0))
