"""Imported budget bills: lines that wait for a place, and pages whose cluster must be confirmed."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prasan.agencies.queries import within_reach
from prasan.kernel.refusals import Refused
from prasan.places.finder import Candidate, Finding, find_place
from prasan.places.models import Area, Level
from prasan.planning import rules
from prasan.planning.actions import confirm_cluster_run, place_item, put_item_back
from prasan.planning.models import ClusterRun, Plan, PlanItem
from prasan.planning.queries import cluster_runs_for, items_to_place, searched, unplaced_items
from prasan.web.agencies.views.acts import act_form, sent
from prasan.web.planning.exports import items_table
from prasan.web.planning.forms.plan import PlaceForm, RunForm
from prasan.web.planning.trails import under_bill, under_plans
from prasan.web.shell.exports import table_file
from prasan.web.shell.lists import Filter, Order, list_frame
from prasan.web.shell.requests import SignedInRequest
from prasan.web.shell.trail import Crumb

SUGGESTED = 8
"""Places offered from the words of a line."""


@login_required
@require_safe
def unplaced_list(request: SignedInRequest) -> HttpResponseBase:
    """The lines whose place a person must decide."""
    _require_placer(request)
    frame = list_frame(
        request,
        unplaced_items(request.user),
        search=searched,
        filters=[Filter("doubt", _("Why it waits"), PlanItem.Doubt.choices, _with_doubt)],
        orders=[
            Order("document", _("Order of the document"), ("source_document", "source_page", "pk")),
            Order("amount", _("Largest sum"), ("-amount", "pk")),
        ],
        exports=("csv", "xlsx"),
    )
    if frame.export:
        return table_file(request, items_table(frame.found), frame.export, name="lines-to-place")
    return render(
        request,
        "planning/unplaced_list.html",
        {
            "frame": frame,
            "tabs": _tabs("unplaced"),
            "trail": [*under_plans(), Crumb(_("Lines to place"))],
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def place_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say where a line belongs, helped by what the place finder read in its words."""
    item = get_object_or_404(items_to_place(request.user), pk=pk)
    plan = item.version.plan
    provinces = _provinces(plan)
    finding = find_place(item.title, within=provinces)
    form = PlaceForm(sent(request), found=_inside(finding, provinces), whole=_called(plan))
    return act_form(
        request,
        form,
        lambda: place_item(item, form.area, by=request.user),
        title=_("Place a line of the bill"),
        button=_("Save the place"),
        back=reverse("planning:unplaced"),
        done=_("The place is saved. It can be taken back on the page of the item."),
        trail=under_bill(),
        template="planning/place_form.html",
        about={"item": item, "sentence": finding.sentence.text(get_language() or "th")},
    )


@login_required
@require_POST
def put_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take an officer's placing back: the line waits again."""
    item = get_object_or_404(items_to_place(request.user), pk=pk)
    try:
        put_item_back(item, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The line waits for a place again."))
    return redirect("planning:item", pk)


@login_required
@require_safe
def run_list(request: SignedInRequest) -> HttpResponse:
    """Pages of bills under a cluster label that lost its number, and the cluster assumed for each."""
    _require_placer(request)
    runs = cluster_runs_for(request.user)
    followers = _followers(*runs)
    context = {
        "runs": [(run, followers[run.pk]) for run in runs],
        "tabs": _tabs("runs"),
        "trail": [*under_bill(), Crumb(_("Pages of clusters"))],
    }
    return render(request, "planning/run_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def run_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Confirm which cluster the pages are about."""
    run = get_object_or_404(cluster_runs_for(request.user), pk=pk)
    form = RunForm(sent(request), run=run)
    return act_form(
        request,
        form,
        lambda: confirm_cluster_run(run, form.cleaned_data["cluster"], by=request.user),
        title=_("Confirm the cluster"),
        button=_("Confirm"),
        back=reverse("planning:runs"),
        done=_("The cluster of these pages is confirmed."),
        trail=[*under_bill(), Crumb(_("Pages of clusters"), reverse("planning:runs"))],
        effect=_("If you choose another cluster than assumed, the lines of these pages move to its plan."),
        template="planning/run_form.html",
        about={"run": run, "followers": _followers(run)[run.pk]},
    )


def _with_doubt(rows: QuerySet[PlanItem], doubt: str) -> QuerySet[PlanItem]:
    return rows.filter(doubt=doubt)


def _called(plan: Plan) -> str:
    return plan.area.title if plan.area is not None else str(plan.cluster)


def _provinces(plan: Plan) -> list[Area]:
    if plan.cluster is not None:
        return list(plan.cluster.provinces.all())
    return [plan.area] if plan.area is not None else []


def _inside(finding: Finding, provinces: list[Area]) -> tuple[Candidate, ...]:
    """The likeliest places of the unit's own provinces, each once."""
    codes = {province.code[:2] for province in provinces}
    found = {each.code: each for each in finding.candidates if each.code[:2] in codes}
    return tuple(found.values())[:SUGGESTED]


def _followers(*runs: ClusterRun) -> dict[int, str]:
    """The names of the provinces that follow each run of pages in the document."""
    codes = {code for run in runs for code in run.followed_by.split()}
    names = {area.pk: area.name for area in Area.objects.filter(pk__in=codes)}
    return {run.pk: ", ".join(names.get(code, code) for code in run.followed_by.split()) for run in runs}


def _tabs(here: str) -> list[dict[str, object]]:
    named = (("unplaced", _("Lines to place")), ("runs", _("Pages of clusters")))
    return [
        {"label": label, "address": reverse(f"planning:{name}"), "is_here": name == here}
        for name, label in named
    ]


def _require_placer(request: SignedInRequest) -> None:
    if not within_reach(request.user, rules.PLACE, Area.objects.filter(level=Level.PROVINCE)).exists():
        raise Http404
