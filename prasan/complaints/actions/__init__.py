"""Acts on complaints, by noun."""

from prasan.complaints.actions.closing import close_complaint, rate, reopen_by_sender, reopen_complaint
from prasan.complaints.actions.desk import recall_complaint, refer_complaint, screen_complaint
from prasan.complaints.actions.joining import join_complaint, part_complaint
from prasan.complaints.actions.referral import (
    acknowledge_referral,
    answer_referral,
    assign_officer,
    begin_work,
    refer_on,
    return_referral,
)
from prasan.complaints.actions.sender import SenderFields, erase_sender, reveal_sender
from prasan.complaints.actions.taking_in import ComplaintWords, TakenIn, take_in, take_in_at_desk

__all__ = [
    "ComplaintWords",
    "SenderFields",
    "TakenIn",
    "acknowledge_referral",
    "answer_referral",
    "assign_officer",
    "begin_work",
    "close_complaint",
    "erase_sender",
    "join_complaint",
    "part_complaint",
    "rate",
    "recall_complaint",
    "refer_complaint",
    "refer_on",
    "reopen_by_sender",
    "reopen_complaint",
    "return_referral",
    "reveal_sender",
    "screen_complaint",
    "take_in",
    "take_in_at_desk",
]
