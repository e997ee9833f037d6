"""What becomes of a letter: a complaint, a note that it came again, or a place among those set aside."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.actions import wait_for_turn
from prasan.agencies.queries import require
from prasan.complaints.actions import ComplaintWords, SenderFields
from prasan.complaints.actions.taking_in import MOST_LETTERS, take_in_brought
from prasan.complaints.events import SENDER_ERASED
from prasan.complaints.models import Complaint
from prasan.complaints.states import OPEN
from prasan.kernel.refusals import Refused
from prasan.kernel.words import search_key
from prasan.ledger.actions import hearing, record
from prasan.ledger.models import Entry
from prasan.linkage import events, rules
from prasan.linkage.models import IncomingLetter
from prasan.linkage.reading import ReadLetter, key_of, read_letter
from prasan.places.finder import find_place
from prasan.places.models import Area

MOST_IN_A_DAY = 20
"""Complaints by e-mail of one sender; what comes beyond waits for an officer."""
MOST_KEPT = 2 * 1024 * 1024
"""Bytes kept of a letter that waits: its words stand at its beginning, and the whole is still in its box."""
_LETTERS_OF_A_PLACE = 1_500
"""So much of a letter, from its beginning, is searched for the place that it names."""

Outcome, Reason = IncomingLetter.Outcome, IncomingLetter.Reason


@transaction.atomic
def take_in_letter(
    content: bytes, *, area: Area, own: tuple[str, ...] = (), by: User | None = None
) -> IncomingLetter:
    """Do with a letter what is to be done with it, once: brought again it gives what it made before.

    The same words of the same sender under another Message-ID make no second complaint while the first one
    is open; that they came again is noted.
    """
    letter = read_letter(content, own=own)
    key = key_of(letter, content)
    wait_for_turn(UUID(key[:32]))
    row = IncomingLetter(area=area, key=key, attachments=min(letter.attachments, 1_000))
    if letter.address:
        row.sender_key = _digest("sender", letter.address)
        row.same_key = _digest("same", letter.address, search_key(letter.words))
    if (known := IncomingLetter.objects.filter(key=key).first()) is not None:
        if known.same_key and row.same_key and known.same_key != row.same_key:
            return _set_aside(_with_key_of_its_own(row, content), content, Reason.SAME_ID, by=by)
        return known
    if letter.is_by_machine:
        row.outcome, row.reason = Outcome.PASSED_OVER, letter.reason
        row.save(force_insert=True)
        return row
    if (reason := letter.reason or _reason_to_wait(letter, row)) != "":
        return _set_aside(row, content, reason, by=by)
    return _take_in(letter, row, content, by=by)


@transaction.atomic
def set_aside(content: bytes, *, area: Area, reason: str, by: User | None = None) -> IncomingLetter:
    """Keep a letter, or the beginning of one, that could not be read at all."""
    row = _with_key_of_its_own(IncomingLetter(area=area), content)
    wait_for_turn(UUID(row.key[:32]))
    return _set_aside(row, content, reason, by=by)


@transaction.atomic
def open_letter(letter: IncomingLetter, *, by: User | None) -> bytes:
    """The letter as it came, for an officer who has to settle it; that he looked is recorded."""
    letter = _locked(letter)
    posting = require(by, rules.READ_LETTERS, letter)
    if letter.content is None:
        raise Refused(_("Nothing of this letter is kept here. It is still in the mail box."))
    record(events.LETTER_READ, letter, by=by, posting=posting)
    return bytes(letter.content)


@transaction.atomic
def settle_letter(letter: IncomingLetter, *, by: User | None) -> IncomingLetter:
    """Say that what was to be done with a letter is done; it is not kept any longer."""
    letter = _locked(letter)
    posting = require(by, rules.READ_LETTERS, letter)
    if not letter.is_to_settle:
        raise Refused(_("This letter is settled already."))
    letter.content, letter.settled_at = None, timezone.now()
    letter.save(update_fields=["content", "settled_at"])
    record(events.LETTER_SETTLED, letter, by=by, posting=posting, after={"reason": letter.reason})
    return letter


@hearing({SENDER_ERASED})
def forget_sender(entry_id: int) -> int:
    """Forget by what a sender would be known again, once a complaint's sender is erased."""
    entry = Entry.objects.filter(pk=entry_id, kind=SENDER_ERASED).first()
    if entry is None:
        return 0
    letters = IncomingLetter.objects.filter(complaint=int(entry.subject_id))
    return letters.update(sender_key="", same_key="")


def _take_in(letter: ReadLetter, row: IncomingLetter, content: bytes, *, by: User | None) -> IncomingLetter:
    if row.same_key:
        wait_for_turn(UUID(row.same_key[:32]))
        same = IncomingLetter.objects.filter(
            same_key=row.same_key, outcome=Outcome.TAKEN_IN, complaint__state__in=OPEN
        )
        if (earlier := same.order_by("pk").first()) is not None:
            row.outcome, row.complaint_id = Outcome.REPEATED, earlier.complaint_id
            row.save(force_insert=True)
            return row
    sender = SenderFields(name=letter.name, email=letter.address) if letter.address else None
    try:
        taken = take_in_brought(
            ComplaintWords(letter.words, _place_of(letter.words, row.area)),
            channel=Complaint.Channel.E_MAIL,
            manner=Complaint.Manner.CONFIDENTIAL if sender else Complaint.Manner.ANONYMOUS,
            sender=sender,
            source_key=f"mail:{row.key}",
            by=by,
        )
    except Refused:
        return _set_aside(row, content, Reason.REFUSED, by=by)
    if taken is None:
        raise RuntimeError("a complaint stands without its letter")
    row.outcome, row.complaint = Outcome.TAKEN_IN, taken.complaint
    row.save(force_insert=True)
    return row


def _set_aside(row: IncomingLetter, content: bytes, reason: str, *, by: User | None) -> IncomingLetter:
    known = IncomingLetter.objects.filter(key=row.key).first()
    if known is not None:
        return known
    row.outcome, row.reason = Outcome.SET_ASIDE, reason
    row.content = content[:MOST_KEPT]
    row.save(force_insert=True)
    record(events.LETTER_SET_ASIDE, row, by=by, after={"reason": str(reason), "bytes": len(content)})
    return row


def _reason_to_wait(letter: ReadLetter, row: IncomingLetter) -> str:
    if len(letter.words) > MOST_LETTERS:
        return Reason.TOO_LONG
    if row.sender_key:
        day = timezone.now() - timedelta(days=1)
        of_sender = IncomingLetter.objects.filter(sender_key=row.sender_key, received_at__gte=day)
        if of_sender.filter(outcome=Outcome.TAKEN_IN).count() >= MOST_IN_A_DAY:
            return Reason.FLOOD
    return ""


def _place_of(words: str, province: Area) -> Area:
    """The one place in the province that the letter names for certain, or the province."""
    finding = find_place(words[:_LETTERS_OF_A_PLACE], within=province)
    inside = [found.area for found in finding.places if found.is_inside]
    deepest = max(inside, key=lambda area: len(area.path), default=province)
    is_one = all(deepest.path.startswith(area.path) for area in inside)
    return deepest if is_one and not finding.doubts and deepest.path.startswith(province.path) else province


def _with_key_of_its_own(row: IncomingLetter, content: bytes) -> IncomingLetter:
    row.key = key_of(ReadLetter(""), content)
    return row


def _digest(kind: str, *told: str) -> str:
    return salted_hmac(f"prasan.linkage.{kind}", "\n".join(told), algorithm="sha256").hexdigest()


def _locked(letter: IncomingLetter) -> IncomingLetter:
    rows = IncomingLetter.objects.select_for_update(of=("self",)).select_related("area")
    return rows.get(pk=letter.pk)
