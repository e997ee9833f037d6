"""What an agency did that is worth copying, and how it read each time it was sent or revised."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Agency, Posting
from prasan.cases.models import Case
from prasan.innovations import rules
from prasan.innovations.states import INNOVATION
from prasan.kernel.flow import Workflow
from prasan.kernel.rights import Belonging, Right
from prasan.kernel.sort_key_field import SortKeyField
from prasan.places.models import COUNTRY, Area, LocalGovernment

PARTS = ("rationale", "objective", "work_done", "expected_result", "actual_result")
"""The five parts of indicator 4.1, in their order."""
CLAIMS = ("problem_fit", "difference")
"""What is claimed for its criteria of quality."""
CARD = ("pain_point", "solution", "impact")
"""The card of a best practice."""
TEXTS = (*CARD, *PARTS, *CLAIMS)
"""All texts of an innovation, in the order in which they are read."""


class Innovation(Case):
    """An innovation of an agency; what is not known of it is empty, `unknown` or null, never a guess.

    `area` is that of its owner, by which rights and registers go; where it is carried out stands in `areas`.
    The five parts and the criteria are those of indicator 4.1 of the provinces' assessment, the card is that
    of the Lert Rat awards.
    """

    class Kind(models.TextChoices):
        POLICY = "policy", _("policy innovation")
        SERVICE = "service", _("service innovation")
        ADMINISTRATIVE = "administrative", _("administrative innovation")
        UNKNOWN = "unknown", _("kind unknown")

    class Aspect(models.TextChoices):
        MANAGEMENT = "management", _("management")
        SYSTEMS = "systems", _("work systems")
        BUDGET = "budget", _("budget")
        PEOPLE = "people", _("human resources")
        ENGAGEMENT = "engagement", _("commitment of staff")
        TECHNOLOGY = "technology", _("technology")
        DATABASE = "database", _("databases")
        LAW = "law", _("law")
        GOVERNANCE = "governance", _("organisation by good governance")

    class Way(models.TextChoices):
        PROCESS = "process", _("fewer steps")
        E_SERVICE = "e_service", _("e-service or m-service")
        RESEARCH = "research", _("research and development")
        DATA = "data", _("data intelligence")
        NETWORKING = "networking", _("networking")
        THINGS = "things", _("internet of things")
        INTEGRATION = "integration", _("service integration")

    workflow: ClassVar[Workflow] = INNOVATION
    internal_right: ClassVar[Right] = rules.VIEW_INSIDE
    belonging: ClassVar[Belonging] = Belonging(
        owner=("created_by_id",),
        submitter=("created_by_id", "versions__made_by_id"),
        agencies=("owner_id",),
        area=("area__path",),
        province="province",
        state="state",
    )

    owner = models.ForeignKey(Agency, models.PROTECT, verbose_name=_("whose it is"), related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, verbose_name=_("area of its owner"), related_name="+")
    province = models.GeneratedField(
        expression=Left("area", 2), output_field=models.CharField(max_length=2), db_persist=True
    )
    title = models.CharField(_("title"), max_length=300)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.UNKNOWN)
    aspects = ArrayField(
        models.CharField(max_length=16, choices=Aspect.choices),
        default=list,
        blank=True,
        verbose_name=_("aspects of work that it renews"),
    )
    ways = ArrayField(
        models.CharField(max_length=16, choices=Way.choices),
        default=list,
        blank=True,
        verbose_name=_("ways in which a service is improved"),
    )
    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year"), null=True)
    started_on = models.DateField(_("began"), null=True)
    finished_on = models.DateField(_("finished"), null=True)

    rationale = models.TextField(_("principle, reason and need"), blank=True)
    objective = models.TextField(_("objective"), blank=True)
    work_done = models.TextField(_("what was done"), blank=True)
    expected_result = models.TextField(_("expected result"), blank=True)
    actual_result = models.TextField(_("actual result"), blank=True)

    problem_fit = models.TextField(_("how it fits the problem and the people concerned"), blank=True)
    difference = models.TextField(_("how it differs from routine work"), blank=True)

    pain_point = models.TextField(_("pain point"), blank=True)
    solution = models.TextField(_("solution"), blank=True)
    impact = models.TextField(_("impact"), blank=True)

    sort_key = SortKeyField(source="title", max_length=1000)
    search_key = models.TextField(editable=False, default="", db_collation="C")
    form_key = models.UUIDField(null=True, unique=True, editable=False)

    class Meta:
        verbose_name = _("innovation")
        verbose_name_plural = _("innovations")
        indexes = [
            models.Index(fields=["state", "-id"], name="innovations_newest"),
            models.Index(fields=["state", "sort_key", "id"], name="innovations_by_title"),
            models.Index(fields=["state", "fiscal_year", "-id"], name="innovations_fiscal_year"),
            models.Index(fields=["province", "state", "-id"], name="innovations_province"),
            models.Index(fields=["owner", "state"], name="innovations_owner"),
            GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="innovations_search"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(started_on=None) | Q(finished_on=None) | Q(finished_on__gte=F("started_on")),
                name="innovations_finished_after_beginning",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def provinces(self) -> list[str]:
        """Codes of the provinces in which it is carried out, each once; none where that is unknown."""
        return sorted({each.province for each in self.areas.all()})


class InnovationArea(models.Model):
    """An area in which an innovation is carried out, or a local government with the area of its seat."""

    belonging: ClassVar[Belonging] = Belonging(
        agencies=("innovation__owner_id",), area=("innovation__area__path",)
    )

    innovation = models.ForeignKey(Innovation, models.PROTECT, related_name="areas")
    area = models.ForeignKey(Area, models.PROTECT, verbose_name=_("area"), related_name="+")
    local_government = models.ForeignKey(
        LocalGovernment, models.PROTECT, null=True, verbose_name=_("local government"), related_name="+"
    )
    province = models.GeneratedField(
        expression=Left("area", 2), output_field=models.CharField(max_length=2), db_persist=True
    )

    class Meta:
        verbose_name = _("area of an innovation")
        verbose_name_plural = _("areas of innovations")
        ordering = ["innovation_id", "area_id", "local_government_id"]
        indexes = [models.Index(fields=["province", "innovation"], name="innovations_area_province")]
        constraints = [
            models.UniqueConstraint(
                fields=["innovation", "area", "local_government"],
                nulls_distinct=False,
                name="innovations_area_once",
            ),
            models.CheckConstraint(
                condition=~Q(area=COUNTRY), name="innovations_area_is_smaller_than_the_country"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.innovation_id} {self.code}"

    @property
    def code(self) -> str:
        """The code of the area, with that of the local government where it is one."""
        body = self.local_government_id
        return self.area_id if body is None else f"{self.area_id}:{body}"

    @property
    def place(self) -> Area | LocalGovernment:
        """What was named."""
        return self.local_government or self.area

    @property
    def full_name(self) -> str:
        """The name as in an address, smallest first; a local government is called as it is today."""
        if self.local_government is None:
            return self.area.full_name
        last = max(self.local_government.kinds.all(), key=lambda each: each.valid_to or date.max)
        return f"{last.full_name} {self.area.full_name}"


class InnovationVersion(models.Model):
    """All words of an innovation as proposed or revised; never changed, told apart by number."""

    class Why(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        REVISED = "revised", _("revised")
        LOADED = "loaded", _("taken from a register")

    belonging: ClassVar[Belonging] = Belonging(
        agencies=("innovation__owner_id",), area=("innovation__area__path",)
    )

    innovation = models.ForeignKey(Innovation, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("number"))
    why = models.CharField(_("why"), max_length=12, choices=Why.choices)
    content = models.JSONField()
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    posting = models.ForeignKey(Posting, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("version of an innovation")
        verbose_name_plural = _("versions of innovations")
        ordering = ["innovation_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["innovation", "number"], name="innovations_version_number"),
        ]

    def __str__(self) -> str:
        return f"{self.innovation_id}/{self.number}"
