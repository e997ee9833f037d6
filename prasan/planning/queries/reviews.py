"""Which proposals nobody has looked at in the current quarter, and which have changed since somebody did."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from prasan.agencies.queries import Person, within_reach
from prasan.kernel.calendar import BANGKOK, Quarter, today
from prasan.ledger.queries import entries_about
from prasan.places.models import PARENTS
from prasan.planning import rules
from prasan.planning.models import Proposal, ProposalVersion, Review

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Reading:
    """How somebody found a proposal: in which version, 0 for none, and in which state, empty for any."""

    version: int
    state: str = ""


def with_reading(rows: QuerySet[M], proposal: str = "pk") -> QuerySet[M]:
    """Rows read together with the number of the latest version of their proposal (`read_version`)."""
    latest = ProposalVersion.objects.filter(proposal=OuterRef(proposal)).order_by("-number")
    number = Coalesce(Subquery(latest.values("number")[:1]), 0)
    return rows.annotate(read_version=number)  # type: ignore[return-value] # rows of the same kind


def quarter_began(day: date | None = None) -> datetime:
    """The first instant of the quarter in which the day falls, today's where none is given."""
    return datetime.combine(Quarter.of(day or today()).starts, time(), BANGKOK)


def not_reviewed(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Those on their way that were neither submitted nor revised nor reviewed since the quarter began."""
    quarter = Quarter.of(today())
    versions = ProposalVersion.objects.filter(proposal=OuterRef("pk"), made_at__gte=quarter_began())
    reviews = Review.objects.filter(
        proposal=OuterRef("pk"), fiscal_year=quarter.fiscal_year.be, quarter=quarter.number
    )
    return rows.filter(~Exists(versions), ~Exists(reviews), state__in=rules.LIVE)


def stale_among(proposals: Iterable[Proposal]) -> set[int]:
    """The keys of those that wait for this quarter's review, asked at once."""
    rows = Proposal.objects.filter(pk__in=[proposal.pk for proposal in proposals])
    return set(not_reviewed(rows).values_list("pk", flat=True))


def proposals_to_review(user: Person) -> QuerySet[Proposal]:
    """What the person wrote, or answers for, and has not looked at this quarter; oldest first."""
    rows = Proposal.objects.select_related(f"area__{PARENTS}")
    return not_reviewed(within_reach(user, rules.REVISE, rows)).order_by("pk")


def revised_since_classified(proposal: Proposal) -> tuple[ProposalVersion, ProposalVersion] | None:
    """How the proposal read when it was classified and how it reads now, if it was revised in between.

    An agency's own project, which nobody classifies, counts from when it was submitted.
    """
    versions = sorted(proposal.versions.all(), key=lambda version: version.number)
    if all(version.why != ProposalVersion.Why.REVISED for version in versions):
        return None
    entries = entries_about(proposal).filter(
        kind__in=("planning.proposal.classify", "planning.proposal.submit_own")
    )
    classified = entries.order_by("-at").values_list("at", flat=True).first()
    if classified is None:
        return None
    before = [version for version in versions if version.made_at <= classified]
    since = [version for version in versions if version.made_at > classified]
    if not before or all(version.why != ProposalVersion.Why.REVISED for version in since):
        return None
    return before[-1], versions[-1]
