"""Areas from the country down to the village, clusters of provinces, local governments and shapes."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from prasan.kernel.rights import Belonging
from prasan.places import names

PARENTS = "parent__parent__parent__parent"
"""What to `select_related` so that names with all parents cost no further query."""

COUNTRY = "TH"
"""Code of the one area that holds all others; its ancestry path is empty."""


class Level(models.IntegerChoices):
    COUNTRY = 0, _("country")
    PROVINCE = 1, _("province")
    AMPHOE = 2, _("amphoe")
    TAMBON = 3, _("tambon")
    VILLAGE = 4, _("village")


_TITLES = {
    Level.PROVINCE: names.province_title,
    Level.AMPHOE: names.amphoe_title,
    Level.TAMBON: names.tambon_title,
}


class Area(models.Model):
    """A place with an official code of 2, 4, 6 or 8 digits; abolished ones stay, with their successors.

    `path` lists the codes from the province down, each closed by a slash (`32/3207/320704/`), the country's
    is empty: an area lies inside another when its path begins with the other's.

    Names are compared by `search_key` and `search_key_en` (`names.name_key`; of a village without บ้าน).
    The properties that speak of parents ask the database unless the rows were read with `PARENTS`.
    """

    code = models.CharField(max_length=8, primary_key=True)
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    name_th = models.CharField(max_length=120, blank=True)
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
    search_key = models.CharField(max_length=240, editable=False, db_collation="C")
    search_key_en = models.CharField(max_length=240, editable=False, blank=True, db_collation="C")

    belonging: ClassVar[Belonging] = Belonging(area=("path",))

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        indexes = [
            models.Index(fields=["path", "level"], name="places_area_path_level"),
            models.Index(fields=["parent", "sort_key"], name="places_area_children"),
            models.Index(fields=["search_key", "level"], name="places_area_search_key"),
            models.Index(fields=["search_key_en"], name="places_area_search_key_en"),
            GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="places_area_search"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(level=Level.COUNTRY, path="") | Q(path__endswith=Concat(F("code"), Value("/"))),
                name="places_area_path_ends_with_its_code",
            ),
            models.CheckConstraint(
                condition=Q(level=Level.VILLAGE) | Q(moo=None), name="places_area_only_villages_have_a_number"
            ),
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
        return self.name_en if self.name_en and get_language() == "en" else self.name_th

    @property
    def title(self) -> str:
        """The name as said of this area alone: `อำเภอท่าตูม`, `เขตบางรัก`, `บ้านโนนสูง หมู่ที่ 5`."""
        english = get_language() == "en"
        if self.level == Level.VILLAGE:
            return names.village_title(self.name, self.moo, english=english)
        if self.level == Level.COUNTRY:
            return self.name
        return _TITLES[Level(self.level)](self.code, self.name, english=english)

    @property
    def full_name(self) -> str:
        """The title and those of the areas around it, smallest first, as in an address."""
        titles: list[str] = []
        area: Area | None = self
        while area is not None and (area.level != Level.COUNTRY or area is self):
            titles.append(area.title)
            area = area.parent
        return (", " if get_language() == "en" else " ").join(titles)

    @property
    def ancestor_codes(self) -> tuple[str, ...]:
        """Codes of the areas around this one, from the country down to its parent."""
        if self.level == Level.COUNTRY:
            return ()
        return (COUNTRY, *self.path.strip("/").split("/")[:-1])


class AreaCount(models.Model):
    """How many places that exist today lie below an area; counted anew whenever the tree changes."""

    area = models.OneToOneField(Area, models.CASCADE, related_name="count", primary_key=True)
    provinces = models.PositiveIntegerField(default=0)
    amphoe = models.PositiveIntegerField(default=0)
    tambon = models.PositiveIntegerField(default=0)
    villages = models.PositiveIntegerField(default=0)
    made_up_villages = models.PositiveIntegerField(default=0)
    local_governments = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.area_id


class ProvinceCluster(models.Model):
    """A group of provinces that plans and is funded as one."""

    code = models.CharField(max_length=4, primary_key=True)
    name_th = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=400, editable=False, db_collation="C")

    class Meta:
        verbose_name = _("province cluster")
        verbose_name_plural = _("province clusters")

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name_th


class LocalGovernment(models.Model):
    """An elected body; which of the five kinds it is can change, so its kinds are dated rows.

    The code is the one of the Department of Local Administration, or the geographic code where it gave none.
    `areas` are the tambon it is known to overlap; the seat (`province`, `amphoe`) is always known.
    """

    code = models.CharField(max_length=12, primary_key=True)
    province = models.ForeignKey(Area, models.PROTECT, related_name="+")
    amphoe = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    areas = models.ManyToManyField(Area, related_name="local_governments")
    is_made_up = models.BooleanField(default=False)

    belonging: ClassVar[Belonging] = Belonging(area=("areas__path", "amphoe__path", "province__path"))

    class Meta:
        verbose_name = _("local government")
        verbose_name_plural = _("local governments")

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
    name_en = models.CharField(max_length=160, blank=True)
    full_name_th = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=600, editable=False, db_collation="C")
    search_key = models.CharField(max_length=240, editable=False, db_collation="C")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["search_key"], name="places_local_kind_search")]
        constraints = [
            models.UniqueConstraint(
                fields=["local_government"],
                condition=Q(valid_to=None),
                name="places_local_government_has_one_kind_today",
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="places_local_kind_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """The full name in the reader's language: `เทศบาลเมืองสุรินทร์`, `Surin (town municipality)`."""
        if get_language() == "en":
            return f"{self.name_en or self.name_th} ({self.get_kind_display()})"
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


class PlaceSource(models.Model):
    """What a kind of place was last taken from: nothing is taken twice, and caches know when to turn."""

    class Kind(models.TextChoices):
        GAZETTEER = "gazetteer", _("areas down to the tambon")
        VILLAGES = "villages", _("villages")
        LOCAL_GOVERNMENTS = "local-governments", _("local governments")
        PROVINCE_SHAPES = "shapes-province", _("outlines of provinces")
        AMPHOE_SHAPES = "shapes-amphoe", _("outlines of amphoe")
        TAMBON_SHAPES = "shapes-tambon", _("outlines of tambon")

    kind = models.CharField(max_length=20, choices=Kind.choices, primary_key=True)
    version = models.CharField(max_length=80)
    count = models.PositiveIntegerField()
    is_made_up = models.BooleanField(default=False)
    taken_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"
