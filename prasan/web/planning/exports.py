"""Lists of this room as tables for a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from prasan.agencies.models import CallAnswer
from prasan.planning.models import Criterion, Need, PlanItem, Proposal
from prasan.planning.queries.scoring import Row
from prasan.sheets.table import CellValue, Table


def needs_table(needs: Iterable[Need]) -> Table:
    """Needs in the order given; never a person's name."""
    headers = [
        _("Number"),
        _("What is needed"),
        _("Description"),
        _("Sector"),
        _("Households touched"),
        _("Area code"),
        _("Area"),
        _("State"),
        _("Begun on"),
    ]
    return Table(_("Needs"), headers, (_need_row(need) for need in needs))


def proposals_table(proposals: Iterable[Proposal]) -> Table:
    """Proposals in the order given; never a person's name."""
    headers = [
        _("Number"),
        _("Name of the project"),
        _("Sector"),
        _("Fiscal year"),
        _("Budget asked (baht)"),
        _("Households that benefit"),
        _("Area code"),
        _("Area"),
        _("State"),
        _("Who does it"),
        _("Strategic issue"),
        _("Lead agency"),
    ]
    return Table(_("Proposals"), headers, (_proposal_row(proposal) for proposal in proposals))


def ranking_table(criteria: Sequence[Criterion], rows: Iterable[Row]) -> Table:
    """A ranking as it is shown, with the points of each criterion."""
    headers = [
        _("Rank"),
        _("Number"),
        _("Name of the project"),
        _("Area"),
        _("Budget asked (baht)"),
        _("Points of 100"),
        *(str(criterion) for criterion in criteria),
    ]
    return Table(_("Ranking"), headers, (list(_ranking_row(criteria, row)) for row in rows))


def answers_table(answers: Iterable[CallAnswer]) -> Table:
    """Those asked in a call in the order given; places and agencies, never a person's name."""
    headers = [_("Area code"), _("Place or agency"), _("Answered on"), _("Nothing to report")]
    return Table(_("Answers to the call"), headers, (_answer_row(answer) for answer in answers))


def items_table(items: Iterable[PlanItem]) -> Table:
    """Items of plans in the order given, each with the document and line it was read from."""
    headers = [
        _("Plan"),
        _("Version"),
        _("State"),
        _("Priority"),
        _("Title"),
        _("Amount (baht)"),
        _("Area code"),
        _("Area"),
        _("How it was placed"),
        _("Document"),
        _("Page"),
        _("Line"),
    ]
    return Table(_("Items of the plan"), headers, _item_rows(items))


def _need_row(need: Need) -> list[CellValue]:
    return [
        need.pk,
        need.title,
        need.description,
        str(need.sector),
        need.households,
        need.area_id,
        need.area.full_name,
        str(need.state_now.label),
        need.created_at,
    ]


def _proposal_row(proposal: Proposal) -> list[CellValue]:
    return [
        proposal.pk,
        proposal.name,
        str(proposal.sector),
        proposal.fiscal_year,
        proposal.budget_asked,
        proposal.households,
        proposal.area_id,
        proposal.area.full_name,
        str(proposal.state_now.label),
        str(proposal.get_doer_display()),
        str(proposal.issue or ""),
        str(proposal.lead_agency or ""),
    ]


def _answer_row(answer: CallAnswer) -> list[CellValue]:
    nothing = getattr(answer, "has_nothing", False)
    return [
        answer.area_id or "",
        answer.area.full_name if answer.area else str(answer.agency),
        answer.answered_at,
        _("yes") if nothing else "",
    ]


def _item_rows(items: Iterable[PlanItem]) -> Iterator[list[CellValue]]:
    for item in items:
        yield [
            str(item.version.plan),
            item.version.number,
            str(item.version.state_now.label),
            item.priority,
            item.title,
            item.amount,
            item.area_id or "",
            item.area.full_name if item.area else "",
            str(item.get_placing_display()),
            item.source_document,
            item.source_page,
            item.source_line,
        ]


def _ranking_row(criteria: Sequence[Criterion], row: Row) -> Iterator[CellValue]:
    points = {share.criterion: share.points for share in row.standing.shares}
    yield row.standing.place
    yield row.proposal.pk
    yield row.proposal.name
    yield row.proposal.area.full_name
    yield row.proposal.budget_asked
    yield _rounded(row.standing.points)
    for criterion in criteria:
        yield _rounded(points.get(str(criterion.pk)))


def _rounded(points: Fraction | None) -> Decimal | None:
    return None if points is None else round(Decimal(points.numerator) / points.denominator, 2)
