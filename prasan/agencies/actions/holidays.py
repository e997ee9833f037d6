"""Keeping the public holidays of Thailand as rows, which an office may correct."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import holidays
from django.db import transaction
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies import events, rules
from prasan.agencies.models import Holiday
from prasan.agencies.queries import require
from prasan.kernel.refusals import Refused
from prasan.kernel.text import clean
from prasan.ledger.actions import record

_KINDS = ("public", "government")
YEARS = range(2560 - 543, 2575 - 543 + 1)
"""Buddhist 2560 to 2575."""


@transaction.atomic
def ensure_holidays(years: Iterable[int] = YEARS) -> int:
    """Add the holidays of these Gregorian years that are not there yet; how many there were to add.

    Rows that exist stay as they are: a cabinet resolution entered by hand outlasts the package.
    """
    wanted = list(years)
    thai = holidays.country_holidays("TH", years=wanted, language="th", categories=_KINDS)
    english = holidays.country_holidays("TH", years=wanted, language="en_US", categories=_KINDS)
    known = set(Holiday.objects.filter(day__in=list(thai)).values_list("day", flat=True))
    missing = [
        Holiday(day=day, name_th=name, name_en=english.get(day, ""))
        for day, name in sorted(thai.items())
        if day not in known
    ]
    Holiday.objects.bulk_create(missing, ignore_conflicts=True)
    return len(missing)


@transaction.atomic
def add_holiday(day: date, *, name_th: str, name_en: str, by: User | None) -> Holiday:
    """Add a holiday that the cabinet resolved; clocks are read anew by whoever keeps some."""
    holiday = Holiday(day=day, name_th=_name(name_th), name_en=_name(name_en), by_hand=True)
    posting = require(by, rules.SET_HOLIDAYS, holiday)
    if not holiday.name_th or not holiday.name_en:
        raise Refused(_("Please name the holiday in Thai and in English."))
    if Holiday.objects.filter(day=day).exists():
        raise Refused(_("This day is a holiday already."))
    holiday.save(force_insert=True)
    record(events.HOLIDAY_ADDED, holiday, by=by, posting=posting, after={"day": str(day)})
    return holiday


@transaction.atomic
def remove_holiday(holiday: Holiday, *, by: User | None) -> None:
    """Take a holiday away that was added by hand."""
    posting = require(by, rules.SET_HOLIDAYS, holiday)
    if not holiday.by_hand:
        raise Refused(_("Only a holiday that was added by hand can be taken away."))
    record(events.HOLIDAY_REMOVED, holiday, by=by, posting=posting, before={"day": str(holiday.day)})
    holiday.delete()


def _name(text: str) -> str:
    return " ".join(clean(text).split())[:200]
