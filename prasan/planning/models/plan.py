"""Plans, their versions and what stands in them."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Resolution
from prasan.cases.models import Case
from prasan.kernel.flow import Workflow
from prasan.kernel.rights import Belonging
from prasan.places.models import Area, ProvinceCluster
from prasan.planning.models.bill import ClusterRun, ImportBatch
from prasan.planning.models.proposal import Proposal
from prasan.planning.models.sector import Sector
from prasan.planning.states import PLAN_VERSION


class Plan(models.Model):
    """What an area, or a cluster of provinces, sets out to do over some fiscal years.

    `ceiling` is what it may spend; None while that is not known.
    """

    class Kind(models.TextChoices):
        VILLAGE = "village", _("village plan")
        TAMBON = "tambon", _("tambon plan")
        AMPHOE = "amphoe", _("amphoe plan")
        FIVE_YEAR = "five_year", _("five-year provincial plan")
        YEARLY = "yearly", _("yearly action plan")
        SYSTEM = "system", _("system plan")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    cluster = models.ForeignKey(ProvinceCluster, models.PROTECT, null=True, related_name="+")
    first_year = models.PositiveSmallIntegerField(_("first fiscal year"))
    last_year = models.PositiveSmallIntegerField(_("last fiscal year"))
    ceiling = models.DecimalField(_("ceiling (baht)"), max_digits=16, decimal_places=2, null=True, blank=True)

    belonging: ClassVar[Belonging] = Belonging(area=("area__path", "cluster__provinces__path"))

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        constraints = [
            models.CheckConstraint(
                condition=Q(area=None) ^ Q(cluster=None), name="planning_plan_has_one_owner"
            ),
            models.CheckConstraint(condition=Q(last_year__gte=F("first_year")), name="planning_plan_years"),
            models.CheckConstraint(
                condition=Q(ceiling=None) | Q(ceiling__gt=0), name="planning_plan_ceiling"
            ),
            models.UniqueConstraint(
                fields=["kind", "area", "cluster", "first_year"],
                nulls_distinct=False,
                name="planning_plan_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{capfirst(self.get_kind_display())} {self.years} {self.owner}"

    @property
    def owner(self) -> Area | ProvinceCluster:
        """The area or the cluster whose plan it is."""
        if self.area is not None:
            return self.area
        assert self.cluster is not None  # noqa: S101 - the database guarantees one of the two
        return self.cluster

    @property
    def years(self) -> str:
        """The fiscal years as written: 2565, or 2566–2570."""
        return (
            str(self.first_year)
            if self.first_year == self.last_year
            else f"{self.first_year}–{self.last_year}"
        )


class PlanVersion(Case):
    """One edition of a plan: the province's own, or what a budget bill holds for it."""

    class Source(models.TextChoices):
        OWN = "own", _("the plan itself")
        BILL = "bill", _("money in the bill")

    workflow: ClassVar[Workflow] = PLAN_VERSION
    belonging: ClassVar[Belonging] = Belonging(
        owner=("created_by_id",),
        submitter=("created_by_id",),
        area=("plan__area__path", "plan__cluster__provinces__path"),
        state="state",
    )

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("number"))
    source = models.CharField(_("source"), max_length=8, choices=Source.choices, default=Source.OWN)
    endorsed_in = models.ForeignKey(
        Resolution, models.PROTECT, null=True, verbose_name=_("resolution"), related_name="+"
    )

    class Meta:
        verbose_name = _("version of a plan")
        verbose_name_plural = _("versions of plans")
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="planning_version_number"),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(state="adopted"), name="planning_version_adopted_once"
            ),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(source="bill", state="in_bill"),
                name="planning_version_bill_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}/{self.number}"


class PlanItem(models.Model):
    """A project in a version of a plan: an included proposal, or a line of an imported document.

    `amount_written` is kept where the document writes the amount in a way that leaves a doubt.
    """

    class Placing(models.TextChoices):
        PROPOSAL = "proposal", _("as the proposal says")
        WHOLE = "whole", _("for the whole province or cluster")
        TEXT = "text", _("read from the text")
        PERSON = "person", _("decided by an officer")
        UNPLACED = "unplaced", _("waits for an officer")

    class Doubt(models.TextChoices):
        AMBIGUOUS = "ambiguous", _("the words fit several places")
        SEVERAL = "several", _("the text names several places")
        NOT_FOUND = "not_found", _("no place of this name was found")
        OUTSIDE = "outside", _("the text names a place outside")

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="items")
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, related_name="plan_items")
    title = models.TextField(_("title"))
    amount = models.DecimalField(_("amount (baht)"), max_digits=16, decimal_places=2)
    amount_written = models.CharField(_("amount as written"), max_length=40, blank=True)
    priority = models.PositiveIntegerField(_("priority"), null=True)
    sector = models.ForeignKey(Sector, models.PROTECT, null=True, related_name="+")

    area = models.ForeignKey(Area, models.PROTECT, null=True, verbose_name=_("place"), related_name="+")
    placing = models.CharField(_("how it was placed"), max_length=10, choices=Placing.choices)
    doubt = models.CharField(_("why it waits"), max_length=10, choices=Doubt.choices, blank=True)
    place_score = models.FloatField(null=True)

    batch = models.ForeignKey(ImportBatch, models.PROTECT, null=True, related_name="items")
    run = models.ForeignKey(ClusterRun, models.PROTECT, null=True, related_name="items")
    source_document = models.CharField(_("document"), max_length=60, blank=True)
    source_page = models.PositiveIntegerField(_("page"), null=True)
    source_line = models.CharField(_("line"), max_length=60, blank=True)
    source_unit = models.CharField(_("budget unit as written"), max_length=200, blank=True)
    source_project = models.CharField(_("project as written"), max_length=300, blank=True)
    source_category = models.CharField(_("category as written"), max_length=400, blank=True)
    search_key = models.TextField(editable=False, default="", db_collation="C")

    belonging: ClassVar[Belonging] = Belonging(
        area=("version__plan__area__path", "version__plan__cluster__provinces__path")
    )

    class Meta:
        verbose_name = _("plan item")
        verbose_name_plural = _("plan items")
        indexes = [
            models.Index(fields=["version", "priority", "id"], name="planning_item_order"),
            models.Index(fields=["version", "-amount", "id"], name="planning_item_amount_order"),
            models.Index(fields=["version", "area", "id"], name="planning_item_area_order"),
            models.Index(fields=["area"], name="planning_item_area"),
            models.Index(fields=["placing", "id"], name="planning_item_placing"),
            GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="planning_item_search"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="planning_item_amount"),
            models.CheckConstraint(
                condition=Q(proposal__isnull=False, source_line="") | Q(proposal=None) & ~Q(source_line=""),
                name="planning_item_has_one_origin",
            ),
            models.CheckConstraint(
                condition=~Q(placing="unplaced") | ~Q(doubt=""),
                name="planning_item_says_why_it_waits",
            ),
            models.UniqueConstraint(fields=["version", "proposal"], name="planning_item_proposal_once"),
            models.UniqueConstraint(
                fields=["source_document", "source_line"],
                condition=~Q(source_line=""),
                name="planning_item_line_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title
