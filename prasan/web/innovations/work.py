"""What waits for a person among innovations, as shown on “my work”."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.innovations.queries import (
    orders_to_carry_out,
    reports_to_read,
    unopened_deliveries,
    waiting_innovations,
)
from prasan.web.shell.work import WorkItem

MOST_OF_A_KIND = 50


def work_for(user: User) -> Iterator[WorkItem]:
    """Orders to carry out, reports and cookbooks to read, and innovations that wait for the ministry."""
    to_do = {
        "given": _("Acknowledge the order"),
        "acknowledged": _("Report what was done"),
        "returned": _("Mend the report"),
    }
    for order in orders_to_carry_out(user)[:MOST_OF_A_KIND]:
        yield WorkItem(
            title=order.innovation.title,
            kind=to_do[order.state],
            since=order.state_since,
            address=reverse("innovations:order", args=[order.pk]),
            area=str(order.agency),
            icon="alarm" if order.is_overdue else "flag",
        )
    for order in reports_to_read(user)[:MOST_OF_A_KIND]:
        yield WorkItem(
            title=order.innovation.title,
            kind=_("Read the report, then close the order or return it"),
            since=order.state_since,
            address=reverse("innovations:order", args=[order.pk]),
            area=str(order.agency),
            icon="chat-left-text",
        )
    for delivery in unopened_deliveries(user).order_by("sent_at", "pk")[:MOST_OF_A_KIND]:
        yield WorkItem(
            title=delivery.cookbook.innovation.title,
            kind=_("Read the cookbook"),
            since=delivery.sent_at,
            address=reverse("innovations:cookbook", args=[delivery.cookbook.innovation_id]),
            area=str(delivery.agency),
            icon="book",
        )
    for innovation in waiting_innovations(user).order_by("state_since", "pk")[:MOST_OF_A_KIND]:
        yield WorkItem(
            title=innovation.title,
            kind=_("Appraise the innovation, then decide on it"),
            since=innovation.state_since,
            address=reverse("innovations:innovation", args=[innovation.pk]),
            area=str(innovation.owner),
            icon="list-check",
        )
