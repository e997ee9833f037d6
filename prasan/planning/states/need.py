"""The life of a need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from prasan.kernel.flow import State, Step, Workflow
from prasan.planning import rules

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

    from prasan.planning.models import Need


def need_is_told(need: Need) -> str | StrPromise | None:
    """A need says what is wanted and how many households it touches."""
    if not need.title.strip():
        return _("Please say in a few words what is needed.")
    if need.households < 1:
        return _("Please say how many households this touches.")
    return None


NEED = Workflow(
    "planning.need",
    states=[
        State("draft", _("Draft need"), tone="neutral"),
        State("entered", _("Entered"), tone="waiting"),
        State("answered", _("Answered by a proposal"), closed=True, tone="good"),
        State("joined", _("Joined with another need"), closed=True, tone="neutral"),
        State("withdrawn", _("Withdrawn"), closed=True, tone="bad"),
    ],
    steps=[
        Step(
            "enter",
            _("Enter the need"),
            ("draft",),
            "entered",
            rules.ENTER_NEED,
            guards=(need_is_told,),
            effect=_("The tambon and amphoe committees can see it."),
            icon="send",
        ),
        Step(
            "take_back",
            _("Take back to draft"),
            ("entered",),
            "draft",
            rules.ENTER_NEED,
            effect=_("You can change it and enter it again."),
            icon="arrow-counterclockwise",
        ),
        Step(
            "withdraw",
            _("Withdraw"),
            ("draft", "entered"),
            "withdrawn",
            rules.ENTER_NEED,
            needs_note=True,
            effect=_("It no longer counts as a need. It can be brought back."),
            icon="x-circle",
        ),
        Step(
            "bring_back",
            _("Bring back"),
            ("withdrawn",),
            "draft",
            rules.ENTER_NEED,
            needs_note=True,
            reopens=True,
            icon="arrow-counterclockwise",
        ),
        Step(
            "join",
            _("Join with another need"),
            ("entered",),
            "joined",
            rules.JOIN_NEEDS,
            needs_note=True,
            by_action=True,
            effect=_("Both stay to be read; the two count as one need told twice."),
            icon="intersect",
        ),
        Step(
            "part",
            _("Part again"),
            ("joined",),
            "entered",
            rules.JOIN_NEEDS,
            needs_note=True,
            reopens=True,
            by_action=True,
            icon="arrow-counterclockwise",
        ),
        Step(
            "answer",
            _("Answer with a proposal"),
            ("entered",),
            "answered",
            rules.PROPOSE,
            by_action=True,
            icon="file-earmark-text",
        ),
        Step(
            "reopen",
            _("Open again"),
            ("answered",),
            "entered",
            rules.PROPOSE,
            needs_note=True,
            reopens=True,
            by_action=True,
            effect=_("The need waits for another proposal."),
            icon="arrow-counterclockwise",
        ),
    ],
)
