"""Saying no to a person, in a sentence that helps."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


class Refused(Exception):
    """An act that may not or cannot be done; carries the sentence shown to the person who tried.

    Anything else that an action raises is a fault of ours.
    """

    def __init__(self, reason: str | StrPromise) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return str(self.reason)
