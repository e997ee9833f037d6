"""What a resident reports, and the problem that one or many reports tell of."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Agency
from prasan.cases.models import Case
from prasan.complaints import rules
from prasan.complaints.models.clock import Timed
from prasan.complaints.models.kind import Kind
from prasan.complaints.models.sender import Sender
from prasan.complaints.receipts import written
from prasan.complaints.states import COMPLAINT, OPEN
from prasan.kernel.flow import Workflow
from prasan.kernel.rights import Belonging, Right
from prasan.places.models import Area

_SHOWN = Q(state__in=OPEN, is_restricted=False) & ~Q(title="")
"""What may be shown as likely the same."""


class Problem(models.Model):
    """The trouble in the world that several complaints tell of: a main one and its repeats."""

    main = models.OneToOneField("complaints.Complaint", models.PROTECT, related_name="heads")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.main_id)


COUNTED = [
    "created_at",
    "state",
    "was_late",
    "times_reopened",
    "is_across",
    "satisfaction",
    "days_used",
    "is_restricted",
]
"""What figures look at: with it, an index alone answers for the complaints of an area."""


class Complaint(Timed, Case):
    """One telling by one sender, through one door.

    Counted raw each counts; counted once, those that are `repeated` do not. The secret is kept as a digest.
    A point may lie on private land and is shown to officers only. `escalated` is the rung of the ladder
    reached, in days late, while what is owed stays late. `is_across` marks a repeat that came through another
    door or another agency than the one it repeats.
    """

    class Channel(models.TextChoices):
        WEB = "web", _("website")
        COUNTER = "counter", _("at the counter")
        PHONE = "phone", _("by telephone")
        LETTER = "letter", _("by letter")
        E_MAIL = "e_mail", _("by e-mail")
        IMPORT = "import", _("taken in from a file")

    class Manner(models.TextChoices):
        ANONYMOUS = "anonymous", _("without a name")
        CONFIDENTIAL = "confidential", _("in confidence")
        NAMED = "named", _("by name")

    workflow: ClassVar[Workflow] = COMPLAINT
    internal_right: ClassVar[Right] = rules.VIEW_INSIDE
    belonging: ClassVar[Belonging] = Belonging(
        agencies=("referrals__agency_id",),
        routed=("referrals__agency_id",),
        area=("area__path",),
        province="province",
        state="state",
        submitter=("created_by_id",),
        subject_users=("subject_user_id",),
        subject_agencies=("subject_agency_id",),
    )

    receipt = models.CharField(max_length=16, unique=True, editable=False)
    secret_digest = models.CharField(max_length=64, editable=False)
    words = models.TextField(_("what happened"))
    title = models.CharField(_("public title"), max_length=200, blank=True)
    kind = models.ForeignKey(Kind, models.PROTECT, null=True, verbose_name=_("kind"), related_name="+")
    is_restricted = models.BooleanField(default=False, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, verbose_name=_("where"), related_name="+")
    province = models.GeneratedField(
        expression=Left("area", 2), output_field=models.CharField(max_length=2), db_persist=True
    )
    latitude = models.FloatField(_("latitude"), null=True)
    longitude = models.FloatField(_("longitude"), null=True)
    happened_at = models.DateTimeField(_("when it happened"), null=True)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    manner = models.CharField(max_length=12, choices=Manner.choices)
    sender = models.ForeignKey(Sender, models.PROTECT, null=True, related_name="complaints")
    subject_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("official")
    )
    subject_agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, related_name="+", verbose_name=_("unit of the official")
    )
    problem = models.ForeignKey(Problem, models.PROTECT, null=True, related_name="complaints")
    closing_reason = models.CharField(max_length=12, blank=True)
    escalated = models.PositiveSmallIntegerField(default=0, editable=False)
    times_reopened = models.PositiveSmallIntegerField(default=0, editable=False)
    is_across = models.BooleanField(default=False, editable=False)
    satisfaction = models.PositiveSmallIntegerField(null=True)
    form_key = models.UUIDField(null=True, unique=True, editable=False)
    source_key = models.CharField(max_length=200, null=True, unique=True, editable=False)
    search_key = models.TextField(editable=False, default="", db_collation="C")

    class Meta:
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        indexes = [
            models.Index(fields=["province", "-id", "state", "kind", "area"], name="complaints_list"),
            models.Index(fields=["province", "state", "state_since", "id"], name="complaints_waiting"),
            models.Index(fields=["province", "due_on", "id"], name="complaints_due"),
            models.Index(fields=["kind", "area"], include=COUNTED, name="complaints_counted"),
            models.Index(
                fields=["latitude", "longitude", "created_at"],
                name="complaints_open_points",
                condition=_SHOWN & Q(latitude__isnull=False),
            ),
            models.Index(
                fields=["area", "-created_at"],
                name="complaints_open_area",
                condition=_SHOWN & Q(latitude__isnull=False),
            ),
            models.Index(
                fields=["area", "-created_at"],
                name="complaints_open_without_point",
                condition=_SHOWN & Q(latitude__isnull=True),
            ),
            GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="complaints_search"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="complaints_point_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(satisfaction=None) | Q(satisfaction__range=(1, 5)), name="complaints_satisfaction"
            ),
            models.CheckConstraint(
                condition=~Q(manner="anonymous") | Q(sender=None), name="complaints_anonymous_has_no_sender"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.number

    @property
    def number(self) -> str:
        """The receipt as it is read aloud."""
        return written(self.receipt)

    @property
    def number_elsewhere(self) -> str:
        """The number that another system gave it; empty where none did."""
        return (self.source_key or "").partition(":")[2] if self.channel == self.Channel.IMPORT else ""

    @property
    def has_point(self) -> bool:
        """Whether a point was given."""
        return self.latitude is not None
