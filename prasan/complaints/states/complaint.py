"""The life of a complaint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from prasan.complaints import rules
from prasan.kernel.flow import State, Step, Workflow

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

    from prasan.complaints.models import Complaint

OPEN = (
    "received",
    "screened",
    "referred",
    "acknowledged",
    "working",
    "answered",
    "returned",
    "reopened",
)
"""States in which somebody still owes the sender an end."""

_SCREENED = ("screened", "returned", "reopened")
AT_DESK = ("received", *_SCREENED)
"""States in which the centre has to say who goes on."""
_AT_AGENCY = ("referred", "acknowledged", "working")


def is_screened_whole(complaint: Complaint) -> str | StrPromise | None:
    """Who can help follows from the kind and the place."""
    if complaint.kind_id is None:
        return _("Please choose the kind of complaint first.")
    return None


COMPLAINT = Workflow(
    "complaints.complaint",
    states=[
        State("received", _("Received"), tone="waiting"),
        State("screened", _("Screened"), tone="waiting"),
        State("referred", _("Sent to the agency"), tone="waiting"),
        State("acknowledged", _("Taken up by the agency"), tone="neutral"),
        State("working", _("Being worked on"), tone="neutral"),
        State("answered", _("Answered by the agency"), tone="good"),
        State("returned", _("Returned by the agency"), tone="bad"),
        State("reopened", _("Opened again"), tone="waiting"),
        State("repeated", _("Joined to a problem told of before"), closed=True, tone="neutral"),
        State("closed", _("Closed"), closed=True, tone="good"),
    ],
    steps=[
        Step(
            "screen",
            _("Screen"),
            ("received",),
            "screened",
            rules.SCREEN,
            guards=(is_screened_whole,),
            by_action=True,
            icon="funnel",
        ),
        Step(
            "refer",
            _("Send to agencies"),
            _SCREENED,
            "referred",
            rules.SCREEN,
            by_action=True,
            effect=_("The agencies find it in their inbox, and the sender can see where it is."),
            icon="send",
        ),
        Step(
            "take_on",
            _("Settle it at the centre"),
            _SCREENED,
            "working",
            rules.SCREEN,
            by_action=True,
            effect=_("No agency is asked; the centre answers itself."),
            icon="person-check",
        ),
        Step("acknowledge", _("Acknowledge"), ("referred",), "acknowledged", rules.HANDLE, by_action=True),
        Step("work", _("Begin work"), ("acknowledged",), "working", rules.HANDLE, by_action=True),
        Step(
            "answer",
            _("Answer"),
            ("acknowledged", "working"),
            "answered",
            rules.HANDLE,
            needs_note=True,
            by_action=True,
        ),
        Step(
            "refer_on",
            _("Refer on"),
            _AT_AGENCY,
            "referred",
            rules.HANDLE,
            needs_note=True,
            by_action=True,
        ),
        Step("return", _("Return"), _AT_AGENCY, "returned", rules.HANDLE, needs_note=True, by_action=True),
        Step(
            "recall",
            _("Call back from the agencies"),
            _AT_AGENCY,
            "screened",
            rules.SCREEN,
            needs_note=True,
            by_action=True,
            icon="arrow-counterclockwise",
        ),
        Step(
            "send_back",
            _("Ask the agency for more"),
            ("answered",),
            "reopened",
            rules.SCREEN,
            needs_note=True,
            by_action=True,
            icon="arrow-return-left",
        ),
        Step(
            "join",
            _("Join to another"),
            AT_DESK,
            "repeated",
            rules.SCREEN,
            needs_note=True,
            by_action=True,
            effect=_("Both stay to be read; all senders get one answer."),
            icon="intersect",
        ),
        Step(
            "part",
            _("Part again"),
            ("repeated",),
            "received",
            rules.SCREEN,
            needs_note=True,
            reopens=True,
            by_action=True,
            icon="arrow-counterclockwise",
        ),
        Step(
            "close",
            _("Close"),
            (*AT_DESK, "working", "answered"),
            "closed",
            rules.SCREEN,
            needs_note=True,
            by_action=True,
            effect=_("The sender reads the reason and can open it again."),
            icon="check-circle",
        ),
        Step(
            "reopen",
            _("Open again"),
            ("closed",),
            "reopened",
            rules.SCREEN,
            needs_note=True,
            reopens=True,
            by_action=True,
            icon="arrow-counterclockwise",
        ),
    ],
)
