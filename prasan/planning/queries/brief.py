"""What form จ.1-1 says of a proposal, whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from prasan.agencies.queries import Person, postings_of
from prasan.kernel.calendar import FiscalYear, today
from prasan.places.models import Area
from prasan.planning.models import (
    Activity,
    Approach,
    Indicator,
    IssueIndicator,
    ProjectKind,
    Proposal,
    StrategicIssue,
)

_WORDS = (
    "name",
    "rationale",
    "objective",
    "main_programme",
    "programme",
    "target_words",
    "operator",
    "output",
    "outcome",
)
_CODES = ("area_id", "sector_id", "kind_id", "approach_id", "fiscal_year", "households", "beneficiaries")


def content_of(proposal: Proposal) -> dict[str, Any]:
    """Every word, code, day and sum of the form, as plain values that JSON keeps."""
    return {
        **{name: getattr(proposal, name) for name in (*_WORDS, *_CODES)},
        "starts": proposal.starts.isoformat() if proposal.starts else None,
        "ends": proposal.ends.isoformat() if proposal.ends else None,
        "budget_asked": str(proposal.budget_asked),
        "activities": [
            {
                "name": activity.name,
                "responsible": activity.responsible,
                "helpers": activity.helpers,
                "budgets": {str(budget.fiscal_year): str(budget.amount) for budget in activity.budgets.all()},
            }
            for activity in proposal.activities.prefetch_related("budgets")
        ],
        "indicators": list(proposal.indicators.values("name", "target")),
    }


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """One activity as a line of a table: its sum for each of the years, None where it costs nothing."""

    activity: Activity
    by_year: Sequence[tuple[int, Decimal | None]]
    total: Decimal


@dataclass(frozen=True, slots=True)
class Brief:
    """What form จ.1-1 shows of a proposal besides its columns."""

    years: Sequence[int]
    activities: Sequence[ActivityLine]
    by_year: Sequence[tuple[int, Decimal]]
    total: Decimal
    indicators: Sequence[Indicator]
    issue: StrategicIssue | None
    issue_indicators: Sequence[IssueIndicator]


def brief_of(proposal: Proposal) -> Brief:
    """The rows and totals of a proposal, and its issue: as classified, or else as its author named it."""
    rows = list(proposal.activities.prefetch_related("budgets"))
    spent = [{each.fiscal_year: each.amount for each in row.budgets.all()} for row in rows]
    years = sorted({year for each in spent for year in each})
    issue = proposal.issue or (proposal.approach.issue if proposal.approach else None)
    return Brief(
        years=years,
        activities=[
            ActivityLine(row, [(year, each.get(year)) for year in years], sum(each.values(), Decimal(0)))
            for row, each in zip(rows, spent, strict=True)
        ],
        by_year=[(year, sum((each.get(year, Decimal(0)) for each in spent), Decimal(0))) for year in years],
        total=sum((sum(each.values(), Decimal(0)) for each in spent), Decimal(0)),
        indicators=list(proposal.indicators.all()),
        issue=issue,
        issue_indicators=list(issue.indicators.prefetch_related("targets")) if issue else [],
    )


def kinds_offered() -> QuerySet[ProjectKind]:
    """The kinds of project to choose from, in Thai dictionary order, “other” last."""
    rows = ProjectKind.objects.filter(is_open=True)
    return rows.alias(is_last=Q(code="other")).order_by("is_last", "sort_key")


def areas_of_work(user: Person) -> list[Area]:
    """The areas of the person's postings."""
    return list(Area.objects.filter(pk__in={posting.area_id for posting in postings_of(user)}))


def approaches_offered(areas: Iterable[Area]) -> QuerySet[Approach]:
    """Approaches of the issues that are in force around any of the areas, now or later."""
    codes = {code for area in areas for code in area.path.split("/")[:-1]}
    rows = Approach.objects.filter(
        issue__area__in=codes, issue__last_year__gte=FiscalYear.of(today()).be
    ).select_related("issue")
    return rows.order_by("issue__first_year", "issue__number", "number")
