"""Acts on people, postings, bodies, meetings, calls and holidays."""

from prasan.agencies.actions.bodies import end_seat, found_agency, found_committee, seat_member
from prasan.agencies.actions.calls import (
    answer_call,
    extend_call,
    note_answers,
    open_call,
    take_back_answer_to_call,
)
from prasan.agencies.actions.holidays import add_holiday, ensure_holidays, remove_holiday
from prasan.agencies.actions.meetings import (
    convene_meeting,
    record_attendance,
    record_resolution,
    write_minutes,
)
from prasan.agencies.actions.people import close_account, open_account, renew_password, reopen_account
from prasan.agencies.actions.postings import appoint, delegate, end_posting
from prasan.agencies.actions.repeats import made_before, wait_for_turn

__all__ = [
    "add_holiday",
    "answer_call",
    "appoint",
    "close_account",
    "convene_meeting",
    "delegate",
    "end_posting",
    "end_seat",
    "ensure_holidays",
    "extend_call",
    "found_agency",
    "found_committee",
    "made_before",
    "note_answers",
    "open_account",
    "open_call",
    "record_attendance",
    "record_resolution",
    "remove_holiday",
    "renew_password",
    "reopen_account",
    "seat_member",
    "take_back_answer_to_call",
    "wait_for_turn",
    "write_minutes",
]
