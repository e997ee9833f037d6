"""Which complaints a person sees, and the one that a receipt and a secret open."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from prasan.accounts.models import User
from prasan.agencies.models import Agency, Mandate, Posting
from prasan.agencies.queries import Person, holding_now, holds_anywhere, within_reach
from prasan.complaints import rules
from prasan.complaints.models import Complaint, Referral
from prasan.complaints.receipts import digits_of, is_receipt, is_secret_of
from prasan.complaints.states import AT_DESK, HELD, OPEN
from prasan.kernel.calendar import today
from prasan.kernel.rights import Right
from prasan.places.models import PARENTS

MOST_OF_A_KIND = 50
NOBODYS = "0" * 64
"""Compared with where there is no such receipt, so that the answer takes as long."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many complaints there are: every one, and once for each problem."""

    raw: int
    once: int


def complaints_for(user: Person, *, state: str = "") -> QuerySet[Complaint]:
    """The complaints the person may see, newest first; those against officials by a right of their own."""
    rows = Complaint.objects.select_related(f"area__{PARENTS}", "kind", "problem__main")
    ordinary = within_reach(user, rules.VIEW, rows.filter(is_restricted=False), state=state)
    restricted = within_reach(user, rules.VIEW_RESTRICTED, rows.filter(is_restricted=True), state=state)
    return (ordinary | restricted).order_by("-pk")


def referrals_for(user: Person) -> QuerySet[Referral]:
    """What was sent to the person's agency, the most urgent first."""
    rows = Referral.objects.select_related(
        "agency", f"complaint__area__{PARENTS}", "complaint__kind", "officer"
    )
    return within_reach(user, rules.HANDLE, rows).order_by("due_on", "pk")


def complaints_waiting_at_desk(user: Person) -> list[Complaint]:
    """Complaints on which the person's centre owes the next step, the most urgent first, the first few."""
    rows = Complaint.objects.filter(state__in=(*AT_DESK, "answered")).select_related(f"area__{PARENTS}")
    return list(within_reach(user, rules.SCREEN, rows).order_by("due_on", "pk")[:MOST_OF_A_KIND])


def referrals_waiting(user: Person) -> list[Referral]:
    """Complaints on which the person's agency owes the next step, the most urgent first, the first few."""
    return list(referrals_for(user).filter(state__in=HELD)[:MOST_OF_A_KIND])


def may_take_in(user: Person) -> bool:
    """Whether the person takes complaints in at a counter."""
    return holds_anywhere(user, rules.TAKE_IN)


def may_see_complaints(user: Person) -> bool:
    """Whether the person sees complaints of some area or agency."""
    return holds_anywhere(user, rules.VIEW)


def referrals_of(complaint: Complaint) -> QuerySet[Referral]:
    """The ways of a complaint through agencies, the lead's first; for whoever may see the complaint."""
    return complaint.referrals.select_related("agency", "officer").order_by("-is_lead", "pk")


def open_complaint_numbered(typed: str, beside: Complaint) -> Complaint | None:
    """The open complaint of the same province that bears the number, to which another can be joined."""
    rows = Complaint.objects.filter(province=beside.province, state__in=OPEN, is_restricted=False)
    return rows.exclude(pk=beside.pk).filter(receipt=digits_of(typed)).first()


def colleagues_of(referral: Referral) -> QuerySet[User]:
    """Those who can look after a complaint at the agency that holds it."""
    roles = {grant.role for grant in rules.HANDLE.grants}
    posted = holding_now(Posting.objects.filter(agency=referral.agency_id, role__in=roles))
    return User.objects.filter(is_active=True, pk__in=posted.values("person")).order_by("sort_key")


def agencies_to_send_to(complaint: Complaint) -> QuerySet[Agency]:
    """Agencies with power where it happened, those with the mandate for its kind first; never the accused."""
    codes = complaint.area.path.split("/")[:-1]
    sector = complaint.kind.sector if complaint.kind else ""
    mandate = Mandate.objects.filter(agency=OuterRef("pk"), sector=sector)
    rows = Agency.objects.filter(Q(area__in=codes) | Q(area__path__startswith=complaint.area.path))
    rows = rows.filter(Q(valid_to=None) | Q(valid_to__gte=today()))
    if complaint.subject_agency_id is not None:
        rows = rows.exclude(pk=complaint.subject_agency_id)
    return rows.annotate(has_mandate=Exists(mandate)).order_by("-has_mandate", "sort_key")


def complaint_of_receipt(receipt: str, secret: str) -> Complaint | None:
    """The complaint that a receipt and its secret open; None, in like time, for every other pair."""
    digits = digits_of(receipt)
    found = None
    if is_receipt(digits):
        rows = Complaint.objects.select_related(f"area__{PARENTS}", "kind", "problem__main")
        found = rows.filter(receipt=digits).first()
    digest = found.secret_digest if found else NOBODYS
    return found if is_secret_of(digits, digest, secret) and found else None


def right_to_reveal(complaint: Complaint) -> Right:
    """The right by which its sender may be looked at: the sender said who may know him."""
    return rules.REVEAL_NAMED if complaint.manner == Complaint.Manner.NAMED else rules.REVEAL


def opened_by(complaint: Complaint) -> Complaint:
    """The complaint whose course answers this one: the main one of its problem, or itself."""
    if complaint.state == "repeated" and complaint.problem is not None:
        return complaint.problem.main
    return complaint


def repeats_of(complaint: Complaint, user: Person) -> QuerySet[Complaint]:
    """The other complaints of its problem that the person may see."""
    if complaint.problem_id is None:
        return Complaint.objects.none()
    return complaints_for(user).filter(problem=complaint.problem_id).exclude(pk=complaint.pk)


def counts_of(complaints: QuerySet[Complaint]) -> Counts:
    """Both ways of counting; a repeat counts with its problem."""
    once = Count("pk", filter=~Q(state="repeated"))
    told = complaints.order_by().aggregate(raw=Count("pk"), once=once)
    return Counts(told["raw"], told["once"])
