"""Answers to several proposals of the inbox at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from prasan.agencies.queries import holds_anywhere, within_reach
from prasan.planning import rules
from prasan.planning.actions import accept_routings, receive_routings
from prasan.planning.models import Proposal, Routing
from prasan.planning.queries import proposals_for, routings_for, with_reading
from prasan.web.agencies.views.acts import act_form, sent
from prasan.web.planning.forms.steps import AgencyAnswerForm, NoWordsForm
from prasan.web.planning.reading import as_read, changed_since, mark_of
from prasan.web.planning.ticked import ticked_keys
from prasan.web.shell.requests import SignedInRequest
from prasan.web.shell.trail import Crumb


@login_required
@require_http_methods(["GET", "POST"])
def receive_form(request: SignedInRequest) -> HttpResponse:
    """Receive what the address names (`routing`)."""
    routings = _ticked(request, ("sent",))
    if not routings:
        return _tick_first(request)
    form = NoWordsForm(sent(request))
    return act_form(
        request,
        form,
        lambda: receive_routings(routings, by=request.user),
        title=_("Receive the ticked"),
        button=_("Receive"),
        done=_("They are received."),
        **_about(request, routings),
    )


@login_required
@require_http_methods(["GET", "POST"])
def accept_form(request: SignedInRequest) -> HttpResponse:
    """Accept what the address names (`routing`), with the same words for all."""
    routings = _ticked(request, ("sent", "received"))
    if not routings:
        return _tick_first(request)
    form = AgencyAnswerForm(sent(request))
    proposals = _proposals(request, routings)
    return act_form(
        request,
        form,
        lambda: as_read(
            request,
            proposals,
            lambda: accept_routings(routings, **form.cleaned_data, by=request.user),
            whole=True,
        ),
        title=_("Accept the ticked"),
        button=_("Accept"),
        done=_("They are accepted. What your agency leads waits to be ranked and decided."),
        **_about(request, routings),
    )


def _ticked(request: SignedInRequest, states: Collection[str]) -> list[Routing]:
    if not holds_anywhere(request.user, rules.KEEP_INBOX):
        raise Http404
    rows = within_reach(request.user, rules.ANSWER, routings_for(request.user))
    keys = ticked_keys(request, "routing")
    return list(rows.filter(pk__in=keys, state__in=states).order_by("proposal_id"))


def _proposals(request: SignedInRequest, routings: Sequence[Routing]) -> list[Proposal]:
    keys = [each.proposal_id for each in routings]
    return list(with_reading(proposals_for(request.user)).filter(pk__in=keys).order_by("pk"))


def _about(request: SignedInRequest, routings: Sequence[Routing]) -> dict[str, Any]:
    chosen = _proposals(request, routings)
    inbox = reverse("planning:routing-list")
    return {
        "back": inbox,
        "trail": [Crumb(_("Inbox of the agency"), inbox)],
        "template": "planning/chosen_form.html",
        "about": {
            "chosen": chosen,
            "total": sum(each.budget_asked for each in chosen),
            "read_marks": [mark_of(each) for each in chosen],
            "changed": changed_since(request, chosen),
        },
    }


def _tick_first(request: SignedInRequest) -> HttpResponse:
    messages.warning(request, _("Please tick what your agency still has to answer first."))
    return redirect("planning:routing-list")
