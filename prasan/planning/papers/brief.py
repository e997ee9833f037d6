"""What form จ.1-1 tells of one project, apart from the tables that hold it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from prasan.places.models import PARENTS
from prasan.planning.models import Activity, IssueIndicator, Proposal, StrategicIssue


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """One main activity, who does it, and what it costs in which fiscal year."""

    name: str
    responsible: str = ""
    helpers: str = ""
    budgets: Mapping[int, Decimal] = field(default_factory=dict)

    @property
    def cost(self) -> Decimal:
        """What it costs over all years."""
        return sum(self.budgets.values(), Decimal(0))


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """An indicator of the project and what it is to reach."""

    name: str
    target: str


@dataclass(frozen=True, slots=True)
class IssueMeasure:
    """An indicator of a strategic issue and its target in each fiscal year."""

    name: str
    unit: str
    targets: Mapping[int, str]

    @property
    def words(self) -> str:
        """The indicator and all its targets on one line."""
        unit = f" ({self.unit})" if self.unit else ""
        told = ", ".join(f"ปี {year}: {target}" for year, target in sorted(self.targets.items()))
        return f"{self.name}{unit} {told}".strip()


@dataclass(frozen=True, slots=True)
class Brief:
    """All words, codes, days and sums of a project; what a file of ours gives back whole."""

    number: int | None = None
    name: str = ""
    area: str = ""
    area_name: str = ""
    issue: str = ""
    approach: str = ""
    main_programme: str = ""
    programme: str = ""
    rationale: str = ""
    objective: str = ""
    indicators: tuple[IndicatorLine, ...] = ()
    target_words: str = ""
    activities: tuple[ActivityLine, ...] = ()
    operator: str = ""
    starts: date | None = None
    ends: date | None = None
    budget_asked: Decimal = Decimal(0)
    output: str = ""
    outcome: str = ""
    fiscal_year: int | None = None
    sector: str = ""
    kind: str = ""
    households: int | None = None
    beneficiaries: int | None = None

    @property
    def years(self) -> list[int]:
        """The fiscal years in which its activities cost something."""
        return sorted({year for activity in self.activities for year in activity.budgets})


@dataclass(frozen=True, slots=True)
class Form:
    """A brief with what the head of the form says of the issue it serves."""

    brief: Brief
    measures: tuple[IssueMeasure, ...] = ()


def forms_of(proposals: QuerySet[Proposal]) -> Iterator[Form]:
    """The forms of proposals that the caller has chosen, in the order given, read at once."""
    rows = list(
        proposals.select_related(None)
        .select_related(f"area__{PARENTS}", "issue", "approach")
        .prefetch_related("activities__budgets", "indicators")
    )
    measures = measures_of({row.issue_id for row in rows if row.issue_id is not None})
    for row in rows:
        yield Form(brief_of(row), measures.get(row.issue_id or 0, ()))


def brief_of(proposal: Proposal) -> Brief:
    """The brief of one proposal."""
    return Brief(
        number=proposal.pk,
        name=proposal.name,
        area=proposal.area_id,
        area_name=proposal.area.full_name,
        issue=_numbered(proposal.issue) if proposal.issue else "",
        approach=proposal.approach.name_th if proposal.approach else "",
        main_programme=proposal.main_programme,
        programme=proposal.programme,
        rationale=proposal.rationale,
        objective=proposal.objective,
        indicators=tuple(IndicatorLine(row.name, row.target) for row in proposal.indicators.all()),
        target_words=proposal.target_words,
        activities=tuple(_activity(row) for row in proposal.activities.all()),
        operator=proposal.operator,
        starts=proposal.starts,
        ends=proposal.ends,
        budget_asked=proposal.budget_asked,
        output=proposal.output,
        outcome=proposal.outcome,
        fiscal_year=proposal.fiscal_year,
        sector=proposal.sector_id,
        kind=proposal.kind_id or "",
        households=proposal.households,
        beneficiaries=proposal.beneficiaries,
    )


def measures_of(issues: Iterable[int]) -> dict[int, tuple[IssueMeasure, ...]]:
    """The indicators of strategic issues with their yearly targets, by the id of the issue."""
    found: dict[int, list[IssueMeasure]] = {}
    for row in IssueIndicator.objects.filter(issue__in=issues).prefetch_related("targets"):
        targets = {target.fiscal_year: target.target for target in row.targets.all()}
        found.setdefault(row.issue_id, []).append(IssueMeasure(row.name, row.unit, targets))
    return {issue: tuple(measures) for issue, measures in found.items()}


def _numbered(issue: StrategicIssue) -> str:
    return f"{issue.number}. {issue.name_th}"


def _activity(row: Activity) -> ActivityLine:
    budgets = {budget.fiscal_year: budget.amount for budget in row.budgets.all()}
    return ActivityLine(row.name, row.responsible, row.helpers, budgets)
