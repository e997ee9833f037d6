"""In whose hands lies what is on its way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


@dataclass(frozen=True, slots=True)
class Hand:
    """Bodies of one kind, whose part is the next step on what stands in these states."""

    code: str
    label: str | StrPromise
    states: tuple[str, ...]
    is_agency: bool = False


HANDS = (
    Hand("tambon", _("Tambon committees"), ("submitted", "tambon_review", "classified")),
    Hand("local", _("Local governments"), ("handed_over",), is_agency=True),
    Hand("amphoe", _("Amphoe committees"), ("amphoe_review",)),
    Hand("agency", _("Lead agencies"), ("forwarded",), is_agency=True),
    Hand("office", _("Provincial offices, to be scored and ranked"), ("accepted",)),
    Hand("governor", _("Governors, to be decided"), ("ranked",)),
)
"""Every proposal under consideration lies in exactly one of them; on the reserve list nobody owes a step."""

HELD = tuple(state for hand in HANDS for state in hand.states)
"""States of the proposals that lie in a hand."""

ANSWERING = Hand("village", _("Villages and tambon, to answer needs with proposals"), ("entered",))
"""The hand in which needs lie."""
