"""Tables of agencies, by noun."""

from prasan.agencies.models.agency import Agency, Mandate
from prasan.agencies.models.call import Call, CallAnswer, Holiday
from prasan.agencies.models.committee import Attendance, Committee, Meeting, Membership, Resolution
from prasan.agencies.models.posting import Posting, Role

__all__ = [
    "Agency",
    "Attendance",
    "Call",
    "CallAnswer",
    "Committee",
    "Holiday",
    "Mandate",
    "Meeting",
    "Membership",
    "Posting",
    "Resolution",
    "Role",
]
