"""Figures of an innovation: what was before, what is now, and where both come from."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.queries import require
from prasan.innovations import rules
from prasan.innovations.actions.content import (
    MeasureWords,
    mark_of_measure,
    words_of_measure,
    write_measure,
)
from prasan.innovations.actions.innovation import (
    facts_of,
    locked_innovation,
    record_change,
    refuse_unless_open,
)
from prasan.innovations.models import ImpactMeasure, Innovation
from prasan.kernel.digits import without_noughts
from prasan.kernel.refusals import Refused

MOST = 20
"""Figures of one innovation."""


class MeasureOvertaken(Refused):
    """A colleague changed a figure since it was read; `measure` is how it stands now."""

    def __init__(self, measure: ImpactMeasure) -> None:
        value = "–" if measure.value is None else f"{without_noughts(measure.value):f}"
        told = {"value": value, "unit": measure.unit, "source": measure.source}
        super().__init__(
            _(
                "A colleague changed this figure while you were writing: now %(value)s %(unit)s, from "
                "“%(source)s”. Save again if yours is the right one."
            )
            % told
        )
        self.measure = measure


@transaction.atomic
def keep_measure(
    innovation: Innovation,
    words: MeasureWords,
    *,
    measure: ImpactMeasure | None = None,
    read: str | None = None,
    by: User | None,
) -> ImpactMeasure:
    """Add a figure, or change one; its source is always told, and per cents are computed.

    The same figure is kept once, however often it is sent. `read` is the mark of the one that he changes
    as the writer had it before him; `MeasureOvertaken` if it says something else now.
    """
    innovation = locked_innovation(innovation)
    posting = require(by, rules.WRITE, innovation)
    refuse_unless_open(innovation)
    kept = innovation.measures.filter(pk=measure.pk).first() if measure else ImpactMeasure()
    if kept is None:
        raise Refused(_("This figure was taken away meanwhile."))
    now, mark = words_of_measure(kept), mark_of_measure(kept)
    write_measure(kept, words)
    _refuse_unless_told(kept)
    told = words_of_measure(kept)
    if measure is None:
        others = list(innovation.measures.all())
        if same := next((each for each in others if words_of_measure(each) == told), None):
            return same
        if len(others) >= MOST:
            raise Refused(_("There are %(most)d figures already.") % {"most": MOST})
        kept.innovation, kept.position = innovation, max((each.position for each in others), default=0) + 1
    elif read not in (None, mark) and told != now:
        raise MeasureOvertaken(innovation.measures.get(pk=kept.pk))
    before = facts_of(innovation)
    kept.save()
    record_change(innovation, before, by=by, posting=posting)
    return kept


@transaction.atomic
def remove_measure(measure: ImpactMeasure, *, by: User | None) -> None:
    """Take a figure away; versions kept before still have it."""
    innovation = locked_innovation(measure.innovation)
    posting = require(by, rules.WRITE, innovation)
    refuse_unless_open(innovation)
    if not innovation.measures.filter(pk=measure.pk).exists():
        raise Refused(_("This was taken away already."))
    before = facts_of(innovation)
    innovation.measures.filter(pk=measure.pk).delete()
    record_change(innovation, before, by=by, posting=posting)


def _refuse_unless_told(measure: ImpactMeasure) -> None:
    if not measure.name or not measure.unit:
        raise Refused(_("Please say what is measured, and in which unit."))
    if not measure.source:
        raise Refused(_("Please say where the figures come from. A figure without a source is not kept."))
    if measure.base_value is not None and measure.base_year is None:
        raise Refused(_("Please say of which year the base value is."))
    if measure.base_year is not None and measure.year is not None and measure.year < measure.base_year:
        raise Refused(_("The base year comes before the year of the value. Please look at the two years."))
    if measure.value is None and measure.published_percent is None:
        raise Refused(_("Please give the value."))
    if measure.whole is not None and measure.value is not None and measure.value > measure.whole:
        raise Refused(_("A part is not larger than its whole. Please look at the two numbers."))
