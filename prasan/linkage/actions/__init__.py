"""Acts on letters that came in."""

from prasan.linkage.actions.letters import (
    forget_sender,
    open_letter,
    set_aside,
    settle_letter,
    take_in_letter,
)

__all__ = ["forget_sender", "open_letter", "set_aside", "settle_letter", "take_in_letter"]
