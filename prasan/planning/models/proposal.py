"""A project asked for, and its way through the agencies."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Agency, Call, Resolution
from prasan.cases.models import Case
from prasan.kernel.calendar import BANGKOK, today
from prasan.kernel.flow import Workflow
from prasan.kernel.rights import Belonging
from prasan.places.models import Area
from prasan.planning.models.need import Need
from prasan.planning.models.sector import Approach, ProjectKind, Sector, StrategicIssue
from prasan.planning.models.sorting import list_indexes, point_index, province_of, waiting_indexes
from prasan.planning.states import HELD, PROPOSAL, ROUTING

UNANSWERED = ("sent", "received")
"""States of a routing in which the agency owes an answer."""


class Proposal(Case):
    """A project that answers needs, with the words of form จ.1-1; its activities stand in `Activity`.

    A classification stands until the tambon committee makes another. `own_by` is the agency that proposes it
    by itself, without a village asking. `budget_asked` is what its activities cost over all years.
    `submitters` are all who ever submitted or revised it, or wrote or submitted what it was made of.
    """

    class Doer(models.TextChoices):
        SELF = "self", _("the area itself")
        JOINT = "joint", _("jointly with an agency")
        REFER = "refer", _("referred to an agency")

    class Serves(models.TextChoices):
        ISSUE = "issue", _("serves a strategic issue")
        NONE = "none", _("serves no strategic issue")

    workflow: ClassVar[Workflow] = PROPOSAL
    belonging: ClassVar[Belonging] = Belonging(
        owner=("created_by_id",),
        submitter=("created_by_id", "submitters"),
        agencies=("routings__agency_id", "own_by_id"),
        routed=("lead_agency_id",),
        area=("area__path",),
        province="province",
        state="state",
    )

    needs = models.ManyToManyField(Need, related_name="proposals", verbose_name=_("needs answered"))
    call = models.ForeignKey(Call, models.PROTECT, null=True, verbose_name=_("call"), related_name="+")
    own_by = models.ForeignKey(
        Agency, models.PROTECT, null=True, verbose_name=_("proposing agency"), related_name="+"
    )
    kind = models.ForeignKey(
        ProjectKind, models.PROTECT, null=True, verbose_name=_("kind of project"), related_name="+"
    )
    area = models.ForeignKey(Area, models.PROTECT, verbose_name=_("target area"), related_name="+")
    province = province_of("area")
    sector = models.ForeignKey(Sector, models.PROTECT, verbose_name=_("sector"), related_name="+")
    name = models.CharField(_("name of the project"), max_length=300)
    rationale = models.TextField(_("rationale"), blank=True)
    objective = models.TextField(_("objective"), blank=True)
    main_programme = models.CharField(_("main programme"), max_length=300, blank=True)
    programme = models.CharField(_("programme"), max_length=300, blank=True)
    target_words = models.TextField(_("target area in words"), blank=True)
    operator = models.CharField(_("operating agency"), max_length=300, blank=True)
    starts = models.DateField(_("begins"), null=True)
    ends = models.DateField(_("ends"), null=True)
    output = models.TextField(_("output"), blank=True)
    outcome = models.TextField(_("outcome"), blank=True)
    latitude = models.FloatField(_("latitude"), null=True)
    longitude = models.FloatField(_("longitude"), null=True)
    households = models.PositiveIntegerField(_("households that benefit"), default=0)
    beneficiaries = models.PositiveIntegerField(_("people who benefit"), null=True, blank=True)
    budget_asked = models.DecimalField(_("budget asked (baht)"), max_digits=16, decimal_places=2, default=0)
    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year"))
    submitters = models.ManyToManyField(settings.AUTH_USER_MODEL, editable=False, related_name="+")

    doer = models.CharField(_("who does it"), max_length=8, choices=Doer.choices, blank=True)
    refer_level = models.CharField(
        _("level of the agency"), max_length=12, choices=Agency.Level.choices, blank=True
    )
    serves = models.CharField(_("strategic issue"), max_length=8, choices=Serves.choices, blank=True)
    issue = models.ForeignKey(
        StrategicIssue,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("strategic issue"),
        related_name="+",
    )
    approach = models.ForeignKey(
        Approach, models.PROTECT, null=True, verbose_name=_("approach"), related_name="+"
    )
    classified_in = models.ForeignKey(
        Resolution, models.PROTECT, null=True, verbose_name=_("resolution"), related_name="+"
    )
    lead_agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, verbose_name=_("lead agency"), related_name="+"
    )
    search_key = models.TextField(editable=False, default="", db_collation="C")
    form_key = models.UUIDField(null=True, unique=True, editable=False)

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        indexes = [
            *list_indexes("planning_proposal", newest=("-id",), budget=("-budget_asked", "-id")),
            models.Index(fields=["state", "-id"], name="planning_proposal_state"),
            point_index("planning_proposal"),
            *waiting_indexes("planning_proposal", HELD),
            models.Index(fields=["lead_agency", "state"], name="planning_proposal_lead"),
            GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="planning_proposal_search"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(budget_asked__gte=0), name="planning_proposal_budget"),
            models.CheckConstraint(
                condition=Q(starts=None) | Q(ends=None) | Q(ends__gte=F("starts")),
                name="planning_proposal_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="planning_proposal_point_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(serves="issue", issue__isnull=False) | ~Q(serves="issue") & Q(issue=None),
                name="planning_proposal_names_the_issue_it_serves",
            ),
            models.CheckConstraint(
                condition=Q(doer="refer") & ~Q(refer_level="") | ~Q(doer="refer") & Q(refer_level=""),
                name="planning_proposal_names_the_level_it_is_referred_to",
            ),
            models.CheckConstraint(
                condition=Q(doer="", serves="", classified_in=None)
                | ~Q(doer="") & ~Q(serves="") & Q(classified_in__isnull=False),
                name="planning_proposal_is_classified_by_a_resolution",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Routing(Case):
    """A proposal on its way to one agency and its answer; the lead agency's answer moves the proposal."""

    workflow: ClassVar[Workflow] = ROUTING
    belonging: ClassVar[Belonging] = Belonging(
        owner=("created_by_id",),
        submitter=("proposal__created_by_id", "proposal__submitters"),
        agencies=("agency_id",),
        routed=("agency_id",),
        area=("proposal__area__path",),
        state="state",
    )

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="routings")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    is_lead = models.BooleanField(_("lead agency"), default=False)

    class Meta:
        verbose_name = _("routing")
        verbose_name_plural = _("routings")
        indexes = [models.Index(fields=["agency", "state"], name="planning_routing_agency")]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "agency"],
                condition=Q(state__in=("sent", "received", "accepted")),
                name="planning_routing_open_once",
            ),
            models.UniqueConstraint(
                fields=["proposal"],
                condition=Q(is_lead=True, state__in=("sent", "received", "accepted")),
                name="planning_routing_one_lead",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} → {self.agency_id}"

    @property
    def days_waiting(self) -> int | None:
        """For how many days the agency has owed an answer since it was sent; None once it is answered."""
        if self.state not in UNANSWERED:
            return None
        return (today() - self.created_at.astimezone(BANGKOK).date()).days
