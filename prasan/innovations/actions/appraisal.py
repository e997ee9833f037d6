"""Appraising an innovation by the criteria of its fiscal year; a correction is a new appraisal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.actions import made_before, wait_for_turn
from prasan.agencies.queries import require
from prasan.cases.words import cleaned
from prasan.innovations import events, rules
from prasan.innovations.actions.criteria import criteria_held
from prasan.innovations.actions.innovation import locked_innovation
from prasan.innovations.models import Appraisal, AppraisalMark, CriteriaSet, Criterion, Innovation
from prasan.innovations.queries.appraisals import Result, can_be_appraised, result_of, told_total
from prasan.innovations.queries.checks import fiscal_year_of
from prasan.kernel.refusals import Refused
from prasan.kernel.text import says_something
from prasan.ledger.actions import record
from prasan.ledger.seals import Facts

REASON_LIMIT = 1000


@dataclass(frozen=True, slots=True)
class GateFinding:
    """Whether a gate is passed, and why."""

    is_passed: bool
    reason: str


@dataclass(frozen=True, slots=True)
class GivenMark:
    """A mark on a criterion, and why if there is something to say."""

    value: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AppraisalWords:
    """All that is found: gates and marks by the codes of their criteria, of the version that was read."""

    version: int
    gates: Mapping[str, GateFinding]
    marks: Mapping[str, GivenMark]
    remark: str = ""


@transaction.atomic
def appraise_innovation(
    innovation: Innovation, words: AppraisalWords, *, by: User | None, form_key: UUID | None = None
) -> Appraisal:
    """Keep what was found of an innovation that lies at the ministry, or correct what was found before.

    The criteria are those in force for its fiscal year. Once for each form. Earlier appraisals stay.
    """
    wait_for_turn(form_key)
    innovation = locked_innovation(innovation)
    posting = require(by, rules.ASSESS, innovation)
    if (made := made_before(form_key, innovation.appraisals.filter(made_by=by))) is not None:
        return made
    earlier = innovation.appraisals.last()
    if not can_be_appraised(innovation):
        raise Refused(
            _("It does not lie at the ministry. What was proposed is appraised, or corrected later.")
        )
    version = innovation.versions.last()
    if version is None or version.number != words.version:
        raise Refused(
            _("It was changed since you opened this page. Please read it again and appraise it anew.")
        )
    if earlier is not None and not says_something(words.remark):
        raise Refused(_("It was appraised before. Please say in the remark why it is appraised anew."))
    year = fiscal_year_of(innovation)
    criteria = criteria_held(year)
    marks = _marks(criteria, words)
    appraisal = Appraisal.objects.create(
        innovation=innovation,
        number=earlier.number + 1 if earlier else 1,
        version=version,
        criteria=criteria,
        fiscal_year=year,
        remark=cleaned(words.remark),
        made_by=by,
        posting_id=posting,
        form_key=form_key,
    )
    for mark in marks:
        mark.appraisal = appraisal
    AppraisalMark.objects.bulk_create(marks)
    result = result_of(appraisal)
    if innovation.state == "registered" and not result.is_passed:
        raise Refused(_("It stands in the register, so every gate is passed. Its agency can withdraw it."))
    record(events.APPRAISED, innovation, by=by, posting=posting, after=_facts(result))
    return appraisal


def _marks(criteria: CriteriaSet, words: AppraisalWords) -> list[AppraisalMark]:
    rows = {each.code: each for each in criteria.rows.all()}
    gates = {code for code, row in rows.items() if row.group == Criterion.Group.GATE}
    if words.gates.keys() != gates or words.marks.keys() != rows.keys() - gates:
        raise Refused(_("The criteria were changed since you opened this page. Please open it anew."))
    found = []
    for code, row in rows.items():
        if code in gates:
            reason = cleaned(words.gates[code].reason, REASON_LIMIT)
            if not says_something(reason):
                raise Refused(_("Please say why the gate “%(gate)s” is passed or not.") % {"gate": row})
            found.append(AppraisalMark(criterion=row, is_passed=words.gates[code].is_passed, reason=reason))
            continue
        value = words.marks[code].value
        if not 0 <= value <= row.scale:
            raise Refused(
                _("Please give “%(criterion)s” a mark from 0 to %(most)d.")
                % {"criterion": row, "most": row.scale}
            )
        reason = cleaned(words.marks[code].reason, REASON_LIMIT)
        found.append(AppraisalMark(criterion=row, value=value, reason=reason))
    return found


def _facts(result: Result) -> Facts:
    """What the ledger keeps: findings and marks by code, and the total they give; no words."""
    appraisal = result.appraisal
    return {
        "appraisal": appraisal.number,
        "version": appraisal.version.number,
        "criteria": appraisal.criteria.fiscal_year_from,
        "fiscal_year": appraisal.fiscal_year,
        "gates": [
            f"{each.criterion.code}={'passed' if each.is_passed else 'failed'}" for each in result.gates
        ],
        "marks": [
            f"{each.mark.criterion.code}={each.mark.value}" for each in (*result.parts, *result.quality)
        ],
        "total": told_total(result.total),
    }
