"""The way of a proposal through one agency."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from prasan.kernel.flow import State, Step, Workflow
from prasan.planning import rules

ROUTING = Workflow(
    "planning.routing",
    states=[
        State("sent", _("Sent"), tone="waiting"),
        State("received", _("Received"), tone="waiting"),
        State("accepted", _("Accepted"), tone="good"),
        State("declined", _("Declined"), closed=True, tone="bad"),
        State("returned", _("Returned"), closed=True, tone="bad"),
        State("recalled", _("Called back"), closed=True, tone="neutral"),
    ],
    steps=[
        Step("receive", _("Receive"), ("sent",), "received", rules.ANSWER, icon="inbox"),
        Step(
            "accept",
            _("Accept"),
            ("received",),
            "accepted",
            rules.ANSWER,
            by_action=True,
            effect=_("The answer of the lead agency moves the proposal."),
            icon="check-circle",
        ),
        Step(
            "decline",
            _("Decline"),
            ("received",),
            "declined",
            rules.ANSWER,
            needs_note=True,
            by_action=True,
            effect=_("The reason is public and reaches the village."),
            icon="x-circle",
        ),
        Step(
            "return",
            _("Return"),
            ("received",),
            "returned",
            rules.ANSWER,
            needs_note=True,
            by_action=True,
            effect=_("The reason is public and reaches the village."),
            icon="arrow-return-left",
        ),
        Step(
            "take_back",
            _("Take back the answer"),
            ("accepted", "declined"),
            "received",
            rules.ANSWER,
            needs_note=True,
            reopens=True,
            by_action=True,
            effect=_("Possible until somebody has built on the answer."),
            icon="arrow-counterclockwise",
        ),
        Step(
            "reopen",
            _("Return to the agency"),
            ("accepted",),
            "received",
            rules.DECIDE,
            needs_note=True,
            by_action=True,
            icon="arrow-return-left",
        ),
        Step(
            "recall",
            _("Call back"),
            ("sent", "received", "accepted"),
            "recalled",
            rules.RECALL,
            needs_note=True,
            by_action=True,
            icon="arrow-counterclockwise",
        ),
    ],
)
