"""Committees, who sits on them, their meetings and what they resolved."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models.agency import Agency
from prasan.agencies.models.posting import Posting
from prasan.kernel.rights import Belonging
from prasan.kernel.search_key_field import SearchKeyField
from prasan.kernel.sort_key_field import SortKeyField
from prasan.places.models import Area


class Committee(models.Model):
    """A body that decides together: names of committees change over the years, so each row has its dates."""

    class Kind(models.TextChoices):
        TAMBON = "tambon", _("tambon committee (กบต.)")
        AMPHOE = "amphoe", _("amphoe committee (กบอ.)")
        PROVINCE = "province", _("provincial committee (กบจ.)")
        JURY = "jury", _("jury")

    belonging: ClassVar[Belonging] = Belonging(committees=("id",), agencies=("agency",), area=("area__path",))

    kind = models.CharField(max_length=12, choices=Kind.choices)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    name_th = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    sort_key = SortKeyField()
    search_key = SearchKeyField()
    quorum = models.PositiveSmallIntegerField(help_text=_("members who must be present"))
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "area"],
                condition=Q(valid_to=None) & ~Q(kind="jury"),
                name="agencies_one_committee",
            ),
            models.CheckConstraint(condition=Q(quorum__gte=1), name="agencies_committee_needs_a_quorum"),
        ]

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" and self.name_en else self.name_th


class Membership(models.Model):
    """A seat on a committee, held by whoever holds the posting."""

    class Seat(models.TextChoices):
        CHAIR = "chair", _("chair")
        SECRETARY = "secretary", _("secretary")
        MEMBER = "member", _("member")

    committee = models.ForeignKey(Committee, models.CASCADE, related_name="memberships")
    posting = models.ForeignKey(Posting, models.PROTECT, related_name="memberships")
    seat = models.CharField(max_length=12, choices=Seat.choices, default=Seat.MEMBER)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "posting"], condition=Q(ends=None), name="agencies_one_open_seat"
            ),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")), name="agencies_seat_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.committee_id} {self.posting_id}"


class Meeting(models.Model):
    """A sitting of a committee on a day; its quorum is that of the committee when it was convened."""

    belonging: ClassVar[Belonging] = Belonging(
        committees=("committee",), agencies=("committee__agency",), area=("committee__area__path",)
    )

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="meetings")
    number = models.PositiveSmallIntegerField()
    year = models.PositiveSmallIntegerField(help_text=_("Buddhist year"))
    held_on = models.DateField()
    venue = models.CharField(max_length=200, blank=True)
    quorum = models.PositiveSmallIntegerField()
    minutes = models.TextField(blank=True)
    form_key = models.UUIDField(null=True, unique=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["committee", "year", "number"], name="agencies_meeting_number"),
        ]

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"

    @property
    def has_quorum(self) -> bool:
        """Whether enough members were present for a resolution."""
        return self.attendances.count() >= self.quorum


class Attendance(models.Model):
    """A member who was present at a meeting."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "membership"], name="agencies_present_once"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.membership_id}"


class Resolution(models.Model):
    """What a meeting with a quorum resolved; cases refer to it."""

    belonging: ClassVar[Belonging] = Belonging(
        committees=("meeting__committee",),
        agencies=("meeting__committee__agency",),
        area=("meeting__committee__area__path",),
    )

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="resolutions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    form_key = models.UUIDField(null=True, unique=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="agencies_resolution_number"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}.{self.number}"
