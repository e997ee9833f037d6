"""Who holds which role, for which agency and area, from when to when."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from prasan.agencies.models.agency import Agency
from prasan.kernel.calendar import today
from prasan.kernel.rights import Belonging
from prasan.kernel.search_key_field import SearchKeyField
from prasan.places.models import Area


class Role(models.Model):
    """A role that rights are granted to, by its code."""

    code = models.CharField(max_length=40, primary_key=True)
    name_th = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    order = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name_th


class Posting(models.Model):
    """A person in a role at an agency for an area, both days included, perhaps acting for another posting."""

    belonging: ClassVar[Belonging] = Belonging(
        owner=("person",), agencies=("agency",), area=("area__path",), subject_users=("person",)
    )

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.ForeignKey(Role, models.PROTECT, related_name="postings")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="postings")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    title_th = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    search_key = SearchKeyField(sources=("title_th", "title_en"))
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    acting_for = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="delegations")

    class Meta:
        indexes = [
            models.Index(fields=["person", "ends"], name="agencies_posting_person"),
            models.Index(fields=["role", "ends"], name="agencies_posting_role"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")), name="agencies_posting_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~Q(acting_for=F("id")), name="agencies_posting_does_not_act_for_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.title_en if get_language() == "en" and self.title_en else self.title_th

    @property
    def is_acting(self) -> bool:
        """Whether the person stands in for the holder of another posting."""
        return self.acting_for_id is not None

    @property
    def is_current(self) -> bool:
        """Whether the posting holds today."""
        return self.holds_on(today())

    @property
    def is_to_come(self) -> bool:
        """Whether the posting begins after today."""
        return self.starts > today()

    def holds_on(self, day: date) -> bool:
        """Whether the posting holds on a day, its first and last day included."""
        return self.starts <= day and (self.ends is None or day <= self.ends)
