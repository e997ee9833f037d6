"""Calls with their windows and who must answer, and the public holidays that clocks skip."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from prasan.agencies.models.agency import Agency
from prasan.kernel.calendar import Window
from prasan.kernel.rights import Belonging
from prasan.places.models import Area


class Call(models.Model):
    """A window in which entries are taken, both days included, in Bangkok time."""

    belonging: ClassVar[Belonging] = Belonging(agencies=("agency",), area=("area__path",))

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    fiscal_year = models.PositiveSmallIntegerField()
    opens = models.DateField()
    closes = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closes__gte=F("opens")), name="agencies_call_closes_after_opening"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def window(self) -> Window:
        """The days in which answers are taken."""
        return Window(self.opens, self.closes)


class CallAnswer(models.Model):
    """Someone who must answer a call: an area (its village head) or an agency, and when the answer came."""

    belonging: ClassVar[Belonging] = Belonging(agencies=("agency",), area=("area__path",))

    call = models.ForeignKey(Call, models.CASCADE, related_name="answers")
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["call", "area", "agency"], nulls_distinct=False, name="agencies_asked_once"
            ),
            models.CheckConstraint(
                condition=Q(area=None) ^ Q(agency=None), name="agencies_answer_is_of_an_area_or_an_agency"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.area_id or self.agency_id}"


class Holiday(models.Model):
    """A public holiday, on which no business clock runs; `by_hand` marks one that an office added."""

    belonging: ClassVar[Belonging] = Belonging()

    day = models.DateField(primary_key=True)
    name_th = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    by_hand = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name_th
