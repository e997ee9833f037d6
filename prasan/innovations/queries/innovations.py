"""Innovations as far as a person may see them, and for whom he may write."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from prasan.agencies.models import Agency
from prasan.agencies.queries import Person, decide, postings_of, within_reach
from prasan.innovations import rules
from prasan.innovations.models import Innovation, InnovationArea, InnovationVersion
from prasan.places.models import PARENTS


def innovations_for(user: Person, state: str = "") -> QuerySet[Innovation]:
    """The innovations that the person may see; only those in a state, where one is named."""
    rows = Innovation.objects.select_related("owner", "area__parent")
    if state:
        rows = rows.filter(state=state)
    return within_reach(user, rules.VIEW, rows, state=state)


def is_seen(user: Person, innovation: Innovation) -> bool:
    """Whether the person may see this innovation: one that was taken up may be withdrawn by now."""
    return innovations_for(user).filter(pk=innovation.pk).exists()


def with_areas(innovations: QuerySet[Innovation]) -> QuerySet[Innovation]:
    """The innovations with the areas in which they are carried out, and with all that names these."""
    rows = InnovationArea.objects.select_related(f"area__{PARENTS}", "local_government")
    return innovations.prefetch_related(Prefetch("areas", rows.prefetch_related("local_government__kinds")))


def own_innovations(user: Person) -> QuerySet[Innovation]:
    """Those that the person writes, in whatever state."""
    return within_reach(user, rules.WRITE, Innovation.objects.select_related("owner", "area__parent"))


def waiting_innovations(user: Person) -> QuerySet[Innovation]:
    """Those that wait for the person's word on whether they are registered."""
    rows = Innovation.objects.filter(state="proposed").select_related("owner", "area__parent")
    return within_reach(user, rules.ASSESS, rows, state="proposed")


def owners_to_write_for(user: Person) -> QuerySet[Agency]:
    """The agencies for which the person writes innovations."""
    roles = {grant.role for grant in rules.WRITE.grants}
    held = {posting.agency_id for posting in postings_of(user) if posting.role in roles}
    rows = Agency.objects.filter(pk__in=held).select_related(f"area__{PARENTS}")
    return rows.order_by("sort_key")


def versions_for(user: Person, innovation: Innovation) -> QuerySet[InnovationVersion]:
    """How an innovation read each time it was sent, for those who work on it."""
    if not decide(user, rules.VIEW_INSIDE, innovation):
        return InnovationVersion.objects.none()
    return innovation.versions.select_related("posting").order_by("-number")
