"""Keeping the public holidays of Thailand as rows, which an office may correct."""

from __future__ import annotations

from collections.abc import Iterable

import holidays
from django.db import transaction

from prasan.agencies.models import Holiday

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
