"""Who judges, what ties judges state, and which conflicts were found."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Agency
from prasan.awards.models.edition import Category, Edition
from prasan.awards.models.entry import Entry
from prasan.judging import conflicts
from prasan.kernel.rights import Belonging


class Panel(models.Model):
    """Judges of several bodies, for one category or for all."""

    belonging: ClassVar[Belonging] = Belonging(routed=("edition__programme__organiser_id",))

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="panels")
    name = models.CharField(_("name"), max_length=200)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, verbose_name=_("category"), related_name="panels"
    )

    class Meta:
        verbose_name = _("panel")
        verbose_name_plural = _("panels")
        constraints = [
            models.UniqueConstraint(fields=["edition", "name"], name="awards_panel_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Judge(models.Model):
    """A person on a panel and the body that he counts for: an agency, or one outside that is named."""

    belonging: ClassVar[Belonging] = Belonging(
        assignees=("person_id",), routed=("panel__edition__programme__organiser_id",)
    )

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="judges")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("person"), related_name="+"
    )
    body = models.ForeignKey(Agency, models.PROTECT, null=True, verbose_name=_("body"), related_name="+")
    outside_body = models.CharField(_("body outside the system"), max_length=200, blank=True)
    least = models.PositiveSmallIntegerField(_("at least so many entries"), default=0)
    most = models.PositiveSmallIntegerField(_("at most so many entries"), default=100)
    left_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("judge")
        verbose_name_plural = _("judges")
        constraints = [
            models.UniqueConstraint(fields=["panel", "person"], name="awards_seated_once"),
            models.CheckConstraint(condition=Q(most__gte=F("least")), name="awards_load_of_a_judge"),
        ]

    def __str__(self) -> str:
        return self.body_name

    @property
    def body_name(self) -> str:
        """The body for which the judge sits."""
        return str(self.body) if self.body else self.outside_body


class StatedTie(models.Model):
    """What a judge says ties him to an entry or a body, or what was reported of him."""

    belonging: ClassVar[Belonging] = Belonging(
        assignees=("judge__person_id",), routed=("judge__panel__edition__programme__organiser_id",)
    )

    judge = models.ForeignKey(Judge, models.PROTECT, related_name="ties")
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+")
    body = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    why = models.CharField(_("what ties"), max_length=500)
    stated_at = models.DateTimeField(auto_now_add=True)
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("stated tie")
        verbose_name_plural = _("stated ties")
        constraints = [
            models.CheckConstraint(
                condition=Q(entry=None) | Q(body=None), name="awards_tie_is_to_an_entry_or_a_body"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.judge_id}"


class ConflictFound(models.Model):
    """Why a judge may not judge an entry; `path` are the agencies that lead from the one to the other."""

    class Reason(models.TextChoices):
        OWN_BODY = conflicts.OWN_BODY, _("the entry is of the judge's own body")
        ABOVE_OWNER = conflicts.ABOVE_OWNER, _("the judge's body stands above the owner")
        BELOW_OWNER = conflicts.BELOW_OWNER, _("the judge's body stands below the owner")
        SUPPORTER = conflicts.SUPPORTER, _("the judge's body supported the entry")
        ABOVE_SUPPORTER = conflicts.ABOVE_SUPPORTER, _("the judge's body stands above a supporter")
        BELOW_SUPPORTER = conflicts.BELOW_SUPPORTER, _("the judge's body stands below a supporter")
        STATED_ENTRY = conflicts.STATED_ENTRY, _("a tie to the entry was stated")
        STATED_BODY = conflicts.STATED_BODY, _("a tie to a body of the entry was stated")
        AUTHOR = "author", _("the judge wrote or entered it")

    belonging: ClassVar[Belonging] = Belonging(routed=("entry__edition__programme__organiser_id",))

    judge = models.ForeignKey(Judge, models.PROTECT, related_name="conflicts")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="conflicts")
    reason = models.CharField(max_length=20, choices=Reason.choices)
    path = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        constraints = [
            models.UniqueConstraint(fields=["judge", "entry", "reason", "path"], name="awards_conflict_once"),
        ]

    def __str__(self) -> str:
        return f"{self.judge_id} {self.entry_id} {self.reason}"
