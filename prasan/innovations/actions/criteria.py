"""Setting the weights of the criteria from a fiscal year on; earlier years keep theirs."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.queries import require
from prasan.cases.words import cleaned
from prasan.innovations import events, rules
from prasan.innovations.models import CriteriaSet, Criterion
from prasan.innovations.queries.checks import criteria_for
from prasan.kernel.calendar import FiscalYear, today
from prasan.kernel.refusals import Refused
from prasan.ledger.actions import record


@transaction.atomic
def set_weights(
    fiscal_year: int, weights: Mapping[str, Decimal], *, by: User | None, remark: str
) -> CriteriaSet:
    """Give the criteria, by their codes, other weights from a fiscal year on that has not begun."""
    before = criteria_for(fiscal_year)
    posting = require(by, rules.SET_CRITERIA, before)
    if fiscal_year <= FiscalYear.of(today()).be:
        raise Refused(
            _("Please choose a fiscal year that has not begun: nobody is judged by rules of afterwards.")
        )
    rows = list(before.rows.all())
    weighed = {each.code for each in rows if each.group != Criterion.Group.GATE}
    if weights.keys() != weighed or any(weight <= 0 for weight in weights.values()):
        raise Refused(_("Please give every criterion that is weighed a weight above nought."))
    words = cleaned(remark, 300)
    if not words:
        raise Refused(_("Please say what the weights are based on."))
    criteria, _is_new = CriteriaSet.objects.update_or_create(
        fiscal_year_from=fiscal_year, defaults={"remark_th": words, "remark_en": words}
    )
    criteria.rows.all().delete()
    Criterion.objects.bulk_create(
        Criterion(
            criteria=criteria,
            code=each.code,
            group=each.group,
            position=each.position,
            name_th=each.name_th,
            name_en=each.name_en,
            weight=weights.get(each.code, Decimal(0)),
        )
        for each in rows
    )
    record(
        events.CRITERIA_SET,
        criteria,
        by=by,
        posting=posting,
        after={
            "fiscal_year": fiscal_year,
            "weights": [f"{code}={weight.normalize():f}" for code, weight in sorted(weights.items())],
        },
    )
    return criteria
