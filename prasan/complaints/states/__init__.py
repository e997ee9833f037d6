"""The lives of a complaint and of its way through an agency."""

from prasan.complaints.states.complaint import AT_DESK, COMPLAINT, OPEN
from prasan.complaints.states.referral import HELD, REFERRAL

__all__ = ["AT_DESK", "COMPLAINT", "HELD", "OPEN", "REFERRAL"]
