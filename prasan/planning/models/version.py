"""How a proposal read at each point, what became of which, and when somebody last looked whether it holds."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Posting
from prasan.kernel.rights import Belonging
from prasan.planning.models.proposal import Proposal


class ProposalVersion(models.Model):
    """All words and sums of a proposal as submitted or revised; never changed, told apart by number."""

    class Why(models.TextChoices):
        SUBMITTED = "submitted", _("submitted")
        REVISED = "revised", _("revised")
        COMPOSED = "composed", _("made by the tambon committee")
        IMPORTED = "imported", _("imported")

    belonging: ClassVar[Belonging] = Belonging(area=("proposal__area__path",))

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("number"))
    why = models.CharField(_("why"), max_length=12, choices=Why.choices)
    content = models.JSONField()
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    posting = models.ForeignKey(Posting, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("version of a proposal")
        verbose_name_plural = _("versions of proposals")
        ordering = ["proposal_id", "number"]
        indexes = [models.Index(fields=["proposal", "made_at"], name="planning_version_moment")]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "number"], name="planning_proposal_version_number"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}/{self.number}"


class Review(models.Model):
    """Somebody looked in a quarter whether a proposal still holds; `version` is how it read afterwards."""

    belonging: ClassVar[Belonging] = Belonging(area=("proposal__area__path",))

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="reviews")
    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year"))
    quarter = models.PositiveSmallIntegerField(_("quarter"))
    version = models.ForeignKey(ProposalVersion, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(auto_now_add=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("review of a proposal")
        verbose_name_plural = _("reviews of proposals")
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "fiscal_year", "quarter"], name="planning_review_once_a_quarter"
            ),
            models.CheckConstraint(condition=Q(quarter__range=(1, 4)), name="planning_review_quarter"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.quarter}/{self.fiscal_year}"


class Descent(models.Model):
    """`child` was made of `parent`, by merging or splitting; the parent stays to be read, closed."""

    class How(models.TextChoices):
        MERGED = "merged", _("merged")
        SPLIT = "split", _("split")

    parent = models.ForeignKey(Proposal, models.PROTECT, related_name="descents")
    child = models.ForeignKey(Proposal, models.PROTECT, related_name="origins")
    how = models.CharField(_("how"), max_length=8, choices=How.choices)

    class Meta:
        verbose_name = _("descent of a proposal")
        verbose_name_plural = _("descents of proposals")
        constraints = [
            models.UniqueConstraint(fields=["parent", "child"], name="planning_descent_once"),
            models.CheckConstraint(condition=~Q(parent=F("child")), name="planning_descent_is_from_another"),
        ]

    def __str__(self) -> str:
        return f"{self.parent_id} → {self.child_id}"
