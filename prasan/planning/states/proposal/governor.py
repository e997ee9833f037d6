"""What the governor decides."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from prasan.kernel.flow import Step
from prasan.planning import rules
from prasan.planning.states.proposal.guards import an_agency_proposes, somebody_asks

GOVERNOR = (
    Step(
        "include",
        _("Include in the plan"),
        ("accepted", "ranked", "reserve"),
        "included",
        rules.DECIDE,
        by_action=True,
        effect=_("It becomes public as an item of the plan."),
        icon="journal-check",
    ),
    Step(
        "reserve",
        _("Put on the reserve list"),
        ("accepted", "ranked"),
        "reserve",
        rules.DECIDE,
        needs_note=True,
        effect=_("It can be included later."),
        icon="bookmark",
    ),
    Step(
        "refuse",
        _("Refuse"),
        ("accepted", "ranked", "reserve"),
        "refused",
        rules.DECIDE,
        needs_note=True,
        by_action=True,
        effect=_("Its needs wait for another proposal."),
        icon="x-circle",
    ),
    Step(
        "governor_return",
        _("Return to the agency"),
        ("accepted", "ranked", "reserve"),
        "forwarded",
        rules.DECIDE,
        guards=(somebody_asks,),
        needs_note=True,
        by_action=True,
        icon="arrow-return-left",
    ),
    Step(
        "governor_return_to_author",
        _("Return to the author"),
        ("accepted", "ranked", "reserve"),
        "draft",
        rules.DECIDE,
        guards=(somebody_asks,),
        needs_note=True,
        by_action=True,
        icon="arrow-return-left",
    ),
    Step(
        "governor_return_own",
        _("Return to the proposing agency"),
        ("accepted", "ranked", "reserve"),
        "agency_draft",
        rules.DECIDE,
        guards=(an_agency_proposes,),
        needs_note=True,
        by_action=True,
        icon="arrow-return-left",
    ),
    Step(
        "take_out",
        _("Take out of the plan"),
        ("included",),
        "accepted",
        rules.DECIDE,
        needs_note=True,
        reopens=True,
        by_action=True,
        effect=_("Possible while the version of the plan is a draft."),
        icon="arrow-counterclockwise",
    ),
    Step(
        "reconsider_refusal",
        _("Reconsider"),
        ("refused",),
        "accepted",
        rules.DECIDE,
        needs_note=True,
        reopens=True,
        by_action=True,
        effect=_("It answers its needs again."),
        icon="arrow-counterclockwise",
    ),
)
