"""Reading of complaints, starting from what the person may see."""

from prasan.complaints.queries.alike import Likely, likely_same
from prasan.complaints.queries.complaints import (
    complaint_of_receipt,
    complaints_for,
    counts_of,
    may_take_in,
    opened_by,
    referrals_for,
    repeats_of,
)
from prasan.complaints.queries.kinds import kinds_offered

__all__ = [
    "Likely",
    "complaint_of_receipt",
    "complaints_for",
    "counts_of",
    "kinds_offered",
    "likely_same",
    "may_take_in",
    "opened_by",
    "referrals_for",
    "repeats_of",
]
