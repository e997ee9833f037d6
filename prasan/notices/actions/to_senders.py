"""Letters to the senders of complaints, who have no account: receipts, questions, and that it is closed."""

from __future__ import annotations

from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from procrastinate.contrib.django import app

from prasan.complaints.events import PAUSED
from prasan.complaints.models import Complaint, Sender
from prasan.complaints.states import COMPLAINT
from prasan.ledger.actions import hearing
from prasan.ledger.models import Entry
from prasan.notices.actions.sending import LettersNotSent, mailer, note_failure, note_sent
from prasan.notices.actions.writing import AFTER_ALL_ELSE, QUEUE
from prasan.notices.models import Letter, SenderLetter
from prasan.notices.post import news_of, receipt_of

ANSWER = "prasan.notices.answer_sender"
"""Name of the job that sends one letter to a sender."""

RECEIVED = f"{COMPLAINT.code}.begin"
CLOSED = f"{COMPLAINT.code}.close"
MOST_IN_A_DAY = 5
"""Answers to one address: whoever writes under the name of another must not flood him through us."""


@hearing({RECEIVED, CLOSED, PAUSED})
@transaction.atomic
def write_to_sender(entry_id: int) -> int:
    """Queue what senders of complaints are told of an entry; how many letters. Told twice, it does so once.

    That is the receipt of one that came by e-mail, what is asked of him, and that it is closed; of this all
    hear whose complaints were joined to it.
    """
    entry = Entry.objects.filter(pk=entry_id, kind__in=(RECEIVED, CLOSED, PAUSED)).first()
    if entry is None:
        return 0
    if entry.kind == RECEIVED:
        return _write_receipt(entry)
    if entry.kind == PAUSED and not entry.after.get("asks_sender"):
        return 0
    concerned = Q(pk=int(entry.subject_id))
    if entry.kind == CLOSED:
        concerned |= Q(problem__main=int(entry.subject_id), state="repeated")
    reached = Complaint.objects.filter(concerned).exclude(sender=None).exclude(sender__email="")
    return sum(_queue_once(complaint, entry.kind, entry.pk) for complaint in reached.order_by("pk"))


def _queue_once(complaint: Complaint, kind: str, entry_id: int) -> int:
    dispatch = Letter.Dispatch.WAITING if settings.LETTERS_GO_BY else Letter.Dispatch.NO_MAIL
    letter, is_new = SenderLetter.objects.get_or_create(
        complaint=complaint, kind=kind, entry_id=entry_id, defaults={"dispatch": dispatch}
    )
    return _queued(letter, is_new)


def _write_receipt(entry: Entry) -> int:
    if entry.after.get("channel") != Complaint.Channel.E_MAIL:
        return 0
    complaint = Complaint.objects.select_related("sender").filter(pk=entry.subject_id).first()
    if complaint is None or complaint.sender is None or not complaint.sender.email:
        return 0
    letter, is_new = SenderLetter.objects.get_or_create(
        complaint=complaint, kind=RECEIVED, defaults={"dispatch": _dispatch_to(complaint.sender)}
    )
    return _queued(letter, is_new)


def _queued(letter: SenderLetter, is_new: bool) -> int:
    """Have a new letter sent where it waits; how many new ones."""
    if is_new and letter.dispatch == Letter.Dispatch.WAITING:
        app.configure_task(ANSWER, queue=QUEUE, priority=AFTER_ALL_ELSE).defer(letter_id=letter.pk)
    return int(is_new)


def send_to_sender(letter_id: int) -> bool:
    """Send the letter if it waits; whether it went. Raises where it is to be tried again."""
    with mailer() as (post, trouble):
        fault = _send(letter_id, post, trouble)
    if fault:
        raise LettersNotSent(fault)
    return fault is None


@transaction.atomic
def _send(key: int, post: BaseEmailBackend, trouble: Exception | None) -> str | None:
    """None if it went, else the fault for which it is tried again, or nothing."""
    rows = SenderLetter.objects.select_for_update(of=("self",), skip_locked=True)
    letter = rows.select_related("complaint__sender").filter(pk=key, dispatch=Letter.Dispatch.WAITING).first()
    if letter is None:
        return ""
    sender = letter.complaint.sender
    if sender is None or not sender.email:
        letter.dispatch = Letter.Dispatch.NO_ADDRESS
        letter.save(update_fields=["dispatch"])
        return ""
    try:
        if trouble is not None:
            raise trouble
        post.send_messages([receipt_of(letter) if letter.kind == RECEIVED else news_of(letter)])
    except (OSError, SMTPException, ValidationError, ValueError) as error:
        return note_failure(letter, error)
    note_sent(letter)
    return None


def _dispatch_to(sender: Sender) -> str:
    if not settings.LETTERS_GO_BY:
        return Letter.Dispatch.NO_MAIL
    today = timezone.now() - timedelta(days=1)
    answered = SenderLetter.objects.filter(
        complaint__sender__pseudonym=sender.pseudonym, written_at__gte=today
    )
    return Letter.Dispatch.HELD_BACK if answered.count() >= MOST_IN_A_DAY else Letter.Dispatch.WAITING
