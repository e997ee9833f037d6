"""How an innovation spreads: to whom its cookbook was sent, who took it up, and what was ordered about it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Agency, Posting
from prasan.cases.models import Case
from prasan.innovations import rules
from prasan.innovations.models.cookbook import Cookbook, CookbookVersion
from prasan.innovations.models.innovation import Innovation
from prasan.innovations.states import ADOPTION, ORDER, WITH_THE_RECEIVER
from prasan.kernel.calendar import today
from prasan.kernel.flow import Workflow
from prasan.kernel.rights import Belonging, Right


class CookbookDelivery(models.Model):
    """A cookbook sent to an agency, and when somebody there first opened it, in which post."""

    belonging: ClassVar[Belonging] = Belonging(agencies=("agency_id",), area=("agency__area__path",))

    cookbook = models.ForeignKey(Cookbook, models.PROTECT, related_name="deliveries")
    version = models.ForeignKey(CookbookVersion, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"))
    sent_at = models.DateTimeField(_("sent"))
    opened_at = models.DateTimeField(_("opened"), null=True)
    opened_posting = models.ForeignKey(Posting, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("delivery of a cookbook")
        verbose_name_plural = _("deliveries of cookbooks")
        indexes = [
            models.Index(fields=["agency", "-id"], name="innovations_delivery_inbox"),
            models.Index(fields=["cookbook", "opened_at"], name="innovations_delivery_opened"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["cookbook", "agency"], name="innovations_delivered_once"),
            models.CheckConstraint(
                condition=Q(opened_at=None, opened_posting=None) | Q(opened_at__isnull=False),
                name="innovations_opened_by_a_post",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cookbook_id} {self.agency_id}"


class Adoption(Case):
    """What an agency makes of another's innovation; `since` is the day of the state, where it said one."""

    workflow: ClassVar[Workflow] = ADOPTION
    internal_right: ClassVar[Right] = rules.READ_LESSONS
    belonging: ClassVar[Belonging] = Belonging(
        owner=("created_by_id",),
        agencies=("agency_id",),
        routed=("innovation__owner_id",),
        area=("agency__area__path",),
        state="state",
    )

    innovation = models.ForeignKey(Innovation, models.PROTECT, related_name="adoptions")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"))
    since = models.DateField(_("since when"), null=True)
    result = models.TextField(_("result"), blank=True)
    lessons = models.TextField(_("lessons for the owner"), blank=True)

    class Meta:
        verbose_name = _("adoption")
        verbose_name_plural = _("adoptions")
        indexes = [models.Index(fields=["agency", "state"], name="innovations_adoption_agency")]
        constraints = [
            models.UniqueConstraint(fields=["innovation", "agency"], name="innovations_adopted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.innovation_id} {self.agency_id}"


class FollowUpOrder(Case):
    """What one agency was ordered to do about an innovation; whether it is late is computed, never kept."""

    workflow: ClassVar[Workflow] = ORDER
    internal_right: ClassVar[Right] = rules.VIEW_ORDER
    belonging: ClassVar[Belonging] = Belonging(
        owner=("created_by_id",),
        agencies=("giver_id",),
        routed=("agency_id",),
        area=("agency__area__path",),
        state="state",
    )

    innovation = models.ForeignKey(Innovation, models.PROTECT, related_name="orders")
    giver = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("given by"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("given to"))
    words = models.TextField(_("what is to be done"))
    due_on = models.DateField(_("due"))
    report = models.TextField(_("report"), blank=True)
    form_key = models.UUIDField(null=True, editable=False)

    class Meta:
        verbose_name = _("follow-up order")
        verbose_name_plural = _("follow-up orders")
        indexes = [
            models.Index(fields=["agency", "state", "due_on"], name="innovations_order_inbox"),
            models.Index(fields=["giver", "state", "due_on"], name="innovations_order_giver"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["form_key", "agency"], name="innovations_order_once_a_form"),
        ]

    def __str__(self) -> str:
        return self.words.partition("\n")[0][:120]

    @property
    def is_overdue(self) -> bool:
        """Whether the day has passed without a report."""
        return self.state in WITH_THE_RECEIVER and self.due_on < today()
