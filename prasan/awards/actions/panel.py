"""Panels, stated ties, looking for conflicts, and assigning entries to judges."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.models import Agency
from prasan.agencies.queries import decide, postings_of, require
from prasan.awards import events, rules
from prasan.awards.actions.edition import present_round
from prasan.awards.actions.sheet import facts_of, take_off
from prasan.awards.actions.terms import locked_edition
from prasan.awards.models import (
    Category,
    ConflictFound,
    Edition,
    Entry,
    Judge,
    Panel,
    Round,
    ScoreSheet,
    StatedTie,
)
from prasan.awards.queries.judging import conflicts_between
from prasan.cases.actions import begin, remark
from prasan.cases.words import cleaned
from prasan.judging.assignment import Seat, Shortage, assign
from prasan.judging.conflicts import Conflict
from prasan.kernel.refusals import Refused
from prasan.kernel.text import says_something
from prasan.ledger.actions import record

JUDGE = "judge"
"""The role without which nobody scores."""
TAKEN_OFF = "taken_off"
"""Why a pair is not assigned anew: the sheet was taken off the judge before."""
NO_PANEL = "no_panel"
"""Why an entry gets no judge: there is no panel for its category."""
_JUDGED = ("submitted", "eligible", "judged")


@transaction.atomic
def make_panel(edition: Edition, name: str, *, category: Category | None = None, by: User | None) -> Panel:
    """Make a panel for one category of an edition, or for all."""
    edition = locked_edition(edition)
    posting = require(by, rules.ORGANISE, edition)
    _refuse_after_judging(edition)
    name = cleaned(name, 200)
    if not name or edition.panels.filter(name=name).exists():
        raise Refused(_("Please give the panel a name of its own."))
    if category is not None and category.edition_id != edition.pk:
        raise Refused(_("This category belongs to another edition."))
    panel = Panel.objects.create(edition=edition, name=name, category=category)
    record(events.PANEL_MADE, edition, by=by, posting=posting, after={"panel": panel.pk})
    return panel


@transaction.atomic
def seat_judge(
    panel: Panel,
    person: User,
    *,
    body: Agency | None = None,
    outside_body: str = "",
    least: int = 0,
    most: int = 100,
    by: User | None,
) -> Judge:
    """Seat a person who holds the post of judge, for an agency or for a body outside that is named."""
    edition = locked_edition(panel.edition)
    posting = require(by, rules.ORGANISE, edition)
    _refuse_after_judging(edition)
    outside = cleaned(outside_body, 200)
    if (body is None) == (not outside):
        raise Refused(_("Please say for which body the judge sits: an agency, or one outside the system."))
    if not 0 <= least <= most:
        raise Refused(_("The least number of entries cannot be above the highest."))
    if JUDGE not in {each.role for each in postings_of(person)}:
        raise Refused(_("This person does not hold the post of judge. Please have it given first."))
    if edition.rounds.filter(is_blind=True).exists() and decide(person, rules.ORGANISE, edition):
        raise Refused(
            _("Whoever runs the edition sees whose the entries are, and cannot judge a blind round.")
        )
    seats = Judge.objects.filter(panel__edition=edition, person=person, left_at=None)
    if seats.filter(panel=panel).exists():
        raise Refused(_("This person sits on the panel already."))
    same = (
        Q() if panel.category_id is None else Q(panel__category=None) | Q(panel__category=panel.category_id)
    )
    if seats.filter(same).exists():
        raise Refused(
            _("This person sits on another panel for the same entries, and would score them twice.")
        )
    judge, _is_new = Judge.objects.update_or_create(
        panel=panel,
        person=person,
        defaults={"body": body, "outside_body": outside, "least": least, "most": most, "left_at": None},
    )
    facts = {"judge": judge.pk, "panel": panel.pk, "body": body.pk if body else None}
    record(events.JUDGE_SEATED, edition, by=by, posting=posting, after=facts)
    _look(edition, [judge])
    return judge


@transaction.atomic
def unseat_judge(judge: Judge, *, by: User | None, note: str) -> Judge:
    """Take a judge off a panel; what he was assigned and has not handed in is taken off him."""
    edition = locked_edition(judge.panel.edition)
    posting = require(by, rules.ORGANISE, edition)
    _refuse_after_judging(edition)
    if not says_something(note):
        raise Refused(_("Please say why the judge leaves the panel."))
    judge = Judge.objects.select_for_update().get(pk=judge.pk)
    if judge.left_at is not None:
        raise Refused(_("This judge has left the panel already."))
    judge.left_at = timezone.now()
    judge.save(update_fields=["left_at"])
    remark(edition, events.JUDGE_UNSEATED, by=by, posting=posting, note=note, after={"judge": judge.pk})
    for sheet in judge.sheets.filter(state="open").order_by("pk"):
        take_off(sheet, by=by, note=note)
    return judge


@transaction.atomic
def state_tie(
    judge: Judge, *, entry: Entry | None = None, body: Agency | None = None, why: str, by: User | None
) -> StatedTie:
    """State what ties a judge to an entry or a body; sheets that are in conflict now are taken off him."""
    edition = locked_edition(judge.panel.edition)
    posting = require(by, rules.STATE_TIE, judge)
    if (entry is None) == (body is None):
        raise Refused(_("A tie is to an entry or to a body. Please name one of them."))
    if entry is not None and entry.edition_id != edition.pk:
        raise Refused(_("This entry belongs to another edition."))
    words = cleaned(why, 500)
    if not words:
        raise Refused(_("Please say what ties the judge, for example: worked there until 2566."))
    if edition.state not in ("prepared", "open", "screening", "judging"):
        raise Refused(_("The scoring has ended. Please tell the organiser."))
    tie = StatedTie.objects.create(judge=judge, entry=entry, body=body, why=words, stated_by=by)
    facts = {
        "judge": judge.pk,
        "entry": entry.pk if entry else None,
        "body": body.pk if body else None,
    }
    record(events.TIE_STATED, edition, by=by, posting=posting, after={"tie": tie.pk, **facts})
    _look(edition, [judge])
    return tie


@transaction.atomic
def withdraw_tie(tie: StatedTie, *, by: User | None) -> StatedTie:
    """Let a stated tie count no more; only the organiser does, never the judge himself."""
    edition = locked_edition(tie.judge.panel.edition)
    posting = require(by, rules.ORGANISE, edition)
    _refuse_after_judging(edition)
    tie = StatedTie.objects.select_for_update().get(pk=tie.pk)
    if tie.withdrawn_at is not None:
        raise Refused(_("This tie was withdrawn already."))
    tie.withdrawn_at = timezone.now()
    tie.save(update_fields=["withdrawn_at"])
    record(events.TIE_WITHDRAWN, edition, by=by, posting=posting, after={"tie": tie.pk})
    _look(edition, [tie.judge])
    return tie


@transaction.atomic
def look_for_conflicts(edition: Edition, *, by: User | None) -> int:
    """Look for conflicts of all judges with all entries anew; how many there are."""
    edition = locked_edition(edition)
    posting = require(by, rules.ORGANISE, edition)
    _refuse_after_judging(edition)
    found = _look(edition, _judges_of(edition))
    record(events.CONFLICTS_FOUND, edition, by=by, posting=posting, after={"conflicts": found})
    return found


@transaction.atomic
def assign_judges(edition: Edition, *, by: User | None) -> tuple[Shortage, ...]:
    """Assign the entries of the present round to the judges of their panels; what could not be met.

    An entry for whose category there is no panel is among that.
    Sheets that are there stay, but for those in conflict. Drawn from the published number, so that the same
    judges and entries give the same assignment.
    """
    edition = locked_edition(edition)
    posting = require(by, rules.ORGANISE, edition)
    present = present_round(edition)
    if not (judges := _judges_of(edition)):
        raise Refused(_("Nobody sits on a panel yet. Please make one and seat judges first."))
    _look(edition, judges)
    shortages: list[Shortage] = []
    made = 0
    for panel in edition.panels.order_by("pk"):
        new, missing = _assign_panel(edition, present, panel, by=by, posting=posting)
        made += new
        shortages += missing
    shortages += _without_panel(edition, present)
    facts = {"round": present.number, "sheets": made, "shortages": len(shortages)}
    record(events.JUDGES_ASSIGNED, edition, by=by, posting=posting, after=facts)
    return tuple(shortages)


@transaction.atomic
def assign_by_hand(entry: Entry, judge: Judge, *, by: User | None) -> ScoreSheet:
    """Assign one entry of the present round to one judge who is free of conflict."""
    edition = locked_edition(entry.edition)
    posting = require(by, rules.ORGANISE, edition)
    present = present_round(edition)
    judge = Judge.objects.select_for_update().select_related("panel").get(pk=judge.pk)
    if judge.panel.edition_id != edition.pk or judge.left_at is not None:
        raise Refused(_("This judge does not sit on a panel of this edition."))
    if judge.panel.category_id not in (None, entry.category_id):
        raise Refused(_("The panel of this judge is for another category."))
    if not present.taking_part.filter(entry=entry).exclude(entry__state="withdrawn").exists():
        raise Refused(_("This entry does not take part in the round."))
    if ScoreSheet.objects.filter(round=present, entry=entry, judge=judge).exists():
        raise Refused(_("This judge was given the entry already."))
    if conflicts_between([judge], [entry]):
        raise Refused(_("There is a conflict of interest between this judge and this entry."))
    sheet = _give(present, entry.pk, judge.pk, by=by, posting=posting)
    facts = {"round": present.number, "sheets": 1, "judge": judge.pk}
    record(events.JUDGES_ASSIGNED, edition, by=by, posting=posting, after=facts)
    return sheet


def _assign_panel(
    edition: Edition, present: Round, panel: Panel, *, by: User | None, posting: int | None
) -> tuple[int, Sequence[Shortage]]:
    judges = list(panel.judges.filter(left_at=None).order_by("pk"))
    entries = Entry.objects.filter(rounds__round=present, state="eligible").order_by("pk")
    if panel.category_id is not None:
        entries = entries.filter(category=panel.category_id)
    keys = [str(entry.pk) for entry in entries]
    seats = [
        Seat(str(each.pk), str(each.body_id or each.outside_body), each.least, each.most) for each in judges
    ]
    rows = list(present.sheets.filter(judge__panel=panel, entry__in=entries))
    seated = {each.pk for each in judges}
    fixed = [
        (str(each.entry_id), str(each.judge_id))
        for each in rows
        if each.state != "withdrawn" and each.judge_id in seated
    ]
    found = [
        Conflict(str(judge), str(entry), reason, tuple(map(str, path)))
        for judge, entry, reason, path in ConflictFound.objects.filter(
            judge__in=seated, entry__in=entries
        ).values_list("judge_id", "entry_id", "reason", "path")
    ]
    found += [
        Conflict(str(each.judge_id), str(each.entry_id), TAKEN_OFF, ())
        for each in rows
        if each.state == "withdrawn"
    ]
    result = assign(
        dict.fromkeys(keys, edition.judges_wanted),
        seats,
        found,
        f"{edition.draw} {present.number} {panel.name}",
        most_of_body=edition.most_of_body,
        fixed=fixed,
    )
    there = set(fixed)
    new = [
        (int(entry), int(judge))
        for entry, judges_of_entry in sorted(result.panels.items(), key=lambda each: int(each[0]))
        for judge in sorted(judges_of_entry, key=int)
        if (entry, judge) not in there
    ]
    for entry_id, judge_id in new:
        _give(present, entry_id, judge_id, by=by, posting=posting)
    return len(new), result.shortages


def _without_panel(edition: Edition, present: Round) -> list[Shortage]:
    judged = set(edition.panels.values_list("category", flat=True))
    if None in judged:
        return []
    left = Entry.objects.filter(rounds__round=present, state="eligible").exclude(category__in=judged)
    keys = left.order_by("pk").values_list("pk", flat=True)
    return [Shortage(NO_PANEL, str(key), None, edition.judges_wanted, 0) for key in keys]


def _give(
    present: Round, entry_id: int, judge_id: int, *, by: User | None, posting: int | None
) -> ScoreSheet:
    sheet = ScoreSheet(round=present, entry_id=entry_id, judge_id=judge_id)
    return begin(sheet, by=by, posting=posting, after=facts_of(sheet))


def _judges_of(edition: Edition) -> list[Judge]:
    rows = Judge.objects.filter(panel__edition=edition, left_at=None)
    return list(rows.select_related("panel").order_by("pk"))


def _look(edition: Edition, judges: Collection[Judge]) -> int:
    """Write the conflicts of these judges anew and take sheets in conflict off them; how many there are.

    Sheets of the last round that began alone: by those of a round before it was decided who goes on.
    """
    entries = list(
        edition.entries.filter(state__in=_JUDGED)
        .select_related("innovation")
        .prefetch_related("supporters")
        .order_by("pk")
    )
    found = conflicts_between(judges, entries)
    ConflictFound.objects.filter(judge__in=[each.pk for each in judges]).delete()
    ConflictFound.objects.bulk_create(
        ConflictFound(
            judge_id=int(each.judge),
            entry_id=int(each.entry),
            reason=each.reason,
            path=[int(key) for key in each.path],
        )
        for each in found
    )
    pairs = {(int(each.judge), int(each.entry)) for each in found}
    standing = ScoreSheet.objects.filter(
        judge__in=[each.pk for each in judges],
        state__in=("open", "handed_in"),
        round=edition.rounds.filter(began_at__isnull=False).last(),
    )
    for sheet in standing.order_by("pk"):
        if (sheet.judge_id, sheet.entry_id) in pairs:
            take_off(sheet, by=None, note=_("A conflict of interest was found."))
    return len(found)


def _refuse_after_judging(edition: Edition) -> None:
    if edition.state not in ("prepared", "open", "screening", "judging"):
        raise Refused(_("The scoring has ended, so the panels stay as they are."))
