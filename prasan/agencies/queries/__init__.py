"""Reading of agencies: who may, who is posted where, which bodies there are."""

from prasan.agencies.queries.bodies import (
    agencies_for,
    agencies_to_found_below,
    agencies_with_mandate,
    calls_open_on,
    committees_for,
    holidays_between,
    meetings_for,
    members_on,
    unanswered,
)
from prasan.agencies.queries.people import (
    holding_now,
    managed_areas,
    may_appoint,
    may_change_account,
    may_manage_people,
    people_for,
    postings_for,
    postings_held_by,
    roles_given_by,
)
from prasan.agencies.queries.rights import (
    decide,
    require,
    within_reach,
)
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
    "agencies_for",
    "agencies_to_found_below",
    "agencies_with_mandate",
    "calls_open_on",
    "committees_for",
    "committees_of",
    "decide",
    "forget_standing",
    "holding_now",
    "holidays_between",
    "managed_areas",
    "may_appoint",
    "may_change_account",
    "may_manage_people",
    "meetings_for",
    "members_on",
    "people_for",
    "postings_for",
    "postings_held_by",
    "postings_of",
    "require",
    "roles_given_by",
    "standing_of",
    "unanswered",
    "within_reach",
]
