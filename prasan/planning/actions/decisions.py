"""The governor's decisions on a list at once, and the money that a plan may spend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.models import Committee, Resolution
from prasan.agencies.queries import require
from prasan.cases.actions import move
from prasan.kernel.money import format_baht
from prasan.kernel.refusals import Refused
from prasan.ledger.actions import record
from prasan.planning import events, rules
from prasan.planning.actions.brief import LARGEST_SUM
from prasan.planning.actions.plan import include_in_plan, locked_version
from prasan.planning.actions.proposal import locked_proposal, refuse_foreign_resolution, refuse_proposal
from prasan.planning.actions.routing import return_to_agency
from prasan.planning.models import Plan, PlanVersion, Proposal


class Verdict(StrEnum):
    """What the governor says of one proposal."""

    INCLUDE = "include"
    RESERVE = "reserve"
    RETURN = "return"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Decided:
    """A proposal, what was decided, and the public reason, which only an inclusion can do without."""

    proposal: Proposal
    verdict: Verdict
    note: str = ""


@transaction.atomic
def decide_list(
    version: PlanVersion,
    decisions: Sequence[Decided],
    *,
    resolution: Resolution | None = None,
    over_ceiling: bool = False,
    by: User | None,
) -> list[Proposal]:
    """Take every decision of a list, or none; a resolution of the provincial committee may stand behind all.

    What is included in the end may cost more than the ceiling of the plan only if `over_ceiling` says so.
    """
    for each in sorted(decisions, key=lambda each: each.proposal.pk):
        locked_proposal(each.proposal)  # before the version, in the order in which one decision locks them
    version = locked_version(version)
    posting = require(by, rules.DECIDE_LIST, version)
    if not decisions:
        raise Refused(_("Please decide on at least one proposal."))
    if len({each.proposal.pk for each in decisions}) < len(decisions):
        raise Refused(_("Each proposal can be decided once at a time."))
    if resolution is not None and version.plan.area is not None:
        refuse_foreign_resolution(resolution, Committee.Kind.PROVINCE, version.plan.area)
    done = [_decide(each, version, by=by) for each in sorted(decisions, key=lambda each: each.proposal.pk)]
    _refuse_beyond_ceiling(version, over_ceiling)
    record(
        events.LIST_DECIDED,
        version,
        by=by,
        posting=posting,
        after={
            "resolution": resolution.pk if resolution else None,
            "over_ceiling": over_ceiling,
            **{verdict: _keys(decisions, verdict) for verdict in Verdict},
        },
    )
    return done


@transaction.atomic
def set_ceiling(plan: Plan, ceiling: Decimal | None, *, by: User | None) -> Plan:
    """Say how much a plan may spend; None while that is not known."""
    plan = Plan.objects.select_for_update(of=("self",)).select_related("area").get(pk=plan.pk)
    posting = require(by, rules.KEEP_PLAN, plan)
    if ceiling is not None and not 0 < ceiling <= LARGEST_SUM:
        raise Refused(_("Please give a sum above zero, or leave it empty while it is not known."))
    before, plan.ceiling = plan.ceiling, ceiling
    plan.save(update_fields=["ceiling"])
    record(
        events.CEILING_SET,
        plan,
        by=by,
        posting=posting,
        before={"ceiling": _written(before)},
        after={"ceiling": _written(ceiling)},
    )
    return plan


def _decide(decided: Decided, version: PlanVersion, *, by: User | None) -> Proposal:
    proposal, note = decided.proposal, decided.note
    match decided.verdict:
        case Verdict.INCLUDE:
            return include_in_plan(proposal, version, by=by, note=note)
        case Verdict.RESERVE:
            return move(locked_proposal(proposal), "reserve", by=by, note=note)
        case Verdict.REFUSE:
            return refuse_proposal(proposal, by=by, note=note)
        case Verdict.RETURN:
            if proposal.own_by_id is not None:
                return move(locked_proposal(proposal), "governor_return_own", by=by, note=note)
            return return_to_agency(proposal, by=by, note=note)


def _refuse_beyond_ceiling(version: PlanVersion, over_ceiling: bool) -> None:
    ceiling = version.plan.ceiling
    total = version.items.aggregate(total=Sum("amount"))["total"] or Decimal(0)
    if ceiling is not None and total > ceiling and not over_ceiling:
        raise Refused(
            _("The plan would cost %(total)s, %(over)s above its ceiling. Please allow or reduce it.")
            % {"total": format_baht(total), "over": format_baht(total - ceiling)}
        )


def _keys(decisions: Sequence[Decided], verdict: Verdict) -> list[int]:
    return [each.proposal.pk for each in decisions if each.verdict == verdict]


def _written(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)
