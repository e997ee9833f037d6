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
    """A proposed innovation has a title, a fiscal year, and at least one aspect of work that it renews."""
    if not innovation.title.strip():
        return _("Please give the innovation a title.")
    if innovation.fiscal_year is None:
        return _("Please say for which fiscal year it is proposed.")
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
            "load",
            _("Take in from a register"),
            ("draft",),
            "registered",
            rules.ASSESS,
            by_action=True,
            effect=_("It stands in the register as its source tells it."),
            icon="journal-plus",
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
