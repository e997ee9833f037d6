"""A project that an agency proposes by itself."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from prasan.planning.actions import propose_as_agency
from prasan.planning.models import Proposal
from prasan.planning.queries import areas_of_work, may_propose_own
from prasan.web.agencies.views.acts import act_form, made_already
from prasan.web.planning.forms.proposal import OwnProjectForm
from prasan.web.planning.forms.proposal_rows import filled_by_file
from prasan.web.planning.required import files_asked_by_form
from prasan.web.planning.trails import under_proposals
from prasan.web.planning.views.moving import submit_unless_draft
from prasan.web.planning.views.similar import beside_proposal
from prasan.web.shell.requests import SignedInRequest


@login_required
@require_http_methods(["GET", "POST"])
@transaction.atomic
def own_project_form(request: SignedInRequest) -> HttpResponse:
    """Write a project of the person's own agency."""
    if (written := made_already(request, Proposal.objects.filter(created_by=request.user))) is not None:
        return redirect("planning:proposal", written.pk)
    if not may_propose_own(request.user):
        raise Http404
    form = OwnProjectForm(**filled_by_file(request, areas_of_work(request.user)), by=request.user)
    return act_form(
        request,
        form,
        lambda: _propose(request, form),
        title=_("Propose our own project"),
        button=_("Save and submit"),
        back=reverse("planning:proposal-list"),
        trail=under_proposals(),
        effect=_("Once submitted, it is ranked with what villages asked for; the governor decides."),
        template="planning/proposal_form.html",
        about=lambda: {
            "may_keep": True,
            "may_fill": True,
            "similar_address": reverse("planning:own-project-similar"),
            **beside_proposal(request, form),
            **files_asked_by_form(form, by=request.user),
        },
    )


def _propose(request: SignedInRequest, form: OwnProjectForm) -> HttpResponse:
    given = form.cleaned_data
    project = propose_as_agency(
        given["agency"],
        given["area"],
        form.words,
        needs=given["needs"],
        by=request.user,
        form_key=given["form_key"],
    )
    return submit_unless_draft(request, project)
