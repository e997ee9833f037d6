"""Closing a complaint with an honest reason, and opening it again."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from prasan.accounts.models import User
from prasan.cases.actions import move
from prasan.complaints import events
from prasan.complaints.actions.clock import BY_SENDER, end_pause, set_clocks
from prasan.complaints.actions.desk import end_referrals
from prasan.complaints.actions.locking import locked_complaint
from prasan.complaints.actions.photograph import Sent, add_photographs
from prasan.complaints.models import Complaint, Photograph
from prasan.kernel.refusals import Refused
from prasan.ledger.actions import record

REASONS = {
    "solved": gettext_lazy("Solved"),
    "partly": gettext_lazy("Partly solved"),
    "not_ours": gettext_lazy("Not within the power of the state"),
    "cannot": gettext_lazy("Cannot be solved"),
    "withdrawn": gettext_lazy("Withdrawn by the sender"),
}
"""Why a complaint ends; one that is joined to another does not end by a reason of its own."""


@transaction.atomic
def close_complaint(
    complaint: Complaint, *, reason: str, by: User | None, note: str, proof: Sequence[Sent] = ()
) -> Complaint:
    """End a complaint, say why and show what was done; all whose complaints were joined read the same."""
    if reason not in REASONS:
        raise Refused(_("Please choose why it is closed."))
    complaint = locked_complaint(complaint)
    complaint.closing_reason = reason
    complaint.save(update_fields=["closing_reason"])
    moved = move(complaint, "close", by=by, note=note, after={"reason": reason})
    add_photographs(moved, proof, shows=Photograph.Shows.PROOF, by=by)
    end_referrals(moved, note=note)
    end_pause(moved)
    return set_clocks(moved)


@transaction.atomic
def reopen_complaint(complaint: Complaint, *, by: User | None, note: str) -> Complaint:
    """Open a closed complaint again; the centre says who goes on."""
    return _reopened(move(complaint, "reopen", by=by, note=note))


@transaction.atomic
def reopen_by_sender(complaint: Complaint, *, note: str) -> Complaint:
    """Open one's own complaint again, having shown receipt and secret."""
    return _reopened(move(complaint, "reopen", by=None, note=note, after=BY_SENDER))


@transaction.atomic
def rate(complaint: Complaint, score: int) -> Complaint:
    """Say, as its sender, how well it was settled: 1 to 5."""
    complaint = locked_complaint(complaint)
    if not complaint.is_closed:
        raise Refused(_("It can be rated once it is closed."))
    if not 1 <= score <= 5:
        raise Refused(_("Please choose 1 to 5."))
    complaint.satisfaction = score
    complaint.save(update_fields=["satisfaction"])
    record(events.RATED, complaint, by=None, after={**BY_SENDER, "score": score})
    return complaint


def _reopened(complaint: Complaint) -> Complaint:
    complaint.closing_reason, complaint.satisfaction = "", None
    complaint.times_reopened += 1
    complaint.save(update_fields=["closing_reason", "satisfaction", "times_reopened"])
    return set_clocks(complaint)
