"""Taking a complaint in, through whatever door."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.actions import made_before, wait_for_turn
from prasan.agencies.models import Agency
from prasan.agencies.queries import require
from prasan.cases.actions import begin
from prasan.cases.points import sound_point
from prasan.cases.words import cleaned, findable
from prasan.complaints import rules
from prasan.complaints.actions.clock import BY_SENDER, set_clocks
from prasan.complaints.actions.joining import begin_as_repeat
from prasan.complaints.actions.photograph import Sent, add_photographs
from prasan.complaints.actions.reading import keep_reading
from prasan.complaints.actions.sender import SenderFields, keep_sender, sender_of
from prasan.complaints.models import Complaint, Kind, Photograph
from prasan.complaints.receipts import digest_of, fresh_secret, receipt_of, secret_from
from prasan.kernel.calendar import buddhist_year, today
from prasan.kernel.refusals import Refused
from prasan.kernel.text import says_something
from prasan.places.models import Area

MOST_LETTERS = 10_000


@dataclass(frozen=True, slots=True)
class ComplaintWords:
    """What a sender tells; a point has both coordinates or neither, `happened_at` is None where unknown."""

    words: str
    area: Area
    kind: Kind | None = None
    latitude: float | None = None
    longitude: float | None = None
    happened_at: datetime | None = None
    subject_agency: Agency | None = None


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A complaint and the secret that opens its page; the secret is shown once and kept nowhere."""

    complaint: Complaint
    secret: str


@transaction.atomic
def take_in(
    told: ComplaintWords,
    *,
    manner: str,
    sender: SenderFields | None = None,
    form_key: UUID | None = None,
    same_as: Complaint | None = None,
    photographs: Sequence[Sent] = (),
) -> TakenIn:
    """Take in what a resident sends himself, once for each form.

    A form that is sent again gives the complaint it made before with a fresh secret, since the first answer
    may never have arrived. `same_as` joins it at once to an open complaint that the sender was shown.
    """
    wait_for_turn(form_key)
    if (made := made_before(form_key, Complaint.objects.filter(created_by=None))) is not None:
        return _with_fresh_secret(made)
    return _take_in(told, Complaint.Channel.WEB, manner, sender, None, None, form_key, same_as, photographs)


@transaction.atomic
def take_in_at_desk(
    told: ComplaintWords,
    *,
    channel: str,
    manner: str,
    sender: SenderFields | None = None,
    by: User,
    form_key: UUID | None = None,
    same_as: Complaint | None = None,
    photographs: Sequence[Sent] = (),
) -> TakenIn:
    """Take in what a resident tells an officer: at the counter, by telephone, in a letter."""
    wait_for_turn(form_key)
    posting = require(by, rules.TAKE_IN, Complaint(area=told.area, created_by=by))
    if (made := made_before(form_key, Complaint.objects.filter(created_by=by))) is not None:
        return _with_fresh_secret(made)
    return _take_in(
        told, Complaint.Channel(channel), manner, sender, by, posting, form_key, same_as, photographs
    )


@transaction.atomic
def take_in_brought(
    told: ComplaintWords,
    *,
    channel: str,
    manner: str,
    sender: SenderFields | None = None,
    source_key: str,
    by: User | None,
    posting: int | None = None,
) -> TakenIn | None:
    """Take in what another system or a letter brings, once for each `source_key`; None for one known already.

    Whether `by` may bring it is decided by the act that reads the file or the letters.
    """
    wait_for_turn(UUID(bytes=hashlib.sha256(source_key.encode()).digest()[:16]))
    if Complaint.objects.filter(source_key=source_key).exists():
        return None
    return _take_in(
        told, Complaint.Channel(channel), manner, sender, by, posting, None, None, source_key=source_key
    )


def refuse_unsound(told: ComplaintWords, *, sender: SenderFields | None) -> None:
    """Refused where taking it in would be; nothing is kept."""
    _refuse_unsound(told)
    if sender is not None:
        sender_of(sender)


def _take_in(
    told: ComplaintWords,
    channel: Complaint.Channel,
    manner: str,
    sender: SenderFields | None,
    by: User | None,
    posting: int | None,
    form_key: UUID | None,
    same_as: Complaint | None,
    photographs: Sequence[Sent] = (),
    source_key: str | None = None,
) -> TakenIn:
    complaint = Complaint(
        channel=channel, manner=Complaint.Manner(manner), form_key=form_key, source_key=source_key
    )
    _write(complaint, told)
    if complaint.manner != Complaint.Manner.ANONYMOUS:
        if sender is None or sender.is_empty:
            raise Refused(_("Please tell us your name or how to reach you, or send it without a name."))
        complaint.sender = keep_sender(sender)
    secret = secret_from(source_key) if source_key else fresh_secret()
    complaint.receipt = receipt_of(buddhist_year(today()), _next_serial())
    complaint.secret_digest = digest_of(complaint.receipt, secret)
    facts = {"area": told.area.code, "channel": str(channel), "kind": complaint.kind_id}
    if by is None:
        facts |= BY_SENDER
    begun = set_clocks(begin(complaint, by=by, posting=posting, after=facts))
    keep_reading(begun)
    is_letter = channel == Complaint.Channel.LETTER
    shows = Photograph.Shows.LETTER if is_letter else Photograph.Shows.TROUBLE
    add_photographs(begun, photographs, shows=shows, by=by)
    if same_as is not None and not begun.is_restricted:
        begun = begin_as_repeat(begun, same_as, by=by)
    return TakenIn(begun, secret)


def _write(complaint: Complaint, told: ComplaintWords) -> None:
    complaint.words, (complaint.latitude, complaint.longitude) = _refuse_unsound(told)
    complaint.area, complaint.kind, complaint.happened_at = told.area, told.kind, told.happened_at
    complaint.is_restricted = told.kind is not None and told.kind.is_restricted
    complaint.subject_agency = told.subject_agency if complaint.is_restricted else None
    complaint.search_key = findable(told.area, complaint.words)


def _refuse_unsound(told: ComplaintWords) -> tuple[str, tuple[float | None, float | None]]:
    """The words and the point as they are kept; Refused where something told cannot be right."""
    words = cleaned(told.words, MOST_LETTERS)
    if not says_something(words):
        raise Refused(_("Please say in a few words what happened."))
    if told.area.is_abolished:
        raise Refused(_("This place no longer exists under that name. Please choose the one of today."))
    if told.happened_at is not None and told.happened_at > timezone.now():
        raise Refused(_("The day lies in the future. Please check when it happened."))
    if told.kind is not None and not told.kind.is_open:
        raise Refused(_("This kind is no longer offered. Please choose another."))
    return words, sound_point(told.latitude, told.longitude)


def _with_fresh_secret(complaint: Complaint) -> TakenIn:
    secret = fresh_secret()
    complaint.secret_digest = digest_of(complaint.receipt, secret)
    complaint.save(update_fields=["secret_digest"])
    return TakenIn(complaint, secret)


def _next_serial() -> int:
    """A number that no complaint has had: a sequence never gives one twice, also not after a refusal."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('complaints_serial')")
        return int(cursor.fetchone()[0])
