"""Lists of innovations that some body published: a year's assessment, a contest, a set of examples."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from prasan.innovations.models.innovation import Innovation
from prasan.kernel.rights import Belonging


class Register(models.Model):
    """A published list, told as its source tells it; what the source leaves out is unknown.

    `order` says how its entries are read: by score from high to low, then the cluster of the province, then
    Thai dictionary order; or by the number that the source gives.
    """

    class Order(models.TextChoices):
        SCORE = "score", _("by score")
        NUMBER = "number", _("by number")

    belonging: ClassVar[Belonging] = Belonging()

    code = models.CharField(max_length=60, unique=True)
    name_th = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300)
    year = models.PositiveSmallIntegerField(_("year"))
    publisher_th = models.CharField(max_length=300)
    publisher_en = models.CharField(max_length=300)
    source_th = models.CharField(max_length=300)
    source_en = models.CharField(max_length=300)
    published_on = models.DateField(null=True)
    order = models.CharField(max_length=8, choices=Order.choices)
    remark_th = models.TextField(blank=True)
    remark_en = models.TextField(blank=True)
    digest = models.CharField(max_length=64, editable=False)

    def __str__(self) -> str:
        return self._in_language("name")

    @property
    def publisher(self) -> str:
        """Who published it."""
        return self._in_language("publisher")

    @property
    def source(self) -> str:
        """Where it stands."""
        return self._in_language("source")

    @property
    def remark(self) -> str:
        """What one must know of it: what it leaves out, where it contradicts itself."""
        return self._in_language("remark")

    def _in_language(self, name: str) -> str:
        return str(getattr(self, f"{name}_{'en' if get_language() == 'en' else 'th'}"))


class RegisterEntry(models.Model):
    """An innovation in a register; one can stand in several."""

    class Level(models.TextChoices):
        UNKNOWN = "unknown", _("award unknown")
        EXCELLENT = "excellent", _("excellent")
        DISTINGUISHED = "distinguished", _("distinguished")
        WINNER = "winner", _("winner")
        FIRST = "first_runner_up", _("first runner-up")
        SECOND = "second_runner_up", _("second runner-up")
        SPECIAL = "special", _("special prize")

    class Branch(models.TextChoices):
        SERVICE = "service", _("public service")
        QUALITY = "quality", _("quality of public management")
        PARTICIPATION = "participation", _("participatory administration")

    belonging: ClassVar[Belonging] = Belonging()

    register = models.ForeignKey(Register, models.PROTECT, related_name="entries")
    innovation = models.ForeignKey(Innovation, models.PROTECT, related_name="entries")
    number = models.PositiveSmallIntegerField(_("number"))
    score = models.DecimalField(_("score"), max_digits=5, decimal_places=2, null=True)
    level = models.CharField(_("award"), max_length=20, choices=Level.choices, default=Level.UNKNOWN)
    branch = models.CharField(_("branch"), max_length=16, choices=Branch.choices, blank=True)
    remark_th = models.CharField(max_length=300, blank=True)
    remark_en = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["score", "innovation"], name="innovations_entry_score"),
            models.Index(fields=["level", "innovation"], name="innovations_entry_level"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["register", "number"], name="innovations_entry_number"),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__range=(0, 100)), name="innovations_score_is_a_percentage"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.register_id}/{self.number}"

    @property
    def remark(self) -> str:
        """What one must know of this entry."""
        return self.remark_en if get_language() == "en" else self.remark_th


class PublishedFigure(models.Model):
    """A figure as the source prints it; what the entries themselves give stands beside it, never over it.

    `code` says what it counts: `entries`, `owners`, `score:95`, `province:57`, `level:distinguished`,
    `kind:e-service`.
    """

    belonging: ClassVar[Belonging] = Belonging()

    register = models.ForeignKey(Register, models.PROTECT, related_name="figures")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)
    name_th = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    value = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        ordering = ["register_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["register", "code"], name="innovations_figure_once"),
        ]

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name_th
