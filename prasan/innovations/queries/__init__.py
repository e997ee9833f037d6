"""Reading innovations and the registers that list them, as far as a person may see."""

from prasan.innovations.queries.checks import Outcome, SelfCheck, criteria_for, self_check
from prasan.innovations.queries.innovations import (
    innovations_for,
    own_innovations,
    owners_to_write_for,
    versions_for,
    waiting_innovations,
)
from prasan.innovations.queries.registers import TwoFigures, entries_of, figures_of, registers

__all__ = [
    "Outcome",
    "SelfCheck",
    "TwoFigures",
    "criteria_for",
    "entries_of",
    "figures_of",
    "innovations_for",
    "own_innovations",
    "owners_to_write_for",
    "registers",
    "self_check",
    "versions_for",
    "waiting_innovations",
]
