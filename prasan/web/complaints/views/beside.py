"""Acts beside the steps: notes, pauses, hurrying, and who looks after it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from prasan.agencies.queries import decide
from prasan.complaints.actions import assign_officer
from prasan.complaints.queries import (
    complaints_for,
    referrals_for,
)
from prasan.web.agencies.views.acts import act_form, sent
from prasan.web.complaints.beside import BESIDE
from prasan.web.complaints.forms.beside import AssignForm
from prasan.web.shell.requests import SignedInRequest
from prasan.web.shell.trail import Crumb

COMPLAINTS = _("Complaints")


@login_required
@require_http_methods(["GET", "POST"])
def beside_act(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Write a note, stop the clocks or let them run, or ask others to hurry."""
    complaint = get_object_or_404(complaints_for(request.user), pk=pk)
    if code not in BESIDE or not decide(request.user, BESIDE[code].right, complaint):
        raise Http404
    act, back = BESIDE[code], reverse("complaints:complaint", args=[pk])
    if not act.fits(complaint):
        messages.warning(request, _("“%(step)s” is not open to you at this stage.") % {"step": act.label})
        return redirect(back)
    form = act.form(sent(request), case=complaint)
    return act_form(
        request,
        form,
        lambda: act.act(complaint, form, request.user),
        title=act.label,
        button=act.label,
        back=back,
        done=_("Thank you. It is recorded."),
        effect=act.effect,
        trail=[Crumb(COMPLAINTS, reverse("complaints:list")), Crumb(complaint.number, back)],
    )


@login_required
@require_http_methods(["GET", "POST"])
def assign_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say who in the agency looks after a complaint."""
    referral = get_object_or_404(referrals_for(request.user), pk=pk)
    form, back = AssignForm(sent(request), case=referral), reverse("complaints:referral", args=[pk])
    return act_form(
        request,
        form,
        lambda: assign_officer(referral, form.cleaned_data["officer"], by=request.user),
        title=_("Say who looks after it"),
        button=_("Save"),
        back=back,
        done=_("Saved."),
        effect=_("The officer gets a letter, and finds it among his own."),
        trail=[
            Crumb(_("Complaints for your agency"), reverse("complaints:referral-list")),
            Crumb(referral.complaint.number, back),
        ],
    )
