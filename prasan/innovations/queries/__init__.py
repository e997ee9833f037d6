"""Reading innovations and the registers that list them, as far as a person may see."""

from prasan.innovations.queries.adoptions import (
    Spread,
    adopters_for,
    adoptions_inside,
    adoptions_of,
    mark_of_lessons,
    own_adoptions,
    spread_of,
)
from prasan.innovations.queries.appraisals import (
    Result,
    can_be_appraised,
    results_for,
    told_total,
    why_not_to_register,
)
from prasan.innovations.queries.checks import Finding, Outcome, SelfCheck, criteria_for, self_check
from prasan.innovations.queries.cookbooks import (
    changes_between,
    content_now,
    cookbooks_for,
    files_for,
    files_of,
    published_of,
    sections_of,
    versions_to_compare,
)
from prasan.innovations.queries.criteria import CriteriaVersion, criteria_versions, known_gates
from prasan.innovations.queries.deliveries import (
    deliveries_of,
    deliveries_to,
    numbers_to_reach,
    opened_and_all,
    unopened_deliveries,
)
from prasan.innovations.queries.innovations import (
    innovations_for,
    is_seen,
    own_innovations,
    owners_to_write_for,
    versions_for,
    waiting_innovations,
    with_areas,
)
from prasan.innovations.queries.novelty import Alike, earlier_alike
from prasan.innovations.queries.orders import (
    agencies_to_order,
    orders_for,
    orders_to_carry_out,
    overdue,
    reports_to_read,
)
from prasan.innovations.queries.people import givers_of, owners_of, readers_of_sending, receivers_of
from prasan.innovations.queries.registers import TwoFigures, entries_of, figures_of, registers

__all__ = [
    "Alike",
    "CriteriaVersion",
    "Finding",
    "Outcome",
    "Result",
    "SelfCheck",
    "Spread",
    "TwoFigures",
    "adopters_for",
    "adoptions_inside",
    "adoptions_of",
    "agencies_to_order",
    "can_be_appraised",
    "changes_between",
    "content_now",
    "cookbooks_for",
    "criteria_for",
    "criteria_versions",
    "deliveries_of",
    "deliveries_to",
    "earlier_alike",
    "entries_of",
    "figures_of",
    "files_for",
    "files_of",
    "givers_of",
    "innovations_for",
    "is_seen",
    "known_gates",
    "mark_of_lessons",
    "numbers_to_reach",
    "opened_and_all",
    "orders_for",
    "orders_to_carry_out",
    "overdue",
    "own_adoptions",
    "own_innovations",
    "owners_of",
    "owners_to_write_for",
    "published_of",
    "readers_of_sending",
    "receivers_of",
    "registers",
    "reports_to_read",
    "results_for",
    "sections_of",
    "self_check",
    "spread_of",
    "told_total",
    "unopened_deliveries",
    "versions_for",
    "versions_to_compare",
    "waiting_innovations",
    "why_not_to_register",
    "with_areas",
]
