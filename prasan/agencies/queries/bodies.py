"""Agencies, committees with their members and meetings, calls and holidays, as far as a person may see."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TypeVar

from django.db.models import Case, Count, IntegerField, Q, QuerySet, When

from prasan.agencies import rules
from prasan.agencies.models import Agency, Call, CallAnswer, Committee, Holiday, Meeting, Membership
from prasan.agencies.queries.rights import within_reach
from prasan.agencies.queries.standing import Person, current
from prasan.kernel.calendar import today
from prasan.kernel.words import search_key

B = TypeVar("B", Agency, Committee)

_BY_SEAT = Case(
    When(seat=Membership.Seat.CHAIR, then=0),
    When(seat=Membership.Seat.SECRETARY, then=1),
    default=2,
    output_field=IntegerField(),
)


def agencies_for(user: Person) -> QuerySet[Agency]:
    """The agencies that the person may see, in dictionary order."""
    agencies = within_reach(user, rules.VIEW_AGENCY, Agency.objects.all())
    return agencies.select_related("parent", "area").order_by("sort_key", "pk")


def agencies_to_found_below(user: Person) -> QuerySet[Agency]:
    """The agencies in the area that the person keeps: to post people to and to found units under."""
    return within_reach(user, rules.FOUND_AGENCY, Agency.objects.all()).order_by("sort_key", "pk")


def committees_for(user: Person) -> QuerySet[Committee]:
    """The committees that the person may see, with the number of seats held today, in dictionary order."""
    committees = within_reach(user, rules.VIEW_COMMITTEE, Committee.objects.all())
    return (
        committees.select_related("area", "agency")
        .annotate(seats=Count("memberships", filter=current(today(), "memberships__"), distinct=True))
        .order_by("sort_key", "pk")
    )


def members_on(committee: Committee, day: date) -> QuerySet[Membership]:
    """The seats of a committee that are held on a day by a posting that holds on that day too."""
    return (
        Membership.objects.filter(current(day), current(day, "posting__"), committee=committee)
        .select_related("posting__person", "posting__role")
        .order_by(_BY_SEAT, "starts", "pk")
    )


def naming_bodies(bodies: QuerySet[B], text: str) -> QuerySet[B]:
    """Those of the agencies or committees whose name has every word of the text."""
    for word in text.split():
        bodies = bodies.filter(search_key__contains=search_key(word))
    return bodies


def present_at(meeting: Meeting) -> QuerySet[Membership]:
    """The seats that were recorded as present at a meeting."""
    seats = Membership.objects.filter(pk__in=meeting.attendances.values("membership"))
    return seats.select_related("posting").order_by(_BY_SEAT, "starts", "pk")


def meetings_for(user: Person) -> QuerySet[Meeting]:
    """The meetings of the committees that the person may see, the latest first."""
    meetings = within_reach(user, rules.VIEW_COMMITTEE, Meeting.objects.all())
    return (
        meetings.select_related("committee__area")
        .annotate(present=Count("attendances", distinct=True), resolved=Count("resolutions", distinct=True))
        .order_by("-held_on", "-number", "pk")
    )


def calls_open_on(day: date) -> QuerySet[Call]:
    """The calls that take answers on a day, those that close first in front."""
    return Call.objects.filter(opens__lte=day, closes__gte=day).order_by("closes", "pk")


def unanswered(call: Call) -> QuerySet[CallAnswer]:
    """Who was asked and has not answered yet."""
    return call.answers.filter(answered_at=None).select_related("area", "agency").order_by("pk")


def holidays_between(first: date, last: date) -> frozenset[date]:
    """The public holidays from a day to a day, both included."""
    return frozenset(Holiday.objects.filter(day__range=(first, last)).values_list("day", flat=True))


def holidays_of(year: int) -> QuerySet[Holiday]:
    """The public holidays of a Gregorian year, in their order; anybody may read them."""
    return Holiday.objects.filter(day__year=year).order_by("day")


def years_with_holidays() -> list[int]:
    """The Gregorian years of which holidays are known."""
    return [day.year for day in Holiday.objects.dates("day", "year")]


def holiday_names(days: Collection[date]) -> dict[date, str]:
    """What those of the days are called that are public holidays."""
    return {holiday.day: str(holiday) for holiday in Holiday.objects.filter(day__in=days)}


def agencies_with_mandate(sectors: Collection[str], within: str, on: date | None = None) -> QuerySet[Agency]:
    """Agencies that may act on all these subjects in an area (given by its path) on a day."""
    day = on or today()
    agencies = Agency.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day))
    above = [within[:end] for end in range(len(within) + 1) if end == 0 or within[end - 1] == "/"]
    agencies = agencies.filter(area__path__in=above)
    for sector in set(sectors):
        agencies = agencies.filter(
            Q(mandates__valid_from=None) | Q(mandates__valid_from__lte=day),
            Q(mandates__valid_to=None) | Q(mandates__valid_to__gte=day),
            mandates__sector=sector,
        )
    return agencies.distinct().order_by("sort_key", "pk")
