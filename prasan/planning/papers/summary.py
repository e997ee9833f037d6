"""Form จ.1: the projects of a plan under the strategic issues they serve, with sums for each year."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Sum

from prasan.planning.models import ActivityBudget, PlanItem
from prasan.planning.papers.brief import IssueMeasure, measures_of

NO_ISSUE = "ไม่ได้ระบุประเด็นการพัฒนา"


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """A project and what it costs: in the years of the plan, and what cannot be told apart by them."""

    name: str
    place: str
    costs: Mapping[int, Decimal]
    whole: Decimal

    @property
    def rest(self) -> Decimal:
        """What falls on other years, or on years that are not known."""
        return self.whole - sum(self.costs.values(), Decimal(0))


@dataclass(slots=True)
class SummaryIssue:
    """A strategic issue with what it is measured by and its projects."""

    title: str
    order: tuple[int, int]
    measures: tuple[IssueMeasure, ...] = ()
    lines: list[SummaryLine] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Summary:
    """All issues of a plan; every sum is that of its lines."""

    title: str
    years: tuple[int, ...]
    issues: tuple[SummaryIssue, ...]

    @property
    def lines(self) -> list[SummaryLine]:
        """The projects of all issues."""
        return [line for issue in self.issues for line in issue.lines]


def summary_of(
    title: str, years: Iterable[int], items: Iterable[PlanItem], shown: Collection[int]
) -> Summary:
    """The summary of items in their order.

    Years of a project are told only where its proposal is among those `shown` and still costs what stands in
    the plan; else its amount stands undivided.
    """
    told, listed = tuple(years), list(items)
    costs = _costs({item.proposal_id for item in listed if item.proposal_id in shown})
    issues: dict[int, SummaryIssue] = {}
    served = {item.proposal.issue_id for item in listed if item.proposal is not None}
    measures = measures_of(issue for issue in served if issue is not None)
    for item in listed:
        issue = item.proposal.issue if item.proposal else None
        key = issue.pk if issue else 0
        if key not in issues:
            name = f"{issue.number}. {issue.name_th}" if issue else NO_ISSUE
            order = (0, issue.number) if issue else (1, 0)
            issues[key] = SummaryIssue(name, order, measures.get(key, ()))
        own = costs.get(item.proposal_id or 0, {})
        is_whole = sum(own.values(), Decimal(0)) == item.amount
        by_year = {year: amount for year, amount in own.items() if is_whole and year in told}
        place = item.area.full_name if item.area else ""
        issues[key].lines.append(SummaryLine(item.title, place, by_year, item.amount))
    return Summary(title, told, tuple(sorted(issues.values(), key=lambda issue: issue.order)))


def sums(lines: Iterable[SummaryLine], years: Iterable[int]) -> list[Decimal]:
    """What lines cost in each year, then in no year that is told, then together."""
    listed = list(lines)
    by_year = [sum((line.costs.get(year, Decimal(0)) for line in listed), Decimal(0)) for year in years]
    whole = sum((line.whole for line in listed), Decimal(0))
    return [*by_year, whole - sum(by_year, Decimal(0)), whole]


def _costs(proposals: Collection[int | None]) -> dict[int, dict[int, Decimal]]:
    rows = (
        ActivityBudget.objects.filter(activity__proposal__in=[key for key in proposals if key is not None])
        .order_by()
        .values_list("activity__proposal", "fiscal_year")
        .annotate(Sum("amount"))
    )
    found: dict[int, dict[int, Decimal]] = {}
    for proposal, year, amount in rows:
        found.setdefault(proposal, {})[year] = amount
    return found
