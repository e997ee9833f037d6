"""Writing letters of what happened, reminding, sending, and what a person does with his own letters."""

from prasan.notices.actions.own import mark_read, switch_mail
from prasan.notices.actions.reminding import remind, remind_before_closing, remind_of_editions
from prasan.notices.actions.sending import LettersNotSent, send_letters
from prasan.notices.actions.to_senders import send_to_sender, write_to_sender
from prasan.notices.actions.writing import write_letters

__all__ = [
    "LettersNotSent",
    "mark_read",
    "remind",
    "remind_before_closing",
    "remind_of_editions",
    "send_letters",
    "send_to_sender",
    "switch_mail",
    "write_letters",
    "write_to_sender",
]
