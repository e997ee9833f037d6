"""Plans: which there are, a version with its items, and one item with its whole history. All public."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q, QuerySet, Sum
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prasan.agencies.queries import Person, decide
from prasan.cases.queries import open_steps, timeline
from prasan.places.models import Level
from prasan.places.names import name_key
from prasan.places.queries import area_of
from prasan.planning import rules
from prasan.planning.models import Need, PlanItem, PlanVersion, Proposal
from prasan.planning.queries import (
    Group,
    Point,
    brief_of,
    by_area,
    by_issue,
    files_for,
    items_for,
    items_to_place,
    may_see_inside,
    photographs_for,
    proposals_for,
    provinces_scoring,
    public_points,
    searched,
    totals_of,
    unplaced_items,
    versions_for,
    versions_listed_for,
    whole_history,
)
from prasan.planning.states import PLAN_VERSION
from prasan.web.agencies.lists import by_state
from prasan.web.places.outlines import around
from prasan.web.places.points import pin, pins_answer
from prasan.web.planning.exports import items_table
from prasan.web.planning.forms.plan import areas_keeping
from prasan.web.planning.lists import by_sector
from prasan.web.planning.steps import OF_VERSIONS
from prasan.web.planning.trails import under_plans
from prasan.web.planning.views.books import told_of_book
from prasan.web.planning.views.moving import asking_step, bare_step
from prasan.web.planning.views.papers import MOST_AT_ONCE
from prasan.web.shell.exports import table_file
from prasan.web.shell.lists import Filter, ListFrame, Order, list_frame
from prasan.web.shell.requests import SignedInRequest
from prasan.web.shell.trail import Crumb

VIEWS = ("issue", "area")
"""Ways to group the items of a version; otherwise they stand in one list."""


@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    """The newest versions of all plans, with their sums; `area` in the address keeps those of one area."""
    frame = list_frame(
        request,
        versions_listed_for(request.user).annotate(items_held=Count("items"), amount=Sum("items__amount")),
        search=_of_owner_called,
        filters=[by_state(PLAN_VERSION), *_of_area(request)],
        orders=[
            Order("year", _("Newest year first"), ("-plan__first_year", "plan__area__path", "-pk")),
            Order("amount", _("Largest sum"), ("-amount", "-pk")),
        ],
    )
    context = {
        "frame": frame,
        "may_open": _keeps_plans(request.user),
        "sees_sheets": provinces_scoring(request.user).exists(),
        "waiting": unplaced_items(request.user).count() if request.user.is_authenticated else 0,
        "trail": [Crumb(_("Plans"))],
    }
    return render(request, "planning/plan_list.html", context)


@require_safe
def version_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One version: its items as a list to search, by strategic issue, or by area, with sums."""
    version = get_object_or_404(versions_for(request.user), pk=pk)
    frame = _items_of(version, request)
    if frame.export:
        return table_file(request, items_table(frame.found), frame.export, name=f"plan-{version.pk}")
    return _show(request, version, frame)


@login_required
@require_POST
def version_step(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Return an endorsed version to draft."""
    version = get_object_or_404(versions_for(request.user), pk=pk)
    return bare_step(
        request,
        version,
        code,
        back=reverse("planning:version", args=[pk]),
        show=lambda told, status: _show(request, version, _items_of(version, request), told, status),
    )


@login_required
@require_http_methods(["GET", "POST"])
def version_act(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Endorse or adopt."""
    version = get_object_or_404(versions_for(request.user), pk=pk)
    return asking_step(
        request,
        version,
        code,
        asked=OF_VERSIONS,
        back=reverse("planning:version", args=[pk]),
        trail=under_plans(version),
        template="planning/version_step_form.html",
    )


@require_safe
def item_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One item: what it is and costs, where it came from, and all that happened; never a person's name.

    Of a proposal that was taken back into work, while an older version still holds it, the public sees
    no more than the item itself.
    """
    item = get_object_or_404(items_for(request.user), pk=pk)
    proposal = _proposal_of(item, request.user)
    context = {
        "item": item,
        "proposal": proposal,
        "may_place": items_to_place(request.user).filter(pk=pk).exists(),
        **(_told_of(proposal, request.user) if proposal else {}),
        "trail": [*under_plans(item.version), Crumb(item.title)],
    }
    return render(request, "planning/item_page.html", context)


@require_safe
def item_points(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the needs behind an item are, for its map: the same for all, so nobody takes more home."""
    item = get_object_or_404(items_for(request.user), pk=pk)
    proposal = _proposal_of(item, request.user)
    needs = _needs_of(proposal) if proposal is not None else ()
    return pins_answer(pin(point, _pin_name(need, point)) for need, point in public_points(needs))


def _items_of(version: PlanVersion, request: HttpRequest) -> ListFrame:
    return list_frame(
        request,
        items_for(request.user).filter(version=version),
        search=searched,
        filters=[by_sector()] if version.source == PlanVersion.Source.OWN else [_of_placing()],
        orders=[
            Order("plan", _("Order of the plan"), ("priority", "pk")),
            Order("amount", _("Largest sum"), ("-amount", "pk")),
            Order("area", _("Area"), ("area_id", "pk")),
        ],
        exports=("csv", "xlsx"),
    )


def _show(
    request: HttpRequest,
    version: PlanVersion,
    frame: ListFrame,
    told: Mapping[str, object] | None = None,
    status: int = 200,
) -> HttpResponse:
    user = request.user
    version = versions_for(user).filter(pk=version.pk).first() or version
    items = items_for(user).filter(version=version)
    view = request.GET.get("view", "")
    context = {
        "version": version,
        "plan": version.plan,
        "totals": (totals := totals_of(version)),
        "is_set_at_once": totals.items <= MOST_AT_ONCE,
        "frame": frame,
        "view": view if view in VIEWS else "",
        "groups": _groups(version, items, view),
        "tabs": _tabs(version, view),
        "versions": versions_listed_for(user).filter(plan=version.plan).exclude(pk=version.pk),
        "steps": [each for each in open_steps(version, user) if _has_page(each.step)],
        "events": timeline(version, viewer=user),
        "may_decide": bool(decide(user, rules.DECIDE_LIST, version)),
        "may_keep": _is_own(version) and bool(decide(user, rules.KEEP_PLAN, version.plan)),
        "may_draft_next": version.state == "adopted" and bool(decide(user, rules.KEEP_PLAN, version.plan)),
        "trail": [*under_plans(), Crumb(str(version.plan))],
        **(told_of_book(version, user) if _is_own(version) and totals.items else {}),
        **(told or {}),
    }
    return render(request, "planning/version_page.html", context, status=status)


def _proposal_of(item: PlanItem, user: Person) -> Proposal | None:
    """The proposal behind an item, as far as the person may see it."""
    return proposals_for(user).filter(plan_items=item).first()


def _needs_of(proposal: Proposal) -> QuerySet[Need]:
    return proposal.needs.select_related("area").order_by("pk")


def _pin_name(need: Need, point: Point) -> str:
    return need.title if point.is_exact else _("%(title)s (shown as its village)") % {"title": need.title}


def _told_of(proposal: Proposal, user: Person) -> dict[str, Any]:
    needs = list(_needs_of(proposal))
    places = public_points(needs)
    area = area_of(proposal.area_id) if places else None
    return {
        "brief": brief_of(proposal),
        "needs": needs,
        "places": places,
        "around": around(area, [point for _need, point in places]) if area else "",
        "photographs": photographs_for(user, needs).filter(released_at__isnull=False),
        "files": files_for(user, proposal).filter(released_at__isnull=False),
        "chapters": whole_history(proposal),
        "is_inside": may_see_inside(user, proposal),
    }


def _groups(version: PlanVersion, items: QuerySet[PlanItem], view: str) -> list[Group]:
    """The items by strategic issue, or by amphoe; those of a cluster by province."""
    match view:
        case "issue":
            return by_issue(items)
        case "area":
            return by_area(items, Level.PROVINCE if version.plan.cluster else Level.AMPHOE)
    return []


def _is_own(version: PlanVersion) -> bool:
    return version.source == PlanVersion.Source.OWN


def _has_page(step: Any) -> bool:
    return not step.by_action or step.code in OF_VERSIONS


def _tabs(version: PlanVersion, view: str) -> list[dict[str, object]]:
    address = reverse("planning:version", args=[version.pk])
    named = (("", _("All items")), ("issue", _("By strategic issue")), ("area", _("By area")))
    return [
        {"label": label, "address": f"{address}?view={code}" if code else address, "is_here": code == view}
        for code, label in named
    ]


def _of_placing() -> Filter:
    return Filter(
        "placing",
        _("Place"),
        [(code, label) for code, label in PlanItem.Placing.choices if code != PlanItem.Placing.PROPOSAL],
        lambda rows, code: rows.filter(placing=code),
    )


def _of_owner_called(rows: QuerySet[PlanVersion], text: str) -> QuerySet[PlanVersion]:
    """Plans whose province or cluster bears the name."""
    key = name_key(text.strip().removeprefix("จังหวัด").removeprefix("จ."))
    names = (
        Q(plan__area__search_key__contains=key)
        | Q(plan__area__search_key_en__contains=key)
        | Q(plan__cluster__name_th__icontains=text)
        | Q(plan__cluster__name_en__icontains=text)
    )
    return rows.filter(names) if key else rows


def _of_area(request: HttpRequest) -> list[Filter]:
    area = area_of(request.GET.get("area", ""))
    if area is None:
        return []
    return [
        Filter("area", _("Area"), [(area.code, area.title)], lambda rows, code: rows.filter(_owned_by(code)))
    ]


def _owned_by(code: str) -> Q:
    """Plans of the area, and those of its cluster beside them."""
    return Q(plan__area=code) | Q(plan__cluster__provinces=code)


def _keeps_plans(user: Person) -> bool:
    return areas_keeping(user).exists()
