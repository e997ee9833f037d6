"""The life of an innovation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from prasan.innovations import rules
from prasan.kernel.flow import State, Step, Workflow

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

    from prasan.innovations.models import Innovation


def innovation_is_told(innovation: Innovation) -> str | StrPromise | None:
    """A proposed innovation has a title; what else it lacks is told by the self-check."""
    if not innovation.title.strip():
        return _("Please give the innovation a title.")
    return None


INNOVATION = Workflow(
    "innovations.innovation",
    states=[
        State("draft", _("Draft innovation")),
        State("proposed", _("Proposed to the ministry"), tone="waiting"),
        State("registered", _("Registered"), tone="good"),
        State("declined", _("Not registered"), closed=True, tone="bad"),
        State("withdrawn", _("Withdrawn"), closed=True, tone="bad"),
    ],
    steps=[
        Step(
            "propose",
            _("Propose it"),
            ("draft",),
            "proposed",
            rules.WRITE,
            guards=(innovation_is_told,),
            by_action=True,
            effect=_("The ministry looks whether it is new and complete. You can take it back until then."),
            icon="send",
        ),
        Step(
            "take_back",
            _("Take back to draft"),
            ("proposed",),
            "draft",
            rules.WRITE,
            effect=_("You can change it and propose it again."),
            icon="arrow-counterclockwise",
        ),
        Step(
            "return",
            _("Return"),
            ("proposed",),
            "draft",
            rules.ASSESS,
            needs_note=True,
            effect=_("The agency mends it and proposes it again."),
            icon="arrow-left",
        ),
        Step(
            "register",
            _("Register it"),
            ("proposed",),
            "registered",
            rules.ASSESS,
            by_action=True,
            effect=_("Everybody can find it, read it and copy it."),
            icon="check-circle",
        ),
        Step(
            "decline",
            _("Do not register it"),
            ("proposed",),
            "declined",
            rules.ASSESS,
            needs_note=True,
            effect=_("It is no innovation in the sense of the rules. The agency reads the reason."),
            icon="x-circle",
        ),
        Step(
            "withdraw",
            _("Withdraw"),
            ("draft", "proposed", "registered"),
            "withdrawn",
            rules.WRITE,
            needs_note=True,
            effect=_("It is no longer in the register. It can be brought back."),
            icon="x-circle",
        ),
        Step(
            "bring_back",
            _("Bring back"),
            ("declined", "withdrawn"),
            "draft",
            rules.WRITE,
            needs_note=True,
            reopens=True,
            effect=_("It is a draft again."),
            icon="arrow-counterclockwise",
        ),
    ],
)

COOKBOOK = Workflow(
    "innovations.cookbook",
    states=[
        State("draft", _("Draft cookbook")),
        State("published", _("Published"), tone="good"),
        State("withdrawn", _("Cookbook withdrawn"), closed=True, tone="bad"),
    ],
    steps=[
        Step(
            "publish",
            _("Publish it"),
            ("draft", "published"),
            "published",
            rules.WRITE_COOKBOOK,
            by_action=True,
            effect=_("Everybody reads it as it stands now. You can go on writing and publish again."),
            icon="book",
        ),
        Step(
            "withdraw",
            _("Withdraw the cookbook"),
            ("draft", "published"),
            "withdrawn",
            rules.WRITE_COOKBOOK,
            needs_note=True,
            effect=_("Nobody outside can read it any more. It can be brought back."),
            icon="x-circle",
        ),
        Step(
            "bring_back",
            _("Bring the cookbook back"),
            ("withdrawn",),
            "draft",
            rules.WRITE_COOKBOOK,
            needs_note=True,
            reopens=True,
            effect=_("It is a draft again, with all that was written."),
            icon="arrow-counterclockwise",
        ),
    ],
)

ADOPTION = Workflow(
    "innovations.adoption",
    states=[
        State("noticed", _("Noticed")),
        State("planned", _("Planned"), tone="waiting"),
        State("piloted", _("Piloted"), tone="waiting"),
        State("in_use", _("In use"), tone="good"),
        State("dropped", _("Given up"), closed=True, tone="bad"),
    ],
    steps=[
        Step(
            "plan",
            _("We plan it"),
            ("noticed",),
            "planned",
            rules.ADOPT,
            by_action=True,
            icon="calendar-check",
        ),
        Step(
            "pilot",
            _("We try it out"),
            ("noticed", "planned"),
            "piloted",
            rules.ADOPT,
            by_action=True,
            icon="flag",
        ),
        Step(
            "use",
            _("We use it"),
            ("noticed", "planned", "piloted"),
            "in_use",
            rules.ADOPT,
            by_action=True,
            icon="check-circle",
        ),
        Step(
            "drop",
            _("We drop it"),
            ("noticed", "planned", "piloted", "in_use"),
            "dropped",
            rules.ADOPT,
            needs_note=True,
            by_action=True,
            effect=_("The reason helps those who come after you. It can be taken up again."),
            icon="x-circle",
        ),
        Step(
            "take_up",
            _("Take it up again"),
            ("dropped",),
            "noticed",
            rules.ADOPT,
            needs_note=True,
            reopens=True,
            by_action=True,
            icon="arrow-counterclockwise",
        ),
    ],
)

ORDER = Workflow(
    "innovations.order",
    states=[
        State("given", _("Given"), tone="waiting"),
        State("acknowledged", _("Acknowledged")),
        State("reported", _("Reported"), tone="waiting"),
        State("returned", _("Report returned"), tone="bad"),
        State("closed", _("Carried out"), closed=True, tone="good"),
        State("called_off", _("Called off"), closed=True, tone="neutral"),
    ],
    steps=[
        Step(
            "acknowledge",
            _("Acknowledge the order"),
            ("given",),
            "acknowledged",
            rules.CARRY_OUT,
            effect=_("Who gave the order sees that you have it."),
            icon="inbox",
        ),
        Step(
            "report",
            _("Report what was done"),
            ("acknowledged", "returned"),
            "reported",
            rules.CARRY_OUT,
            by_action=True,
            effect=_("Who gave the order reads the report, and closes the order or returns it."),
            icon="chat-left-text",
        ),
        Step(
            "return",
            _("Return the report"),
            ("reported",),
            "returned",
            rules.FOLLOW_ORDER,
            needs_note=True,
            effect=_("The agency reads the reason and reports again."),
            icon="arrow-return-left",
        ),
        Step(
            "close",
            _("Close the order"),
            ("reported",),
            "closed",
            rules.FOLLOW_ORDER,
            effect=_("The order is carried out."),
            icon="check-circle",
        ),
        Step(
            "call_off",
            _("Call the order off"),
            ("given", "acknowledged", "reported", "returned"),
            "called_off",
            rules.FOLLOW_ORDER,
            needs_note=True,
            effect=_("The agency need not do it any more, and reads the reason."),
            icon="x-circle",
        ),
    ],
)

WITH_THE_RECEIVER = ("given", "acknowledged", "returned")
"""States of an order in which the agency that was given it owes the next step."""
