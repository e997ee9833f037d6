"""The sending of a complaint to an agency."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Agency
from prasan.cases.models import Case
from prasan.complaints import rules
from prasan.complaints.models.clock import Timed
from prasan.complaints.models.complaint import Complaint
from prasan.complaints.states import REFERRAL
from prasan.kernel.flow import Workflow
from prasan.kernel.rights import Belonging, Right


class Referral(Timed, Case):
    """A complaint at one agency; the lead's word moves the complaint, the others help.

    `is_latest` is no longer so when the same complaint is sent to the same agency again.
    `days_to_acknowledge` are the working days until the agency took it up.
    """

    workflow: ClassVar[Workflow] = REFERRAL
    internal_right: ClassVar[Right] = rules.VIEW_INSIDE
    belonging: ClassVar[Belonging] = Belonging(
        agencies=("agency_id",),
        routed=("agency_id",),
        area=("complaint__area__path",),
        state="state",
        submitter=("complaint__created_by_id",),
        subject_users=("complaint__subject_user_id",),
        subject_agencies=("complaint__subject_agency_id",),
    )

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="referrals")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"))
    is_lead = models.BooleanField(default=True)
    is_latest = models.BooleanField(default=True, editable=False)
    days_to_acknowledge = models.PositiveSmallIntegerField(null=True, editable=False)
    own_number = models.CharField(_("number at the agency"), max_length=80, blank=True)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("officer")
    )

    class Meta:
        indexes = [
            models.Index(fields=["agency", "state", "state_since"], name="complaints_inbox"),
            models.Index(fields=["agency", "due_on", "id"], name="complaints_inbox_due"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["complaint"],
                condition=Q(is_lead=True, state__in=("sent", "acknowledged", "working")),
                name="complaints_one_lead",
            ),
            models.UniqueConstraint(
                fields=["complaint", "agency"],
                condition=Q(state__in=("sent", "acknowledged", "working")),
                name="complaints_one_referral_an_agency",
            ),
        ]

    @property
    def was_taken_up(self) -> bool:
        """Whether the agency said that it has it, be it that it returned it later."""
        return self.days_to_acknowledge is not None or self.state in ("acknowledged", "working", "answered")

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.agency_id}"
