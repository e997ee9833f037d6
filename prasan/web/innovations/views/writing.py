"""Writing innovations: the own ones, a new one, and changing one."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from prasan.agencies.queries import decide, holds_anywhere
from prasan.cases.searching import searched
from prasan.innovations import rules
from prasan.innovations.actions import WordsOvertaken, begin_innovation, edit_innovation
from prasan.innovations.models import Innovation
from prasan.innovations.queries import (
    innovations_for,
    own_innovations,
    owners_to_write_for,
    waiting_innovations,
    with_areas,
)
from prasan.innovations.states import INNOVATION
from prasan.web.agencies.lists import by_state
from prasan.web.agencies.views.acts import act_form, made_already, sent
from prasan.web.innovations.facts import standing_otherwise
from prasan.web.innovations.forms import InnovationForm
from prasan.web.innovations.trails import under_gallery
from prasan.web.shell.lists import Order, list_frame
from prasan.web.shell.requests import SignedInRequest
from prasan.web.shell.trail import Crumb


@login_required
@require_safe
def own_list(request: SignedInRequest) -> HttpResponse:
    """The innovations that the person writes, or those that wait for the ministry."""
    assesses = holds_anywhere(request.user, rules.ASSESS)
    writes = owners_to_write_for(request.user).exists()
    if not (assesses or writes):
        raise Http404
    rows = waiting_innovations(request.user) if assesses else own_innovations(request.user)
    frame = list_frame(
        request,
        rows,
        search=searched,
        filters=[] if assesses else [by_state(INNOVATION)],
        orders=[
            Order("old", _("Waiting longest first"), ("state_since", "pk"))
            if assesses
            else Order("new", _("Newest first"), ("-pk",))
        ],
    )
    context = {
        "frame": frame,
        "assesses": assesses,
        "may_write": writes,
        "trail": [
            *under_gallery(),
            Crumb(_("Waiting for the ministry") if assesses else _("Own innovations")),
        ],
    }
    return render(request, "innovations/own_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@transaction.atomic
def innovation_form(request: SignedInRequest) -> HttpResponse:
    """Tell of an innovation; it is a draft until it is proposed."""
    if (made := made_already(request, Innovation.objects.filter(created_by=request.user))) is not None:
        return redirect("innovations:innovation", made.pk)
    if not owners_to_write_for(request.user).exists():
        raise Http404
    form = InnovationForm(sent(request), by=request.user)
    return act_form(
        request,
        form,
        lambda: _begin(request, form),
        title=_("Tell of an innovation"),
        button=_("Keep as a draft"),
        back=reverse("innovations:own"),
        trail=under_gallery(),
        effect=_("Nobody outside your agency sees it before you propose it."),
        template="innovations/innovation_form.html",
    )


@login_required
@require_http_methods(["GET", "POST"])
def edit_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a draft, or revise what is registered."""
    innovation = get_object_or_404(with_areas(innovations_for(request.user)), pk=pk)
    if not decide(request.user, rules.WRITE, innovation):
        raise Http404
    form = InnovationForm(sent(request), by=request.user, innovation=innovation)
    meanwhile: dict[str, object] = {}

    def act() -> None:
        try:
            edit_innovation(innovation, form.words, read=form.cleaned_data["read"] or None, by=request.user)
        except WordsOvertaken as overtaken:
            form.read_again(overtaken.innovation)
            meanwhile["meanwhile"] = standing_otherwise(overtaken.innovation, form)
            raise

    return act_form(
        request,
        form,
        act,
        title=_("Change the innovation"),
        button=_("Save"),
        back=reverse("innovations:innovation", args=[pk]),
        done=_("Saved."),
        trail=under_gallery(innovation),
        effect=_("How it read before is kept as a version.") if innovation.state == "registered" else "",
        template="innovations/innovation_form.html",
        about=lambda: meanwhile,
    )


def _begin(request: SignedInRequest, form: InnovationForm) -> HttpResponse:
    told = form.cleaned_data
    made = begin_innovation(told["owner"], form.words, by=request.user, form_key=told["form_key"])
    messages.success(request, _("Kept as a draft. Add figures and evidence, then propose it."))
    return redirect("innovations:innovation", made.pk)
