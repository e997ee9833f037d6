"""An innovation that is entered for an award."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Agency
from prasan.awards import rules
from prasan.awards.models.edition import Category, Edition, Round
from prasan.awards.models.programme import EligibilityRule
from prasan.awards.states import ENTRY
from prasan.cases.models import Case
from prasan.innovations.models import Innovation
from prasan.kernel.calendar import today
from prasan.kernel.flow import Workflow
from prasan.kernel.rights import Belonging, Right


class Entry(Case):
    """An innovation in one category of an edition; a body may enter several.

    `content` is how the innovation read when it was entered: that is what is judged. `number` is that of the
    order in which entries came in, or the one that a source printed. `mend_by` is the day by which one that
    was returned is asked to come back.
    """

    workflow: ClassVar[Workflow] = ENTRY
    internal_right: ClassVar[Right] = rules.VIEW_ENTRY_INSIDE
    belonging: ClassVar[Belonging] = Belonging(
        owner=("created_by_id",),
        submitter=("created_by_id", "submitted_by_id"),
        agencies=("owner_id",),
        routed=("edition__programme__organiser_id",),
        state="state",
    )

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="entries")
    category = models.ForeignKey(Category, models.PROTECT, verbose_name=_("category"), related_name="entries")
    innovation = models.ForeignKey(Innovation, models.PROTECT, verbose_name=_("innovation"), related_name="+")
    owner = models.ForeignKey(Agency, models.PROTECT, verbose_name=_("whose it is"), related_name="+")
    supporters = models.ManyToManyField(
        Agency, blank=True, verbose_name=_("bodies that supported it"), related_name="+"
    )
    number = models.PositiveSmallIntegerField(_("number"), null=True)
    content = models.JSONField(default=dict, editable=False)
    submitted_at = models.DateTimeField(null=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    refused_by = models.ForeignKey(
        EligibilityRule, models.PROTECT, null=True, editable=False, related_name="+"
    )
    mend_by = models.DateField(_("to be mended by"), null=True, editable=False)
    form_key = models.UUIDField(null=True, unique=True, editable=False)

    class Meta:
        verbose_name = _("entry for an award")
        verbose_name_plural = _("entries for awards")
        indexes = [
            models.Index(fields=["edition", "state", "number"], name="awards_entry_edition"),
            models.Index(fields=["owner", "state"], name="awards_entry_owner"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["edition", "category", "innovation"], name="awards_entered_once"),
            models.UniqueConstraint(fields=["edition", "number"], name="awards_entry_number"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """As it was entered; the innovation's own while it is a draft."""
        return str(self.content.get("title") or self.innovation.title)

    @property
    def is_late(self) -> bool:
        """Whether the day is over by which it was to be mended."""
        return self.state == "returned" and self.mend_by is not None and self.mend_by < today()


class RoundEntry(models.Model):
    """An entry that takes part in a round."""

    belonging: ClassVar[Belonging] = Belonging()

    round = models.ForeignKey(Round, models.PROTECT, related_name="taking_part")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="rounds")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "entry"], name="awards_takes_part_once"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.entry_id}"
