"""Reading of agencies: who may, who is posted where, which bodies there are."""

from prasan.agencies.queries.rights import decide, within_reach
from prasan.agencies.queries.standing import (
    Person,
    PostingFacts,
    committees_of,
    forget_standing,
    postings_of,
    standing_of,
)

__all__ = [
    "Person",
    "PostingFacts",
    "committees_of",
    "decide",
    "forget_standing",
    "postings_of",
    "standing_of",
    "within_reach",
]
