"""What the jury decided, and the awards that follow."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from prasan.awards.models.edition import Edition
from prasan.awards.models.entry import Entry
from prasan.documents.models import File
from prasan.innovations.models import RegisterEntry
from prasan.kernel.rights import Belonging


class Decision(models.Model):
    """The decision of an edition: day, minutes, and the results as they were computed then, line by line.

    `lines` hold ids, places, values and levels only; what the ledger gives is compared with them byte for
    byte.
    """

    belonging: ClassVar[Belonging] = Belonging(routed=("edition__programme__organiser_id",))

    edition = models.OneToOneField(Edition, models.PROTECT, related_name="decision")
    decided_on = models.DateField(_("decided on"))
    minutes = models.TextField(_("minutes"))
    file = models.ForeignKey(File, models.PROTECT, null=True, related_name="+")
    lines = models.TextField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")

    def __str__(self) -> str:
        return f"{self.edition_id} {self.digest[:12]}"


class Award(models.Model):
    """The level that an entry won, in its branch where the award has branches."""

    belonging: ClassVar[Belonging] = Belonging(
        agencies=("entry__owner_id",), routed=("edition__programme__organiser_id",)
    )

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="awards")
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="award")
    level = models.CharField(_("award"), max_length=20, choices=RegisterEntry.Level.choices)
    branch = models.CharField(_("branch"), max_length=16, choices=RegisterEntry.Branch.choices, blank=True)

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        constraints = [
            models.CheckConstraint(
                condition=~Q(level=RegisterEntry.Level.UNKNOWN), name="awards_award_has_a_level"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_level_display())
