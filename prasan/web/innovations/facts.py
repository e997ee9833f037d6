"""The facts of an innovation as its page tells them: each that is known, and in one line what is not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from prasan.innovations.models import Innovation
from prasan.kernel.dates import format_date
from prasan.kernel.digits import format_number


def facts_shown(innovation: Innovation) -> Mapping[str, object]:
    """`facts` with their words, and the labels of those `unknown`."""
    is_kind_known = innovation.kind != Innovation.Kind.UNKNOWN
    told = {
        _("Carried out in"): areas_told(innovation),
        _("Kind"): str(innovation.get_kind_display()) if is_kind_known else "",
        _("Fiscal year"): str(innovation.fiscal_year or ""),
        _("Began"): _day(innovation.started_on),
        _("Finished"): _day(innovation.finished_on),
        _("Renews"): _labels(Innovation.Aspect, innovation.aspects),
        _("Way of improving a service"): _labels(Innovation.Way, innovation.ways),
    }
    return {
        "facts": [(label, words) for label, words in told.items() if words],
        "unknown": [label for label, words in told.items() if not words],
    }


def areas_told(innovation: Innovation, most: int | None = None) -> str:
    """The areas in which it is carried out, with how many more there are beyond the most that are named."""
    rows = list(innovation.areas.all())
    names = [each.full_name for each in rows[:most]]
    if more := len(rows) - len(names):
        names.append(_("and %(number)s more") % {"number": format_number(more)})
    return ", ".join(names)


def _day(day: date | None) -> str:
    return format_date(day, (get_language() or "th")[:2]) if day else ""


def _labels(choices: type[Innovation.Aspect | Innovation.Way], codes: list[str]) -> str:
    return ", ".join(str(choices(code).label) for code in codes)
