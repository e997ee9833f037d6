"""Stopping the clocks of a complaint, telling higher posts when they run out, and setting their limits."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies import events as of_agencies
from prasan.agencies.queries import require
from prasan.cases.actions import remark
from prasan.complaints import events, rules
from prasan.complaints.actions.locking import locked_complaint
from prasan.complaints.models import Complaint, Escalation, Kind, Pause, Referral, TimeLimit
from prasan.complaints.queries.clocks import Clocks, Rulers, clocks_of, clocks_of_each, rulers
from prasan.complaints.states import OPEN
from prasan.complaints.timing import nearest_due
from prasan.kernel.calendar import today
from prasan.kernel.refusals import Refused
from prasan.kernel.text import says_something
from prasan.ledger.actions import hearing, record
from prasan.ledger.seals import Facts
from prasan.places.models import Area

BY_SENDER = {"by": "sender"}
"""How the ledger says that somebody acted who has no account: with receipt and secret."""

AT_ONCE = 500
"""Complaints whose clocks are read in one transaction."""


def set_clocks(complaint: Complaint, read_with: Rulers | None = None) -> Complaint:
    """Keep what the clocks of a complaint show now beside it: the end of every act that moves it."""
    _keep(complaint, clocks_of(complaint, timezone.now(), read_with))
    return complaint


@transaction.atomic
def pause_clocks(complaint: Complaint, *, asks_sender: bool, by: User | None, note: str) -> Complaint:
    """Stop all clocks of a complaint for a reason that its sender reads, or until he answers a question."""
    complaint = locked_complaint(complaint)
    posting = require(by, rules.PAUSE, complaint)
    if complaint.state not in OPEN:
        raise Refused(_("No clock runs on a complaint that has come to its end."))
    if open_pause(complaint) is not None:
        raise Refused(_("The clocks stand still already."))
    if not says_something(note):
        raise Refused(_("Please say why the clocks stand still, or what you ask. The sender reads it."))
    pause = Pause.objects.create(complaint=complaint, asks_sender=asks_sender, since=timezone.now())
    facts = {"pause": pause.pk, "asks_sender": asks_sender}
    remark(complaint, events.PAUSED, by=by, posting=posting, note=note, after=facts)
    return set_clocks(complaint)


@transaction.atomic
def resume_clocks(complaint: Complaint, *, by: User | None, note: str = "") -> Complaint:
    """Let the clocks of a complaint run again."""
    complaint = locked_complaint(complaint)
    posting = require(by, rules.PAUSE, complaint)
    pause = end_pause(complaint)
    if pause is None:
        raise Refused(_("The clocks run already."))
    remark(complaint, events.RESUMED, by=by, posting=posting, note=note, after={"pause": pause.pk})
    return set_clocks(complaint)


@transaction.atomic
def answer_question(complaint: Complaint, *, words: str) -> Complaint:
    """Answer, as its sender, what was asked; the clocks run again, and only those inside read the words."""
    complaint = locked_complaint(complaint)
    pause = open_pause(complaint)
    if pause is None or not pause.asks_sender:
        raise Refused(_("Nothing is asked just now."))
    if not says_something(words):
        raise Refused(_("Please answer in a few words."))
    end_pause(complaint)
    facts: Facts = {**BY_SENDER, "pause": pause.pk}
    remark(complaint, events.SENDER_ANSWERED, by=None, internal_note=words, after=facts)
    return set_clocks(complaint)


def open_pause(complaint: Complaint) -> Pause | None:
    """The pause that lasts, if one does."""
    return complaint.pauses.filter(until=None).first()


def end_pause(complaint: Complaint) -> Pause | None:
    """End the pause that lasts, if one does: also what follows when a complaint comes to its end."""
    pause = open_pause(complaint)
    if pause is not None:
        pause.until = timezone.now()
        pause.save(update_fields=["until"])
    return pause


@transaction.atomic
def set_limit(
    clock: str, days: int, *, area: Area, kind: Kind | None, valid_from: date, by: User | None
) -> TimeLimit:
    """Set a limit of a province from a day on; clocks that started before keep theirs."""
    limit = TimeLimit(clock=clock, kind=kind, area=area, days=days, valid_from=valid_from)
    posting = require(by, rules.SET_LIMITS, limit)
    if clock not in TimeLimit.Clock.values or not 1 <= days <= 365:
        raise Refused(_("Please give 1 to 365 working days."))
    if valid_from < today():
        raise Refused(_("A limit comes into force today or later; what was promised stays."))
    limit, _is_new = TimeLimit.objects.update_or_create(
        clock=clock, kind=kind, area=area, valid_from=valid_from, defaults={"days": days}
    )
    facts = {
        "clock": clock,
        "kind": kind.pk if kind else None,
        "area": area.pk,
        "days": days,
        "from": str(valid_from),
    }
    record(events.LIMIT_SET, limit, by=by, posting=posting, after=facts)
    return limit


def read_all_clocks() -> int:
    """Read the clocks of all open complaints anew, since days pass and holidays change; how many differed.

    Safe to run at any time and twice: it writes what a reading shows.
    """
    read_with, last, changed = rulers(), 0, 0
    while keys := list(
        Complaint.objects.filter(pk__gt=last, state__in=OPEN)
        .order_by("pk")
        .values_list("pk", flat=True)[:AT_ONCE]
    ):
        changed += _read_anew(keys, read_with)
        last = keys[-1]
    return changed


@hearing({of_agencies.HOLIDAY_ADDED, of_agencies.HOLIDAY_REMOVED})
def read_clocks_by_new_holidays(entry_id: int) -> int:
    """Read the clocks of all open complaints anew after a holiday was added or taken away."""
    return read_all_clocks()


@transaction.atomic
def _read_anew(keys: Sequence[int], read_with: Rulers) -> int:
    rows = Complaint.objects.select_for_update(of=("self",)).filter(pk__in=keys, state__in=OPEN)
    complaints = list(rows.order_by("pk"))
    clocks = clocks_of_each(complaints, timezone.now(), read_with)
    return sum(_keep(complaint, clocks[complaint.pk]) for complaint in complaints)


def tell_of_late_ones() -> int:
    """Climb the ladder with every complaint on which something is late; how many rungs were climbed.

    Each rung is climbed once while the complaint stays late, so it may run at any time and twice.
    """
    ladder = list(Escalation.objects.order_by("days_late"))
    if not ladder:
        return 0
    working_days = rulers().working_days
    lowest = working_days.after(today(), -ladder[0].days_late)
    late = Complaint.objects.filter(state__in=OPEN, due_on__lte=lowest)
    unfinished = late.filter(escalated__lt=ladder[-1].days_late).order_by("pk")
    return sum(
        _climb(key, ladder, lambda due: working_days.between(due, today()))
        for key in unfinished.values_list("pk", flat=True)
    )


@transaction.atomic
def _climb(key: int, ladder: Sequence[Escalation], days_late: Callable[[date], int]) -> int:
    complaint = locked_complaint(Complaint(pk=key))
    if complaint.due_on is None or complaint.state not in OPEN:
        return 0
    late = days_late(complaint.due_on)
    rungs = [rung for rung in ladder if complaint.escalated < rung.days_late <= late]
    for rung in rungs:
        facts: Facts = {"days_late": late, "rung": rung.days_late, "role": rung.role_id}
        remark(complaint, events.ESCALATED, by=None, after=facts)
        complaint.escalated = rung.days_late
    complaint.save(update_fields=["escalated"])
    return len(rungs)


def _keep(complaint: Complaint, clocks: Clocks) -> bool:
    """Write what the clocks show where it differs; whether anything did."""
    end = next((each.reading for each in clocks.own if each.clock == TimeLimit.Clock.END), None)
    due = nearest_due(clocks.owed)
    is_late = due is not None and due < today()
    shown = {
        "due_on": due,
        "end_by": end.due if end else None,
        "was_late": bool(end and end.is_late),
        "days_used": end.used if end and end.state == "stopped" else None,
        "escalated": complaint.escalated if is_late else 0,
    }
    differs = _write(complaint, shown)
    for referral in Referral.objects.filter(pk__in=clocks.at_agencies):
        own = clocks.at_agencies[referral.pk]
        read = {each.clock: each.reading for each in own}
        answer, taken = read.get(TimeLimit.Clock.ANSWER), read.get(TimeLimit.Clock.ACKNOWLEDGE)
        was_taken_up = taken is not None and taken.state == "stopped" and referral.was_taken_up
        differs |= _write(
            referral,
            {
                "due_on": nearest_due(own),
                "end_by": answer.due if answer else None,
                "was_late": bool(answer and answer.is_late),
                "days_used": answer.used if answer and answer.state == "stopped" else None,
                "days_to_acknowledge": taken.used if taken and was_taken_up else None,
            },
        )
    return differs


def _write(row: Complaint | Referral, shown: Mapping[str, object]) -> bool:
    changed = [name for name, value in shown.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, shown[name])
    if changed:
        row.save(update_fields=changed)
    return bool(changed)
