"""Bodies of government and what they have the power to do."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from prasan.kernel.rights import Belonging
from prasan.kernel.search_key_field import SearchKeyField
from prasan.kernel.sort_key_field import SortKeyField
from prasan.places.models import Area, LocalGovernment


class Agency(models.Model):
    """A body that people are posted to: a ministry, a provincial office, a local government, a village."""

    class Level(models.TextChoices):
        CENTRAL = "central", _("central")
        PROVINCIAL = "provincial", _("provincial")
        AMPHOE = "amphoe", _("amphoe")
        LOCAL = "local", _("local")

    belonging: ClassVar[Belonging] = Belonging(agencies=("id",), area=("area__path",))

    code = models.CharField(max_length=40, unique=True)
    name_th = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    sort_key = SortKeyField()
    search_key = SearchKeyField()
    level = models.CharField(max_length=12, choices=Level.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="units")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    local_government = models.ForeignKey(
        LocalGovernment, models.PROTECT, null=True, blank=True, related_name="+"
    )
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["sort_key"], name="agencies_agency_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="agencies_agency_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("id")), name="agencies_agency_is_not_its_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" and self.name_en else self.name_th


class Mandate(models.Model):
    """A subject in which an agency may act, within its area; `sector` is a code of the list of planning."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="mandates")
    sector = models.CharField(max_length=40)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "sector", "valid_from"], nulls_distinct=False, name="agencies_mandate_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.sector}"
