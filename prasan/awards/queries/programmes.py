"""Programmes, their editions and entries, as far as a person may see them."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from prasan.agencies.queries import Person, decide, within_reach
from prasan.awards import rules
from prasan.awards.models import Edition, Entry, Programme
from prasan.innovations.models import Innovation
from prasan.innovations.rules import WRITE
from prasan.kernel.calendar import today


def programmes() -> QuerySet[Programme]:
    """All programmes in dictionary order; anybody may read them."""
    return Programme.objects.select_related("organiser").order_by("sort_key", "pk")


def programmes_to_organise(user: Person) -> QuerySet[Programme]:
    """The programmes whose editions the person prepares and runs."""
    return within_reach(user, rules.ORGANISE, programmes())


def editions_for(user: Person) -> QuerySet[Edition]:
    """The editions that the person may see, with the number of entries that came in."""
    rows = Edition.objects.select_related("programme__organiser", "rule_set", "register")
    came_in = ~Q(entries__state__in=("draft", "withdrawn"))
    found = within_reach(user, rules.VIEW_EDITION, rows)
    return found.annotate(size=Count("entries", filter=came_in, distinct=True))


def entries_for(user: Person) -> QuerySet[Entry]:
    """The entries that the person may see."""
    rows = Entry.objects.select_related(
        "edition__programme", "edition__rule_set", "category", "owner", "innovation__area__parent",
        "innovation__owner", "award",
    )  # fmt: skip
    return within_reach(user, rules.VIEW_ENTRY, rows)


def own_entries(user: Person) -> QuerySet[Entry]:
    """The entries of the agencies for which the person enters."""
    rows = Entry.objects.select_related("edition__programme", "category", "owner", "innovation__area")
    return within_reach(user, rules.ENTER, rows)


def waiting_entries(user: Person) -> QuerySet[Entry]:
    """The entries that wait for the person to screen them."""
    rows = Entry.objects.filter(state="submitted")
    rows = rows.select_related("edition__programme", "category", "owner", "innovation__area")
    return within_reach(user, rules.SCREEN, rows, state="submitted")


def entries_to_enter_again(user: Person) -> QuerySet[Entry]:
    """The own entries that were returned or taken back, and can still be entered again."""
    returned = Q(state="returned", edition__state__in=("open", "screening"))
    taken_back = Q(
        state="draft", submitted_at__isnull=False, edition__state="open", edition__closes__gte=today()
    )
    return own_entries(user).filter(returned | taken_back)


def innovations_to_enter(user: Person) -> QuerySet[Innovation]:
    """The innovations that the person may enter: own ones that were not withdrawn or declined."""
    rows = Innovation.objects.filter(state__in=("draft", "proposed", "registered"))
    return within_reach(user, WRITE, rows.select_related("owner", "area")).order_by("sort_key", "pk")


def organises(user: Person, edition: Edition) -> bool:
    """Whether the person runs this edition."""
    return bool(decide(user, rules.ORGANISE, edition))
