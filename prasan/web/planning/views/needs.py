"""Needs: the list, one need's page, and telling of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import BinaryIO, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prasan.agencies.queries import decide
from prasan.cases.queries import next_steps, open_steps, timeline
from prasan.kernel.refusals import Refused
from prasan.planning import rules
from prasan.planning.actions import attach, draft_need, edit_need, enter_need, show_point
from prasan.planning.models import Need
from prasan.planning.queries import (
    call_open_for_areas_of,
    files_for,
    needs_for,
    point_for,
    proposals_for,
    searched,
    villages_to_enter_for,
)
from prasan.planning.states import NEED
from prasan.web.agencies.lists import by_area, by_state, state_asked
from prasan.web.agencies.views.acts import act_form, made_already, sent
from prasan.web.agencies.views.stepping import said_of
from prasan.web.places.outlines import around
from prasan.web.planning.exports import needs_table
from prasan.web.planning.forms import FilesForm, NeedForm, ReleaseForm
from prasan.web.planning.lists import by_author, by_counting, by_sector
from prasan.web.planning.steps import OF_NEEDS
from prasan.web.planning.trails import under_needs
from prasan.web.planning.views.moving import asking_step, bare_step
from prasan.web.planning.views.similar import beside, beside_kept
from prasan.web.shell.exports import table_file
from prasan.web.shell.lists import Order, list_frame
from prasan.web.shell.requests import SignedInRequest
from prasan.web.shell.trail import Crumb


@login_required
@require_safe
def need_list(request: SignedInRequest) -> HttpResponseBase:
    """The needs that the person may see."""
    frame = list_frame(
        request,
        needs_for(request.user, state=state_asked(request, NEED)),
        search=searched,
        filters=[by_state(NEED), by_author(request), *by_area(request), by_sector(), by_counting()],
        orders=[
            Order("new", _("Newest first"), ("-pk",)),
            Order("households", _("Most households"), ("-households", "-pk")),
            Order("area", _("Area"), ("area_id", "-pk")),
        ],
        exports=("csv", "xlsx"),
    )
    if frame.export:
        return table_file(request, needs_table(frame.found), frame.export, name="needs")
    context = {
        "frame": frame,
        "may_enter": villages_to_enter_for(request.user).exists(),
        "trail": [Crumb(_("Needs"))],
    }
    return render(request, "planning/need_list.html", context)


@login_required
@require_safe
def need_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """One need: what was told, its photographs, what happened and what can be done."""
    return _show(request, get_object_or_404(needs_for(request.user), pk=pk))


@login_required
@require_http_methods(["GET", "POST"])
@transaction.atomic
def need_form(request: SignedInRequest) -> HttpResponse:
    """Tell of a need; it is entered at once unless kept as a draft. What a refusal leaves is the draft."""
    if (told := made_already(request, Need.objects.filter(created_by=request.user))) is not None:
        return redirect("planning:need", told.pk)
    form = NeedForm(sent(request), request.FILES or None, by=request.user)
    if not form.offers_villages:
        raise Http404
    return act_form(
        request,
        form,
        lambda: _tell(request, form),
        title=_("Tell of a need"),
        button=_("Enter the need"),
        back=reverse("planning:need-list"),
        trail=under_needs(),
        effect=_("The tambon and amphoe committees can see it."),
        template="planning/need_form.html",
        about=lambda: {
            **_call_now(request),
            "similar_address": reverse("planning:need-similar"),
            **(beside(request, form.so_far) if form.is_bound else {}),
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def need_edit_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a need that is still a draft, and enter it at once unless it is to stay one."""
    need = get_object_or_404(needs_for(request.user), pk=pk)
    if not decide(request.user, rules.ENTER_NEED, need):
        raise Http404
    form = NeedForm(sent(request), by=request.user, need=need)
    return act_form(
        request,
        form,
        lambda: _enter_unless_draft(request, edit_need(need, form.words, by=request.user)),
        title=_("Change the need"),
        button=_("Enter the need"),
        back=reverse("planning:need", args=[pk]),
        trail=under_needs(need),
        effect=_("The tambon and amphoe committees can see it."),
        template="planning/draft_form.html",
        about=lambda: {
            "similar_address": reverse("planning:need-edit-similar", args=[pk]),
            **(beside(request, form.so_far, but=need) if form.is_bound else beside_kept(request, need)),
        },
    )


@login_required
@require_POST
def need_step(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Enter, take back, withdraw or bring back."""
    need = get_object_or_404(needs_for(request.user), pk=pk)
    return bare_step(
        request,
        need,
        code,
        back=reverse("planning:need", args=[pk]),
        show=lambda told, status: _show(request, need, told, status),
        act=(lambda note: enter_need(need, by=request.user, note=note)) if code == "enter" else None,
    )


@login_required
@require_http_methods(["GET", "POST"])
def need_act(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Part a need from the one with which it was joined."""
    need = get_object_or_404(needs_for(request.user), pk=pk)
    return asking_step(
        request,
        need,
        code,
        asked=OF_NEEDS,
        back=reverse("planning:need", args=[pk]),
        trail=under_needs(need),
        template="agencies/act_form.html",
    )


@login_required
@require_POST
def need_point(request: SignedInRequest, pk: int) -> HttpResponse:
    """Release the point of a need to the public, or hide it again behind its village."""
    need = get_object_or_404(needs_for(request.user), pk=pk)
    form = ReleaseForm(request.POST)
    form.full_clean()
    public = form.cleaned_data["public"]
    try:
        show_point(need, by=request.user, public=public)
    except Refused as refusal:
        return _show(request, need, {"refusal": refusal}, 422)
    messages.success(request, _("The point is public now.") if public else _("The point is hidden now."))
    return redirect("planning:need", pk)


def _show(
    request: SignedInRequest, need: Need, told: Mapping[str, object] | None = None, status: int = 200
) -> HttpResponse:
    user = request.user
    need = needs_for(user).filter(pk=need.pk).first() or need
    point = point_for(user, need)
    steps = [each for each in open_steps(need, user) if not each.step.by_action or each.step.code in OF_NEEDS]
    can_change = need.state in ("draft", "entered") and bool(decide(user, rules.ENTER_NEED, need))
    may_edit = can_change and need.state == "draft"
    context = {
        "need": need,
        "steps": steps,
        "events": timeline(need, viewer=user),
        "next": next_steps(need),
        "files": files_for(user, need),
        "files_form": FilesForm() if can_change else None,
        "may_edit": may_edit,
        **(beside_kept(request, need) if may_edit else {}),
        "may_propose": need.state == "entered" and bool(decide(user, rules.PROPOSE, need)),
        "may_release": need.state != "draft" and bool(decide(user, rules.RELEASE, need)),
        "joined": needs_for(user).filter(joined_to=need),
        "proposals": proposals_for(user).filter(needs=need),
        "point": point,
        "around": around(need.area, [point]) if point else "",
        "trail": [*under_needs(), Crumb(need.title)],
        **(told or {}),
    }
    return render(request, "planning/need_page.html", context, status=status)


def _call_now(request: SignedInRequest) -> Mapping[str, object]:
    call = call_open_for_areas_of(request.user)
    return {"call": call, "days": call.window.days_left} if call else {}


def _tell(request: SignedInRequest, form: NeedForm) -> HttpResponse:
    told = form.cleaned_data
    need = draft_need(told["area"], form.words, by=request.user, form_key=told["form_key"])
    return _enter_unless_draft(request, need, form.photographs)


def _enter_unless_draft(
    request: SignedInRequest, need: Need, photographs: Sequence[UploadedFile[bytes]] = ()
) -> HttpResponse:
    try:
        for photograph in photographs:
            attach(need, cast(BinaryIO, photograph), name=photograph.name or "", by=request.user)
        if "draft" not in request.POST:
            need = enter_need(need, by=request.user)
    except Refused as refusal:
        kept = _("The need is kept as a draft. %(reason)s") % {"reason": refusal}
        messages.warning(request, kept)
    else:
        messages.success(request, said_of(need))
    return redirect("planning:need", need.pk)
