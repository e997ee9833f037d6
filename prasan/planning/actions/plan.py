"""Opening plans, the governor's decisions, endorsing and adopting versions."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.models import Committee, Resolution
from prasan.agencies.queries import require
from prasan.cases.actions import begin, move
from prasan.cases.words import cleaned, findable
from prasan.kernel.refusals import Refused
from prasan.ledger.actions import record
from prasan.places.models import Area
from prasan.planning import events, rules
from prasan.planning.actions.proposal import locked_proposal, refuse_foreign_resolution
from prasan.planning.actions.turns import wait_for_turn_at
from prasan.planning.models import Plan, PlanItem, PlanVersion, Proposal, StrategicIssue


@transaction.atomic
def declare_issue(
    area: Area,
    *,
    first_year: int,
    last_year: int,
    number: int,
    name_th: str,
    name_en: str = "",
    by: User | None,
) -> StrategicIssue:
    """Add a strategic issue to what an area has set itself to achieve in these years."""
    issue = StrategicIssue(
        area=area,
        first_year=first_year,
        last_year=last_year,
        number=number,
        name_th=cleaned(name_th, 300),
        name_en=cleaned(name_en, 300),
    )
    posting = require(by, rules.KEEP_PLAN, issue)
    wait_for_turn_at(area)
    _refuse_odd_years(first_year, last_year)
    if not issue.name_th:
        raise Refused(_("Please name the strategic issue."))
    if StrategicIssue.objects.filter(area=area, first_year=first_year, number=number).exists():
        raise Refused(_("This number is taken by another strategic issue of the same years."))
    issue.save()
    record(events.ISSUE_DECLARED, issue, by=by, posting=posting, after={"area": area.code, "number": number})
    return issue


@transaction.atomic
def open_plan(kind: str, area: Area, *, first_year: int, last_year: int, by: User | None) -> PlanVersion:
    """Open a plan of an area with its first version, a draft."""
    plan = Plan(kind=Plan.Kind(kind), area=area, first_year=first_year, last_year=last_year)
    posting = require(by, rules.KEEP_PLAN, plan)
    wait_for_turn_at(area)
    _refuse_odd_years(first_year, last_year)
    if Plan.objects.filter(kind=kind, area=area, first_year=first_year).exists():
        raise Refused(_("This plan exists already."))
    plan.save()
    record(
        events.PLAN_OPENED,
        plan,
        by=by,
        posting=posting,
        after={"kind": str(kind), "area": area.code, "first_year": first_year, "last_year": last_year},
    )
    return begin(PlanVersion(plan=plan, number=1), by=by, posting=posting)


@transaction.atomic
def draft_next_version(plan: Plan, *, by: User | None) -> PlanVersion:
    """Begin a new draft of a plan from the version adopted last."""
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    posting = require(by, rules.KEEP_PLAN, plan)
    own = plan.versions.filter(source=PlanVersion.Source.OWN)
    if own.filter(state__in=("draft", "endorsed")).exists():
        raise Refused(_("A version of this plan is being prepared already."))
    last = plan.versions.aggregate(last=Max("number"))["last"] or 0
    version = begin(PlanVersion(plan=plan, number=last + 1), by=by, posting=posting)
    adopted = own.filter(state="adopted").first()
    if adopted is not None:
        copies = list(adopted.items.all())
        for item in copies:
            item.pk, item.version = None, version
            item._state.adding = True
        PlanItem.objects.bulk_create(copies)
    return version


@transaction.atomic
def include_in_plan(proposal: Proposal, version: PlanVersion, *, by: User | None, note: str = "") -> Proposal:
    """Enter an accepted or reserved proposal into a draft version of the plan of its province."""
    proposal = locked_proposal(proposal)
    posting = require(by, rules.DECIDE, proposal)
    version = locked_version(version)
    _refuse_foreign_version(version, proposal)
    last = version.items.aggregate(last=Max("priority"))["last"] or 0
    moved = move(
        proposal,
        "include",
        by=by,
        note=note,
        after={"version": version.pk, "amount": str(proposal.budget_asked), "priority": last + 1},
    )
    item = PlanItem.objects.create(
        version=version,
        proposal=moved,
        title=proposal.name,
        amount=proposal.budget_asked,
        priority=last + 1,
        sector=proposal.sector,
        area=proposal.area,
        placing=PlanItem.Placing.PROPOSAL,
        search_key=findable(proposal.area, proposal.name),
    )
    record(
        events.ITEM_ADDED,
        version,
        by=by,
        posting=posting,
        after={"item": item.pk, "proposal": proposal.pk, "amount": str(item.amount)},
    )
    return moved


@transaction.atomic
def take_out_of_plan(proposal: Proposal, *, by: User | None, note: str) -> Proposal:
    """Undo an inclusion while the version is a draft; the proposal is as it was before the decision."""
    proposal = locked_proposal(proposal)
    posting = require(by, rules.DECIDE, proposal)
    was_ranked = proposal.ranked_on.filter(sheet__state="frozen").exists()
    moved = move(proposal, "take_out_ranked" if was_ranked else "take_out", by=by, note=note)
    item = proposal.plan_items.select_related("version").order_by("-pk").first()
    if item is None:
        raise Refused(_("This proposal stands in no plan."))
    version = locked_version(item.version)
    if version.state != "draft":
        raise Refused(
            _("The version is %(state)s; an item can be taken out of a draft only.")
            % {"state": version.state_now.label}
        )
    record(
        events.ITEM_REMOVED,
        version,
        by=by,
        posting=posting,
        before={"item": item.pk, "proposal": proposal.pk, "amount": str(item.amount)},
    )
    item.delete()
    return moved


@transaction.atomic
def endorse_version(
    version: PlanVersion, *, resolution: Resolution, by: User | None, note: str = ""
) -> PlanVersion:
    """Record that the provincial committee endorsed a draft version."""
    version = locked_version(version)
    require(by, rules.KEEP_PLAN, version)
    if version.plan.area is None:
        raise Refused(_("The plan of a cluster is endorsed by its own committee."))
    refuse_foreign_resolution(resolution, Committee.Kind.PROVINCE, version.plan.area)
    if not version.items.exists():
        raise Refused(_("The plan is still empty."))
    version.endorsed_in = resolution
    version.save(update_fields=["endorsed_in"])
    return move(version, "endorse", by=by, note=note, after={"resolution": resolution.pk})


@transaction.atomic
def adopt_version(version: PlanVersion, *, by: User | None, note: str = "") -> PlanVersion:
    """Bring an endorsed version into force in place of the one before."""
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=version.plan_id)
    require(by, rules.ADOPT, locked_version(version))
    for before in plan.versions.filter(state="adopted").exclude(pk=version.pk):
        move(before, "replace", by=by, after={"by_version": version.pk})
    return move(version, "adopt", by=by, note=note)


def locked_version(version: PlanVersion) -> PlanVersion:
    """The version as it now stands, held until the act ends."""
    rows = PlanVersion.objects.select_for_update(of=("self",)).select_related("plan__area", "plan__cluster")
    return rows.get(pk=version.pk)


def _refuse_foreign_version(version: PlanVersion, proposal: Proposal) -> None:
    plan = version.plan
    if version.source != PlanVersion.Source.OWN or version.state != "draft":
        raise Refused(_("Only a draft of the plan takes in projects. Please choose another version."))
    if plan.area is None or not proposal.area.path.startswith(plan.area.path):
        raise Refused(_("This is the plan of another area. Please choose another."))
    if not plan.first_year <= proposal.fiscal_year <= plan.last_year:
        raise Refused(
            _("The proposal asks for the fiscal year %(year)d, which this plan does not cover.")
            % {"year": proposal.fiscal_year}
        )


def _refuse_odd_years(first_year: int, last_year: int) -> None:
    if not 2500 <= first_year <= last_year <= 2700:
        raise Refused(_("Please give fiscal years as Buddhist years, the first not after the last."))
