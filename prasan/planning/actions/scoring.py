"""Preparing a scoring sheet, giving marks, and freezing the ranking that follows from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.actions import made_before, wait_for_turn
from prasan.agencies.models import Call
from prasan.agencies.queries import require
from prasan.cases.actions import begin, move
from prasan.cases.words import cleaned
from prasan.kernel.refusals import Refused
from prasan.ledger.actions import record
from prasan.places.models import Area, Level
from prasan.planning import events, rules
from prasan.planning.actions.turns import wait_for_turn_at
from prasan.planning.models import Criterion, Mark, Proposal, RankingRow, ScoreSheet
from prasan.planning.queries.scoring import proposals_on, ranking_of
from prasan.selection.ranking import Standing

MOST_CRITERIA = 20

USUAL_CRITERIA = (
    ("ความสอดคล้องกับประเด็นการพัฒนาจังหวัด", "Fit with the strategic issues", 25),
    ("ความคุ้มค่าและประโยชน์ต่อประชาชน", "Value and benefit for people", 20),
    ("ไม่ซ้ำซ้อนกับโครงการอื่น", "No duplication", 20),
    ("ผลผลิตและผลลัพธ์ชัดเจน วัดได้", "Clear and measurable outcome", 20),
    ("ความพร้อมในการดำเนินการ", "Readiness", 15),
)
"""A scheme in public use, offered to begin with; every word and every weight can be changed."""


@dataclass(frozen=True, slots=True)
class CriterionWords:
    """What a criterion is called, how much it weighs and how far its marks go."""

    name_th: str
    weight: Decimal
    scale: int = 5
    name_en: str = ""
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class MarkWords:
    """A mark and why it was given."""

    value: int
    reason: str = ""


@transaction.atomic
def prepare_sheet(
    area: Area,
    fiscal_year: int,
    title: str,
    criteria: Sequence[CriterionWords],
    *,
    call: Call | None = None,
    by: User | None,
    form_key: UUID | None = None,
) -> ScoreSheet:
    """Begin the scoring sheet of a province for proposals of a year, or of one call; once for each form."""
    wait_for_turn(form_key)
    sheet = ScoreSheet(
        area=area,
        fiscal_year=fiscal_year,
        call=call,
        title=cleaned(title, 200),
        created_by=by,
        form_key=form_key,
    )
    posting = require(by, rules.KEEP_SHEET, sheet)
    if (made := made_before(form_key, ScoreSheet.objects.filter(created_by=by))) is not None:
        return made
    if area.level != Level.PROVINCE:
        raise Refused(_("A scoring sheet belongs to a province."))
    if not sheet.title:
        raise Refused(_("Please give the sheet a title."))
    if call is not None and not call.area.path.startswith(area.path):
        raise Refused(_("This call belongs to another province. Please choose another."))
    begin(sheet, by=by, posting=posting, after={"area": area.pk, "fiscal_year": fiscal_year})
    _write_criteria(sheet, criteria)
    return sheet


@transaction.atomic
def write_criteria(sheet: ScoreSheet, criteria: Sequence[CriterionWords], *, by: User | None) -> ScoreSheet:
    """Replace the criteria of a sheet that is still being prepared."""
    sheet = _locked(sheet)
    posting = require(by, rules.KEEP_SHEET, sheet)
    if sheet.state != "draft":
        raise Refused(_("The sheet is open already; its criteria stay as they are."))
    sheet.criteria.all().delete()
    _write_criteria(sheet, criteria)
    weights = [str(each.weight) for each in criteria]
    record(events.CRITERIA_SET, sheet, by=by, posting=posting, after={"weights": weights})
    return sheet


@transaction.atomic
def open_sheet(sheet: ScoreSheet, *, by: User | None, note: str = "") -> ScoreSheet:
    """Let analysts give marks; one sheet of a province and year is open at a time."""
    sheet = _locked(sheet)
    require(by, rules.KEEP_SHEET, sheet)
    if not sheet.criteria.exists():
        raise Refused(_("Please write the criteria first."))
    _refuse_beside_an_open_one(sheet)
    weights = {f"weight_{each.number}": str(each.weight) for each in sheet.criteria.all()}
    return move(sheet, "open", by=by, note=note, after=weights)


@transaction.atomic
def redraft_sheet(sheet: ScoreSheet, *, by: User | None, note: str) -> ScoreSheet:
    """Take an open sheet back to change its criteria, while nobody has given a mark."""
    sheet = _locked(sheet)
    require(by, rules.KEEP_SHEET, sheet)
    if Mark.objects.filter(criterion__sheet=sheet).exists():
        raise Refused(_("Marks were given already, so the criteria stay as they are."))
    return move(sheet, "redraft", by=by, note=note)


@transaction.atomic
def give_marks(
    sheet: ScoreSheet, proposal: Proposal, marks: Mapping[int, MarkWords], *, by: User | None
) -> None:
    """Keep what a person gives a proposal, by the keys of the criteria; a mark given anew takes its place."""
    sheet = _locked(sheet)
    proposal = Proposal.objects.select_for_update(of=("self",)).select_related("area").get(pk=proposal.pk)
    posting = require(by, rules.SCORE, proposal)
    if sheet.state != "open":
        raise Refused(_("The sheet is not open for scoring now."))
    if by is None or not proposals_on(sheet).filter(pk=proposal.pk).exists():
        raise Refused(_("This proposal does not stand on the sheet."))
    criteria = {each.pk: each for each in sheet.criteria.all()}
    for key, mark in marks.items():
        criterion = criteria.get(key)
        if criterion is None or not 0 <= mark.value <= criterion.scale:
            raise Refused(_("Please give marks from 0 to the highest mark of each criterion."))
        Mark.objects.update_or_create(
            criterion=criterion,
            proposal=proposal,
            scorer=by,
            defaults={"value": mark.value, "reason": cleaned(mark.reason, 500)},
        )
    given = {f"mark_{criteria[key].number}": mark.value for key, mark in marks.items()}
    record(events.MARKS_GIVEN, proposal, by=by, posting=posting, after={"sheet": sheet.pk, **given})


@transaction.atomic
def give_marks_to_several(
    sheet: ScoreSheet, marks: Mapping[Proposal, Mapping[int, MarkWords]], *, by: User | None
) -> None:
    """Keep what a person gives several proposals: the marks of all, or of none."""
    for proposal in sorted(marks, key=lambda each: each.pk):
        give_marks(sheet, proposal, marks[proposal], by=by)


@transaction.atomic
def freeze_ranking(sheet: ScoreSheet, *, by: User | None, note: str = "") -> ScoreSheet:
    """Close the scoring: the ranking stands from now on, and its proposals wait for the governor."""
    sheet = _locked(sheet)
    require(by, rules.RANK, sheet)
    list(proposals_on(sheet).select_for_update(of=("self",)).values_list("pk"))
    rows = ranking_of(sheet)
    if not rows:
        raise Refused(_("No accepted proposal stands on this sheet yet."))
    if unmarked := [row.proposal.name for row in rows if row.standing.place is None]:
        raise Refused(
            _("Marks are missing for %(number)d proposals, first “%(name)s”.")
            % {"number": len(unmarked), "name": unmarked[0]}
        )
    RankingRow.objects.filter(sheet=sheet).delete()
    RankingRow.objects.bulk_create(
        _ranking_row(sheet, number, row.standing) for number, row in enumerate(rows, start=1)
    )
    for row in rows:
        place = row.standing.place
        move(row.proposal, "rank", by=by, after={"sheet": sheet.pk, "place": place, "of": len(rows)})
    return move(sheet, "freeze", by=by, note=note, after={"ranked": [row.proposal.pk for row in rows]})


@transaction.atomic
def thaw_ranking(sheet: ScoreSheet, *, by: User | None, note: str) -> ScoreSheet:
    """Open a frozen ranking again, until the governor has decided on one of its proposals."""
    sheet = _locked(sheet)
    require(by, rules.RANK, sheet)
    _refuse_beside_an_open_one(sheet)
    ranked = list(
        Proposal.objects.select_for_update(of=("self",))
        .select_related("area")
        .filter(ranked_on__sheet=sheet)
        .order_by("pk")
    )
    if decided := [proposal for proposal in ranked if proposal.state != "ranked"]:
        raise Refused(
            _("The governor has acted on “%(name)s” already, so the ranking stays.")
            % {"name": decided[0].name}
        )
    for proposal in ranked:
        move(proposal, "unrank", by=by, note=note, after={"sheet": sheet.pk})
    return move(sheet, "thaw", by=by, note=note)


def _locked(sheet: ScoreSheet) -> ScoreSheet:
    rows = ScoreSheet.objects.select_for_update(of=("self",)).select_related("area", "call")
    return rows.get(pk=sheet.pk)


def _refuse_beside_an_open_one(sheet: ScoreSheet) -> None:
    wait_for_turn_at(sheet.area)
    twins = ScoreSheet.objects.filter(area=sheet.area, fiscal_year=sheet.fiscal_year, state="open")
    if twins.exclude(pk=sheet.pk).exists():
        raise Refused(_("Another sheet of this year is open. Please freeze it first."))


def _write_criteria(sheet: ScoreSheet, criteria: Sequence[CriterionWords]) -> None:
    if len(criteria) > MOST_CRITERIA:
        sentence = _("There are more than %(most)d rows. Please put some together.")
        raise Refused(sentence % {"most": MOST_CRITERIA})
    for each in criteria:
        if not cleaned(each.name_th, 200) or not 0 < each.weight < 10_000 or not 1 <= each.scale <= 100:
            raise Refused(
                _("Each criterion needs a name, a weight above zero and a highest mark from 1 to 100.")
            )
    Criterion.objects.bulk_create(
        Criterion(
            sheet=sheet,
            number=number,
            name_th=cleaned(each.name_th, 200),
            name_en=cleaned(each.name_en, 200),
            weight=each.weight,
            scale=each.scale,
            meaning=cleaned(each.meaning, 2000),
        )
        for number, each in enumerate(criteria, start=1)
    )


def _ranking_row(sheet: ScoreSheet, number: int, standing: Standing[int]) -> RankingRow:
    return RankingRow(
        sheet=sheet,
        proposal_id=standing.case,
        order=number,
        place=standing.place or 0,
        is_tied=bool(standing.tied_with),
        points=_decimal(standing.points or Fraction(0)),
        shares=[
            {
                "criterion": int(share.criterion),
                "mean": str(share.mean),
                "marks": share.marks,
                "points": str(share.points),
            }
            for share in standing.shares
        ],
    )


def _decimal(points: Fraction) -> Decimal:
    exact = Decimal(points.numerator) / Decimal(points.denominator)
    return exact.quantize(Decimal("0.000001"), rounding=ROUND_HALF_UP)
