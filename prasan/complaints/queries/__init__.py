"""Reading of complaints, starting from what the person may see."""

from prasan.complaints.queries.alike import Likely, likely_same
from prasan.complaints.queries.clocks import (
    Clocks,
    clocks_of,
    is_paused,
    ladder,
    limits_for,
    overdue_for,
    provinces_to_limit,
    question_to_sender,
)
from prasan.complaints.queries.complaints import (
    MOST_OF_A_KIND,
    agencies_to_send_to,
    colleagues_of,
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
    right_to_reveal,
)
from prasan.complaints.queries.kinds import kinds_offered
from prasan.complaints.queries.people import holders_over, those_who_owe
from prasan.complaints.queries.photographs import (
    photographs_for,
    photographs_of,
    proofs_used_before,
    used_before,
)
from prasan.complaints.queries.templates import agencies_with_templates, filled_in, templates_for

__all__ = [
    "MOST_OF_A_KIND",
    "Clocks",
    "Likely",
    "agencies_to_send_to",
    "agencies_with_templates",
    "clocks_of",
    "colleagues_of",
    "complaint_of_receipt",
    "complaints_for",
    "complaints_waiting_at_desk",
    "counts_of",
    "filled_in",
    "holders_over",
    "is_paused",
    "kinds_offered",
    "ladder",
    "likely_same",
    "limits_for",
    "may_see_complaints",
    "may_take_in",
    "open_complaint_numbered",
    "opened_by",
    "overdue_for",
    "photographs_for",
    "photographs_of",
    "proofs_used_before",
    "provinces_to_limit",
    "question_to_sender",
    "referrals_for",
    "referrals_of",
    "referrals_waiting",
    "repeats_of",
    "right_to_reveal",
    "templates_for",
    "those_who_owe",
    "used_before",
]
