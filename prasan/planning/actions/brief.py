"""Writing what form จ.1-1 asks of a project, and keeping how it read each time it went its way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Max
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.cases.words import cleaned, findable
from prasan.kernel.money import format_baht
from prasan.kernel.refusals import Refused
from prasan.planning.models import (
    Activity,
    ActivityBudget,
    Approach,
    Indicator,
    ProjectKind,
    Proposal,
    ProposalVersion,
    Sector,
    StrategicIssue,
)
from prasan.planning.queries.brief import content_of

LARGEST_SUM = Decimal("99999999999999.99")
"""What the columns of money hold."""

MOST_ROWS = 50
"""Activities, or indicators, of one proposal."""

MOST_YEARS = 10
"""Fiscal years over which one proposal may spend."""


@dataclass(frozen=True, slots=True)
class ActivityWords:
    """One main activity: what it costs in which fiscal year, and who does it, as written."""

    name: str
    budgets: Mapping[int, Decimal]
    responsible: str = ""
    helpers: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorWords:
    """An indicator and what it is to reach, as written."""

    name: str
    target: str


@dataclass(frozen=True, slots=True)
class ProposalWords:
    """What an author writes of a project: the fields of form จ.1-1.

    Without activities the whole budget is one, in the fiscal year; with them, they must add up to it.
    """

    name: str
    sector: Sector
    fiscal_year: int
    rationale: str = ""
    objective: str = ""
    households: int = 0
    beneficiaries: int | None = None
    budget_asked: Decimal = Decimal(0)
    kind: ProjectKind | None = None
    approach: Approach | None = None
    main_programme: str = ""
    programme: str = ""
    target_words: str = ""
    operator: str = ""
    starts: date | None = None
    ends: date | None = None
    output: str = ""
    outcome: str = ""
    activities: tuple[ActivityWords, ...] = ()
    indicators: tuple[IndicatorWords, ...] = field(default=())


def write_words(proposal: Proposal, words: ProposalWords) -> None:
    """Set the columns of a proposal that is not saved yet; Refused where they say what cannot be."""
    proposal.name = cleaned(words.name, 300)
    if not proposal.name:
        raise Refused(_("Please name the project."))
    proposal.rationale, proposal.objective = cleaned(words.rationale), cleaned(words.objective)
    proposal.main_programme, proposal.programme = (
        cleaned(words.main_programme, 300),
        cleaned(words.programme, 300),
    )
    proposal.target_words, proposal.operator = cleaned(words.target_words), cleaned(words.operator, 300)
    proposal.output, proposal.outcome = cleaned(words.output), cleaned(words.outcome)
    if not 2560 <= words.fiscal_year <= 2700:
        raise Refused(_("Please give the fiscal year as a Buddhist year, such as 2571."))
    proposal.fiscal_year = words.fiscal_year
    if not (0 <= words.households <= 10_000_000 and 0 <= (words.beneficiaries or 0) <= 100_000_000):
        raise Refused(_("Please check the numbers of households and people."))
    proposal.households, proposal.beneficiaries = words.households, words.beneficiaries
    if words.starts and words.ends and words.ends < words.starts:
        raise Refused(_("The project cannot end before it begins. Please check both days."))
    proposal.starts, proposal.ends = words.starts, words.ends
    proposal.budget_asked = whole_satang(words.budget_asked)
    proposal.sector, proposal.kind, proposal.approach = words.sector, words.kind, words.approach
    if words.approach is not None and not is_in_force(words.approach.issue, proposal):
        raise Refused(_("This approach belongs to another area or other years. Please choose another."))
    proposal.search_key = findable(proposal.area, proposal.name, proposal.rationale, proposal.objective)


def write_rows(proposal: Proposal, words: ProposalWords) -> None:
    """Replace the activities and indicators of a saved proposal; the activities add up to its budget."""
    activities = words.activities or _only_activity(proposal)
    if len(activities) > MOST_ROWS or len(words.indicators) > MOST_ROWS:
        raise Refused(_("There are more than %(most)d rows. Please put some together.") % {"most": MOST_ROWS})
    total = sum((_cost(activity, proposal) for activity in activities), Decimal(0))
    if total != proposal.budget_asked:
        raise Refused(
            _("The activities cost %(total)s, but the budget asked is %(asked)s. Please make them equal.")
            % {"total": format_baht(total), "asked": format_baht(proposal.budget_asked)}
        )
    proposal.activities.all().delete()
    proposal.indicators.all().delete()
    rows = Activity.objects.bulk_create(
        Activity(
            proposal=proposal,
            number=number,
            name=_named(activity.name),
            responsible=cleaned(activity.responsible, 300),
            helpers=cleaned(activity.helpers, 600),
        )
        for number, activity in enumerate(activities, start=1)
    )
    ActivityBudget.objects.bulk_create(
        ActivityBudget(activity=row, fiscal_year=year, amount=amount)
        for row, activity in zip(rows, activities, strict=True)
        for year, amount in sorted(activity.budgets.items())
        if amount
    )
    Indicator.objects.bulk_create(
        Indicator(
            proposal=proposal,
            number=number,
            name=_named(indicator.name),
            target=cleaned(indicator.target, 300),
        )
        for number, indicator in enumerate(words.indicators, start=1)
    )


def keep_version(
    proposal: Proposal, why: ProposalVersion.Why, *, by: User | None, posting: int | None = None
) -> ProposalVersion:
    """Keep how a locked proposal reads now, under the next number."""
    last = proposal.versions.aggregate(last=Max("number"))["last"] or 0
    return ProposalVersion.objects.create(
        proposal=proposal,
        number=last + 1,
        why=why,
        content=content_of(proposal),
        made_by=by,
        posting_id=posting,
    )


def facts_of(proposal: Proposal) -> dict[str, str | int | None]:
    """What the ledger keeps of the words: sums and codes, no free text."""
    return {
        "budget_asked": str(proposal.budget_asked),
        "fiscal_year": proposal.fiscal_year,
        "sector": proposal.sector_id,
        "households": proposal.households,
    }


def is_in_force(issue: StrategicIssue, proposal: Proposal) -> bool:
    """Whether a strategic issue can be named for the proposal: of an area around it, and of its year."""
    of_the_place = proposal.area.path.startswith(issue.area.path)
    return of_the_place and issue.first_year <= proposal.fiscal_year <= issue.last_year


def whole_satang(amount: Decimal) -> Decimal:
    """A sum of baht that the columns hold, to the satang; Refused where it is none."""
    if not amount.is_finite() or not 0 <= amount <= LARGEST_SUM:
        raise Refused(_("Please check the budget: it is a sum of baht, not below zero."))
    if amount != (rounded := amount.quantize(Decimal("0.01"))):
        raise Refused(_("Please give the budget in whole satang."))
    return rounded


def _only_activity(proposal: Proposal) -> tuple[ActivityWords, ...]:
    if not proposal.budget_asked:
        return ()
    return (ActivityWords(proposal.name, {proposal.fiscal_year: proposal.budget_asked}, proposal.operator),)


def _cost(activity: ActivityWords, proposal: Proposal) -> Decimal:
    first = proposal.fiscal_year
    if any(not first <= year < first + MOST_YEARS for year in activity.budgets):
        raise Refused(
            _("Budgets are given for the fiscal year %(first)d and up to nine years after it.")
            % {"first": first}
        )
    return sum((whole_satang(amount) for amount in activity.budgets.values()), Decimal(0))


def _named(name: str) -> str:
    if not (name := cleaned(name, 300)):
        raise Refused(_("Please name every activity and every indicator, or leave the row empty."))
    return name
