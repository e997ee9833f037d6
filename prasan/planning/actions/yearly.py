"""Making the action plan of a year out of the plan over several years."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.queries import require
from prasan.kernel.refusals import Refused
from prasan.ledger.actions import record
from prasan.planning import events, rules
from prasan.planning.actions.plan import draft_next_version, locked_version, open_plan
from prasan.planning.actions.turns import wait_for_turn_at
from prasan.planning.models import ActivityBudget, Plan, PlanItem, PlanVersion


@transaction.atomic
def derive_yearly_plan(source: PlanVersion, year: int, *, by: User | None) -> PlanVersion:
    """Bring what a version of a longer plan spends in one year into a draft of the action plan of that year.

    The amount is what the activities cost in that year; items without activities count where their own year
    is that year. What stands in the draft already stays as it is. The draft is begun where there is none.
    """
    source = locked_version(source)
    plan = source.plan
    posting = require(by, rules.KEEP_PLAN, plan)
    if plan.area is None or plan.kind != Plan.Kind.FIVE_YEAR:
        raise Refused(_("A yearly action plan is made from the five-year plan of a province."))
    if not plan.first_year <= year <= plan.last_year:
        raise Refused(_("The plan does not cover the fiscal year %(year)d.") % {"year": year})
    wait_for_turn_at(plan.area)
    draft = locked_version(_draft_of(plan, year, by=by))
    if draft.state != "draft":
        raise Refused(_("Only a draft of the plan takes in projects. Please choose another version."))
    standing = set(draft.items.values_list("proposal_id", flat=True))
    amounts = dict(
        ActivityBudget.objects.filter(fiscal_year=year, activity__proposal__plan_items__version=source)
        .values("activity__proposal")
        .annotate(total=Sum("amount"))
        .values_list("activity__proposal", "total")
    )
    added = [
        _copy(item, draft, amounts[item.proposal_id])
        for item in source.items.order_by("priority", "pk")
        if item.proposal_id in amounts and item.proposal_id not in standing
    ]
    for number, item in enumerate(added, start=draft.items.count() + 1):
        item.priority = number
    PlanItem.objects.bulk_create(added)
    record(
        events.YEAR_DERIVED,
        draft,
        by=by,
        posting=posting,
        after={
            "from": source.pk,
            "year": year,
            "items": len(added),
            "amount": str(sum((item.amount for item in added), Decimal(0))),
        },
    )
    return draft


def _draft_of(plan: Plan, year: int, *, by: User | None) -> PlanVersion:
    yearly = Plan.objects.filter(kind=Plan.Kind.YEARLY, area=plan.area, first_year=year).first()
    if yearly is None:
        assert plan.area is not None  # noqa: S101 - asked by the caller
        return open_plan(Plan.Kind.YEARLY, plan.area, first_year=year, last_year=year, by=by)
    draft = yearly.versions.filter(source=PlanVersion.Source.OWN, state="draft").first()
    return draft or draft_next_version(yearly, by=by)


def _copy(item: PlanItem, version: PlanVersion, amount: Decimal) -> PlanItem:
    return PlanItem(
        version=version,
        proposal_id=item.proposal_id,
        title=item.title,
        amount=amount,
        sector_id=item.sector_id,
        area_id=item.area_id,
        placing=item.placing,
        search_key=item.search_key,
    )
