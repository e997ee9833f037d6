"""Words between those who bring a complaint to its end, which its sender never reads."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.queries import require
from prasan.cases.actions import remark
from prasan.complaints import events, rules
from prasan.complaints.actions.locking import locked_complaint
from prasan.complaints.models import Complaint
from prasan.complaints.states import OPEN
from prasan.kernel.refusals import Refused
from prasan.kernel.text import says_something


@transaction.atomic
def note_inside(complaint: Complaint, *, by: User | None, note: str) -> Complaint:
    """Write a note that only those who handle the complaint read."""
    complaint = locked_complaint(complaint)
    posting = require(by, rules.NOTE_INSIDE, complaint)
    if not says_something(note):
        raise Refused(_("Please write the note first."))
    remark(complaint, events.NOTED, by=by, posting=posting, internal_note=note)
    return complaint


@transaction.atomic
def urge(complaint: Complaint, *, by: User | None, note: str) -> Complaint:
    """Ask whoever owes the next step to hurry; they get a letter, and the words stay inside."""
    complaint = locked_complaint(complaint)
    posting = require(by, rules.URGE, complaint)
    if complaint.state not in OPEN:
        raise Refused(_("Nobody owes anything on a complaint that has come to its end."))
    if not says_something(note):
        raise Refused(_("Please write what is to be done."))
    remark(complaint, events.URGED, by=by, posting=posting, internal_note=note)
    return complaint
