"""Reading programmes, entries, judging and results, as far as a person may see them."""

from prasan.awards.queries.checks import Eligibility, Finding, eligibility_for, eligibility_of, outlook_of
from prasan.awards.queries.entitlements import Entitlement, entitlements
from prasan.awards.queries.judging import (
    conflicts_between,
    conflicts_of,
    own_sheets,
    panels_of,
    seats_of,
    seats_to_state_for,
    sheets_for,
    told_conflicts,
)
from prasan.awards.queries.programmes import (
    editions_for,
    entries_for,
    entries_to_enter_again,
    innovations_to_enter,
    organises,
    own_entries,
    programmes,
    programmes_to_organise,
    waiting_entries,
)
from prasan.awards.queries.recounting import Recount, recounted
from prasan.awards.queries.results import BY_PROVINCE, announced_entries, counts_of, shown, with_province_key
from prasan.awards.queries.returning import Returned, returned_in
from prasan.awards.queries.seeing import (
    Seen,
    evidence_content,
    evidence_of,
    file_entered,
    measures_of,
    parts_of,
    seen_on,
)
from prasan.awards.queries.statistics import Statistics, statistics_of
from prasan.awards.queries.terms import terms_of

__all__ = [
    "BY_PROVINCE",
    "Eligibility",
    "Entitlement",
    "Finding",
    "Recount",
    "Returned",
    "Seen",
    "Statistics",
    "announced_entries",
    "conflicts_between",
    "conflicts_of",
    "counts_of",
    "editions_for",
    "eligibility_for",
    "eligibility_of",
    "entitlements",
    "entries_for",
    "entries_to_enter_again",
    "evidence_content",
    "evidence_of",
    "file_entered",
    "innovations_to_enter",
    "measures_of",
    "organises",
    "outlook_of",
    "own_entries",
    "own_sheets",
    "panels_of",
    "parts_of",
    "programmes",
    "programmes_to_organise",
    "recounted",
    "returned_in",
    "seats_of",
    "seats_to_state_for",
    "seen_on",
    "sheets_for",
    "shown",
    "statistics_of",
    "terms_of",
    "told_conflicts",
    "waiting_entries",
    "with_province_key",
]
