"""Reading of complaints, starting from what the person may see."""

from prasan.complaints.queries.alike import Likely, likely_same
from prasan.complaints.queries.complaints import (
    agencies_to_send_to,
    complaint_of_receipt,
    complaints_for,
    complaints_waiting_at_desk,
    counts_of,
    may_see_complaints,
    may_take_in,
    open_complaint_numbered,
    opened_by,
    referrals_for,
    referrals_of,
    referrals_waiting,
    repeats_of,
)
from prasan.complaints.queries.kinds import kinds_offered

__all__ = [
    "Likely",
    "agencies_to_send_to",
    "complaint_of_receipt",
    "complaints_for",
    "complaints_waiting_at_desk",
    "counts_of",
    "kinds_offered",
    "likely_same",
    "may_see_complaints",
    "may_take_in",
    "open_complaint_numbered",
    "opened_by",
    "referrals_for",
    "referrals_of",
    "referrals_waiting",
    "repeats_of",
]
