"""Areas from the country down to the village, clusters of provinces, local governments and shapes."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

COUNTRY = "TH"
"""Code of the one area that holds all others; its ancestry path is empty."""


class Level(models.IntegerChoices):
    COUNTRY = 0, _("country")
    PROVINCE = 1, _("province")
    AMPHOE = 2, _("amphoe")
    TAMBON = 3, _("tambon")
    VILLAGE = 4, _("village")


class Area(models.Model):
    """A place with an official code of 2, 4, 6 or 8 digits; abolished ones stay, with their successors.

    `path` lists the codes from the province down, each closed by a slash (`32/3207/320704/`), the country's is
    empty: an area lies inside another when its path begins with the other's.
    """

    code = models.CharField(max_length=8, primary_key=True)
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    name_th = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    sort_key = models.CharField(max_length=400, editable=False, db_collation="C")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    path = models.CharField(max_length=40, unique=True, db_collation="C")
    moo = models.PositiveSmallIntegerField(null=True)
    cluster = models.ForeignKey("ProvinceCluster", models.PROTECT, null=True, related_name="provinces")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    successors = models.ManyToManyField("self", symmetrical=False, related_name="predecessors")
    is_abolished = models.BooleanField(default=False)
    is_made_up = models.BooleanField(default=False)
    search_key = models.CharField(max_length=240, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["path", "level"], name="places_area_path_level"),
            models.Index(fields=["parent", "sort_key"], name="places_area_children"),
            GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="places_area_search"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(level=Level.COUNTRY, parent=None)
                | ~Q(level=Level.COUNTRY) & Q(parent__isnull=False),
                name="places_area_only_the_country_has_no_parent",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The bare name in the reader's language."""
        return self.name_en if get_language() == "en" and self.name_en else self.name_th


class ProvinceCluster(models.Model):
    """A group of provinces that plans and is funded as one."""

    code = models.CharField(max_length=4, primary_key=True)
    name_th = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=400, editable=False, db_collation="C")

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name_th


class LocalGovernment(models.Model):
    """An elected body; which of the five kinds it is can change, so its kinds are dated rows."""

    code = models.CharField(max_length=12, primary_key=True)
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    amphoe = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    areas = models.ManyToManyField(Area, related_name="local_governments")
    is_made_up = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.code


class LocalGovernmentKind(models.Model):
    """What a local government was called, and of which kind, from a day to a day."""

    class Kind(models.TextChoices):
        PAO = "อบจ.", _("provincial administrative organisation")
        CITY = "ทน.", _("city municipality")
        TOWN = "ทม.", _("town municipality")
        SUBDISTRICT = "ทต.", _("subdistrict municipality")
        TAO = "อบต.", _("tambon administrative organisation")
        SPECIAL = "อปท.", _("special local government")

    local_government = models.ForeignKey(LocalGovernment, models.CASCADE, related_name="kinds")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    name_th = models.CharField(max_length=160)
    full_name_th = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=600, editable=False, db_collation="C")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    def __str__(self) -> str:
        return self.full_name_th


class Shape(models.Model):
    """The outline of an area as GeoJSON geometry in longitude and latitude (WGS 84), with its attribution."""

    area = models.OneToOneField(Area, models.CASCADE, related_name="shape", primary_key=True)
    geometry = models.JSONField()
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    source = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.area_id
