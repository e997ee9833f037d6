"""What waits for the governor's decision, against the money of the plan."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import OuterRef, QuerySet, Subquery

from prasan.agencies.queries import Person, within_reach
from prasan.places.models import PARENTS
from prasan.planning import rules
from prasan.planning.models import PlanVersion, Proposal, RankingRow, StrategicIssue
from prasan.planning.queries.overlaps import Overlap, overlaps_among
from prasan.planning.queries.plans import totals_of
from prasan.planning.queries.reviews import with_reading

UNDECIDED = ("accepted", "ranked", "reserve")
"""States in which a proposal waits for the governor."""


@dataclass(frozen=True, slots=True)
class Money:
    """What the plan may spend, which may be unknown, what its items cost, and what is asked besides."""

    ceiling: Decimal | None
    included: Decimal
    waiting: Decimal

    @property
    def left(self) -> Decimal | None:
        """What the ceiling leaves; below zero where it is passed already, None where it is not known."""
        return None if self.ceiling is None else self.ceiling - self.included


@dataclass(frozen=True, slots=True)
class Candidate:
    """A proposal that waits, with its place where it was ranked, and what overlaps it."""

    proposal: Proposal
    place: int | None
    overlaps: list[Overlap]


@dataclass(slots=True)
class IssueGroup:
    """The candidates that serve one strategic issue; `issue` is None for those that serve none."""

    issue: StrategicIssue | None
    candidates: list[Candidate] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The issue as an address names it."""
        return str(self.issue.pk) if self.issue else "none"

    @property
    def asked(self) -> Decimal:
        """What they cost together."""
        return sum((each.proposal.budget_asked for each in self.candidates), Decimal(0))


def proposals_to_decide(user: Person, version: PlanVersion) -> QuerySet[Proposal]:
    """The proposals that may enter this version, by issue, then place, then who came first."""
    place = RankingRow.objects.filter(proposal=OuterRef("pk"), sheet__state="frozen").order_by("-sheet_id")
    rows = within_reach(user, rules.VIEW_PROPOSAL, Proposal.objects.filter(state__in=UNDECIDED)).filter(
        area__path__startswith=version.plan.area.path if version.plan.area else "-",
        fiscal_year__gte=version.plan.first_year,
        fiscal_year__lte=version.plan.last_year,
    )
    return (
        with_reading(rows)
        .annotate(place=Subquery(place.values("place")[:1]))
        .select_related(f"area__{PARENTS}", "sector", "issue", "lead_agency", "own_by")
        .prefetch_related("needs")
        .order_by("issue__number", "issue_id", "place", "pk")
    )


def sheet_of(user: Person, version: PlanVersion) -> list[IssueGroup]:
    """All that waits, by strategic issue in the order of their numbers, those that serve none last."""
    waiting = list(proposals_to_decide(user, version))
    among = [*waiting, *_included(version)]
    overlaps = overlaps_among(among)
    groups: dict[int | None, IssueGroup] = {}
    for each in waiting:
        group = groups.setdefault(each.issue_id, IssueGroup(each.issue))
        place: int | None = each.place  # type: ignore[attr-defined] # annotated above
        group.candidates.append(Candidate(each, place, overlaps.get(each.pk, [])))
    return sorted(
        groups.values(), key=lambda group: (group.issue is None, group.issue.number if group.issue else 0)
    )


def money_of(version: PlanVersion, groups: list[IssueGroup]) -> Money:
    """The ceiling of the plan, what stands in the version, and what waits."""
    waiting = sum((group.asked for group in groups), Decimal(0))
    return Money(version.plan.ceiling, totals_of(version).amount, waiting)


def _included(version: PlanVersion) -> list[Proposal]:
    rows = Proposal.objects.filter(plan_items__version=version).select_related("area", "sector")
    return list(rows.prefetch_related("needs").order_by("pk"))
