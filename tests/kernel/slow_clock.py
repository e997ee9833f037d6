"""A clock read the slow, obvious way, and histories made for it at random."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from random import Random

from prasan.kernel.clocks import ClockState, Moment, MomentKind, Reading

DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)
FAR = date(2100, 1, 1)
HOLIDAYS_2567 = (
    date(2024, 4, 8),  # in lieu of Chakri Day, a Saturday
    date(2024, 4, 12),  # by resolution of the cabinet
    date(2024, 4, 13),
    date(2024, 4, 14),
    date(2024, 4, 15),
    date(2024, 4, 16),  # in lieu of Songkran on the weekend
    date(2024, 5, 1),
    date(2024, 5, 6),
    date(2024, 5, 22),
    date(2024, 6, 3),
    date(2024, 7, 22),  # in lieu of Asarnha Bucha, a Saturday
    date(2024, 7, 29),  # in lieu of the King's birthday, a Sunday
)
MOVES: dict[ClockState, tuple[MomentKind, ...]] = {
    "running": ("paused", "stopped"),
    "paused": ("resumed", "resumed", "stopped"),
    "stopped": ("reopened",),
}
NEXT: dict[MomentKind, ClockState] = {
    "started": "running",
    "paused": "paused",
    "resumed": "running",
    "stopped": "stopped",
    "reopened": "running",
}

Spell = tuple[ClockState, datetime, datetime]


def slow_days(
    spells: Sequence[Spell], start: date, until: date, holidays: Collection[date]
) -> Iterator[tuple[date, str, bool]]:
    """Each day from the start on, what is said of it, and whether it is a working day that is used."""
    day = start
    while day <= until:
        dawn = datetime.combine(day, time.min)
        dusk = dawn + DAY
        kind: str
        if day == start:
            kind = "started"
        elif any(state == "paused" and since < dusk and to > dawn for state, since, to in spells):
            kind = "paused"
        else:
            (kind,) = (state for state, since, to in spells if since <= dawn < to)
        yield day, kind, kind == "running" and day.weekday() < 5 and day not in holidays
        day += DAY


def slow_due(spells: Sequence[Spell], start: date, needed: int, holidays: Collection[date]) -> date | None:
    """The day on which so many days are used if the clock, stopped or not, runs on from where it ran last."""
    going = list(spells)
    while going and going[-1][0] == "stopped":
        going.pop()
    if going and going[-1][0] == "paused":
        return None
    since = going.pop()[1] if going else datetime.combine(start, time.min)
    for day, _, is_used in slow_days([*going, ("running", since, datetime.max)], start, FAR, holidays):
        needed -= is_used
        if needed == 0:
            return day
    raise AssertionError(f"not due by {FAR}")


def slow_stretches(days: Sequence[tuple[date, str, bool]], holidays: Collection[date]) -> Iterator[object]:
    """The days in a row of which the same is said."""
    for kind, group in groupby(days, key=lambda each: each[1]):
        told = list(group)
        weekend = [day for day, _, _ in told if day.weekday() >= 5]
        closed = tuple(day for day, _, _ in told if day.weekday() < 5 and day in holidays)
        counted = sum(is_used for _, _, is_used in told)
        working = len(told) - len(weekend) - len(closed)
        yield kind, told[0][0], told[-1][0], counted, working, len(weekend), closed


def slow_reading(
    history: Sequence[Moment], limit: int, holidays: Collection[date], now: datetime
) -> tuple[object, ...]:
    """The reading of a clock, by looking at every day with every spell of the clock."""
    now = (now.astimezone(UTC) + timedelta(hours=7)).replace(tzinfo=None)
    local = [
        (NEXT[kind], (at.astimezone(UTC) + timedelta(hours=7)).replace(tzinfo=None)) for kind, at in history
    ]
    moments = [(state, at) for state, at in local if at <= now]
    ends = [at for _, at in moments[1:]] + [now + INSTANT]
    spells = [(state, since, to) for (state, since), to in zip(moments, ends, strict=True) if since < to]
    start = moments[0][1].date()

    days = list(slow_days(spells, start, now.date(), holidays))
    used_days = [day for day, _, is_used in days if is_used]

    needed = limit
    if limit == 0:
        paused_at_once = any(state == "paused" and since.date() == start for state, since, _ in spells)
        if start.weekday() >= 5 or start in holidays or paused_at_once:
            needed = 1
    due: date | None
    if len(used_days) >= needed:
        due = used_days[needed - 1] if needed else start
    else:
        due = slow_due(spells, start, needed, holidays)
    is_late = due is not None and any(
        state == "running" and to > datetime.combine(due + DAY, time.min) for state, _, to in spells
    )
    used = len(used_days)
    return (
        moments[-1][0],
        used,
        max(0, needed - used),
        due,
        is_late,
        max(0, used - needed),
        tuple(slow_stretches(days, holidays)),
    )


def shown(reading: Reading) -> tuple[object, ...]:
    """What the slow reading knows of a reading."""
    return (
        reading.state,
        reading.used,
        reading.left,
        reading.due,
        reading.is_late,
        reading.late_by,
        reading.stretches,
    )


def random_gap(random: Random, at: datetime) -> timedelta:
    """Time to the next moment: none, minutes of one day, days, or up to a midnight of Bangkok."""
    shape = random.random()
    if shape < 0.08:
        return timedelta(0)
    if shape < 0.45:
        return timedelta(minutes=int(random.random() * 700))
    later = timedelta(minutes=int(random.random() ** 2 * 9000))
    if shape < 0.8:
        return later
    local = at + later + timedelta(hours=7)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0) + DAY - timedelta(hours=7)
    return midnight - at - INSTANT * (random.random() < 0.4)


def random_history(random: Random) -> tuple[tuple[Moment, ...], int, datetime]:
    """A history around Songkran 2567, its limit and the moment at which it is read."""
    at = datetime(2024, 4, 1, tzinfo=UTC) + timedelta(minutes=int(random.random() * 26 * 24 * 60))
    if random.random() < 0.2:
        at = at.replace(hour=17, minute=0) - INSTANT * (random.random() < 0.5)
    history, state = [Moment("started", at)], NEXT["started"]
    for _ in range(int(random.random() * 7)):
        at += random_gap(random, at)
        kind = random.choice(MOVES[state])
        state = NEXT[kind]
        history.append(Moment(kind, at))
    now = at + random_gap(random, at)
    if random.random() < 0.1:
        now = random.choice(history).at
    return tuple(history), int(random.random() * 9), now


def random_long_history(random: Random) -> tuple[tuple[Moment, ...], int, datetime]:
    """A history of some five years with twenty pauses, its limit and the moment at which it is read."""
    at = datetime(2022, 1, 3, 2, tzinfo=UTC)
    history = [Moment("started", at)]
    kinds: tuple[MomentKind, ...] = ("paused", "resumed")
    for kind in kinds * 20:
        at += timedelta(minutes=random.randrange(90 * 24 * 60))
        history.append(Moment(kind, at))
    return tuple(history), random.randrange(600), at + timedelta(days=random.randrange(60))


def random_holidays(random: Random) -> frozenset[date]:
    """The holidays of 2567 with some left out, and a few days of April and May added."""
    kept = [day for day in HOLIDAYS_2567 if random.random() < 0.8]
    return frozenset(kept + [date(2024, 4, 1) + DAY * int(random.random() * 60) for _ in range(4)])
