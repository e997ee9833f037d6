"""What waits for a person among complaints, as shown on “my work”."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.complaints.queries import (
    MOST_OF_A_KIND,
    complaints_waiting_at_desk,
    may_take_in,
    overdue_for,
    referrals_waiting,
)
from prasan.web.shell.work import Beginning, WorkItem


def work_for(user: User) -> Iterator[WorkItem]:
    """Complaints on which the person's centre or agency owes the next step, the most urgent first."""
    to_do = {
        "received": _("Screen the complaint"),
        "screened": _("Say who answers for the complaint"),
        "returned": _("Say who answers for the complaint"),
        "reopened": _("Say who answers for the complaint"),
        "answered": _("Close the complaint, or ask the agency for more"),
    }
    for complaint in complaints_waiting_at_desk(user):
        yield WorkItem(
            title=complaint.title or complaint.number,
            kind=to_do[complaint.state],
            since=complaint.state_since,
            address=reverse("complaints:complaint", args=[complaint.pk]),
            area=complaint.area.full_name,
            icon="megaphone",
        )
    if not may_take_in(user):  # the centre finds late ones among its own
        yield from _overdue_for(user)
    for referral in referrals_waiting(user):
        yield WorkItem(
            title=str(referral.complaint),
            kind=_("Acknowledge the complaint") if referral.state == "sent" else _("Answer the complaint"),
            since=referral.state_since,
            address=reverse("complaints:referral", args=[referral.pk]),
            area=referral.complaint.area.full_name,
            icon="tools",
        )


def _overdue_for(user: User) -> Iterator[WorkItem]:
    for complaint in overdue_for(user)[:MOST_OF_A_KIND]:
        yield WorkItem(
            title=complaint.title or complaint.number,
            kind=_("Late: see that it goes on"),
            since=complaint.state_since,
            address=reverse("complaints:complaint", args=[complaint.pk]),
            area=complaint.area.full_name,
            icon="alarm",
        )


def beginnings_for(user: User) -> Iterator[Beginning]:
    """What the person may begin among complaints without being asked."""
    if may_take_in(user):
        yield Beginning(_("Take a complaint in"), reverse("complaints:take-in"), icon="plus-lg")
