"""The lives of a complaint and of its way through an agency."""

from prasan.complaints.states.complaint import COMPLAINT, OPEN
from prasan.complaints.states.referral import REFERRAL

__all__ = ["COMPLAINT", "OPEN", "REFERRAL"]
