"""The lives of a complaint, of its way through an agency, and of routing rules."""

from prasan.complaints.states.complaint import AT_DESK, COMPLAINT, OPEN
from prasan.complaints.states.referral import HELD, REFERRAL
from prasan.complaints.states.rule_book import RULE_BOOK

__all__ = ["AT_DESK", "COMPLAINT", "HELD", "OPEN", "REFERRAL", "RULE_BOOK"]
