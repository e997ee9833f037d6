"""The Thai official calendar: Buddhist and fiscal years, quarters, windows, working days, as in Bangkok."""

from __future__ import annotations

import calendar
from bisect import bisect_left, bisect_right
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple, Self
from zoneinfo import ZoneInfo

from prasan.kernel.dates import (
    BANGKOK,
    BUDDHIST_OFFSET,
    DateNotUnderstood,
    DateStyle,
    buddhist_year,
    format_date,
    format_datetime,
    format_time,
    parse_date,
)

__all__ = [
    "BANGKOK",
    "DateNotUnderstood",
    "DateStyle",
    "DayCount",
    "FiscalYear",
    "Quarter",
    "ReviewPoint",
    "Window",
    "WorkingDays",
    "add_business_days",
    "add_months",
    "buddhist_year",
    "business_days_between",
    "format_date",
    "format_datetime",
    "format_time",
    "is_business_day",
    "parse_date",
    "review_points",
    "review_points_after",
    "today",
]

REVIEW_MONTHS = (3, 6, 12)
_SATURDAY = 5


def today() -> date:
    """The date it is in Bangkok now."""
    return datetime.now(BANGKOK).date()


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months later, or the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True, order=True, slots=True)
class FiscalYear:
    """1 October to 30 September, named by the Buddhist year of its end (2568 ends on 30 September 2025)."""

    be: int

    @classmethod
    def of(cls, day: date) -> Self:
        """The fiscal year in which the day falls."""
        return cls(buddhist_year(day) + (day.month >= 10))

    @property
    def starts(self) -> date:
        return date(self.be - BUDDHIST_OFFSET - 1, 10, 1)

    @property
    def ends(self) -> date:
        return date(self.be - BUDDHIST_OFFSET, 9, 30)

    @property
    def quarters(self) -> tuple[Quarter, Quarter, Quarter, Quarter]:
        return Quarter(self, 1), Quarter(self, 2), Quarter(self, 3), Quarter(self, 4)

    @property
    def next(self) -> Self:
        return type(self)(self.be + 1)

    @property
    def previous(self) -> Self:
        return type(self)(self.be - 1)

    def __contains__(self, day: date) -> bool:
        return self.starts <= day <= self.ends

    def __str__(self) -> str:
        return str(self.be)


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """Three months of a fiscal year; the first begins on 1 October."""

    fiscal_year: FiscalYear
    number: int

    def __post_init__(self) -> None:
        if self.number not in (1, 2, 3, 4):
            raise ValueError(f"a quarter is 1, 2, 3 or 4, not {self.number}")

    @classmethod
    def of(cls, day: date) -> Self:
        """The quarter in which the day falls."""
        return cls(FiscalYear.of(day), (day.month + 2) // 3 % 4 + 1)

    @property
    def starts(self) -> date:
        return add_months(self.fiscal_year.starts, 3 * (self.number - 1))

    @property
    def ends(self) -> date:
        return add_months(self.fiscal_year.starts, 3 * self.number) - timedelta(days=1)

    def __contains__(self, day: date) -> bool:
        return self.starts <= day <= self.ends

    def __str__(self) -> str:
        return f"{self.number}/{self.fiscal_year}"


@dataclass(frozen=True, slots=True)
class ReviewPoint:
    """A look at progress after so many months, due on one day."""

    months: int
    due: date


def review_points(fiscal_year: FiscalYear) -> tuple[ReviewPoint, ...]:
    """The looks after 3, 6 and 12 months of the year, each due on the last day of its months."""
    return tuple(
        ReviewPoint(months, add_months(fiscal_year.starts, months) - timedelta(days=1))
        for months in REVIEW_MONTHS
    )


def review_points_after(day: date) -> tuple[ReviewPoint, ...]:
    """The looks 3, 6 and 12 months after the day, each due on the same day of its month."""
    return tuple(ReviewPoint(months, add_months(day, months)) for months in REVIEW_MONTHS)


@dataclass(frozen=True, slots=True)
class Window:
    """Days during which something is open, first and last included, as days pass in Bangkok."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"the window closes on {self.end}, before it opens on {self.start}")

    @property
    def opens_at(self) -> datetime:
        """The first instant inside."""
        return _midnight(self.start, BANGKOK)

    @property
    def closes_at(self) -> datetime:
        """The first instant outside again: midnight after the last day."""
        return _midnight(self.end + timedelta(days=1), BANGKOK)

    @property
    def days_left(self) -> int:
        """How many days are left with today; none before the first day and after the last."""
        day = today()
        return (self.end - day).days + 1 if self.start <= day <= self.end else 0

    def contains(self, moment: datetime) -> bool:
        """Is it open at this moment, given with its time zone?"""
        if moment.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return self.opens_at <= moment < self.closes_at


class DayCount(NamedTuple):
    """What the days of a span are: working days, days of weekends, and the holidays that are neither."""

    working: int
    weekend: int
    holidays: tuple[date, ...]


class WorkingDays:
    """The working days that these holidays leave: made once, it counts over any span without walking it."""

    __slots__ = ("_days", "_ordinals", "_passed")

    def __init__(self, holidays: Collection[date]) -> None:
        self._days = tuple(sorted({day for day in holidays if day.weekday() < _SATURDAY}))
        self._ordinals = tuple(day.toordinal() for day in self._days)
        self._passed = tuple(_weekdays(day) - n for n, day in enumerate(self._ordinals, start=1))
        """How many working days lie before each of the holidays."""

    def __contains__(self, day: date) -> bool:
        """Is it neither Saturday, Sunday nor one of the holidays?"""
        return self._until(day.toordinal()) > self._until(day.toordinal() - 1)

    def after(self, day: date, n: int) -> date:
        """The n-th working day after the day, which is itself not counted; before it when n is negative.

        With n = 0 it is the day itself, or the next working day when the day is a holiday, as a period that
        ends on a holiday runs on under the Administrative Procedure Act, section 64.
        """
        ordinal = day.toordinal()
        number = self._until(ordinal) + n if n > 0 else self._until(ordinal - 1) + n + 1
        weekday = number + bisect_left(self._passed, number) - 1
        return date.fromordinal(weekday // 5 * 7 + weekday % 5 + 1)

    def between(self, start: date, end: date) -> int:
        """How many working days lie after `start` up to and including `end`; negative when `end` comes first.

        It undoes `after`: from a day to its n-th working day there are n.
        """
        if end < start:
            return self._until(end.toordinal() - 1) - self._until(start.toordinal() - 1)
        return self._until(end.toordinal()) - self._until(start.toordinal())

    def count(self, first: date, last: date) -> DayCount:
        """What the days from the first to the last are, both included."""
        before, end = first.toordinal() - 1, last.toordinal()
        weekdays = _weekdays(end) - _weekdays(before)
        since = bisect_right(self._ordinals, before)
        holidays = self._days[since : bisect_right(self._ordinals, end, since)]
        return DayCount(weekdays - len(holidays), end - before - weekdays, holidays)

    def _until(self, ordinal: int) -> int:
        return _weekdays(ordinal) - bisect_right(self._ordinals, ordinal)


def is_business_day(day: date, holidays: Collection[date]) -> bool:
    """Is it neither Saturday, Sunday nor one of the holidays?"""
    return day.weekday() < _SATURDAY and day not in holidays


def add_business_days(day: date, n: int, holidays: Collection[date]) -> date:
    """`WorkingDays.after` where the days are asked but once."""
    return WorkingDays(holidays).after(day, n)


def business_days_between(start: date, end: date, holidays: Collection[date]) -> int:
    """`WorkingDays.between` where the days are asked but once."""
    return WorkingDays(holidays).between(start, end)


def _weekdays(ordinal: int) -> int:
    """How many Mondays to Fridays there are up to the day of that ordinal; day 1 was a Monday."""
    return ordinal // 7 * 5 + min(ordinal % 7, 5)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, tzinfo=zone)
