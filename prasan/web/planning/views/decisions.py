"""The governor's decision sheet, and what the head of the office sets and makes for a plan."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from prasan.agencies.queries import decide
from prasan.planning import rules
from prasan.planning.actions import decide_list, derive_yearly_plan, set_ceiling
from prasan.planning.models import Plan, PlanVersion, Proposal
from prasan.planning.queries import IssueGroup, changes_between, money_of, sheet_of, versions_for
from prasan.web.agencies.views.acts import act_form, sent
from prasan.web.planning.forms.decisions import CeilingForm, DecisionsForm, YearForm
from prasan.web.planning.reading import as_read, mark_of
from prasan.web.planning.trails import under_plans
from prasan.web.shell.requests import SignedInRequest
from prasan.web.shell.trail import Crumb

MOST_AT_ONCE = 200
"""Proposals on one sheet; the rest comes when these are decided, or by choosing an issue."""


@login_required
@require_http_methods(["GET", "POST"])
def decision_sheet(request: SignedInRequest, pk: int) -> HttpResponse:
    """All that waits for the governor, by issue against the ceiling; `issue` in the address keeps one."""
    version = get_object_or_404(versions_for(request.user), pk=pk)
    if not decide(request.user, rules.DECIDE_LIST, version):
        raise Http404
    groups = sheet_of(request.user, version)
    shown = _shown(groups, request.GET.get("issue", ""))
    form = DecisionsForm(sent(request), version=version, groups=shown)

    def decide_all() -> list[Proposal]:
        return decide_list(
            version,
            form.decisions,
            resolution=form.cleaned_data["resolution"],
            over_ceiling=form.cleaned_data["over_ceiling"],
            by=request.user,
        )

    return act_form(
        request,
        form,
        lambda: as_read(request, [each.proposal for each in form.decisions], decide_all),
        title=_("Decide on proposals"),
        button=_("Record the decisions"),
        back=reverse("planning:version", args=[pk]),
        done=_("The decisions are recorded. Each can be taken back while the version is a draft."),
        trail=under_plans(version),
        template="planning/decision_sheet.html",
        about={
            "version": version,
            "read_marks": [mark_of(each.proposal) for group in shown for each in group.candidates],
            "money": money_of(version, groups),
            "groups": groups,
            "number": sum(len(group.candidates) for group in groups),
            "chosen": request.GET.get("issue", ""),
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def ceiling_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say how much a plan may spend."""
    version = _kept(request, pk)
    form = CeilingForm(sent(request), initial={"ceiling": version.plan.ceiling})
    return act_form(
        request,
        form,
        lambda: set_ceiling(version.plan, form.cleaned_data["ceiling"], by=request.user),
        title=_("Ceiling of the plan"),
        button=_("Save"),
        back=reverse("planning:version", args=[pk]),
        done=_("The ceiling is saved."),
        trail=under_plans(version),
    )


@login_required
@require_http_methods(["GET", "POST"])
def year_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make the action plan of a year from a five-year plan."""
    version = _kept(request, pk)
    if version.plan.kind != Plan.Kind.FIVE_YEAR:
        raise Http404
    form = YearForm(sent(request), version=version)

    def derive() -> HttpResponse:
        draft = derive_yearly_plan(version, form.cleaned_data["year"], by=request.user)
        return redirect("planning:version", draft.pk)

    return act_form(
        request,
        form,
        derive,
        title=_("Make the action plan of a year"),
        button=_("Make the action plan"),
        back=reverse("planning:version", args=[pk]),
        effect=_("Items that spend money in that year go into its draft; what stands there already stays."),
        trail=under_plans(version),
    )


@require_safe
def changes_page(request: HttpRequest, pk: int, since: int) -> HttpResponse:
    """What changed from an earlier version of a plan to this one."""
    versions = versions_for(request.user)
    later = get_object_or_404(versions, pk=pk)
    earlier = get_object_or_404(versions.filter(plan=later.plan), pk=since)
    context = {
        "version": later,
        "earlier": earlier,
        "changes": changes_between(earlier, later),
        "trail": [*under_plans(later), Crumb(_("Changes"))],
    }
    return render(request, "planning/changes_page.html", context)


def _kept(request: SignedInRequest, pk: int) -> PlanVersion:
    version = get_object_or_404(versions_for(request.user), pk=pk)
    if version.source != PlanVersion.Source.OWN or not decide(request.user, rules.KEEP_PLAN, version.plan):
        raise Http404
    return version


def _shown(groups: Sequence[IssueGroup], issue: str) -> list[IssueGroup]:
    """The groups of the issue that was asked for, or all, up to what one sheet holds."""
    chosen = [group for group in groups if issue in ("", group.key)]
    shown: list[IssueGroup] = []
    left = MOST_AT_ONCE
    for group in chosen:
        if left > 0:
            shown.append(IssueGroup(group.issue, group.candidates[:left]))
            left -= len(group.candidates)
    return shown
