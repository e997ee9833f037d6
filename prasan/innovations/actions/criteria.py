"""Setting the criteria from a fiscal year on: gates, weights and scale; earlier years keep theirs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import count

from django.db import transaction
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.queries import require
from prasan.cases.words import cleaned
from prasan.innovations import events, rules
from prasan.innovations.models import Appraisal, CriteriaSet, Criterion
from prasan.innovations.queries.checks import criteria_for
from prasan.innovations.queries.criteria import known_gates
from prasan.kernel.calendar import FiscalYear, today
from prasan.kernel.digits import format_number
from prasan.kernel.refusals import Refused
from prasan.ledger.actions import record

WHOLE = Decimal(100)
"""What the weights of a version add up to."""
HIGHEST_SCALE = 10
MOST_GATES = 10


@dataclass(frozen=True, slots=True)
class CriteriaWords:
    """What a version says: weights and kept gates by code, a gate of one's own words, the highest mark."""

    weights: Mapping[str, Decimal]
    gates: Collection[str]
    scale: int
    remark: str
    new_gate_th: str = ""
    new_gate_en: str = ""


@transaction.atomic
def set_criteria(fiscal_year: int, words: CriteriaWords, *, by: User | None) -> CriteriaSet:
    """Set the criteria from a fiscal year on that has not begun and by which nothing was appraised yet.

    A version of the same year, never in force, is replaced.
    """
    before = criteria_held(fiscal_year)
    posting = require(by, rules.SET_CRITERIA, before)
    _refuse_unless_to_come(fiscal_year, before)
    remark = cleaned(words.remark, 300)
    if not remark:
        raise Refused(_("Please say what the weights are based on."))
    rows = [*_gates(fiscal_year, words), *_weighed(before, words)]
    if _told(rows) == _told(before.rows.all()):
        raise Refused(_("These are the criteria that are in force for this year already."))
    criteria, _is_new = CriteriaSet.objects.update_or_create(
        fiscal_year_from=fiscal_year, defaults={"remark_th": remark, "remark_en": remark}
    )
    criteria.rows.all().delete()
    for position, row in enumerate(rows, start=1):
        row.criteria, row.position = criteria, position
    Criterion.objects.bulk_create(rows)
    gates = [row.code for row in rows if row.group == Criterion.Group.GATE]
    weights = [f"{row.code}={row.weight.normalize():f}" for row in rows if row.weight]
    record(
        events.CRITERIA_SET,
        criteria,
        by=by,
        posting=posting,
        after={"fiscal_year": fiscal_year, "gates": gates, "weights": weights, "scale": words.scale},
    )
    return criteria


def criteria_held(fiscal_year: int) -> CriteriaSet:
    """The criteria in force in a fiscal year, held until the act ends: none are set under an appraisal."""
    while True:
        criteria = criteria_for(fiscal_year)
        CriteriaSet.objects.select_for_update().get(pk=criteria.pk)
        if criteria_for(fiscal_year) == criteria:  # others may have been set while this waited
            return criteria


def _refuse_unless_to_come(fiscal_year: int, before: CriteriaSet) -> None:
    if fiscal_year <= FiscalYear.of(today()).be:
        raise Refused(
            _("Please choose a fiscal year that has not begun: nobody is judged by rules of afterwards.")
        )
    if Appraisal.objects.filter(criteria=before, fiscal_year__gte=fiscal_year).exists():
        raise Refused(
            _(
                "Innovations of this fiscal year, or of a later one, were appraised already by the criteria "
                "in force. Please choose a later fiscal year."
            )
        )


def _gates(fiscal_year: int, words: CriteriaWords) -> list[Criterion]:
    known = {each.code: each for each in known_gates()}
    if not set(words.gates) <= known.keys():
        raise Refused(_("There is no such gate. Please choose from the page."))
    rows = [
        Criterion(
            code=code, group=Criterion.Group.GATE, name_th=each.name_th, name_en=each.name_en, **_NOTHING
        )
        for code, each in known.items()
        if code in words.gates
    ]
    name_th, name_en = cleaned(words.new_gate_th, 300), cleaned(words.new_gate_en, 300)
    if bool(name_th) != bool(name_en):
        raise Refused(_("Please word the new gate in Thai and in English: both kinds of readers see it."))
    if name_th:
        code = next(code for number in count(1) if (code := f"gate-{fiscal_year}-{number}") not in known)
        rows.append(
            Criterion(code=code, group=Criterion.Group.GATE, name_th=name_th, name_en=name_en, **_NOTHING)
        )
    if not 0 < len(rows) <= MOST_GATES:
        raise Refused(_("Please keep at least one gate, and no more than %(most)d.") % {"most": MOST_GATES})
    return rows


def _weighed(before: CriteriaSet, words: CriteriaWords) -> list[Criterion]:
    if not 1 <= words.scale <= HIGHEST_SCALE:
        raise Refused(_("Please give a highest mark from 1 to %(most)d.") % {"most": HIGHEST_SCALE})
    rows = [each for each in before.rows.all() if each.group != Criterion.Group.GATE]
    weights = words.weights
    if weights.keys() != {each.code for each in rows} or any(weight <= 0 for weight in weights.values()):
        raise Refused(_("Please give every criterion that is weighed a weight above nought."))
    if any(weight != round(weight, 2) for weight in weights.values()):
        raise Refused(_("Please give weights with no more than two decimal places."))
    if (total := sum(weights.values())) != WHOLE:
        raise Refused(
            _("The weights add up to %(total)s; please let them add up to 100.")
            % {"total": format_number(Decimal(total))}
        )
    return [
        Criterion(
            code=each.code,
            group=each.group,
            name_th=each.name_th,
            name_en=each.name_en,
            weight=weights[each.code],
            scale=words.scale,
        )
        for each in rows
    ]


_NOTHING = {"weight": Decimal(0), "scale": 0}
"""A gate is passed or not."""


def _told(rows: Collection[Criterion]) -> set[tuple[str, Decimal, int]]:
    return {(each.code, each.weight, each.scale) for each in rows}
