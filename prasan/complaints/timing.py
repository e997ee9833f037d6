"""Which clocks a complaint has, read from the states it went through and from its pauses."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, Protocol

from prasan.kernel.calendar import WorkingDays
from prasan.kernel.clocks import Moment, Reading, read_clock
from prasan.kernel.dates import in_bangkok


class Reached(NamedTuple):
    """A state that a case reached, and when."""

    state: str
    at: datetime


class Paused(NamedTuple):
    """A pause of a complaint; without an end it lasts."""

    since: datetime
    until: datetime | None


class Limit(Protocol):
    """A row of the time limits; `area_id` is a province."""

    clock: str
    kind_id: str | None
    area_id: str | None
    days: int
    valid_from: date


@dataclass(frozen=True, slots=True)
class Shown:
    """A clock and what it shows."""

    clock: str
    reading: Reading

    @property
    def is_running(self) -> bool:
        """Whether somebody owes something by it now."""
        return self.reading.state == "running"


def whole_way(states: Sequence[Reached], closed: Collection[str]) -> list[Moment]:
    """From the first state to a closed one, reopened where it left that again."""
    moments = [Moment("started", states[0].at)]
    was_closed = False
    for state, at in states:
        if (state in closed) is not was_closed:
            was_closed = not was_closed
            moments.append(Moment("stopped" if was_closed else "reopened", at))
    return moments


def last_turn(states: Sequence[Reached], group: Collection[str]) -> list[Moment]:
    """The last time that the case stood in a group of states, from entering to leaving; empty if never."""
    moments: list[Moment] = []
    inside = False
    for state, at in states:
        if (state in group) is inside:
            continue
        inside = not inside
        moments = [Moment("started", at)] if inside else [*moments, Moment("stopped", at)]
    return moments


def with_pauses(moments: Sequence[Moment], pauses: Iterable[Paused]) -> list[Moment]:
    """The same history with the pauses that touch its running times; pauses do not overlap one another."""
    found: list[Moment] = []
    pauses = sorted(pauses, key=lambda each: (each.since, each.until is None, each.until or each.since))
    for number, moment in enumerate(moments):
        found.append(moment)
        if moment.kind == "stopped":
            continue
        end = moments[number + 1].at if number + 1 < len(moments) else None
        for since, until in pauses:
            if (until is not None and until <= moment.at) or (end is not None and since >= end):
                continue
            found.append(Moment("paused", max(since, moment.at)))
            if until is not None and (end is None or until < end):
                found.append(Moment("resumed", until))
    return found


def limit_for(
    clock: str, limits: Iterable[Limit], *, kind: str | None, province: str, day: date
) -> int | None:
    """The working days that a clock may take that started on this day; None where no row speaks of it.

    A row of the kind goes before one of any kind, then one of the province before one of any, then the
    latest in force.
    """
    speaking = [
        limit
        for limit in limits
        if limit.clock == clock
        and limit.kind_id in (None, kind)
        and limit.area_id in (None, province)
        and limit.valid_from <= day
    ]
    best = max(
        speaking,
        key=lambda each: (each.kind_id is not None, each.area_id is not None, each.valid_from),
        default=None,
    )
    return None if best is None else best.days


def clock_of(
    clock: str,
    moments: Sequence[Moment],
    limits: Iterable[Limit],
    *,
    kind: str | None,
    province: str,
    working_days: WorkingDays,
    now: datetime,
) -> Shown | None:
    """What a clock with this history shows; None where it never started or nothing limits it.

    Should the machine's own clock have been put back, it is no earlier than what happened last.
    """
    if not moments:
        return None
    day = in_bangkok(moments[0].at).date()
    days = limit_for(clock, limits, kind=kind, province=province, day=day)
    return (
        None
        if days is None
        else Shown(clock, read_clock(moments, days, working_days, max(now, moments[-1].at)))
    )


def nearest_due(clocks: Iterable[Shown]) -> date | None:
    """The nearest day on which one of them runs out; None where none runs."""
    return min((each.reading.due for each in clocks if each.is_running and each.reading.due), default=None)
