"""Score sheets: keeping, handing in, opening again, and taking them off a judge."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.queries import decide, require
from prasan.awards import events, rules
from prasan.awards.actions.terms import locked_edition
from prasan.awards.counting import plain
from prasan.awards.models import Criterion, Score, ScoreSheet
from prasan.awards.queries.judging import conflicts_between
from prasan.cases.actions import move_in_act
from prasan.cases.words import cleaned
from prasan.kernel.refusals import Refused
from prasan.ledger.actions import record
from prasan.ledger.seals import Facts

Marks = Mapping[str, Decimal]
"""Marks by the codes of criteria."""


@transaction.atomic
def keep_scores(sheet: ScoreSheet, marks: Marks, *, by: User | None, remark: str = "") -> ScoreSheet:
    """Keep what the judge has filled in so far; nothing of it counts before it is handed in."""
    sheet = locked_sheet(sheet)
    posting = require(by, rules.SCORE, sheet)
    _refuse_unless_open(sheet)
    _write(sheet, marks, remark)
    record(events.SCORES_KEPT, sheet, by=by, posting=posting, after=facts_of(sheet))
    return sheet


@transaction.atomic
def hand_in(sheet: ScoreSheet, marks: Marks, *, by: User | None, remark: str = "") -> ScoreSheet:
    """Hand a sheet in with a mark on every criterion; not where a conflict has come up meanwhile."""
    sheet = locked_sheet(sheet)
    require(by, rules.SCORE, sheet)
    if sheet.state == "open":
        _refuse_unless_open(sheet)
        refuse_in_conflict(sheet)
        if sheet.round.is_blind and by is not None and decide(by, rules.ORGANISE, sheet):
            raise Refused(
                _("Whoever runs the edition sees whose the entries are, and cannot judge a blind round.")
            )
        criteria = _write(sheet, marks, remark)
        if missing := [str(each) for code, each in criteria.items() if code not in marks]:
            raise Refused(_("Please give a mark on “%(name)s”.") % {"name": missing[0]})
    given = [f"{code}|{plain(value)}" for code, value in sorted(marks.items())]
    return move_in_act(sheet, "hand_in", by=by, after={**facts_of(sheet), "marks": given})


@transaction.atomic
def reopen_sheet(sheet: ScoreSheet, *, by: User | None, note: str) -> ScoreSheet:
    """Open a sheet again for its judge, with a reason; it does not count until it is handed in again."""
    locked_edition(sheet.round.edition)
    sheet = locked_sheet(sheet)
    require(by, rules.ORGANISE, sheet)
    _refuse_unless_judging(sheet)
    return move_in_act(sheet, "reopen", by=by, note=note, after=facts_of(sheet))


@transaction.atomic
def withdraw_sheet(sheet: ScoreSheet, *, by: User | None, note: str) -> ScoreSheet:
    """Take a sheet off a judge, with a reason."""
    locked_edition(sheet.round.edition)
    sheet = locked_sheet(sheet)
    require(by, rules.ORGANISE, sheet)
    _refuse_unless_judging(sheet)
    return take_off(sheet, by=by, note=note)


@transaction.atomic
def restore_sheet(sheet: ScoreSheet, *, by: User | None, note: str) -> ScoreSheet:
    """Give a sheet back to a judge who is free of conflict."""
    locked_edition(sheet.round.edition)
    sheet = locked_sheet(sheet)
    require(by, rules.ORGANISE, sheet)
    _refuse_unless_judging(sheet)
    if sheet.judge.left_at is not None or sheet.entry.state != "eligible":
        raise Refused(_("The judge has left the panel, or the entry is judged no more."))
    refuse_in_conflict(sheet)
    return move_in_act(sheet, "restore", by=by, note=note, after=facts_of(sheet))


def take_off(sheet: ScoreSheet, *, by: User | None, note: str) -> ScoreSheet:
    """Take a sheet off its judge, as part of an act."""
    return move_in_act(sheet, "withdraw", by=by, note=note, after=facts_of(sheet))


def locked_sheet(sheet: ScoreSheet) -> ScoreSheet:
    """The sheet as it stands, held until the act ends."""
    rows = ScoreSheet.objects.select_for_update(of=("self",)).select_related(
        "round__edition__programme", "entry__innovation", "judge"
    )
    found = rows.filter(pk=sheet.pk).first()
    if found is None:
        raise Refused(_("This is no longer there. Please go back to the list."))
    return found


def refuse_in_conflict(sheet: ScoreSheet) -> None:
    """Nobody judges what he is tied to, as things stand now."""
    if conflicts_between([sheet.judge], [sheet.entry]):
        raise Refused(_("There is a conflict of interest between this judge and this entry."))


def facts_of(sheet: ScoreSheet) -> Facts:
    """What the ledger keeps of a sheet besides its marks."""
    return {
        "edition": sheet.round.edition_id,
        "round": sheet.round.number,
        "entry": sheet.entry_id,
        "judge": sheet.judge_id,
    }


def _refuse_unless_judging(sheet: ScoreSheet) -> None:
    """Sheets change only in the round that is judged now."""
    edition = sheet.round.edition
    last = edition.rounds.filter(began_at__isnull=False).last()
    if edition.state != "judging" or last is None or last.pk != sheet.round_id:
        raise Refused(_("This round is not being judged now."))


def _refuse_unless_open(sheet: ScoreSheet) -> None:
    _refuse_unless_judging(sheet)
    if sheet.state != "open":
        raise Refused(_("The sheet is handed in. The organiser can open it again, with a reason."))


def _write(sheet: ScoreSheet, marks: Marks, remark: str) -> dict[str, Criterion]:
    criteria = {each.code: each for each in sheet.round.criteria.all()}
    for code, value in marks.items():
        criterion = criteria.get(code)
        if criterion is None or not value.is_finite() or not 0 <= value <= criterion.most:
            raise Refused(_("Please give marks from 0 to the highest mark of each criterion."))
        if value != round(value, 2) or (criterion.is_gate and value not in (0, 1)):
            raise Refused(
                _("Please give marks with no more than two decimal places; a gate is passed or not.")
            )
    sheet.remark = cleaned(remark, 4000)
    sheet.save(update_fields=["remark"])
    sheet.scores.all().delete()
    Score.objects.bulk_create(
        Score(sheet=sheet, criterion=criteria[code], value=value) for code, value in marks.items()
    )
    return criteria
