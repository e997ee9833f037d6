"""What the author of a proposal does."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from prasan.kernel.flow import Step
from prasan.planning import rules
from prasan.planning.states.proposal.guards import proposal_is_complete

AUTHOR = (
    Step(
        "submit",
        _("Submit"),
        ("draft",),
        "submitted",
        rules.PROPOSE,
        guards=(proposal_is_complete,),
        by_action=True,
        effect=_("The tambon committee receives it; its needs count as answered."),
        icon="send",
    ),
    Step(
        "withdraw",
        _("Withdraw"),
        ("draft", "submitted"),
        "withdrawn",
        rules.PROPOSE,
        needs_note=True,
        by_action=True,
        effect=_("Its needs wait for another proposal."),
        icon="x-circle",
    ),
)
