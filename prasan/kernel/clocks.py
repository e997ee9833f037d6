"""The time limit of a case, counted in working days with pauses and reopenings, and why it stands so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Literal, NamedTuple

from prasan.kernel.calendar import WorkingDays
from prasan.kernel.dates import in_bangkok

MomentKind = Literal["started", "paused", "resumed", "stopped", "reopened"]
ClockState = Literal["running", "paused", "stopped"]
StretchKind = Literal["started", "running", "paused", "stopped"]

_DAY = timedelta(days=1)
_NEXT: dict[tuple[ClockState | None, MomentKind], ClockState] = {
    (None, "started"): "running",
    ("running", "paused"): "paused",
    ("paused", "resumed"): "running",
    ("running", "stopped"): "stopped",
    ("paused", "stopped"): "stopped",
    ("stopped", "reopened"): "running",
}


class Moment(NamedTuple):
    """What happened to a clock, and when."""

    kind: MomentKind
    at: datetime


class Stretch(NamedTuple):
    """Days in a row of which the same is to be said, first and last included.

    `started` is the day of the start alone. `counted` are the days it took from the limit: all working days
    of a running stretch, none of any other. `holidays` are those that do not fall on a weekend.
    """

    kind: StretchKind
    first: date
    last: date
    counted: int
    working_days: int
    weekend_days: int
    holidays: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a clock shows at one moment, by the rules of `read_clock`.

    `left` are the working days that it may still use, and `due` is the day on which the last of them is or
    was used. While some are left that supposes that the clock runs on: `due` is None when it is paused, and
    when it was stopped during a pause; stopped while running, it keeps the day it had. `stretches` tell of
    every day from the start to the day of reading, `ahead` of those after it up to `due` if it runs.
    """

    state: ClockState
    limit: int
    used: int
    left: int
    due: date | None
    is_late: bool
    late_by: int
    stretches: tuple[Stretch, ...]
    ahead: Stretch | None


class _Phase(NamedTuple):
    """The days which a state of the clock touched, be it for a moment."""

    state: ClockState
    first: date
    last: date


def read_clock(history: Sequence[Moment], limit: int, working_days: WorkingDays, now: datetime) -> Reading:
    """How many working days of its limit a clock has used by now, when it is due and whether it is late.

    Days are those of Bangkok. The day of the start is not counted (Administrative Procedure Act, section
    64). A later day is used when it is a working day, the clock ran as the day began and was not paused at
    any moment of it; today is used as soon as it begins, until a pause gives it back. So the day of a stop
    is counted, as the last day of a period is, and the day of a reopening is not, as the first is not. A
    pause that ends at midnight does not touch the new day, and a state that lasted no time never was.

    A reopened clock goes on with the days used before: the promise to the resident is not made anew. If
    nothing was left of it, the clock is late as soon as it runs again after the day it was due.

    The clock is due on the day that uses up the limit. A limit of no days is due on the day of the start,
    or, where that is a holiday or touched by a pause, on the first day used. It is late when it ran after
    the end of its due day, and no later pause undoes that. `late_by` are the days used after the due day:
    none yet on the weekend that follows it, and none for a day given back by a pause.

    What comes after `now` has not happened yet and is left out. A history that contradicts itself is refused
    with a ValueError.
    """
    if limit < 0:
        raise ValueError(f"a limit is no fewer than 0 days, not {limit}")
    start, phases = _phases(history, now)
    stretches = tuple(_stretch(*span, working_days) for span in _spans(start, phases))
    used = sum(stretch.counted for stretch in stretches)
    start_is_paused = any(phase.state == "paused" and phase.first == start for phase in phases)
    allowed = limit or int(start_is_paused or start not in working_days)
    left = max(allowed - used, 0)
    ran = [phase for phase in phases if phase.state != "stopped"]
    ran_until = max((phase.last for phase in ran if phase.state == "running"), default=start)
    due = ahead = None
    if left == 0:
        due = _day_used(allowed, stretches, working_days)
    elif not ran or ran[-1].state == "running":
        due = working_days.after(ran_until, left)
        if phases[-1].state == "running":
            ahead = _stretch("running", ran_until + _DAY, due, working_days)
    return Reading(
        state=phases[-1].state,
        limit=limit,
        used=used,
        left=left,
        due=due,
        is_late=due is not None and ran_until > due,
        late_by=max(used - allowed, 0),
        stretches=stretches,
        ahead=ahead,
    )


def _phases(history: Sequence[Moment], now: datetime) -> tuple[date, list[_Phase]]:
    """The day of the start, and the states of the clock up to now, those left out that lasted no time."""
    until = in_bangkok(now)
    past: list[tuple[ClockState, datetime]] = []
    state: ClockState | None = None
    before: datetime | None = None
    for kind, moment in history:
        at = in_bangkok(moment)
        if (following := _NEXT.get((state, kind))) is None:
            raise ValueError(f"a clock that {f'is {state}' if state else 'has not started'} cannot be {kind}")
        if before is not None and at < before:
            raise ValueError(f"the clock was {kind} at {at}, before what came before it at {before}")
        state, before = following, at
        if at <= until:
            past.append((state, at))
    if not past:
        raise ValueError(f"the clock has not started by {until}")
    phases = [
        _Phase(state, since.date(), (to - datetime.resolution).date())
        for (state, since), (_, to) in pairwise(past)
        if since < to
    ]
    state, since = past[-1]
    return past[0][1].date(), [*phases, _Phase(state, since.date(), until.date())]


def _spans(start: date, phases: Iterable[_Phase]) -> Iterable[tuple[StretchKind, date, date]]:
    """Every day from the start on in one span: paused if a pause touched it, else as it began."""
    begun: list[tuple[StretchKind, date]] = [("started", start)]
    end = start
    for state, since, last in phases:
        first = max(since, start + _DAY) if state == "paused" else max(since, end + _DAY)
        if first > last:
            continue
        if begun[-1][1] == first:
            begun.pop()
        if begun[-1][0] != state:
            begun.append((state, first))
        end = last
    for (kind, first), (_, after) in pairwise(begun):
        yield kind, first, after - _DAY
    yield *begun[-1], end


def _stretch(kind: StretchKind, first: date, last: date, working_days: WorkingDays) -> Stretch:
    working, weekend, holidays = working_days.count(first, last)
    return Stretch(kind, first, last, working if kind == "running" else 0, working, weekend, holidays)


def _day_used(number: int, stretches: Iterable[Stretch], working_days: WorkingDays) -> date:
    """The day on which that many days were used, as they have been; none were on the day of the start."""
    told = iter(stretches)
    stretch = next(told)
    while number > stretch.counted:
        number -= stretch.counted
        stretch = next(told)
    return working_days.after(stretch.first - _DAY, number) if number else stretch.first
