"""One innovation: what it is, what shows that it works, and its steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prasan.agencies.queries import decide, holds_anywhere
from prasan.cases.queries import OpenStep, next_steps, open_steps, timeline
from prasan.innovations import rules
from prasan.innovations.models import Cookbook, Innovation
from prasan.innovations.models.innovation import PARTS
from prasan.innovations.queries import (
    adoptions_of,
    can_be_appraised,
    cookbooks_for,
    innovations_for,
    results_for,
    self_check,
    versions_for,
    why_not_to_register,
    with_areas,
)
from prasan.insight.queries import shelf_of, won_by
from prasan.web.agencies.views.stepping import asking_step, bare_step
from prasan.web.innovations.alike import beside_of
from prasan.web.innovations.facts import facts_shown
from prasan.web.innovations.steps import OF_INNOVATIONS
from prasan.web.innovations.trails import under_gallery
from prasan.web.shell.requests import SignedInRequest
from prasan.web.shell.trail import Crumb

USERS_SHOWN = 5
"""Agencies that use an innovation, as named on its page."""


@require_safe
def innovation_page(request: HttpRequest, pk: int) -> HttpResponse:
    """An innovation as everybody, or those who work on it, may read it."""
    return _show(request, get_object_or_404(innovations_for(request.user), pk=pk))


@login_required
@require_POST
def innovation_step(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Take back, return, decline, withdraw or bring back."""
    innovation = get_object_or_404(innovations_for(request.user), pk=pk)
    return bare_step(
        request,
        innovation,
        code,
        back=reverse("innovations:innovation", args=[pk]),
        show=lambda told, status: _show(request, innovation, told, status),
    )


@login_required
@require_http_methods(["GET", "POST"])
def innovation_act(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Propose an innovation, with what the self-check found beside, or let it into the register."""
    innovation = get_object_or_404(innovations_for(request.user), pk=pk)
    return asking_step(
        request,
        innovation,
        code,
        asked=OF_INNOVATIONS,
        back=reverse("innovations:innovation", args=[pk]),
        trail=under_gallery(innovation),
        template="innovations/act_form.html",
        about={
            "check": self_check(innovation),
            "results": results_for(request.user, innovation),
            "innovation": innovation,
            "beside": beside_of(innovation, request.user),
        },
    )


def _show(
    request: HttpRequest, innovation: Innovation, told: Mapping[str, object] | None = None, status: int = 200
) -> HttpResponse:
    user = request.user
    innovation = with_areas(innovations_for(user)).filter(pk=innovation.pk).first() or innovation
    is_inside = bool(decide(user, rules.VIEW_INSIDE, innovation))
    may_write = innovation.state in ("draft", "registered") and bool(decide(user, rules.WRITE, innovation))
    cookbook = cookbooks_for(user).filter(innovation=innovation).first()
    context = {
        "innovation": innovation,
        "entries": shelf_of([innovation]).get(innovation.pk, []),
        "won": won_by([innovation]).get(innovation.pk, []),
        "measures": innovation.measures.all(),
        "evidence": innovation.evidence.select_related("file").order_by("pk"),
        "parts": [
            (field.verbose_name, words)
            for field in Innovation._meta.fields
            if field.name in PARTS and (words := getattr(innovation, field.name))
        ],
        **facts_shown(innovation),
        "results": results_for(user, innovation),
        "may_appraise": can_be_appraised(innovation) and bool(decide(user, rules.ASSESS, innovation)),
        "check": self_check(innovation) if is_inside and innovation.state in ("draft", "proposed") else None,
        "beside": beside_of(innovation, user),
        "steps": [
            _with_appraisal(each, innovation)
            for each in open_steps(innovation, user)
            if not each.step.by_action or each.step.code in OF_INNOVATIONS
        ],
        "events": timeline(innovation, viewer=user),
        "next": next_steps(innovation),
        "versions": versions_for(user, innovation),
        "may_write": may_write,
        "cookbook": cookbook,
        "may_begin_cookbook": cookbook is None
        and innovation.state == "registered"
        and bool(decide(user, rules.WRITE_COOKBOOK, Cookbook(innovation=innovation))),
        "adoptions": adoptions_of(innovation)
        .exclude(state="dropped")
        .order_by("agency__sort_key", "pk")[:USERS_SHOWN],
        "may_order": innovation.state == "registered" and holds_anywhere(user, rules.GIVE_ORDER),
        "trail": [*under_gallery(), Crumb(innovation.title)],
        **(told or {}),
    }
    return render(request, "innovations/innovation_page.html", context, status=status)


def _with_appraisal(open_step: OpenStep, innovation: Innovation) -> OpenStep:
    """The step as it is open; into the register only where the appraisal leaves nothing in the way."""
    if open_step.step.code != "register" or not (why_not := why_not_to_register(innovation)):
        return open_step
    return replace(open_step, possible=False, why_not=why_not)
