"""Form จ.1-1 of one project, as PDF and XLSX."""

from __future__ import annotations

import io

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from prasan.agencies.queries import decide
from prasan.planning import rules
from prasan.planning.models import Proposal
from prasan.planning.papers.brief import forms_of
from prasan.planning.papers.form_pdf import form_pdf
from prasan.planning.papers.form_xlsx import write_form_sheets
from prasan.planning.queries import items_for, may_see_inside, proposals_for
from prasan.web.shell.requests import SignedInRequest

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


def _paper(proposal: Proposal, kind: str) -> HttpResponse:
    if kind not in KINDS:
        raise Http404
    forms = list(forms_of(Proposal.objects.filter(pk=proposal.pk)))
    if kind == "pdf":
        content = form_pdf(forms)
    else:
        stream = io.BytesIO()
        write_form_sheets(stream, forms)
        content = stream.getvalue()
    response = HttpResponse(content, content_type=KINDS[kind])
    response["Content-Disposition"] = f'attachment; filename="brief-{proposal.pk}.{kind}"'
    return response
