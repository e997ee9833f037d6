"""Acts on complaints, by noun."""

from prasan.complaints.actions.clock import (
    answer_question,
    pause_clocks,
    read_all_clocks,
    resume_clocks,
    set_limit,
    tell_of_late_ones,
)
from prasan.complaints.actions.closing import close_complaint, rate, reopen_by_sender, reopen_complaint
from prasan.complaints.actions.desk import (
    recall_complaint,
    refer_complaint,
    screen_complaint,
    send_back_complaint,
    take_on_complaint,
)
from prasan.complaints.actions.joining import join_complaint, part_complaint
from prasan.complaints.actions.noting import note_inside, urge
from prasan.complaints.actions.photograph import read_letter
from prasan.complaints.actions.reading import keep_missing_readings
from prasan.complaints.actions.referral import (
    acknowledge_referral,
    answer_referral,
    assign_officer,
    begin_work,
    refer_on,
    return_referral,
)
from prasan.complaints.actions.rule_book import (
    RuleWords,
    add_rule,
    change_rule,
    draft_rules,
    move_rule,
    put_rules_in_force,
    remove_rule,
)
from prasan.complaints.actions.sender import SenderFields, erase_sender, reveal_sender
from prasan.complaints.actions.taking_in import ComplaintWords, TakenIn, take_in, take_in_at_desk
from prasan.complaints.actions.tally import fold_complaints_tally
from prasan.complaints.actions.templates import keep_template, remove_template

__all__ = [
    "ComplaintWords",
    "RuleWords",
    "SenderFields",
    "TakenIn",
    "acknowledge_referral",
    "add_rule",
    "answer_question",
    "answer_referral",
    "assign_officer",
    "begin_work",
    "change_rule",
    "close_complaint",
    "draft_rules",
    "erase_sender",
    "fold_complaints_tally",
    "join_complaint",
    "keep_missing_readings",
    "keep_template",
    "move_rule",
    "note_inside",
    "part_complaint",
    "pause_clocks",
    "put_rules_in_force",
    "rate",
    "read_all_clocks",
    "read_letter",
    "recall_complaint",
    "refer_complaint",
    "refer_on",
    "remove_rule",
    "remove_template",
    "reopen_by_sender",
    "reopen_complaint",
    "resume_clocks",
    "return_referral",
    "reveal_sender",
    "screen_complaint",
    "send_back_complaint",
    "set_limit",
    "take_in",
    "take_in_at_desk",
    "take_on_complaint",
    "tell_of_late_ones",
    "urge",
]
