"""What a clock shows, in words that anybody can check with a calendar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from prasan.agencies.queries import holiday_names
from prasan.complaints.models import TimeLimit
from prasan.complaints.timing import Shown
from prasan.kernel.calendar import today
from prasan.kernel.clocks import Reading, Stretch
from prasan.kernel.dates import format_date


@dataclass(frozen=True, slots=True)
class ClockWords:
    """A clock as a page tells it: what it measures, how it stands, its colour, and why, line by line."""

    name: str
    standing: str
    tone: str
    because: tuple[str, ...]


def told(clocks: Iterable[Shown]) -> list[ClockWords]:
    """The clocks in words, holidays by their names."""
    clocks = list(clocks)
    holidays = {day for clock in clocks for each in _stretches(clock.reading) for day in each.holidays}
    names = holiday_names(holidays) if holidays else {}
    return [_told(clock, names) for clock in clocks]


def _told(clock: Shown, names: Mapping[date, str]) -> ClockWords:
    reading = clock.reading
    standing, tone = _standing(reading)
    return ClockWords(
        name=str(TimeLimit.Clock(clock.clock).label),
        standing=standing,
        tone=tone,
        because=(
            *(_line(each, names) for each in reading.stretches),
            *((_ahead(reading.ahead, names),) if reading.ahead is not None and not reading.is_late else ()),
        ),
    )


def _standing(reading: Reading) -> tuple[str, str]:
    """In one sentence, and its colour."""
    days = {"used": reading.used, "limit": reading.limit, "left": reading.left, "late": reading.late_by}
    due = {"day": _day(reading.due)} if reading.due else {}
    if reading.state == "stopped":
        if reading.is_late:
            return _("Late: %(used)d working days instead of %(limit)d") % days, "bad"
        return _("In time: %(used)d of %(limit)d working days") % days, "good"
    if reading.is_late:
        return _("Late by %(late)d working days; it was due on %(day)s") % {**days, **due}, "bad"
    if reading.state == "paused":
        return _("Stands still; %(left)d of %(limit)d working days are left") % days, "neutral"
    if reading.due == today():
        return _("Due today"), "waiting"
    said = _("Due on %(day)s; %(left)d of %(limit)d working days are left") % {**days, **due}
    return said, "waiting" if reading.left <= 1 else "neutral"


def _line(stretch: Stretch, names: Mapping[date, str]) -> str:
    span = {"days": _span(stretch.first, stretch.last), "counted": stretch.counted}
    if stretch.kind == "started":
        return _("%(days)s: the day it began, which is not counted") % span
    if stretch.kind == "paused":
        return _("%(days)s: stood still, not counted") % span
    if stretch.kind == "stopped":
        return _("%(days)s: at an end, not counted") % span
    return f"{_('%(days)s: %(counted)d working days') % span}{_left_out(stretch, names)}"


def _ahead(stretch: Stretch, names: Mapping[date, str]) -> str:
    span = {"days": _span(stretch.first, stretch.last), "counted": stretch.counted}
    return f"{_('%(days)s: %(counted)d working days to come') % span}{_left_out(stretch, names)}"


def _left_out(stretch: Stretch, names: Mapping[date, str]) -> str:
    """The days of a running stretch that do not count, holidays by name."""
    parts = []
    if stretch.weekend_days:
        parts.append(_("weekends %(number)d days") % {"number": stretch.weekend_days})
    parts += [f"{names.get(day, _('holiday'))} {_day(day)}" for day in stretch.holidays]
    return f" ({_('not counted')}: {', '.join(parts)})" if parts else ""


def _stretches(reading: Reading) -> tuple[Stretch, ...]:
    return (*reading.stretches, *((reading.ahead,) if reading.ahead is not None else ()))


def _span(first: date, last: date) -> str:
    return _day(first) if first == last else f"{_day(first)} – {_day(last)}"


def _day(day: date | None) -> str:
    return format_date(day, (get_language() or "th")[:2], style="short") if day else ""
