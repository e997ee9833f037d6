"""Words that an agency uses again and again in its answers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Agency
from prasan.kernel.rights import Belonging


class ReplyTemplate(models.Model):
    """A text of an agency that fills the reason of an act; whoever uses it may change it there.

    `{number}`, `{kind}` and `{place}` in it stand for those of the complaint.
    """

    belonging: ClassVar[Belonging] = Belonging(agencies=("agency_id",))

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=100)
    text = models.TextField(_("text"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "name"], name="complaints_one_template_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
