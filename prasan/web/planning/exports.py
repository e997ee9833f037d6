"""Lists of this room as tables for a file, read bit by bit.

What many rows point at is read once for the whole list, so that a row costs little more than its own columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from prasan.agencies.models import Agency, CallAnswer
from prasan.places.models import Area
from prasan.places.queries import full_names
from prasan.planning.models import (
    AssessmentVersion,
    Criterion,
    Need,
    PlanItem,
    Proposal,
    Routing,
    Sector,
    StrategicIssue,
)
from prasan.planning.queries.scoring import Row
from prasan.sheets.table import CellValue, Table
from prasan.web.shell.exports import ROWS_AT_ONCE

C = TypeVar("C", Need, Proposal)


def needs_table(needs: QuerySet[Need]) -> Table:
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
    return Table(_("Needs"), headers, _need_rows(needs))


def proposals_table(proposals: QuerySet[Proposal]) -> Table:
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
    return Table(_("Proposals"), headers, _proposal_rows(proposals))


def routings_table(routings: QuerySet[Routing]) -> Table:
    """What was sent to an agency in the order given; never a person's name."""
    headers = [
        _("Number"),
        _("Name of the project"),
        _("Sector"),
        _("Budget asked (baht)"),
        _("Area code"),
        _("Area"),
        _("Agency"),
        _("Part"),
        _("State"),
        _("Sent on"),
        _("Days waiting"),
        _("Recommendation"),
    ]
    return Table(_("Inbox of the agency"), headers, _routing_rows(routings))


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


def answers_table(answers: QuerySet[CallAnswer]) -> Table:
    """Those asked in a call in the order given; places and agencies, never a person's name."""
    headers = [_("Area code"), _("Place or agency"), _("Answered on"), _("Nothing to report")]
    rows = answers.iterator(chunk_size=ROWS_AT_ONCE)
    return Table(_("Answers to the call"), headers, (_answer_row(answer) for answer in rows))


def items_table(items: QuerySet[PlanItem]) -> Table:
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


def _need_rows(needs: QuerySet[Need]) -> Iterator[list[CellValue]]:
    areas, sectors = _areas_of(needs), Sector.objects.in_bulk()
    for need in _bit_by_bit(needs):
        yield [
            need.pk,
            need.title,
            need.description,
            str(sectors[need.sector_id]),
            need.households,
            need.area_id,
            areas[need.area_id],
            str(need.state_now.label),
            need.created_at,
        ]


def _proposal_rows(proposals: QuerySet[Proposal]) -> Iterator[list[CellValue]]:
    areas, sectors = _areas_of(proposals), Sector.objects.in_bulk()
    issues, agencies = StrategicIssue.objects.in_bulk(), Agency.objects.in_bulk()
    for proposal in _bit_by_bit(proposals):
        yield [
            proposal.pk,
            proposal.name,
            str(sectors[proposal.sector_id]),
            proposal.fiscal_year,
            proposal.budget_asked,
            proposal.households,
            proposal.area_id,
            areas[proposal.area_id],
            str(proposal.state_now.label),
            str(proposal.get_doer_display()),
            str(issues[proposal.issue_id]) if proposal.issue_id else "",
            str(agencies[proposal.lead_agency_id]) if proposal.lead_agency_id else "",
        ]


def _routing_rows(routings: QuerySet[Routing]) -> Iterator[list[CellValue]]:
    areas = full_names(Area.objects.filter(pk__in=routings.order_by().values("proposal__area")))
    sectors, agencies = Sector.objects.in_bulk(), Agency.objects.in_bulk()
    told = dict(AssessmentVersion.Recommendation.choices)
    rows = routings.select_related(None).select_related("proposal")
    for routing in rows.iterator(chunk_size=ROWS_AT_ONCE):
        proposal = routing.proposal
        yield [
            proposal.pk,
            proposal.name,
            str(sectors[proposal.sector_id]),
            proposal.budget_asked,
            proposal.area_id,
            areas[proposal.area_id],
            str(agencies[routing.agency_id]),
            _("lead agency") if routing.is_lead else _("helps"),
            str(routing.state_now.label),
            routing.created_at,
            routing.days_waiting,
            str(told.get(routing.recommended or "", "")),  # type: ignore[attr-defined] # by inbox_for
        ]


def _answer_row(answer: CallAnswer) -> list[CellValue]:
    nothing = getattr(answer, "has_nothing", False)
    return [
        answer.area_id or "",
        answer.area.full_name if answer.area else str(answer.agency),
        answer.answered_at,
        _("yes") if nothing else "",
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


def _item_rows(items: QuerySet[PlanItem]) -> Iterator[list[CellValue]]:
    for item in items.iterator(chunk_size=ROWS_AT_ONCE):
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


def _bit_by_bit(cases: QuerySet[C]) -> Iterator[C]:
    return cases.select_related(None).defer("search_key").iterator(chunk_size=ROWS_AT_ONCE)


def _areas_of(cases: QuerySet[Need] | QuerySet[Proposal]) -> dict[str, str]:
    return full_names(Area.objects.filter(pk__in=cases.order_by().values("area")))


def _rounded(points: Fraction | None) -> Decimal | None:
    return None if points is None else round(Decimal(points.numerator) / points.denominator, 2)
