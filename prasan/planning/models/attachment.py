"""Files that belong to a need or a proposal; the link decides who may see them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from prasan.documents.models import File
from prasan.kernel.rights import Belonging
from prasan.planning.models.need import Need
from prasan.planning.models.proposal import Proposal


class Attachment(models.Model):
    """A file of a need or of a proposal, each once; public only once an officer has released it."""

    class Kind(models.TextChoices):
        PHOTOGRAPH = "photograph", _("photograph")
        DRAWING = "drawing", _("drawing and specification")
        LAND_PERMISSION = "land_permission", _("land permission")
        COST_ESTIMATE = "cost_estimate", _("cost estimate")
        OTHER = "other", _("other document")

    need = models.ForeignKey(Need, models.PROTECT, null=True, related_name="attachments")
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, related_name="attachments")
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.PHOTOGRAPH)
    name = models.CharField(_("name"), max_length=200)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    released_at = models.DateTimeField(null=True, editable=False)

    belonging: ClassVar[Belonging] = Belonging(
        owner=("added_by_id",), area=("need__area__path", "proposal__area__path")
    )

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        constraints = [
            models.CheckConstraint(
                condition=Q(need=None) ^ Q(proposal=None), name="planning_attachment_has_one_owner"
            ),
            models.UniqueConstraint(
                fields=["need", "proposal", "file", "kind"],
                nulls_distinct=False,
                name="planning_attachment_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def owner(self) -> Need | Proposal:
        """The case that the file belongs to."""
        if self.need is not None:
            return self.need
        assert self.proposal is not None  # noqa: S101 - the database guarantees one of the two
        return self.proposal

    @property
    def is_public(self) -> bool:
        """Whether an officer has released it."""
        return self.released_at is not None
