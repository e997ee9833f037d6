"""Sending letters by e-mail: each at most once at a time, and what fails is kept with its letter and told."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from prasan.notices.models import Letter, SenderLetter, WithoutMail
from prasan.notices.post import mail_of

MOST_TRIES = 8
"""After so many a letter counts as one that could not be sent; the tries are spread over some six hours."""

_log = logging.getLogger("prasan.notices")


class LettersNotSent(Exception):
    """Some letters were not sent and are tried again; tells codes of faults, never an address or words."""


def send_letters(letter_ids: Sequence[int]) -> int:
    """Send those of the letters that wait; how many went. Raises where some are to be tried again.

    What a mail server refuses for good is not tried again. A letter may go twice only where the machine
    fails between sending it and noting so; it then has the same Message-ID.
    """
    sent, faults = 0, set()
    with mailer() as (post, trouble):
        for key in letter_ids:
            fault = _send(key, post, trouble)
            if fault is None:
                sent += 1
            elif fault:
                faults.add(fault)
    if faults:
        raise LettersNotSent(", ".join(sorted(faults)))
    return sent


@contextmanager
def mailer() -> Iterator[tuple[BaseEmailBackend, Exception | None]]:
    """An open connection to the mail server, or why there is none."""
    post = get_connection()
    trouble: Exception | None = None
    try:
        post.open()
    except (OSError, SMTPException) as error:
        trouble = error
    try:
        yield post, trouble
    finally:
        post.close()


@transaction.atomic
def _send(key: int, post: BaseEmailBackend, trouble: Exception | None) -> str | None:
    """Send one letter: None if it went, else the fault for which it is tried again, or nothing."""
    rows = Letter.objects.select_for_update(of=("self",), skip_locked=True).select_related("person")
    letter = rows.filter(pk=key, dispatch=Letter.Dispatch.WAITING).first()
    if letter is None:
        return ""
    if (kept_here := _why_not(letter)) is not None:
        letter.dispatch = kept_here
        letter.save(update_fields=["dispatch"])
        return ""
    try:
        if trouble is not None:
            raise trouble
        validate_email(letter.person.email)
        post.send_messages([mail_of(letter)])
    except (OSError, SMTPException, ValidationError, ValueError) as error:
        return note_failure(letter, error)
    note_sent(letter)
    return None


def _why_not(letter: Letter) -> str | None:
    """What keeps a letter on the site since it was written."""
    if not settings.LETTERS_GO_BY:
        return Letter.Dispatch.NO_MAIL
    if not letter.person.email:
        return Letter.Dispatch.NO_ADDRESS
    if WithoutMail.objects.filter(person=letter.person_id).exists():
        return Letter.Dispatch.SWITCHED_OFF
    return None


def note_sent(letter: Letter | SenderLetter) -> None:
    """Note that a letter went just now."""
    by_folder = settings.LETTERS_GO_BY == "folder"
    letter.dispatch = Letter.Dispatch.FILED if by_folder else Letter.Dispatch.SENT
    letter.sent_at, letter.fault = timezone.now(), ""
    letter.save(update_fields=["dispatch", "sent_at", "fault"])


def note_failure(letter: Letter | SenderLetter, error: Exception) -> str:
    """Note why a letter did not go; the fault for which it is tried again, or nothing where it is not."""
    letter.failures += 1
    letter.fault = _code_of(error)
    is_final = _is_for_good(error)
    if is_final or letter.failures >= MOST_TRIES:
        letter.dispatch = Letter.Dispatch.FAILED
        name = "letter" if isinstance(letter, Letter) else "letter to a sender"
        _log.error("%s %d could not be sent: %s", name, letter.pk, letter.fault)
    letter.save(update_fields=["failures", "fault", "dispatch"])
    return "" if is_final else letter.fault


def _is_for_good(error: Exception) -> bool:
    """Whether trying again is of no use: an address that is none, or that the server refuses for good."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _words in error.recipients.values())
    return isinstance(error, ValueError | ValidationError)


def _code_of(error: Exception) -> str:
    """The kind of fault and the mail server's number; its words may hold the address."""
    numbers: list[int] = []
    if isinstance(error, SMTPRecipientsRefused):
        numbers = [code for code, _words in error.recipients.values()]
    elif isinstance(error, SMTPResponseException):
        numbers = [error.smtp_code]
    return " ".join([type(error).__name__, *map(str, sorted(set(numbers)))])[:60]
