"""Kinds of event besides steps, as data: a dotted code, never reused, and how a timeline calls it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

_events: dict[str, Event] = {}


class Event(str):
    """The code of a kind of event, to be recorded as it stands; carries its label.

    A `public` event is shown in the public history of a case: its label, day, body and post, nothing else.
    """

    label: str | StrPromise
    public: bool

    def __new__(cls, code: str, label: str | StrPromise, *, public: bool = False) -> Event:
        if code in _events:
            raise ValueError(f"the event {code} is declared twice")
        event = super().__new__(cls, code)
        event.label = label
        event.public = public
        _events[code] = event
        return event


def event_of(code: str) -> Event | None:
    """The declared event of that code, or None: steps of workflows are declared by their workflow."""
    return _events.get(code)
