"""What follows from the answer of the lead agency, or of the local government, on its routing."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from prasan.kernel.flow import Step
from prasan.planning import rules
from prasan.planning.states.proposal.guards import an_agency_is_needed, area_does_it_itself

AGENCY = (
    Step(
        "accept",
        _("Accept"),
        ("forwarded",),
        "accepted",
        rules.ANSWER,
        by_action=True,
        effect=_("The governor decides next."),
        icon="check-circle",
    ),
    Step(
        "local_accept",
        _("Take up"),
        ("handed_over",),
        "taken_up",
        rules.ANSWER,
        by_action=True,
        icon="check-circle",
    ),
    Step(
        "decline",
        _("Decline"),
        ("forwarded", "handed_over"),
        "declined",
        rules.ANSWER,
        needs_note=True,
        by_action=True,
        icon="x-circle",
    ),
    Step(
        "agency_return",
        _("Return to the amphoe committee"),
        ("forwarded",),
        "amphoe_review",
        rules.ANSWER,
        needs_note=True,
        by_action=True,
        icon="arrow-return-left",
    ),
    Step(
        "local_return",
        _("Return to the tambon committee"),
        ("handed_over",),
        "tambon_review",
        rules.ANSWER,
        needs_note=True,
        by_action=True,
        icon="arrow-return-left",
    ),
    Step(
        "agency_return_to_author",
        _("Return to the author"),
        ("forwarded", "handed_over"),
        "draft",
        rules.ANSWER,
        needs_note=True,
        by_action=True,
        icon="arrow-return-left",
    ),
    Step(
        "take_back_answer",
        _("Take back the answer"),
        ("accepted",),
        "forwarded",
        rules.ANSWER,
        needs_note=True,
        by_action=True,
        effect=_("Possible until the governor has decided."),
        icon="arrow-counterclockwise",
    ),
    Step(
        "take_back_decline",
        _("Take back the decline"),
        ("declined",),
        "forwarded",
        rules.ANSWER,
        guards=(an_agency_is_needed,),
        needs_note=True,
        reopens=True,
        by_action=True,
        effect=_("It answers its needs again."),
        icon="arrow-counterclockwise",
    ),
    Step(
        "local_take_back_decline",
        _("Take back the decline"),
        ("declined",),
        "handed_over",
        rules.ANSWER,
        guards=(area_does_it_itself,),
        needs_note=True,
        reopens=True,
        by_action=True,
        effect=_("It answers its needs again."),
        icon="arrow-counterclockwise",
    ),
)
