"""All awards, one programme with its rules, and whether an innovation may enter."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from prasan.agencies.queries import decide, holds_anywhere
from prasan.awards import rules
from prasan.awards.actions import found_programme, write_rules
from prasan.awards.models import Programme
from prasan.awards.queries import (
    editions_for,
    entitlements,
    innovations_to_enter,
    outlook_of,
    own_entries,
    own_sheets,
    programmes,
)
from prasan.awards.states import EDITION
from prasan.web.agencies.lists import by_state
from prasan.web.agencies.views.acts import act_form, sent
from prasan.web.awards.forms import ProgrammeForm, RulesForm
from prasan.web.awards.trails import under_awards
from prasan.web.shell.lists import Filter, Order, list_frame
from prasan.web.shell.requests import SignedInRequest
from prasan.web.shell.trail import Crumb


@require_safe
def award_list(request: HttpRequest) -> HttpResponse:
    """All editions that are open to the reader, the latest first."""
    frame = list_frame(
        request,
        editions_for(request.user),
        filters=[
            Filter(
                "programme",
                _("Programme of awards"),
                [(each.code, str(each)) for each in programmes()],
                lambda rows, code: rows.filter(programme__code=code),
            ),
            by_state(EDITION),
        ],
        orders=[Order("new", _("Latest year first"), ("-year", "pk"))],
    )
    context = {
        "frame": frame,
        "may_found": holds_anywhere(request.user, rules.FOUND_PROGRAMME),
        "enters": own_entries(request.user).exists(),
        "judges": own_sheets(request.user).exists(),
        "programmes": programmes(),
        "trail": [Crumb(_("Awards"))],
    }
    return render(request, "awards/award_list.html", context)


@require_safe
def programme_page(request: HttpRequest, code: str) -> HttpResponse:
    """A programme: who organises it, by which rules, its editions, and what several awards entitle to."""
    programme = get_object_or_404(programmes(), code=code)
    context = {
        "programme": programme,
        "rule_sets": programme.rule_sets.prefetch_related("rules").order_by("-number"),
        "editions": editions_for(request.user).filter(programme=programme).order_by("-year"),
        "entitlement_rules": programme.entitlement_rules.order_by("code"),
        "entitlements": entitlements(programme),
        "organises": bool(decide(request.user, rules.ORGANISE, programme)),
        "trail": [*under_awards(), Crumb(str(programme))],
    }
    return render(request, "awards/programme_page.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def programme_form(request: SignedInRequest) -> HttpResponse:
    """Enter a programme."""
    if not holds_anywhere(request.user, rules.FOUND_PROGRAMME):
        raise Http404
    form = ProgrammeForm(sent(request))
    return act_form(
        request,
        form,
        lambda: found_programme(**form.cleaned_data, by=request.user),
        title=_("Enter a programme of awards"),
        button=_("Save"),
        back=reverse("awards:list"),
        done=_("Saved."),
        trail=under_awards(),
    )


@login_required
@require_http_methods(["GET", "POST"])
def rules_form(request: SignedInRequest, code: str) -> HttpResponse:
    """Add a version of the rules of eligibility."""
    programme = _organised(request, code)
    form = RulesForm(sent(request))
    return act_form(
        request,
        form,
        lambda: write_rules(
            programme,
            form.cleaned_data["year_from"],
            form.words,
            by=request.user,
            source_th=form.cleaned_data["source"],
        ),
        title=_("Write the rules of eligibility"),
        button=_("Save as a new version"),
        back=reverse("awards:programme", args=[code]),
        done=_("Saved."),
        effect=_("Editions that have opened keep the version with which they opened."),
        trail=under_awards(programme),
    )


@login_required
@require_safe
def outlook_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """Whether an own innovation may enter each programme, and from when on."""
    innovation = get_object_or_404(innovations_to_enter(request.user), pk=pk)
    context = {
        "innovation": innovation,
        "outlooks": outlook_of(innovation, programmes().prefetch_related("rule_sets__rules")),
        "trail": [*under_awards(), Crumb(_("Which awards may it enter?"))],
    }
    return render(request, "awards/outlook_page.html", context)


def _organised(request: SignedInRequest, code: str) -> Programme:
    programme = get_object_or_404(programmes(), code=code)
    if not decide(request.user, rules.ORGANISE, programme):
        raise Http404
    return programme
