"""How far a proposal has come, in few words: its states put together by what they mean for an area."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from prasan.planning import rules

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


@dataclass(frozen=True, slots=True)
class Stage:
    """States that mean the same to whoever looks at an area as a whole."""

    code: str
    label: str | StrPromise
    states: tuple[str, ...]
    tone: str


STAGES = (
    Stage("considered", _("Under consideration"), rules.LIVE, "waiting"),
    Stage("planned", _("In the plan, waiting for money"), ("included",), "good"),
    Stage("local", _("Taken up by local governments"), ("taken_up",), "good"),
    Stage("ended", _("Ended without a project"), ("declined", "refused", "withdrawn"), "bad"),
)
"""Every proposal that counts stands in exactly one of them, so that they sum to the total."""
