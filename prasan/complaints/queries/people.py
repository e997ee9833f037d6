"""Whom what happened to a complaint concerns, among those with an account."""

from __future__ import annotations

from django.db.models import QuerySet

from prasan.accounts.models import User
from prasan.agencies.models import Posting
from prasan.agencies.queries import holding_now
from prasan.complaints.models import Complaint
from prasan.complaints.queries.complaints import colleagues_of, complaints_for
from prasan.complaints.states import HELD


def holders_over(complaint: Complaint, role: str) -> list[User]:
    """Who holds a role today in an area that holds the complaint's, and may see it."""
    above = complaint.area.path.split("/")
    posted = holding_now(Posting.objects.filter(role=role, area__in=above, person__is_active=True))
    return _who_see(complaint, User.objects.filter(pk__in=posted.values("person")).order_by("pk"))


def those_who_owe(complaint: Complaint) -> list[User]:
    """Who owes the next step of a complaint.

    At each agency that holds it the officer who looks after it, or all of them where nobody does; where no
    agency holds it, the centre.
    """
    held = list(complaint.referrals.filter(state__in=HELD).order_by("pk"))
    if not held:
        return holders_over(complaint, "complaint_officer")
    people: dict[int, User] = {}
    for referral in held:
        found = colleagues_of(referral)
        if referral.officer_id is not None:
            found = found.filter(pk=referral.officer_id)
        people |= {person.pk: person for person in _who_see(complaint, found)}
    return list(people.values())


def _who_see(complaint: Complaint, people: QuerySet[User]) -> list[User]:
    """Those of them who may see it: nobody is told of a complaint against himself or his unit."""
    return [person for person in people if complaints_for(person).filter(pk=complaint.pk).exists()]
