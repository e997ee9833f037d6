"""Rules of eligibility, each evaluated by a pure function: met, not met or unknown, and from which day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from prasan.agencies.models import Agency
from prasan.kernel.calendar import FiscalYear, add_months
from prasan.kernel.dates import BUDDHIST_OFFSET, format_date

OWNER_LEVEL = "owner_level"
OWNER_KIND = "owner_kind"
YEARS_IN_OPERATION = "years_in_operation"
FINISHED_INSIDE_YEAR = "finished_inside_year"
WINDOW = "window"
NOT_AWARDED_BEFORE = "not_awarded_before"

Parameters = Mapping[str, Any]


class Outcome(StrEnum):
    """How an entry stands by a rule; what is not known is not refused."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Facts:
    """What rules look at; None is not known. `day` is the day on which the entry is looked at.

    `owner_level` and `owner_kind` are codes with how people call them; `won` are the Buddhist years in which
    the innovation won an award of the same programme.
    """

    day: date
    owner_level: str
    owner_kind: str | None
    started_on: date | None
    finished_on: date | None
    opens: date | None
    closes: date | None
    won: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """The outcome of one rule in a sentence; `met_from` where nothing but time is missing."""

    outcome: Outcome
    sentence: str
    met_from: date | None = None

    @property
    def is_met(self) -> bool:
        """Whether the rule is met."""
        return self.outcome is Outcome.MET


def tell(kind: str, parameters: Parameters, facts: Facts) -> Told:
    """How the facts stand by a rule of this kind; KeyError for a kind that is none."""
    return _TABLE[kind](parameters, facts)


def eligible_from(told: Iterable[Told]) -> date | None:
    """The day from which all is met, where nothing but time is missing; None where it is more, or nothing."""
    missing = [each for each in told if not each.is_met]
    days = [each.met_from for each in missing if each.met_from is not None]
    return max(days) if missing and len(days) == len(missing) else None


def fault_of(kind: str, parameters: Parameters) -> str | None:
    """Why a rule with these numbers and codes cannot be evaluated; None where it can."""
    if kind not in _TABLE:
        return _("There is no such kind of rule.")
    if kind in (OWNER_LEVEL, OWNER_KIND):
        codes = parameters.get("codes")
        if not isinstance(codes, list) or not codes or not all(isinstance(code, str) for code in codes):
            return _("Please choose at least one.")
    if kind == YEARS_IN_OPERATION and not _is_whole(parameters.get("years"), 1, 50):
        return _("Please give the years in operation, from 1 to 50.")
    if kind == FINISHED_INSIDE_YEAR and not _is_whole(parameters.get("year"), 2400, 2700):
        return _("Please give the fiscal year as a Buddhist year.")
    return None


def _is_whole(value: object, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _level(parameters: Parameters, facts: Facts) -> Told:
    if facts.owner_level in parameters["codes"]:
        return Told(Outcome.MET, _("A body of this level may enter."))
    return Told(Outcome.NOT_MET, _("Bodies of this level may not enter."))


def _kind(parameters: Parameters, facts: Facts) -> Told:
    if facts.owner_kind is None:
        return Told(Outcome.UNKNOWN, _("It is not known which kind of local government the owner is."))
    if facts.owner_kind in parameters["codes"]:
        return Told(Outcome.MET, _("Local governments of this kind (%s) may enter.") % facts.owner_kind)
    return Told(Outcome.NOT_MET, _("Local governments of this kind (%s) may not enter.") % facts.owner_kind)


def _years(parameters: Parameters, facts: Facts) -> Told:
    years = int(parameters["years"])
    if facts.started_on is None:
        return Told(Outcome.UNKNOWN, _("It is not known since when it is in operation."))
    full = add_months(facts.started_on, 12 * years)
    on = date.fromisoformat(parameters["on"]) if parameters.get("on") else facts.closes or facts.day
    named = ngettext("%(years)d year", "%(years)d years", years) % {"years": years}
    if full <= on:
        return Told(Outcome.MET, _("It has been in operation for %(time)s.") % {"time": named})
    sentence = _("It has been in operation for %(time)s from %(day)s on.") % {
        "time": named,
        "day": _said(full),
    }
    return Told(Outcome.NOT_MET, sentence, full)


def _finished(parameters: Parameters, facts: Facts) -> Told:
    year = FiscalYear(int(parameters["year"]))
    if facts.finished_on is None:
        return Told(Outcome.UNKNOWN, _("It is not known on which day it was finished."))
    if facts.finished_on in year:
        return Told(Outcome.MET, _("It was finished inside the fiscal year %(year)s.") % {"year": year})
    return Told(Outcome.NOT_MET, _("It was not finished inside the fiscal year %(year)s.") % {"year": year})


def _window(parameters: Parameters, facts: Facts) -> Told:
    if facts.opens is None or facts.closes is None:
        return Told(Outcome.UNKNOWN, _("The window of the edition is not known."))
    if facts.day < facts.opens:
        sentence = _("Entries are taken from %(day)s on.") % {"day": _said(facts.opens)}
        return Told(Outcome.NOT_MET, sentence, facts.opens)
    if facts.day > facts.closes:
        sentence = _("Entries were taken until %(day)s.") % {"day": _said(facts.closes)}
        return Told(Outcome.NOT_MET, sentence)
    return Told(Outcome.MET, _("It is inside the window, until %(day)s.") % {"day": _said(facts.closes)})


def _not_awarded(parameters: Parameters, facts: Facts) -> Told:
    if not facts.won:
        return Told(Outcome.MET, _("It has not won this award before."))
    sentence = _("It has won this award before, in %(year)d.") % {"year": max(facts.won)}
    years = parameters.get("years")
    if years is None:
        return Told(Outcome.NOT_MET, sentence)
    again = date(max(facts.won) - BUDDHIST_OFFSET + int(years) + 1, 1, 1)
    if facts.day >= again:
        return Told(Outcome.MET, _("It won this award so long ago that it may enter again."))
    return Told(Outcome.NOT_MET, sentence, again)


def _said(day: date) -> str:
    return format_date(day, (get_language() or "th")[:2])


_TABLE: Mapping[str, Callable[[Parameters, Facts], Told]] = {
    OWNER_LEVEL: _level,
    OWNER_KIND: _kind,
    YEARS_IN_OPERATION: _years,
    FINISHED_INSIDE_YEAR: _finished,
    WINDOW: _window,
    NOT_AWARDED_BEFORE: _not_awarded,
}


def words_of(kind: str, parameters: Parameters) -> str:
    """What a rule asks for, in a sentence."""
    if kind == OWNER_LEVEL:
        names = dict(Agency.Level.choices)
        return _("The owner is of the level: %s") % ", ".join(
            str(names[code]) for code in parameters["codes"]
        )
    if kind == OWNER_KIND:
        return _("The owner is one of: %s") % ", ".join(parameters["codes"])
    if kind == YEARS_IN_OPERATION:
        years = int(parameters["years"])
        named = ngettext("%(years)d year", "%(years)d years", years) % {"years": years}
        if not parameters.get("on"):
            return _("In operation for at least %(time)s on the last day of the window") % {"time": named}
        day = _said(date.fromisoformat(parameters["on"]))
        return _("In operation for at least %(time)s on %(day)s") % {"time": named, "day": day}
    if kind == FINISHED_INSIDE_YEAR:
        return _("Finished inside the fiscal year %(year)s") % {"year": parameters["year"]}
    if kind == WINDOW:
        return _("Entered inside the window")
    if parameters.get("years") is None:
        return _("Not awarded in this programme before")
    told = {"years": int(parameters["years"])}
    return _("Not awarded in this programme in the %(years)d years before") % told
