"""What the amphoe committee does."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from prasan.kernel.flow import Step
from prasan.planning import rules
from prasan.planning.states.proposal.guards import an_agency_is_needed, area_does_it_itself

AMPHOE = (
    Step(
        "forward",
        _("Send to agencies"),
        ("amphoe_review",),
        "forwarded",
        rules.ROUTE,
        guards=(an_agency_is_needed,),
        by_action=True,
        icon="signpost-split",
    ),
    Step(
        "return_to_tambon",
        _("Return to the tambon committee"),
        ("amphoe_review",),
        "tambon_review",
        rules.ROUTE,
        needs_note=True,
        icon="arrow-return-left",
    ),
    Step(
        "amphoe_return_to_author",
        _("Return to the author"),
        ("amphoe_review",),
        "draft",
        rules.ROUTE,
        needs_note=True,
        effect=_("The author changes it and submits it again."),
        icon="arrow-return-left",
    ),
    Step(
        "recall",
        _("Call back from the agencies"),
        ("forwarded",),
        "amphoe_review",
        rules.ROUTE,
        needs_note=True,
        by_action=True,
        effect=_("Possible while the lead agency has not received it."),
        icon="arrow-counterclockwise",
    ),
    Step(
        "reroute",
        _("Send elsewhere"),
        ("declined",),
        "amphoe_review",
        rules.ROUTE,
        guards=(an_agency_is_needed,),
        needs_note=True,
        reopens=True,
        by_action=True,
        effect=_("It answers its needs again."),
        icon="arrow-counterclockwise",
    ),
    Step(
        "reclassify",
        _("Classify anew"),
        ("declined",),
        "tambon_review",
        rules.CLASSIFY,
        guards=(area_does_it_itself,),
        needs_note=True,
        reopens=True,
        by_action=True,
        effect=_("It answers its needs again."),
        icon="arrow-counterclockwise",
    ),
)
