"""What the head of the provincial office does for plans: opening, drafting anew, naming strategic issues."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from prasan.kernel.refusals import Refused
from prasan.planning.actions import declare_issue, draft_next_version, open_plan
from prasan.planning.queries import versions_for
from prasan.web.agencies.views.acts import act_form, sent
from prasan.web.planning.forms.plan import IssueForm, PlanForm, areas_keeping
from prasan.web.planning.trails import under_plans
from prasan.web.shell.requests import SignedInRequest


@login_required
@require_http_methods(["GET", "POST"])
def plan_form(request: SignedInRequest) -> HttpResponse:
    """Open a plan with its first draft."""
    _require_keeper(request)
    form = PlanForm(sent(request), by=request.user)
    return act_form(
        request,
        form,
        lambda: open_plan(**form.cleaned_data, by=request.user),
        title=_("Open a plan"),
        button=_("Open the plan"),
        back=reverse("planning:plan-list"),
        done=_("The plan is open. Accepted proposals can be included in its draft."),
        trail=under_plans(),
    )


@login_required
@require_http_methods(["GET", "POST"])
def issue_form(request: SignedInRequest) -> HttpResponse:
    """Declare a strategic issue."""
    _require_keeper(request)
    form = IssueForm(sent(request), by=request.user)
    return act_form(
        request,
        form,
        lambda: declare_issue(**form.cleaned_data, by=request.user),
        title=_("Declare a strategic issue"),
        button=_("Declare the issue"),
        back=reverse("planning:plan-list"),
        done=_("The strategic issue is declared. Proposals can be classified by it."),
        trail=under_plans(),
    )


@login_required
@require_POST
def next_version(request: SignedInRequest, pk: int) -> HttpResponse:
    """Begin a new draft from the version adopted last."""
    version = get_object_or_404(versions_for(request.user), pk=pk)
    try:
        drafted = draft_next_version(version.plan, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("planning:version", pk)
    messages.success(request, _("A new draft is open. It begins with what the adopted version holds."))
    return redirect("planning:version", drafted.pk)


def _require_keeper(request: SignedInRequest) -> None:
    if not areas_keeping(request.user).exists():
        raise Http404
