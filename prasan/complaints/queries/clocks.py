"""What the clocks of complaints show, read from the record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from prasan.agencies.models import Holiday
from prasan.agencies.queries import Person, postings_of, within_reach
from prasan.cases.models import Note
from prasan.complaints import events, rules
from prasan.complaints.models import Complaint, Escalation, Pause, Referral, TimeLimit
from prasan.complaints.states import AT_DESK, COMPLAINT, REFERRAL
from prasan.complaints.timing import (
    Paused,
    Reached,
    Shown,
    clock_of,
    last_turn,
    whole_way,
    with_pauses,
)
from prasan.kernel.calendar import WorkingDays, today
from prasan.kernel.clocks import Moment
from prasan.ledger.queries import entries_about, subject_of
from prasan.places.models import PARENTS, Area

_CLOSED = {
    workflow.code: frozenset(state.code for state in workflow.states if state.closed)
    for workflow in (COMPLAINT, REFERRAL)
}
NEVER = 32_767
"""A rung that no complaint reaches."""


@dataclass(frozen=True, slots=True)
class Rulers:
    """What every clock is read with: limits and working days."""

    limits: tuple[TimeLimit, ...]
    working_days: WorkingDays


@dataclass(frozen=True, slots=True)
class Clocks:
    """The clocks of a complaint, first that of the whole way, and those of its ways through agencies."""

    own: tuple[Shown, ...]
    at_agencies: Mapping[int, tuple[Shown, ...]]

    @property
    def owed(self) -> list[Shown]:
        """All of them in one row, of agencies those that still hold it."""
        return [*self.own, *(each for shown in self.at_agencies.values() for each in shown)]


def rulers() -> Rulers:
    """The limits and working days as they stand now."""
    return Rulers(
        tuple(TimeLimit.objects.order_by("pk")),
        WorkingDays(Holiday.objects.values_list("day", flat=True)),
    )


def clocks_of(complaint: Complaint, now: datetime, read_with: Rulers | None = None) -> Clocks:
    """The clocks of one complaint."""
    return clocks_of_each([complaint], now, read_with or rulers())[complaint.pk]


def clocks_of_each(complaints: Sequence[Complaint], now: datetime, read_with: Rulers) -> Mapping[int, Clocks]:
    """The clocks of many complaints in three queries, by the id of the complaint.

    Shown are the whole way, the turn of the centre while it lasts, and of every agency how long it took to
    take the complaint up and to answer.
    """
    referrals = list(Referral.objects.filter(complaint__in=complaints).order_by("pk"))
    reached = _reached([*complaints, *referrals])
    pauses: dict[int, list[Paused]] = defaultdict(list)
    for pause in Pause.objects.filter(complaint__in=complaints):
        pauses[pause.complaint_id].append(Paused(pause.since, pause.until))
    by_complaint: dict[int, list[Referral]] = defaultdict(list)
    for referral in referrals:
        by_complaint[referral.complaint_id].append(referral)

    def shown(complaint: Complaint, clock: TimeLimit.Clock, moments: Sequence[Moment]) -> Iterable[Shown]:
        read = clock_of(
            clock,
            with_pauses(moments, pauses[complaint.pk]),
            read_with.limits,
            kind=complaint.kind_id,
            province=complaint.area_id[:2],
            working_days=read_with.working_days,
            now=now,
        )
        return (read,) if read is not None else ()

    found = {}
    for complaint in complaints:
        states = reached[subject_of(complaint)]
        own = [*shown(complaint, TimeLimit.Clock.END, whole_way(states, _CLOSED[COMPLAINT.code]))]
        if complaint.state in AT_DESK:
            own += shown(complaint, TimeLimit.Clock.DESK, last_turn(states, AT_DESK))
        elif complaint.state == "answered":
            own += shown(complaint, TimeLimit.Clock.CLOSING, last_turn(states, ("answered",)))
        at_agencies = {}
        for referral in by_complaint[complaint.pk]:
            way = reached[subject_of(referral)]
            at_agencies[referral.pk] = (
                *shown(complaint, TimeLimit.Clock.ANSWER, whole_way(way, _CLOSED[REFERRAL.code])),
                *shown(complaint, TimeLimit.Clock.ACKNOWLEDGE, last_turn(way, ("sent",))),
            )
        found[complaint.pk] = Clocks(tuple(own), at_agencies)
    return found


def is_paused(complaint: Complaint) -> bool:
    """Whether the clocks of a complaint stand still."""
    return complaint.pauses.filter(until=None).exists()


def question_to_sender(complaint: Complaint) -> str:
    """What the sender is asked just now; empty where nothing is."""
    pause = complaint.pauses.filter(until=None, asks_sender=True).first()
    if pause is None:
        return ""
    asked = entries_about(complaint).filter(kind=events.PAUSED, after__pause=pause.pk)
    note = Note.objects.filter(entry_id__in=asked.values("pk"), audience=Note.Audience.PUBLIC).first()
    return note.text if note is not None else ""


def ladder() -> QuerySet[Escalation]:
    """Who is told when something is late, the first to be told first."""
    return Escalation.objects.select_related("role").order_by("days_late")


def provinces_to_limit(user: Person) -> QuerySet[Area]:
    """The provinces whose time limits the person sets."""
    held = {
        posting.area_id[:2]
        for posting in postings_of(user)
        if posting.area_id and posting.role in {grant.role for grant in rules.SET_LIMITS.grants}
    }
    return Area.objects.filter(pk__in=held).order_by("sort_key")


def limits_for(user: Person) -> QuerySet[TimeLimit]:
    """The time limits that hold everywhere and those of the provinces in the person's reach."""
    own = within_reach(user, rules.VIEW, TimeLimit.objects.all())
    rows = TimeLimit.objects.filter(Q(area=None) | Q(pk__in=own.values("pk")))
    return rows.select_related("kind", "area").order_by("clock", "kind__position", "area", "-valid_from")


def overdue_for(user: Person) -> QuerySet[Complaint]:
    """Complaints so late that the person's post was told of them, the latest first."""
    roles = {posting.role for posting in postings_of(user)}
    rungs = Escalation.objects.filter(role__in=roles).values_list("days_late", flat=True)
    late = Complaint.objects.filter(escalated__gte=min(rungs, default=NEVER), due_on__lt=today())
    rows = late.select_related(f"area__{PARENTS}", "kind")
    return within_reach(user, rules.URGE, rows).order_by("due_on", "pk")


def _reached(cases: Iterable[Complaint | Referral]) -> Mapping[tuple[str, str], list[Reached]]:
    """The states that each case reached, in their order."""
    found: dict[tuple[str, str], list[Reached]] = defaultdict(list)
    rows = entries_about(*cases).filter(after__has_key="state")
    for kind, key, after, at in rows.values_list("subject_kind", "subject_id", "after", "at"):
        found[kind, key].append(Reached(str(after["state"]), at))
    return found
