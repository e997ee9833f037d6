"""Writing what an agency thinks of a proposal that was sent to it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from prasan.agencies.queries import decide
from prasan.planning import rules
from prasan.planning.actions import write_assessment
from prasan.planning.actions.assessment import why_not_now
from prasan.planning.models import AssessmentVersion, Routing
from prasan.planning.queries import assessments_of, brief_of, files_for, inbox_for
from prasan.web.agencies.views.acts import act_form, made_already, sent
from prasan.web.planning.forms.assessment import AssessmentForm
from prasan.web.planning.trails import under_routing
from prasan.web.planning.views.files import kinds_of_files
from prasan.web.shell.requests import SignedInRequest


@login_required
@require_http_methods(["GET", "POST"])
@transaction.atomic
def assessment_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write what the agency thinks of what was sent to it."""
    routing = get_object_or_404(inbox_for(request.user), pk=pk)
    back = reverse("planning:routing", args=[pk])
    own = AssessmentVersion.objects.filter(written_by=request.user, assessment__routing=routing)
    if made_already(request, own) is not None:
        return redirect(back)
    decision = decide(request.user, rules.ASSESS, routing)
    if reason := decision.reason or why_not_now(routing):
        messages.warning(request, reason)
        return redirect(back)
    files = list(files_for(request.user, routing.proposal))
    found = assessments_of(request.user, Routing.objects.filter(pk=pk))
    last = found[0].now if found else None
    form = AssessmentForm(sent(request), routing=routing, last=last, files=files)

    def write() -> object:
        given = form.cleaned_data
        return write_assessment(
            routing,
            form.words,
            since=given["since"] or 0,
            by=request.user,
            note=given["note"],
            internal_note=given["internal_note"],
            form_key=given["form_key"],
        )

    return act_form(
        request,
        form,
        write,
        title=_("Assessment of the agency"),
        button=_("Save the assessment"),
        back=back,
        done=_("The assessment is saved. It decides nothing; please answer for your agency."),
        effect=_("Every version is kept. The assessment decides nothing; the answer of the agency does."),
        trail=under_routing(routing),
        template="planning/assessment_form.html",
        about={
            "routing": routing,
            "proposal": routing.proposal,
            "brief": brief_of(routing.proposal),
            "files": files,
            "kinds_of_files": kinds_of_files(files),
            "last": last.version if last else None,
        },
    )
