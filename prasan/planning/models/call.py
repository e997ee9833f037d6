"""What a call for needs and proposals asks for, who may still answer late, and who has nothing to report."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Agency, Call, CallAnswer
from prasan.kernel.rights import Belonging
from prasan.places.models import Area
from prasan.planning.models.attachment import Attachment
from prasan.planning.models.plan import Plan
from prasan.planning.models.sector import ProjectKind, StrategicIssue


class CallTerms(models.Model):
    """What makes a call one of planning: the plan it fills, its ceiling and the issues it serves."""

    belonging: ClassVar[Belonging] = Belonging(area=("call__area__path",))

    call = models.OneToOneField(Call, models.CASCADE, primary_key=True, related_name="+")
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, verbose_name=_("plan"), related_name="+")
    ceiling = models.DecimalField(_("budget ceiling (baht)"), max_digits=16, decimal_places=2, null=True)
    issues = models.ManyToManyField(StrategicIssue, related_name="+", verbose_name=_("strategic issues"))
    note = models.TextField(_("what is asked"), blank=True)

    class Meta:
        verbose_name = _("terms of a call")
        verbose_name_plural = _("terms of calls")
        constraints = [
            models.CheckConstraint(
                condition=Q(ceiling=None) | Q(ceiling__gt=0), name="planning_terms_ceiling_is_a_sum"
            ),
        ]

    def __str__(self) -> str:
        return str(self.call_id)


class CallKind(models.Model):
    """A kind of project that a call takes, and the kinds of file that a proposal of it must bring."""

    terms = models.ForeignKey(CallTerms, models.CASCADE, related_name="kinds")
    kind = models.ForeignKey(ProjectKind, models.PROTECT, related_name="+", verbose_name=_("kind of project"))
    required = ArrayField(
        models.CharField(max_length=20, choices=Attachment.Kind.choices),
        default=list,
        verbose_name=_("required files"),
    )

    class Meta:
        verbose_name = _("kind of project in a call")
        verbose_name_plural = _("kinds of project in calls")
        constraints = [
            models.UniqueConstraint(fields=["terms", "kind"], name="planning_call_kind_once"),
        ]

    def __str__(self) -> str:
        return f"{self.terms_id}: {self.kind_id}"

    @property
    def required_labels(self) -> list[str]:
        """What the required files are called."""
        return [str(Attachment.Kind(code).label) for code in self.required]


class CallException(models.Model):
    """A late entry let in: of everybody in an area, or of one agency, up to a day, signed by a person.

    One that is withdrawn lets nobody in any more and stays to be read.
    """

    belonging: ClassVar[Belonging] = Belonging(owner=("signed_by_id",), area=("call__area__path",))

    call = models.ForeignKey(Call, models.CASCADE, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    until = models.DateField(_("last day"))
    reason = models.TextField(_("reason"))
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(auto_now_add=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    form_key = models.UUIDField(null=True, unique=True, editable=False)

    class Meta:
        verbose_name = _("exception from a call")
        verbose_name_plural = _("exceptions from calls")
        constraints = [
            models.CheckConstraint(
                condition=Q(area=None) ^ Q(agency=None), name="planning_exception_is_for_an_area_or_an_agency"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call_id}: {self.area_id or self.agency_id}"


class NothingToReport(models.Model):
    """The answer of one who was asked and has nothing this year, and why; gone when it is taken back."""

    belonging: ClassVar[Belonging] = Belonging(agencies=("answer__agency",), area=("answer__area__path",))

    answer = models.OneToOneField(CallAnswer, models.CASCADE, primary_key=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=500)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    said_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("nothing to report")
        verbose_name_plural = _("nothing to report")

    def __str__(self) -> str:
        return str(self.answer_id)
