"""What an innovation still lacks by the criteria of its year, told before it is proposed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from prasan.innovations.models import CriteriaSet, Criterion, Innovation
from prasan.innovations.models.innovation import CLAIMS, PARTS
from prasan.innovations.queries.novelty import earlier_alike
from prasan.kernel.calendar import FiscalYear, today
from prasan.kernel.text import says_something

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


class Outcome(StrEnum):
    """What can be told of a criterion without a judge."""

    MET = "met"
    MISSING = "missing"
    LOOK = "look"  # a judge has to look


@dataclass(frozen=True, slots=True)
class Finding:
    """One criterion: how the innovation stands, and why."""

    criterion: Criterion
    outcome: Outcome
    why: str | StrPromise

    @property
    def is_met(self) -> bool:
        """Whether nothing is left to do."""
        return self.outcome is Outcome.MET


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """All criteria of the year, gates apart from what is weighed.

    No criterion asks where it is carried out; `is_placed` says whether that is told, for readers look by it.
    """

    criteria: CriteriaSet
    gates: tuple[Finding, ...]
    parts: tuple[Finding, ...]
    quality: tuple[Finding, ...]
    is_placed: bool

    @property
    def missing(self) -> list[Finding]:
        """What the agency can still mend."""
        return [each for each in (*self.gates, *self.parts, *self.quality) if each.outcome is Outcome.MISSING]


Told = tuple[Outcome, "str | StrPromise"]


def criteria_for(fiscal_year: int) -> CriteriaSet:
    """The criteria in force in a fiscal year; the earliest there are for a year before all of them."""
    rows = CriteriaSet.objects.order_by("fiscal_year_from")
    found = rows.filter(fiscal_year_from__lte=fiscal_year).last() or rows.first()
    if found is None:
        raise LookupError("no criteria are written down")
    return found


def fiscal_year_of(innovation: Innovation) -> int:
    """The fiscal year by whose criteria an innovation is looked at: its own, or the present one."""
    return innovation.fiscal_year or FiscalYear.of(today()).be


def self_check(innovation: Innovation) -> SelfCheck:
    """How the innovation stands by the criteria of its fiscal year, or of the present one."""
    criteria = criteria_for(fiscal_year_of(innovation))
    findings = [_finding(each, innovation) for each in criteria.rows.all()]

    def of(group: Criterion.Group) -> tuple[Finding, ...]:
        return tuple(each for each in findings if each.criterion.group == group)

    return SelfCheck(
        criteria,
        of(Criterion.Group.GATE),
        of(Criterion.Group.PART),
        of(Criterion.Group.QUALITY),
        is_placed=bool(innovation.areas.all()),
    )


def _finding(criterion: Criterion, innovation: Innovation) -> Finding:
    tell = _TOLD.get(criterion.code)
    if tell is None:
        return Finding(criterion, Outcome.LOOK, _("People judge this."))
    return Finding(criterion, *tell(innovation))


def _part(name: str) -> Callable[[Innovation], Told]:
    def told(innovation: Innovation) -> Told:
        if says_something(getattr(innovation, name)):
            return Outcome.MET, _("Written.")
        return Outcome.MISSING, _("Nothing is written yet.")

    return told


def _finished(innovation: Innovation) -> Told:
    if innovation.fiscal_year is None:
        return Outcome.MISSING, _("It is not said for which fiscal year it is proposed.")
    if innovation.finished_on is None:
        return Outcome.MISSING, _("It is not said on which day it was finished.")
    if innovation.finished_on in FiscalYear(innovation.fiscal_year):
        return Outcome.MET, _("It was finished inside the fiscal year.")
    return Outcome.MISSING, _("It was finished outside the fiscal year for which it is proposed.")


def _aspect(innovation: Innovation) -> Told:
    if innovation.aspects:
        return Outcome.MET, _("At least one aspect is named.")
    return Outcome.MISSING, _("Please name at least one aspect of work that it renews.")


def _benefit(innovation: Innovation) -> Told:
    if any(each.change is not None or each.share is not None for each in innovation.measures.all()):
        return Outcome.MET, _("A figure shows it, with its base.")
    if innovation.measures.all() or says_something(innovation.impact):
        return Outcome.LOOK, _("Told in words; a figure before and after would show it.")
    return Outcome.MISSING, _("Please say what became better, with figures before and after.")


def _references(innovation: Innovation) -> Told:
    if innovation.evidence.all():
        return Outcome.MET, _("There is evidence to look at.")
    return Outcome.MISSING, _("Please add evidence that others can look at.")


def _new(innovation: Innovation) -> Told:
    alike = earlier_alike(innovation)
    own = [each for each in alike if each.is_own]
    if own:
        said = _("Your side told of “%(title)s” already. A judge looks whether this is something new.")
        return Outcome.LOOK, str(said) % {"title": own[0].innovation.title}
    if alike:
        return Outcome.MET, _("None of your side is like it; others did something like it, see below.")
    return Outcome.MET, _("Nothing like it is registered.")


_TOLD: Mapping[str, Callable[[Innovation], Told]] = {
    "new": _new,
    "finished": _finished,
    **{name: _part(name) for name in (*PARTS, *CLAIMS)},
    "aspect": _aspect,
    "benefit": _benefit,
    "references": _references,
}
"""What can be told by code; a criterion that stands in no table here is judged by people alone."""
