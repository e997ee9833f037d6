"""What an agency does with a project of its own."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from prasan.kernel.flow import Step
from prasan.planning import rules
from prasan.planning.states.proposal.guards import an_agency_proposes, proposal_is_complete

OWN_PROJECT = (
    Step(
        "propose_own",
        _("Begin as an agency"),
        ("draft",),
        "agency_draft",
        rules.PROPOSE_OWN,
        guards=(an_agency_proposes,),
        by_action=True,
        icon="building",
    ),
    Step(
        "submit_own",
        _("Submit the agency's project"),
        ("agency_draft",),
        "accepted",
        rules.PROPOSE_OWN,
        guards=(proposal_is_complete,),
        by_action=True,
        effect=_("It is ranked with the others; the governor decides."),
        icon="send",
    ),
    Step(
        "withdraw_own",
        _("Withdraw"),
        ("agency_draft",),
        "withdrawn",
        rules.PROPOSE_OWN,
        needs_note=True,
        by_action=True,
        icon="x-circle",
    ),
)
