"""Programmes of awards, who may win them by which version of rules, and what follows from several awards."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Agency
from prasan.awards import eligibility
from prasan.innovations.models import RegisterEntry
from prasan.kernel.rights import Belonging
from prasan.kernel.sort_key_field import SortKeyField


class Programme(models.Model):
    """An award that is given again and again, and the agency that organises it."""

    belonging: ClassVar[Belonging] = Belonging(routed=("organiser_id",))

    code = models.SlugField(max_length=60, unique=True)
    name_th = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300, blank=True)
    sort_key = SortKeyField(max_length=1000)
    organiser = models.ForeignKey(
        Agency, models.PROTECT, verbose_name=_("agency that organises it"), related_name="+"
    )
    source_th = models.CharField(max_length=300, blank=True)
    source_en = models.CharField(max_length=300, blank=True)
    digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("programme of awards")
        verbose_name_plural = _("programmes of awards")

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" and self.name_en else self.name_th

    @property
    def source(self) -> str:
        """Where what is known of it stands."""
        return self.source_en if get_language() == "en" and self.source_en else self.source_th


class RuleSet(models.Model):
    """The rules of eligibility of a programme from a Buddhist year on; never changed, followed by another."""

    belonging: ClassVar[Belonging] = Belonging(routed=("programme__organiser_id",))

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="rule_sets")
    year_from = models.PositiveSmallIntegerField(_("from year"))
    number = models.PositiveSmallIntegerField(_("version"))
    source_th = models.CharField(max_length=300, blank=True)
    source_en = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("set of rules")
        verbose_name_plural = _("sets of rules")
        ordering = ["programme_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="awards_rule_set_number"),
        ]

    def __str__(self) -> str:
        return f"{self.year_from}/{self.number}"

    @property
    def source(self) -> str:
        """What the rules are based on."""
        return self.source_en if get_language() == "en" and self.source_en else self.source_th


class EligibilityRule(models.Model):
    """One rule: its kind, by which it is evaluated, and the numbers and codes that it asks for."""

    class Kind(models.TextChoices):
        OWNER_LEVEL = eligibility.OWNER_LEVEL, _("level of the owner")
        OWNER_KIND = eligibility.OWNER_KIND, _("kind of local government")
        YEARS_IN_OPERATION = eligibility.YEARS_IN_OPERATION, _("years in operation")
        FINISHED_INSIDE_YEAR = eligibility.FINISHED_INSIDE_YEAR, _("finished inside the fiscal year")
        WINDOW = eligibility.WINDOW, _("entered inside the window")
        NOT_AWARDED_BEFORE = eligibility.NOT_AWARDED_BEFORE, _("not awarded before")

    belonging: ClassVar[Belonging] = Belonging()

    rule_set = models.ForeignKey(RuleSet, models.CASCADE, related_name="rules")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=24, choices=Kind.choices)
    parameters = models.JSONField(default=dict)

    class Meta:
        ordering = ["rule_set_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["rule_set", "position"], name="awards_rule_position"),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def words(self) -> str:
        """What it asks for, in a sentence."""
        return eligibility.words_of(self.kind, self.parameters)


class EntitlementRule(models.Model):
    """What a body is entitled to that won these levels in every one of these branches in one year."""

    belonging: ClassVar[Belonging] = Belonging()

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="entitlement_rules")
    code = models.SlugField(max_length=60)
    name_th = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300)
    levels = ArrayField(models.CharField(max_length=20, choices=RegisterEntry.Level.choices), default=list)
    branches = ArrayField(models.CharField(max_length=16, choices=RegisterEntry.Branch.choices), default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="awards_entitlement_once"),
        ]

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name_th

    @property
    def words(self) -> str:
        """What it asks for, in a sentence."""
        levels, branches = dict(RegisterEntry.Level.choices), dict(RegisterEntry.Branch.choices)
        return gettext("%(levels)s in one year in every one of: %(branches)s") % {
            "levels": ", ".join(str(levels[code]) for code in self.levels),
            "branches": ", ".join(str(branches[code]) for code in self.branches),
        }
