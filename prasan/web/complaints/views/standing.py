"""What stands for longer than a case: time limits of a province, texts of an agency."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prasan.agencies.queries import holds_anywhere
from prasan.complaints import rules
from prasan.complaints.actions import keep_template, remove_template, set_limit
from prasan.complaints.models import ReplyTemplate
from prasan.complaints.queries import (
    agencies_with_templates,
    ladder,
    limits_for,
    provinces_to_limit,
    templates_for,
)
from prasan.kernel.refusals import Refused
from prasan.web.agencies.views.acts import act_form, sent
from prasan.web.complaints.forms.standing import LimitForm, TemplateForm
from prasan.web.shell.requests import SignedInRequest
from prasan.web.shell.trail import Crumb

COMPLAINTS = _("Complaints")


@login_required
@require_safe
def limit_list(request: SignedInRequest) -> HttpResponse:
    """The time limits of complaints, and who is told when one is passed."""
    if not holds_anywhere(request.user, rules.VIEW):
        raise Http404
    context = {
        "limits": limits_for(request.user),
        "ladder": ladder(),
        "may_set": holds_anywhere(request.user, rules.SET_LIMITS),
        "trail": [Crumb(COMPLAINTS, reverse("complaints:list")), Crumb(_("Time limits"))],
    }
    return render(request, "complaints/limit_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def limit_form(request: SignedInRequest) -> HttpResponse:
    """Set a time limit of a province from a day on."""
    provinces = provinces_to_limit(request.user)
    if not provinces.exists():
        raise Http404
    form, back = LimitForm(sent(request), provinces=provinces), reverse("complaints:limit-list")
    return act_form(
        request,
        form,
        lambda: set_limit(**form.cleaned_data, by=request.user),
        title=_("Set a time limit"),
        button=_("Save"),
        back=back,
        done=_("Saved."),
        trail=[Crumb(COMPLAINTS, reverse("complaints:list")), Crumb(_("Time limits"), back)],
    )


@login_required
@require_safe
def template_list(request: SignedInRequest) -> HttpResponse:
    """The texts that the person's agencies use in their answers."""
    if not holds_anywhere(request.user, rules.KEEP_TEMPLATES):
        raise Http404
    context = {
        "texts": templates_for(request.user),
        "trail": [Crumb(_("Texts for answers"))],
    }
    return render(request, "complaints/template_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def template_form(request: SignedInRequest, pk: int | None = None) -> HttpResponse:
    """Add a text, or change one."""
    template = get_object_or_404(templates_for(request.user), pk=pk) if pk else None
    agency = template.agency if template else agencies_with_templates(request.user).first()
    if agency is None:
        raise Http404
    form, back = TemplateForm(sent(request), template=template), reverse("complaints:template-list")
    return act_form(
        request,
        form,
        lambda: keep_template(template, agency=agency, **form.cleaned_data, by=request.user),
        title=_("Change a text") if template else _("Add a text"),
        button=_("Save"),
        back=back,
        done=_("Saved."),
        trail=[Crumb(_("Texts for answers"), back)],
    )


@login_required
@require_POST
def template_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a text away."""
    template: ReplyTemplate = get_object_or_404(templates_for(request.user), pk=pk)
    try:
        remove_template(template, by=request.user)
        messages.success(request, _("Removed."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("complaints:template-list")
