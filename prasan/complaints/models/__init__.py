"""Tables of complaints, by noun."""

from prasan.complaints.models.clock import Escalation, Pause, TimeLimit
from prasan.complaints.models.complaint import Complaint, Problem
from prasan.complaints.models.kind import Kind
from prasan.complaints.models.listing import ComplaintList
from prasan.complaints.models.photograph import Photograph, Print
from prasan.complaints.models.reading import Reading
from prasan.complaints.models.referral import Referral
from prasan.complaints.models.reply_template import ReplyTemplate
from prasan.complaints.models.rule_book import RoutingRule, RuleBook
from prasan.complaints.models.sender import Sender
from prasan.complaints.models.tally import Tally, TallyChange

__all__ = [
    "Complaint",
    "ComplaintList",
    "Escalation",
    "Kind",
    "Pause",
    "Photograph",
    "Print",
    "Problem",
    "Reading",
    "Referral",
    "ReplyTemplate",
    "RoutingRule",
    "RuleBook",
    "Sender",
    "Tally",
    "TallyChange",
    "TimeLimit",
]
