"""The facts of an innovation as its page tells them: each that is known, and in one line what is not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from prasan.innovations.actions import area_codes, codes_of
from prasan.innovations.models import Innovation
from prasan.innovations.models.innovation import TEXTS
from prasan.kernel.dates import format_date
from prasan.kernel.digits import format_number
from prasan.web.innovations.forms import InnovationForm


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


def standing_otherwise(innovation: Innovation, form: InnovationForm) -> list[tuple[str, str]]:
    """What an innovation says otherwise than what was typed in its form: the question, and how it stands."""
    typed = form.words
    told = {
        "kind": str(innovation.get_kind_display()),
        "started_on": _day(innovation.started_on),
        "finished_on": _day(innovation.finished_on),
        "aspects": _labels(Innovation.Aspect, innovation.aspects),
        "ways": _labels(Innovation.Way, innovation.ways),
    }
    names = (
        "title",
        "title_en",
        "kind",
        "fiscal_year",
        "started_on",
        "finished_on",
        "aspects",
        "ways",
        *TEXTS,
    )
    differs = [
        (str(form.fields[name].label), told.get(name, str(getattr(innovation, name) or "")))
        for name in names
        if _plain(getattr(typed, name)) != _plain(getattr(innovation, name))
    ]
    if form.keeps_what_is_gone or set(codes_of(typed.areas)) != set(area_codes(innovation)):
        differs.append((_("Carried out in"), areas_told(innovation)))
    return differs


def areas_told(innovation: Innovation, most: int | None = None) -> str:
    """The areas in which it is carried out, with how many more there are beyond the most that are named."""
    rows = list(innovation.areas.all())
    names = [each.full_name for each in rows[:most]]
    if more := len(rows) - len(names):
        names.append(_("and %(number)s more") % {"number": format_number(more)})
    return ", ".join(names)


def _plain(value: object) -> object:
    """A value to compare: ticks in no order."""
    return frozenset(value) if isinstance(value, list) else value


def _day(day: date | None) -> str:
    return format_date(day, (get_language() or "th")[:2]) if day else ""


def _labels(choices: type[Innovation.Aspect | Innovation.Way], codes: list[str]) -> str:
    return ", ".join(str(choices(code).label) for code in codes)
