"""Times that figures and lists of complaints can be narrowed to: months and fiscal years of receiving."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import NamedTuple

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from prasan.complaints.queries import Period, first_month
from prasan.kernel.calendar import BANGKOK, FiscalYear, Quarter, add_months, today
from prasan.kernel.dates import format_month
from prasan.web.shell.lists import Filter, Rows

MOST_MONTHS = 120


class Named(NamedTuple):
    """A period and how it is called."""

    name: str
    period: Period


def periods_offered() -> Mapping[str, Named]:
    """Fiscal years and months since the first complaint, the newest first, by their codes."""
    first, month = first_month(), today().replace(day=1)
    found: dict[str, Named] = {}
    if first is None:
        return found
    for year in range(FiscalYear.of(month).be, FiscalYear.of(first).be - 1, -1):
        fiscal = FiscalYear(year)
        shown = str(year) if get_language() != "en" else f"{year} ({fiscal.ends.year})"
        name = _("Fiscal year %(year)s") % {"year": shown}
        found[f"fy{year}"] = Named(name, Period(fiscal.starts, fiscal.ends))
    while month >= first and len(found) < MOST_MONTHS:
        language = (get_language() or "th")[:2]
        found[f"{month:%Y-%m}"] = Named(format_month(month, language), Period(month, month))
        month = add_months(month, -1)
    return found


def quarters_past() -> list[Quarter]:
    """The quarters of fiscal years that are over, the newest first, since the first complaint."""
    first = first_month()
    if first is None:
        return []
    quarter, found = Quarter.of(today()), list[Quarter]()
    while (quarter := _before(quarter)) >= Quarter.of(first):
        found.append(quarter)
    return found


def by_period() -> Filter:
    """Complaints received in a month or a fiscal year."""
    offered = periods_offered()

    def narrowed(rows: Rows, code: str) -> Rows:
        period = offered[code].period
        since = datetime.combine(period.first, time(), tzinfo=BANGKOK)
        until = datetime.combine(add_months(period.last.replace(day=1), 1), time(), tzinfo=BANGKOK)
        return rows.filter(created_at__gte=since, created_at__lt=until)

    choices = [(code, each.name) for code, each in offered.items()]
    return Filter("period", gettext_lazy("Received"), choices, narrowed)


def month_code(month: date) -> str:
    """The code of a month."""
    return f"{month:%Y-%m}"


def _before(quarter: Quarter) -> Quarter:
    if quarter.number > 1:
        return Quarter(quarter.fiscal_year, quarter.number - 1)
    return Quarter(quarter.fiscal_year.previous, 4)
