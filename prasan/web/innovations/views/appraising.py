"""Appraising an innovation, what was found of it, and the criteria by which it is done."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from prasan.agencies.queries import decide, holds_anywhere
from prasan.innovations import rules
from prasan.innovations.actions import appraise_innovation, set_criteria
from prasan.innovations.models.innovation import CLAIMS, PARTS
from prasan.innovations.queries import (
    can_be_appraised,
    criteria_for,
    criteria_versions,
    innovations_for,
    results_for,
    self_check,
)
from prasan.kernel.calendar import FiscalYear, today
from prasan.web.agencies.views.acts import act_form, made_already, sent
from prasan.web.innovations.alike import beside_of
from prasan.web.innovations.appraisal_forms import AppraisalForm, CriteriaForm
from prasan.web.innovations.trails import under_gallery
from prasan.web.shell.requests import SignedInRequest
from prasan.web.shell.trail import Crumb


@login_required
@require_http_methods(["GET", "POST"])
@transaction.atomic
def appraisal_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Appraise an innovation that lies at the ministry, its words and the self-check beside."""
    innovation = get_object_or_404(innovations_for(request.user), pk=pk)
    if not decide(request.user, rules.ASSESS, innovation):
        raise Http404
    back = reverse("innovations:innovation", args=[pk])
    if made_already(request, innovation.appraisals.filter(made_by=request.user)) is not None:
        return redirect(back)
    if request.method != "POST" and not can_be_appraised(innovation):
        messages.warning(request, _("It is appraised while it lies at the ministry."))
        return redirect(back)
    check = self_check(innovation)
    form = AppraisalForm(sent(request), innovation=innovation, check=check)
    told = {name: words for name in (*PARTS, *CLAIMS) if (words := getattr(innovation, name))}
    return act_form(
        request,
        form,
        lambda: appraise_innovation(
            innovation, form.words, by=request.user, form_key=form.cleaned_data["form_key"]
        ),
        title=_("Appraise it"),
        button=_("Save the appraisal"),
        back=back,
        done=_("The appraisal is saved. The total follows from marks and weights."),
        effect=_(
            "Gates stand apart from marks: what fails one is not registered. It is not changed later; a "
            "correction is a new appraisal. The owner reads it once it is decided."
        ),
        trail=under_gallery(innovation),
        template="innovations/appraisal_form.html",
        about=lambda: {
            "innovation": innovation,
            "check": check,
            "told": told,
            "beside": beside_of(innovation, request.user),
        },
    )


@login_required
@require_safe
def appraisal_list(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every appraisal of an innovation, mark by mark, the one that counts first."""
    innovation = get_object_or_404(innovations_for(request.user), pk=pk)
    results = results_for(request.user, innovation)
    if not results:
        raise Http404
    context = {
        "innovation": innovation,
        "results": results,
        "trail": [*under_gallery(innovation), Crumb(_("Appraisal"))],
    }
    return render(request, "innovations/appraisal_list.html", context)


@require_safe
def criteria_list(request: HttpRequest) -> HttpResponse:
    """The versions of the criteria, with the days on which each is in force and what it changed."""
    context = {
        "versions": criteria_versions(),
        "may_set": holds_anywhere(request.user, rules.SET_CRITERIA),
        "trail": [*under_gallery(), Crumb(_("Criteria and weights"))],
    }
    return render(request, "innovations/criteria_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def criteria_form(request: SignedInRequest) -> HttpResponse:
    """Set criteria and weights from a fiscal year on that has not begun."""
    criteria = criteria_for(FiscalYear.of(today()).next.be)
    if not decide(request.user, rules.SET_CRITERIA, criteria):
        raise Http404
    form = CriteriaForm(sent(request), criteria=criteria)
    address = reverse("innovations:criteria")
    return act_form(
        request,
        form,
        lambda: set_criteria(form.cleaned_data["fiscal_year"], form.words, by=request.user),
        title=_("Set criteria and weights"),
        button=_("Set them"),
        back=address,
        done=_("Saved. They hold from the first day of the fiscal year that you chose."),
        effect=_(
            "They hold from 1 October of the fiscal year that you choose until a later version takes over. "
            "What was appraised before keeps its total."
        ),
        trail=[*under_gallery(), Crumb(_("Criteria and weights"), address)],
        template="innovations/criteria_form.html",
    )
