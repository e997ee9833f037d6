"""Whom what happens to an innovation concerns, among those with an account."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from prasan.accounts.models import User
from prasan.agencies.models import Posting
from prasan.agencies.queries import holding_now
from prasan.innovations import rules
from prasan.innovations.models import Adoption, Cookbook, FollowUpOrder
from prasan.kernel.rights import Right


def owners_of(adoption: Adoption) -> QuerySet[User]:
    """The officers of the agency whose innovation was taken up."""
    return _officers(adoption.innovation.owner_id, rules.WRITE)


def receivers_of(order: FollowUpOrder) -> QuerySet[User]:
    """The officers of the agency that was given the order."""
    return _officers(order.agency_id, rules.CARRY_OUT)


def readers_of_sending(cookbook: Cookbook, sent_at: datetime) -> QuerySet[User]:
    """Who reads for the agencies that got the cookbook at this moment, each once, in the order of keys."""
    agencies = cookbook.deliveries.filter(sent_at=sent_at).values("agency")
    roles = [grant.role for grant in rules.RECEIVE_COOKBOOK.grants]
    held = holding_now(Posting.objects.filter(agency__in=agencies, role__in=roles))
    return User.objects.filter(is_active=True, pk__in=held.values("person")).order_by("pk")


def givers_of(order: FollowUpOrder) -> QuerySet[User]:
    """Those of the office that gave the order who follow it."""
    return _officers(order.giver_id, rules.FOLLOW_ORDER)


def _officers(agency: int, right: Right) -> QuerySet[User]:
    roles = [grant.role for grant in right.grants]
    held = holding_now(Posting.objects.filter(agency=agency, role__in=roles))
    return User.objects.filter(is_active=True, pk__in=held.values("person")).order_by("pk")
