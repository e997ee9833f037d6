"""Form จ.1-1 of a project and form จ.1 of a plan, as PDF and XLSX."""

from __future__ import annotations

import io

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import override
from django.views.decorators.http import require_safe

from prasan.agencies.queries import decide
from prasan.planning import rules
from prasan.planning.models import PlanItem, PlanVersion, Proposal
from prasan.planning.papers.brief import forms_of
from prasan.planning.papers.form_pdf import form_pdf
from prasan.planning.papers.form_xlsx import write_form_list, write_form_sheets
from prasan.planning.papers.summary import summary_of
from prasan.planning.papers.summary_files import summary_pdf, write_summary
from prasan.planning.queries import items_for, may_see_inside, proposals_for, versions_for
from prasan.web.shell.requests import SignedInRequest

MOST_AT_ONCE = 500
"""Projects of a plan that are set while somebody waits for the page."""

THAI = "th"
"""The language of official papers, whatever the reader's."""

KINDS = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@login_required
@require_safe
def proposal_paper(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    """The form of a proposal in any state, for those inside."""
    proposal = get_object_or_404(proposals_for(request.user), pk=pk)
    if not may_see_inside(request.user, proposal):
        raise Http404
    return _paper(proposal, kind)


@require_safe
def item_paper(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The form of a project in the plan, for everybody who may see the proposal behind it."""
    item = get_object_or_404(items_for(request.user), pk=pk)
    if item.proposal is None or not decide(request.user, rules.VIEW_PROPOSAL, item.proposal):
        raise Http404
    return _paper(item.proposal, kind)


@require_safe
def version_summary(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Form จ.1 of a version of a plan; years of a project only for whoever may see its proposal."""
    version = _own_version(request, pk)
    items = items_for(request.user).filter(version=version)
    if kind not in KINDS:
        raise Http404
    if kind == "pdf" and items.count() > MOST_AT_ONCE:
        raise Http404
    plan = version.plan
    years = range(plan.first_year, plan.last_year + 1)
    shown = set(_shown(request, version).values_list("pk", flat=True))
    with override(THAI):
        title = f"{plan.get_kind_display()} {plan.years} {plan.owner}"
        summary = summary_of(title, years, items, shown)
    if kind == "pdf":
        return _download(summary_pdf(summary), kind, f"summary-{pk}")
    stream = io.BytesIO()
    write_summary(stream, summary)
    return _download(stream.getvalue(), kind, f"summary-{pk}")


@require_safe
def version_briefs(request: HttpRequest, pk: int) -> HttpResponse:
    """Form จ.1-1 of all projects of a version as lists in one workbook, in the order of the plan."""
    version = _own_version(request, pk)
    shown = _shown(request, version)
    if shown.count() > MOST_AT_ONCE:
        raise Http404
    items = items_for(request.user).filter(version=version)
    order: dict[int | None, int] = {
        proposal: place for place, proposal in enumerate(items.values_list("proposal_id", flat=True))
    }
    with override(THAI):
        briefs = [form.brief for form in forms_of(shown)]
    briefs.sort(key=lambda brief: order[brief.number])
    stream = io.BytesIO()
    write_form_list(stream, lambda: briefs)
    return _download(stream.getvalue(), "xlsx", f"briefs-{pk}")


def _own_version(request: HttpRequest, pk: int) -> PlanVersion:
    rows = versions_for(request.user).filter(source=PlanVersion.Source.OWN)
    return get_object_or_404(rows, pk=pk)


def _shown(request: HttpRequest, version: PlanVersion) -> QuerySet[Proposal]:
    keys = PlanItem.objects.filter(version=version, proposal__isnull=False).values("proposal")
    return proposals_for(request.user).filter(pk__in=keys)


def _paper(proposal: Proposal, kind: str) -> HttpResponse:
    if kind not in KINDS:
        raise Http404
    with override(THAI):
        forms = list(forms_of(Proposal.objects.filter(pk=proposal.pk)))
    if kind == "pdf":
        content = form_pdf(forms)
    else:
        stream = io.BytesIO()
        write_form_sheets(stream, forms)
        content = stream.getvalue()
    return _download(content, kind, f"brief-{proposal.pk}")


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=KINDS[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
