"""The way of a complaint through one agency."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from prasan.complaints import rules
from prasan.kernel.flow import State, Step, Workflow

HELD = ("sent", "acknowledged", "working")
"""States in which the agency owes the next step."""

REFERRAL = Workflow(
    "complaints.referral",
    states=[
        State("sent", _("Sent"), tone="waiting"),
        State("acknowledged", _("Taken up"), tone="neutral"),
        State("working", _("Being worked on"), tone="neutral"),
        State("answered", _("Answered"), closed=True, tone="good"),
        State("returned", _("Returned"), closed=True, tone="bad"),
        State("referred_on", _("Referred on"), closed=True, tone="neutral"),
        State("recalled", _("Called back"), closed=True, tone="neutral"),
    ],
    steps=[
        Step(
            "acknowledge",
            _("Acknowledge"),
            ("sent",),
            "acknowledged",
            rules.HANDLE,
            by_action=True,
            effect=_("The sender can see that you have it."),
            icon="inbox",
        ),
        Step(
            "work", _("Begin work"), ("acknowledged",), "working", rules.HANDLE, by_action=True, icon="tools"
        ),
        Step(
            "answer",
            _("Answer"),
            ("acknowledged", "working"),
            "answered",
            rules.HANDLE,
            needs_note=True,
            by_action=True,
            effect=_("The sender reads the answer; the centre closes the complaint."),
            icon="chat-left-text",
        ),
        Step(
            "return",
            _("Return"),
            HELD,
            "returned",
            rules.HANDLE,
            needs_note=True,
            by_action=True,
            effect=_("The centre chooses another agency; the reason can be read by the sender."),
            icon="arrow-return-left",
        ),
        Step(
            "refer_on",
            _("Refer on"),
            HELD,
            "referred_on",
            rules.HANDLE,
            needs_note=True,
            by_action=True,
            effect=_("The other agency finds it in its inbox."),
            icon="send",
        ),
        Step(
            "recall",
            _("Call back"),
            HELD,
            "recalled",
            rules.SCREEN,
            needs_note=True,
            by_action=True,
            icon="arrow-counterclockwise",
        ),
    ],
)
