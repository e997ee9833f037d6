"""Keeping who sent a complaint: apart, read field by field, erasable."""

from __future__ import annotations

from dataclasses import dataclass, fields

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.queries import require
from prasan.cases.words import cleaned
from prasan.complaints import events, rules
from prasan.complaints.actions.locking import locked_complaint
from prasan.complaints.actions.photograph import drop_letters
from prasan.complaints.models import Complaint, Sender
from prasan.complaints.queries import right_to_reveal
from prasan.complaints.receipts import digits_of
from prasan.kernel.identity import is_thai_id
from prasan.kernel.refusals import Refused
from prasan.ledger.actions import record


@dataclass(frozen=True, slots=True)
class SenderFields:
    """What somebody tells of himself; every field may be empty."""

    name: str = ""
    phone: str = ""
    email: str = ""
    citizen_number: str = ""
    address: str = ""

    @property
    def is_empty(self) -> bool:
        return not any(getattr(self, each.name).strip() for each in fields(self))


def keep_sender(told: SenderFields) -> Sender:
    """Keep what a sender told of himself; Refused where it cannot be right."""
    sender = sender_of(told)
    sender.save(force_insert=True)
    return sender


def sender_of(told: SenderFields) -> Sender:
    """What a sender told of himself, not kept yet; Refused where it cannot be right."""
    citizen_number = digits_of(told.citizen_number)
    if told.citizen_number.strip() and not is_thai_id(citizen_number):
        raise Refused(_("This citizen number is not right. Please check its 13 digits, or leave it out."))
    phone = digits_of(cleaned(told.phone, 40))
    sender = Sender(
        name=cleaned(told.name, 200),
        phone=phone,
        email=cleaned(told.email, 254),
        citizen_number=citizen_number,
        address=cleaned(told.address, 1000),
    )
    sender.pseudonym = _pseudonym(citizen_number or phone or sender.email.lower())
    return sender


@transaction.atomic
def reveal_sender(complaint: Complaint, field: str, *, by: User | None) -> str:
    """One field of who sent it; that it was looked at is recorded, what it says is not."""
    if field not in Sender.FIELDS:
        raise ValueError(f"a sender has no {field}")
    complaint = Complaint.objects.select_related("sender", "area").get(pk=complaint.pk)
    posting = require(by, right_to_reveal(complaint), complaint)
    if complaint.sender is None:
        raise Refused(_("This complaint was sent without a name."))
    facts = {"field": field, "sender": str(complaint.sender.pk)}
    record(events.SENDER_REVEALED, complaint, by=by, posting=posting, after=facts)
    return str(getattr(complaint.sender, field))


@transaction.atomic
def erase_sender(complaint: Complaint, *, by: User | None) -> Complaint:
    """Empty all that is kept of who sent it, with the scans of a letter; the ledger knows only keys."""
    complaint = locked_complaint(complaint)
    posting = require(by, rules.ERASE, complaint)
    sender = Sender.objects.select_for_update().filter(complaints=complaint, erased_at=None).first()
    letters = drop_letters(complaint)
    if sender is None and not letters:
        raise Refused(_("Nothing is kept of who sent this complaint."))
    if sender is not None:
        for field in (*Sender.FIELDS, "pseudonym"):
            setattr(sender, field, "")
        sender.erased_at = timezone.now()
        sender.save()
    facts = {"sender": str(sender.pk) if sender else None, "letters": letters}
    record(events.SENDER_ERASED, complaint, by=by, posting=posting, after=facts)
    return complaint


def _pseudonym(known_by: str) -> str:
    return (
        salted_hmac("prasan.complaints.sender", known_by, algorithm="sha256").hexdigest() if known_by else ""
    )
