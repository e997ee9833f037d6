"""What form จ.1-1 says of a proposal, whole."""

from __future__ import annotations

from typing import Any

from prasan.planning.models import Proposal

_WORDS = (
    "name",
    "rationale",
    "objective",
    "main_programme",
    "programme",
    "target_words",
    "operator",
    "output",
    "outcome",
)
_CODES = ("area_id", "sector_id", "kind_id", "approach_id", "fiscal_year", "households", "beneficiaries")


def content_of(proposal: Proposal) -> dict[str, Any]:
    """Every word, code, day and sum of the form, as plain values that JSON keeps."""
    return {
        **{name: getattr(proposal, name) for name in (*_WORDS, *_CODES)},
        "starts": proposal.starts.isoformat() if proposal.starts else None,
        "ends": proposal.ends.isoformat() if proposal.ends else None,
        "budget_asked": str(proposal.budget_asked),
        "activities": [
            {
                "name": activity.name,
                "responsible": activity.responsible,
                "helpers": activity.helpers,
                "budgets": {str(budget.fiscal_year): str(budget.amount) for budget in activity.budgets.all()},
            }
            for activity in proposal.activities.prefetch_related("budgets")
        ],
        "indicators": list(proposal.indicators.values("name", "target")),
    }
