"""Imported budget documents: the batches, the names of their units, and what a doubtful name stands for."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from prasan.kernel.rights import Belonging
from prasan.places.models import Area, ProvinceCluster


class BudgetUnitAlias(models.Model):
    """A budget unit as a document misspells it, and the province or cluster that is meant."""

    label = models.CharField(_("as written"), max_length=200, unique=True)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    cluster = models.ForeignKey(ProvinceCluster, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("other name of a budget unit")
        verbose_name_plural = _("other names of budget units")
        constraints = [
            models.CheckConstraint(
                condition=Q(area=None) ^ Q(cluster=None), name="planning_alias_has_one_meaning"
            ),
        ]

    def __str__(self) -> str:
        return self.label


class ImportBatch(models.Model):
    """One file of budget lines as it was taken in."""

    file_name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(max_length=64)
    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year"))
    lines = models.PositiveIntegerField(_("lines"))
    amount = models.DecimalField(_("amount (baht)"), max_digits=18, decimal_places=2)
    imported_at = models.DateTimeField(auto_now_add=True)
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("import of budget lines")
        verbose_name_plural = _("imports of budget lines")

    def __str__(self) -> str:
        return self.file_name


class ClusterRun(models.Model):
    """Consecutive pages of a document under one cluster label that lost its number.

    The label fits several clusters; `cluster` is the one whose provinces follow in the document. Until
    `confirmed_at` it waits for a person, or whoever ran the import, to look at it.
    """

    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="runs")
    label = models.CharField(_("as written"), max_length=200)
    document = models.CharField(_("document"), max_length=60)
    first_page = models.PositiveIntegerField(_("first page"))
    last_page = models.PositiveIntegerField(_("last page"))
    cluster = models.ForeignKey(ProvinceCluster, models.PROTECT, related_name="+")
    followed_by = models.CharField(_("provinces that follow"), max_length=200)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    belonging: ClassVar[Belonging] = Belonging(area=("cluster__provinces__path",))

    class Meta:
        verbose_name = _("pages of a province cluster")
        verbose_name_plural = _("pages of province clusters")
        constraints = [
            models.CheckConstraint(condition=Q(last_page__gte=F("first_page")), name="planning_run_pages"),
            models.UniqueConstraint(fields=["document", "first_page"], name="planning_run_once"),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.first_page}–{self.last_page}"
