"""To whom complaints of a province go, as versions of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Agency
from prasan.cases.models import Case
from prasan.complaints import rules
from prasan.complaints.models.kind import Kind
from prasan.complaints.states import RULE_BOOK
from prasan.kernel.flow import Workflow
from prasan.kernel.rights import Belonging, Right
from prasan.places.models import Area

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


class RuleBook(Case):
    """A version of the routing rules of a province; one is in force, others are drafts or were before."""

    workflow: ClassVar[Workflow] = RULE_BOOK
    internal_right: ClassVar[Right] = rules.VIEW_RULES
    belonging: ClassVar[Belonging] = Belonging(
        area=("area__path",), state="state", submitter=("created_by_id",)
    )

    area = models.ForeignKey(Area, models.PROTECT, verbose_name=_("province"), related_name="+")
    number = models.PositiveIntegerField(_("version"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "number"], name="complaints_rule_book_number"),
            models.UniqueConstraint(
                fields=["area"], condition=Q(state="in_force"), name="complaints_one_rule_book_in_force"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.number}"


class RoutingRule(models.Model):
    """One line of a rule book: of which kind, where and with which words, and who answers or helps.

    Without an agency it means the local organisation of the place, or else the one with the mandate. `words`
    are kept as typed, between commas.
    """

    book = models.ForeignKey(RuleBook, models.CASCADE, related_name="rows")
    position = models.PositiveSmallIntegerField()
    kind = models.ForeignKey(Kind, models.PROTECT, null=True, verbose_name=_("kind"), related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, verbose_name=_("area"), related_name="+")
    words = models.CharField(_("words"), max_length=200, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, verbose_name=_("agency"), related_name="+")
    is_local = models.BooleanField(default=False)
    is_lead = models.BooleanField(default=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["book", "position"],
                name="complaints_rule_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(is_local=False) | Q(agency=None), name="complaints_rule_names_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.book_id}.{self.position}"

    @property
    def goes_to(self) -> str | StrPromise:
        """Whom it names, in words."""
        if self.agency is not None:
            return str(self.agency)
        return (
            _("The local administrative organisation of the place")
            if self.is_local
            else _("The nearest one with the mandate")
        )
