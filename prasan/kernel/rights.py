"""Rights as data: which role may do what, how far that reaches, and how a table says whose a row is.

The two readers of these declarations, one row at a time and many rows at once, stand in `agencies`.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


class Reach(enum.Enum):
    """How far a grant carries, from the posting of the person who holds it."""

    OWN = "own"  # what this person made
    ASSIGNED = "assigned"  # given to this person: a judge's entries
    COMMITTEE = "committee"  # before a committee on which this person sits
    AGENCY = "agency"  # of the agency of the posting
    ROUTED = "routed"  # sent to the agency of the posting
    AREA = "area"  # in the area of the posting, and all inside it
    EVERYWHERE = "everywhere"  # any row
    PUBLIC = "public"  # anybody, also without signing in; the grant's role is ANYBODY


ANYBODY = ""
"""The role of a grant that needs no posting (`Reach.PUBLIC`, or `Reach.OWN` for anyone signed in)."""


class Bar(enum.Enum):
    """A relation to the row that takes a right away from a person, whatever his roles."""

    SUBMITTER = "submitter"  # nobody decides what he submitted
    SUBJECT = "subject"  # nobody handles a case against himself or his unit


SUBMITTER = Bar.SUBMITTER
SUBJECT = Bar.SUBJECT


@dataclass(frozen=True, slots=True)
class Grant:
    """One role holds the right as far as `reach`; in `phases` only, where given (states of the row)."""

    role: str
    reach: Reach
    phases: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.role == ANYBODY and self.reach not in (Reach.PUBLIC, Reach.OWN, Reach.ASSIGNED):
            raise ValueError(f"a grant to anybody cannot reach {self.reach}")
        if self.reach is Reach.PUBLIC and self.role != ANYBODY:
            raise ValueError("a public grant is to anybody")


@dataclass(frozen=True, slots=True)
class Right:
    """A right: its code, the sentence for those who lack it, who holds it and who is barred."""

    code: str
    reason: str | StrPromise
    grants: tuple[Grant, ...]
    phases: tuple[str, ...] = ()
    unless: tuple[Bar, ...] = ()
    barred_reason: str | StrPromise = ""

    def __post_init__(self) -> None:
        if self.unless and not self.barred_reason:
            raise ValueError(f"{self.code} bars people without saying why")
        if len(set(self.grants)) != len(self.grants):
            raise ValueError(f"{self.code} holds the same grant twice")


@dataclass(frozen=True, slots=True)
class Belonging:
    """Which columns of a table say whose a row is; lookups may cross foreign keys with `__`.

    Each entry ends at the value compared: `owner`, `assignees`, `submitter` at a user id,
    `agencies`, `routed`, `subject_agencies` at an agency id, `committees` at a committee id, `area` at the
    ancestry path of an area, `state` at a state code. A row whose column is null belongs to nobody in that
    respect. `province` names the table's own column with the first two digits of the code of the first area,
    where it keeps one: it says nothing more, but lists of a province find their rows by it.
    """

    owner: tuple[str, ...] = ()
    assignees: tuple[str, ...] = ()
    committees: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    routed: tuple[str, ...] = ()
    area: tuple[str, ...] = ()
    province: str = ""
    state: str = ""
    submitter: tuple[str, ...] = ()
    subject_users: tuple[str, ...] = ()
    subject_agencies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer to “may they?”: true, or false with the reason; `posting` is the capacity used."""

    allowed: bool
    reason: str | StrPromise = ""
    posting: int | None = None

    def __bool__(self) -> bool:
        return self.allowed
