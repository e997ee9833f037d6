"""Follow-up orders: what named agencies are to do about an innovation, and what they report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.actions import wait_for_turn
from prasan.agencies.models import Agency, Posting
from prasan.agencies.queries import require
from prasan.cases.actions import begin, move_in_act
from prasan.cases.words import cleaned
from prasan.innovations import rules
from prasan.innovations.actions.innovation import locked_innovation
from prasan.innovations.models import FollowUpOrder, Innovation
from prasan.kernel.calendar import today
from prasan.kernel.refusals import Refused
from prasan.kernel.text import says_something
from prasan.ledger.seals import Facts

MOST_AT_ONCE = 100
"""Agencies that are given an order at once."""


@transaction.atomic
def give_orders(
    innovation: Innovation,
    agencies: Sequence[Agency],
    *,
    words: str,
    due_on: date,
    by: User,
    form_key: UUID | None = None,
) -> list[FollowUpOrder]:
    """Order the same of each of the agencies by a day; each carries it out and reports by itself.

    Given once for each form: a form sent again gives the orders that it made.
    """
    wait_for_turn(form_key)
    innovation = locked_innovation(innovation)
    told = cleaned(words)
    orders = [
        FollowUpOrder(
            innovation=innovation,
            agency=agency,
            words=told,
            due_on=due_on,
            created_by=by,
            form_key=form_key,
        )
        for agency in agencies
    ]
    posting = require(by, rules.GIVE_ORDER, *orders)
    if form_key is not None and (made := _made_by(form_key, by)):
        return made
    if not orders or posting is None:
        raise Refused(_("Please choose at least one agency."))
    if len({each.agency_id for each in orders}) > MOST_AT_ONCE:
        raise Refused(
            _("Please give an order to no more than %(most)d agencies at once.") % {"most": MOST_AT_ONCE}
        )
    if not says_something(told):
        raise Refused(_("Please say what is to be done."))
    if due_on < today():
        raise Refused(_("Please choose a day that has not passed."))
    if innovation.state != "registered":
        raise Refused(_("An order is about an innovation that is in the register."))
    giver = Posting.objects.select_related("agency").get(pk=posting).agency
    begun = []
    for order in {each.agency_id: each for each in orders}.values():
        order.giver = giver
        facts: Facts = {"innovation": innovation.pk, "agency": order.agency_id, "due_on": due_on.isoformat()}
        begun.append(begin(order, by=by, posting=posting, after=facts))
    return begun


@transaction.atomic
def report_order(order: FollowUpOrder, *, report: str, by: User | None) -> FollowUpOrder:
    """Report what was done; the words stand on the order, not in the ledger."""
    order = locked_order(order)
    told = cleaned(report)
    if not says_something(told):
        raise Refused(_("Please say what was done."))
    moved = move_in_act(order, "report", by=by)
    moved.report = told
    moved.save(update_fields=["report"])
    return moved


def locked_order(order: FollowUpOrder) -> FollowUpOrder:
    """The order as it stands, held until the act ends."""
    found = FollowUpOrder.objects.select_for_update().filter(pk=order.pk).first()
    if found is None:
        raise Refused(_("This is no longer there. Please go back to the list."))
    return found


def _made_by(form_key: UUID, by: User) -> list[FollowUpOrder]:
    made = FollowUpOrder.objects.filter(form_key=form_key)
    if made.exclude(created_by=by).exists():
        raise Refused(_("This form cannot be sent any more. Please open it anew."))
    return list(made.order_by("pk"))
