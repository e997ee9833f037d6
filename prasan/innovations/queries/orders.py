"""Follow-up orders as those who gave them, and those who were given them, see them."""

from __future__ import annotations

from django.db.models import BooleanField, Case, Q, QuerySet, When

from prasan.agencies.models import Agency
from prasan.agencies.queries import Person, within_reach
from prasan.innovations import rules
from prasan.innovations.models import FollowUpOrder
from prasan.innovations.states import ORDER, WITH_THE_RECEIVER
from prasan.kernel.calendar import today

OVER = tuple(state.code for state in ORDER.states if state.closed)
"""States of an order in which nothing is left to do."""


def orders_for(user: Person) -> QuerySet[FollowUpOrder]:
    """The orders that the person may see; `is_over` tells whether nothing is left to do."""
    rows = FollowUpOrder.objects.select_related("innovation", "agency", "giver")
    over = Case(When(state__in=OVER, then=True), default=False, output_field=BooleanField())
    return within_reach(user, rules.VIEW_ORDER, rows.annotate(is_over=over))


def orders_to_carry_out(user: Person) -> QuerySet[FollowUpOrder]:
    """The orders on which the person's agency owes the next step, the most urgent first."""
    rows = FollowUpOrder.objects.select_related("innovation", "agency", "giver")
    return within_reach(user, rules.CARRY_OUT, rows.filter(state__in=WITH_THE_RECEIVER)).order_by(
        "due_on", "pk"
    )


def reports_to_read(user: Person) -> QuerySet[FollowUpOrder]:
    """The orders of the person's office on which a report waits."""
    rows = FollowUpOrder.objects.select_related("innovation", "agency", "giver")
    return within_reach(user, rules.FOLLOW_ORDER, rows.filter(state="reported")).order_by("state_since", "pk")


def overdue(orders: QuerySet[FollowUpOrder]) -> QuerySet[FollowUpOrder]:
    """Those of the orders whose day has passed without a report."""
    return orders.filter(state__in=WITH_THE_RECEIVER, due_on__lt=today())


def agencies_to_order(user: Person) -> QuerySet[Agency]:
    """The agencies, valid today, to which the person may give an order, in dictionary order."""
    day = today()
    valid = Agency.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day)
    )
    return within_reach(user, rules.GIVE_ORDER, valid).order_by("sort_key", "pk")
