"""What shows that an innovation works: evidence, and figures that say where they come from."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from prasan.documents.models import File
from prasan.innovations.models.innovation import Innovation
from prasan.kernel.rights import Belonging


class Evidence(models.Model):
    """Something that others can look at: a file, an address, or a document that is named."""

    belonging: ClassVar[Belonging] = Belonging(
        agencies=("innovation__owner_id",), area=("innovation__area__path",)
    )

    innovation = models.ForeignKey(Innovation, models.PROTECT, related_name="evidence")
    title = models.CharField(_("what it is"), max_length=300)
    address = models.URLField(_("address"), max_length=500, blank=True)
    file = models.ForeignKey(File, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")

    def __str__(self) -> str:
        return self.title


class ImpactMeasure(models.Model):
    """A figure before and after; how much more that is in per cent is computed, never typed.

    `published_percent` is what the source itself says, shown beside. `whole` is what the value is a part of.
    """

    belonging: ClassVar[Belonging] = Belonging(
        agencies=("innovation__owner_id",), area=("innovation__area__path",)
    )

    innovation = models.ForeignKey(Innovation, models.PROTECT, related_name="measures")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("what is measured"), max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    unit = models.CharField(_("unit"), max_length=60)
    unit_en = models.CharField(max_length=60, blank=True)
    base_year = models.PositiveSmallIntegerField(_("base year"), null=True)
    base_value = models.DecimalField(_("value in the base year"), max_digits=18, decimal_places=4, null=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True)
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=4, null=True)
    whole = models.DecimalField(_("of how many"), max_digits=18, decimal_places=4, null=True)
    published_percent = models.DecimalField(
        _("per cent as the source says"), max_digits=8, decimal_places=2, null=True
    )
    source = models.CharField(_("source of the figures"), max_length=300)
    remark = models.CharField(_("remark"), max_length=300, blank=True)
    remark_en = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("impact measure")
        verbose_name_plural = _("impact measures")
        ordering = ["innovation_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["innovation", "position"], name="innovations_measure_position"),
            models.CheckConstraint(
                condition=Q(base_value=None) | Q(base_year__isnull=False),
                name="innovations_base_value_has_a_year",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="innovations_measure_has_a_source"),
        ]

    def __str__(self) -> str:
        return self.name_en if self.name_en and get_language() == "en" else self.name

    @property
    def unit_name(self) -> str:
        """The unit in the reader's language."""
        return self.unit_en if self.unit_en and get_language() == "en" else self.unit

    @property
    def remark_words(self) -> str:
        """The remark in the reader's language."""
        return self.remark_en if self.remark_en and get_language() == "en" else self.remark

    @property
    def change(self) -> Decimal | None:
        """How many per cent the value is above or below the base, to a tenth; None where it is not known."""
        if self.base_value is None or self.value is None or not self.base_value:
            return None
        return _tenth(100 * (self.value - self.base_value) / self.base_value)

    @property
    def share(self) -> Decimal | None:
        """How many per cent of the whole the value is, to a tenth; None where it is not known."""
        if self.whole is None or self.value is None or not self.whole:
            return None
        return _tenth(100 * self.value / self.whole)


def _tenth(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
