"""One year's edition of an award, and what is declared of it before it opens."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from prasan.awards import rules
from prasan.awards.models.programme import Programme, RuleSet
from prasan.awards.states import EDITION
from prasan.cases.models import Case
from prasan.innovations.models import Register, RegisterEntry
from prasan.judging import ranking
from prasan.kernel.calendar import Window
from prasan.kernel.flow import Workflow
from prasan.kernel.rights import Belonging, Right

_TIES = {
    ranking.CRITERION: _("the higher mark on one criterion"),
    ranking.FIRST_PLACES: _("more first places"),
    ranking.SMALLER_SPREAD: _("judges closer together"),
    ranking.EARLIER: _("entered earlier"),
    ranking.DRAW: _("the draw"),
}


class Edition(Case):
    """An award of one Buddhist year; the first and the last day of its window are both inside.

    `tie_rules` are told in their order: `criterion|code`, `first_places|`, `smaller_spread|`, `earlier|`,
    `draw|`. `first_closes` is kept where the window was extended. `draw` is the number that all lots are
    drawn from; it is published before anything is drawn. A past edition has the register that its source
    printed.
    """

    workflow: ClassVar[Workflow] = EDITION
    internal_right: ClassVar[Right] = rules.ORGANISE
    belonging: ClassVar[Belonging] = Belonging(
        owner=("created_by_id",), routed=("programme__organiser_id",), state="state"
    )

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="editions")
    year = models.PositiveSmallIntegerField(_("year"))
    theme_th = models.CharField(_("theme in Thai"), max_length=300, blank=True)
    theme_en = models.CharField(_("theme in English"), max_length=300, blank=True)
    opens = models.DateField(_("opens"), null=True)
    closes = models.DateField(_("closes"), null=True)
    first_closes = models.DateField(_("closes as first declared"), null=True)
    rule_set = models.ForeignKey(
        RuleSet, models.PROTECT, null=True, verbose_name=_("rules"), related_name="editions"
    )
    register = models.ForeignKey(Register, models.PROTECT, null=True, related_name="+")
    draw = models.CharField(_("draw number"), max_length=80, blank=True)
    tie_rules = models.JSONField(default=list)
    judges_wanted = models.PositiveSmallIntegerField(_("judges of each entry"), default=3)
    most_of_body = models.PositiveSmallIntegerField(_("judges of one body at most"), null=True)
    announced_on = models.DateField(_("announced"), null=True)
    ceremony_on = models.DateField(_("ceremony"), null=True)
    remark_th = models.TextField(blank=True)
    remark_en = models.TextField(blank=True)
    form_key = models.UUIDField(null=True, unique=True, editable=False)

    class Meta:
        verbose_name = _("edition of an award")
        verbose_name_plural = _("editions of awards")
        indexes = [models.Index(fields=["state", "-year"], name="awards_edition_state")]
        constraints = [
            models.UniqueConstraint(fields=["programme", "year"], name="awards_edition_of_a_year"),
            models.CheckConstraint(
                condition=Q(opens=None) | Q(closes=None) | Q(closes__gte=F("opens")),
                name="awards_edition_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=Q(ceremony_on=None) | Q(ceremony_on__gte=F("announced_on")),
                name="awards_ceremony_is_not_before_announcement",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.year}"

    @property
    def theme(self) -> str:
        """Under which words it is held, in the reader's language."""
        return self.theme_en if get_language() == "en" and self.theme_en else self.theme_th

    @property
    def remark(self) -> str:
        """What one must know of it."""
        return self.remark_en if get_language() == "en" and self.remark_en else self.remark_th

    @property
    def window(self) -> Window | None:
        """The days in which entries are taken; None where they are not known."""
        return Window(self.opens, self.closes) if self.opens and self.closes else None

    @property
    def ties_in_words(self) -> list[str]:
        """The rules for ties in their order."""
        told = [each.partition("|") for each in self.tie_rules]
        names = {each.code: str(each) for each in Criterion.objects.filter(round__edition=self)}
        return [f"{_TIES[kind]} ({names.get(of, of)})" if of else str(_TIES[kind]) for kind, _bar, of in told]


class _Named(models.Model):
    name_th = models.CharField(_("name in Thai"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" and self.name_en else self.name_th


class Category(_Named):
    """What is compared with each other; a branch where the award has branches."""

    belonging: ClassVar[Belonging] = Belonging()

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="categories")
    position = models.PositiveSmallIntegerField()
    branch = models.CharField(
        _("branch"), max_length=16, choices=RegisterEntry.Branch.choices, blank=True, default=""
    )

    class Meta:
        ordering = ["edition_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "position"], name="awards_category_position"),
        ]


class Quota(models.Model):
    """A level of award in each category: for so many, from so many points on, or both."""

    belonging: ClassVar[Belonging] = Belonging()

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="quotas")
    position = models.PositiveSmallIntegerField()
    level = models.CharField(_("award"), max_length=20, choices=RegisterEntry.Level.choices)
    places = models.PositiveSmallIntegerField(_("for at most"), null=True)
    threshold = models.DecimalField(_("from points"), max_digits=9, decimal_places=2, null=True)

    class Meta:
        ordering = ["edition_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "level"], name="awards_quota_once"),
            models.CheckConstraint(
                condition=~Q(level=RegisterEntry.Level.UNKNOWN), name="awards_quota_is_of_a_level"
            ),
            models.CheckConstraint(
                condition=Q(places=None) | Q(places__gte=1), name="awards_quota_has_a_place"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_level_display())


class Round(_Named):
    """A round of judging; in a blind one judges do not learn whose an entry is.

    `goes_on` entries of each category go on to the next round, and whoever shares the last such place.
    """

    belonging: ClassVar[Belonging] = Belonging(routed=("edition__programme__organiser_id",))

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    is_blind = models.BooleanField(_("blind"), default=False)
    goes_on = models.PositiveSmallIntegerField(_("so many of each category go on"), null=True)
    began_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["edition_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="awards_round_number"),
        ]


class Criterion(_Named):
    """A gate that is passed or not, or what is scored from 0 to `most` and counts `weight` times."""

    belonging: ClassVar[Belonging] = Belonging()

    round = models.ForeignKey(Round, models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(_("code"), max_length=20)
    is_gate = models.BooleanField(_("gate"), default=False)
    weight = models.DecimalField(_("weight"), max_digits=6, decimal_places=2, default=1)
    most = models.DecimalField(_("highest mark"), max_digits=6, decimal_places=2, default=1)
    meaning = models.TextField(_("what the marks mean"), blank=True)

    class Meta:
        ordering = ["round_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["round", "code"], name="awards_criterion_once"),
            models.CheckConstraint(
                condition=Q(is_gate=True, weight=0, most=1) | Q(is_gate=False, weight__gt=0, most__gt=0),
                name="awards_gate_has_no_weight",
            ),
        ]
