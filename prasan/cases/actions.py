"""Beginning a case, moving it along its workflow, and erasing what was written on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.queries import Person, decide
from prasan.agencies.queries.rights import NOT_NOW
from prasan.cases import events, rules
from prasan.cases.digests import digest_of, fresh_salt
from prasan.cases.locking import lock, write_state
from prasan.cases.models import Case, Note
from prasan.cases.queries import case_kinds, label_of, posts_of
from prasan.kernel.dates import format_datetime
from prasan.kernel.events import Event
from prasan.kernel.flow import Step
from prasan.kernel.refusals import Refused
from prasan.kernel.rights import Decision
from prasan.kernel.text import clean, says_something
from prasan.ledger.actions import record
from prasan.ledger.models import Entry
from prasan.ledger.queries import entries_about
from prasan.ledger.seals import Facts

C = TypeVar("C", bound=Case)

NOTE_LIMIT = 4000


@transaction.atomic(savepoint=False)  # the act that begins a case stands or falls with it
def begin(case: C, *, by: User | None, posting: int | None = None, after: Facts | None = None) -> C:
    """Save a new case in the first state of its workflow, and record that it began.

    Whether `by` may begin one is decided by the room that owns the case, which passes on the posting.
    """
    if case.pk is not None:
        raise ValueError("a case begins once")
    case.state = case.workflow.first.code
    case.created_by = by
    case.save()
    facts = {"state": case.state, **(after or {})}
    record(f"{case.workflow.code}.{events.BEGIN}", case, by=by, posting=posting, after=facts)
    return case


def move(
    case: C,
    step_code: str,
    *,
    by: Person,
    note: str = "",
    internal_note: str = "",
    after: Facts | None = None,
) -> C:
    """Take a step, as `move_in_act` does, as an act of its own."""
    with transaction.atomic():
        return move_in_act(case, step_code, by=by, note=note, internal_note=internal_note, after=after)


@transaction.atomic(savepoint=False)
def move_in_act(
    case: C,
    step_code: str,
    *,
    by: Person,
    note: str = "",
    internal_note: str = "",
    after: Facts | None = None,
) -> C:
    """Take a step and return the case as it then stands, locked until the act ends; the one given stays.

    Refused if the person may not, if the case is not in a state from which the step starts (someone may have
    been quicker), if a guard objects, or if the step needs a public reason and there is none. `by` is None
    for the system itself, which no right binds. What was changed on the case before is saved before. It is
    part of an act in a transaction of its own, which stands or falls with it.
    """
    fresh = lock(case)
    if fresh is None:
        raise Refused(_("This is no longer there. Please go back to the list."))
    step = _step(fresh, step_code)
    decision = Decision(True) if by is None else decide(by, step.right, fresh)
    if not decision and decision.reason is not NOT_NOW:
        raise Refused(decision.reason)
    if not decision or fresh.state not in step.start:
        raise Refused(_why_no_longer(fresh))
    for guard in step.guards:
        if reason := guard(fresh):
            raise Refused(reason)
    notes = list(_notes(note, internal_note))
    if step.needs_note and not says_something(note):
        raise Refused(_("Please give a reason. Whoever asked for this will read it."))
    before, fresh.state, fresh.state_since = fresh.state, step.end, timezone.now()
    write_state(fresh)
    actor = by if isinstance(by, User) else None
    entry = record(
        fresh.workflow.event(step),
        fresh,
        by=actor,
        posting=decision.posting,
        before={"state": before},
        after={"state": step.end, **(after or {})},
        note_digest=_digests(notes) if notes else None,
    )
    if notes:
        _attach(notes, entry, by=actor)
    return fresh


@transaction.atomic(savepoint=False)
def remark(
    case: Case,
    event: Event,
    *,
    by: User | None,
    posting: int | None = None,
    note: str = "",
    internal_note: str = "",
    after: Facts | None = None,
) -> Entry:
    """Record what happened to a case beside its steps, with words that go into no ledger.

    Whether `by` may is decided by the room that owns the case. Part of an act in a transaction of its own.
    """
    notes = list(_notes(note, internal_note))
    digests = _digests(notes) if notes else None
    entry = record(event, case, by=by, posting=posting, after=after, note_digest=digests)
    _attach(notes, entry, by=by)
    return entry


@transaction.atomic
def erase_note(note: Note, *, by: User | None) -> Note:
    """Remove the words of a note for good, and its salt; the ledger stays valid and says “erased”."""
    note = Note.objects.select_for_update().get(pk=note.pk)
    decision = Decision(True) if by is None else decide(by, rules.ERASE_NOTE, _case_of(note))
    if not decision:
        raise Refused(decision.reason)
    if note.erased_at is not None:
        raise Refused(_("This note is erased already."))
    note.text, note.salt, note.erased_at = "", None, timezone.now()
    note.save(update_fields=["text", "salt", "erased_at"])
    record(events.NOTE_ERASED, note, by=by, posting=decision.posting, after={"entry": note.entry_id})
    return note


def _step(case: Case, code: str) -> Step:
    if not case.workflow.has_step(code):
        raise Refused(_("This act does not exist. Please choose one of those offered on the page."))
    return case.workflow.step(code)


def _why_no_longer(case: Case) -> str:
    """Who was quicker, by post, and in which state the case is now."""
    now = case.state_now.label
    last = entries_about(case).filter(after__has_key="state").last()  # not what was written beside the steps
    if last is None:
        return _("This cannot be done now: the state is “%(state)s”.") % {"state": now}
    return _("This cannot be done now: the state is “%(state)s” since %(moment)s (%(act)s, %(post)s).") % {
        "state": now,
        "moment": format_datetime(last.at, (get_language() or "th")[:2]),
        "act": label_of(case.workflow, last.kind),
        "post": posts_of([last])[last.pk].post,
    }


def _notes(public: str, internal: str) -> Iterator[Note]:
    for audience, words in ((Note.Audience.PUBLIC, public), (Note.Audience.INTERNAL, internal)):
        text = clean(words).strip()
        if len(text) > NOTE_LIMIT:
            raise Refused(_("Please shorten the note to %(limit)d characters.") % {"limit": NOTE_LIMIT})
        if text:
            yield Note(audience=audience, text=text, salt=fresh_salt())


def _digests(notes: list[Note]) -> bytes:
    return b"".join(digest_of(note.audience, note.text, bytes(note.salt or b"")) for note in notes)


def _attach(notes: list[Note], entry: Entry, *, by: User | None) -> None:
    for note in notes:
        note.entry_id, note.written_by = entry.pk, by
        note.subject_kind, note.subject_id = entry.subject_kind, entry.subject_id
        note.posting_id = entry.posting_id
    Note.objects.bulk_create(notes)


def _case_of(note: Note) -> Case:
    return case_kinds()[note.subject_kind]._base_manager.get(pk=note.subject_id)
