"""One thing that waits for a person, or that he may begin, as shown on “my work”."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


@dataclass(frozen=True, slots=True)
class WorkItem:
    """What waits, what is to be done with it, since when, where, and the address of its page."""

    title: str
    kind: str | StrPromise
    since: datetime
    address: str
    area: str = ""
    icon: str = "inbox"


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a person may begin of his own accord, and the address of its form.

    What only leads to reading is no act, and stands out less.
    """

    label: str | StrPromise
    address: str
    icon: str = "plus-lg"
    is_act: bool = True
