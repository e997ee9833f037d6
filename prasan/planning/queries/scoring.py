"""Scoring sheets, who has given which marks, and the ranking that follows from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from prasan.accounts.models import User
from prasan.agencies.queries import Person, decide, within_reach
from prasan.ledger.queries import entries_about
from prasan.places.models import PARENTS, Area, Level
from prasan.planning import rules
from prasan.planning.models import Criterion, Mark, Proposal, ScoreSheet
from prasan.selection import ranking
from prasan.selection.ranking import Standing


@dataclass(frozen=True, slots=True)
class Row:
    """A proposal on a ranking: where it stands, and where it would stand with other weights."""

    proposal: Proposal
    standing: Standing[int]
    usual: Standing[int]

    @property
    def moved(self) -> int:
        """How many places it gains by the other weights; 0 where either place is unknown."""
        if self.standing.place is None or self.usual.place is None:
            return 0
        return self.usual.place - self.standing.place

    @property
    def fell(self) -> int:
        """How many places it loses by the other weights."""
        return max(0, -self.moved)


def sheets_for(user: Person) -> QuerySet[ScoreSheet]:
    """The scoring sheets that the person may see, the latest first."""
    rows = ScoreSheet.objects.select_related("area", "call")
    return within_reach(user, rules.VIEW_SHEET, rows).order_by("-fiscal_year", "-pk")


def provinces_scoring(user: Person) -> QuerySet[Area]:
    """The provinces whose scoring sheets the person may see."""
    return within_reach(user, rules.VIEW_SHEET, Area.objects.filter(level=Level.PROVINCE))


def proposals_on(sheet: ScoreSheet) -> QuerySet[Proposal]:
    """The proposals that a sheet judges, in the order in which they came."""
    if sheet.state == "frozen":
        rows = Proposal.objects.filter(ranked_on__sheet=sheet)
    else:
        rows = Proposal.objects.filter(
            area__path__startswith=sheet.area.path, fiscal_year=sheet.fiscal_year, state="accepted"
        )
        if sheet.call_id is not None:
            rows = rows.filter(call=sheet.call_id)
    return rows.select_related(f"area__{PARENTS}", "sector", "issue", "lead_agency", "own_by").order_by("pk")


def marks_by(sheet: ScoreSheet, user: User, proposal: Proposal) -> dict[int, Mark]:
    """The marks that a person gave a proposal, by criterion."""
    found = Mark.objects.filter(criterion__sheet=sheet, scorer=user, proposal=proposal)
    return {mark.criterion_id: mark for mark in found}


def all_marks_by(sheet: ScoreSheet, user: User) -> dict[tuple[int, int], Mark]:
    """The marks that a person gave on a sheet, by proposal and criterion."""
    found = Mark.objects.filter(criterion__sheet=sheet, scorer=user)
    return {(mark.proposal_id, mark.criterion_id): mark for mark in found}


def markable_by(sheet: ScoreSheet, user: Person) -> QuerySet[Proposal]:
    """The proposals of an open sheet to which the person may give marks; none where it is not open."""
    rows = within_reach(user, rules.SCORE, proposals_on(sheet))
    return rows if sheet.state == "open" else rows.none()


def marks_of(sheet: ScoreSheet, proposal: Proposal) -> QuerySet[Mark]:
    """All marks of a proposal with who gave them, criterion by criterion."""
    rows = Mark.objects.filter(criterion__sheet=sheet, proposal=proposal)
    return rows.select_related("criterion", "scorer").order_by("criterion__number", "scorer__sort_key", "pk")


def unmarked_by(sheet: ScoreSheet, user: Person) -> QuerySet[Proposal]:
    """The proposals of a sheet on which the person still owes marks, in the order in which they came."""
    wanted = sheet.criteria.count()
    given = Count("marks", filter=Q(marks__criterion__sheet=sheet, marks__scorer=getattr(user, "pk", None)))
    rows = within_reach(user, rules.SCORE, proposals_on(sheet))
    return rows.annotate(given=given).filter(given__lt=wanted)


def sheets_to_mark(user: Person) -> list[tuple[ScoreSheet, datetime]]:
    """Open sheets on which the person still owes marks, and since when each is open."""
    open_now = ScoreSheet.objects.filter(state="open").select_related("area")
    sheets = [
        sheet
        for sheet in within_reach(user, rules.MARK_SHEET, open_now).order_by("pk")
        if unmarked_by(sheet, user).exists()
    ]
    return [(sheet, entries_about(sheet).latest("at").at) for sheet in sheets]


def may_score(user: Person, sheet: ScoreSheet, proposal: Proposal) -> bool:
    """Whether the person may give this proposal marks now."""
    return sheet.state == "open" and bool(decide(user, rules.SCORE, proposal))


def ranking_of(sheet: ScoreSheet, weights: Mapping[int, Decimal] | None = None) -> list[Row]:
    """The ranking as it follows from the marks now; with other weights, also how each place would change."""
    criteria = list(sheet.criteria.all())
    proposals = {proposal.pk: proposal for proposal in proposals_on(sheet)}
    marks = [
        ranking.Mark(mark.proposal_id, str(mark.criterion_id), mark.scorer_id, mark.value)
        for mark in Mark.objects.filter(criterion__sheet=sheet, proposal__in=proposals).order_by("pk")
    ]
    usual = ranking.rank(list(proposals), _weighted(criteria, {}), marks)
    if not weights:
        return [Row(proposals[each.case], each, each) for each in usual]
    before = {each.case: each for each in usual}
    changed = ranking.rank(list(proposals), _weighted(criteria, weights), marks)
    return [Row(proposals[each.case], each, before[each.case]) for each in changed]


def _weighted(criteria: Sequence[Criterion], weights: Mapping[int, Decimal]) -> list[ranking.Criterion]:
    return [
        ranking.Criterion(str(each.pk), weights.get(each.pk, each.weight), each.scale) for each in criteria
    ]
