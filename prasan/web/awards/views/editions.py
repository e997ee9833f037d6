"""One edition: its terms, its steps, its results and figures."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prasan.agencies.queries import Person, decide
from prasan.awards import rules
from prasan.awards.actions import begin_edition, begin_next_round, set_ceremony, write_terms
from prasan.awards.models import Edition
from prasan.awards.queries import (
    announced_entries,
    counts_of,
    editions_for,
    innovations_to_enter,
    organises,
    programmes,
    shown,
    statistics_of,
)
from prasan.awards.queries.certificates import sets_of
from prasan.cases.queries import next_steps, open_steps, timeline
from prasan.kernel.refusals import Refused
from prasan.web.agencies.views.acts import act_form, filled, made_already, sent
from prasan.web.agencies.views.stepping import asking_step, bare_step
from prasan.web.awards.exports import counts_table, entries_table
from prasan.web.awards.forms import CeremonyForm, EditionForm
from prasan.web.awards.saying import told as told_in_words
from prasan.web.awards.steps import OF_EDITIONS
from prasan.web.awards.trails import under_awards, under_edition
from prasan.web.documents.serving import file_response
from prasan.web.shell.exports import table_file
from prasan.web.shell.requests import SignedInRequest
from prasan.web.shell.trail import Crumb

FILES = ("csv", "xlsx")
COUNTED = ("judging", "deliberation", "decided", "announced", "closed")
TOLD = ("announced", "closed")


@login_required
@require_http_methods(["GET", "POST"])
@transaction.atomic
def edition_form(request: SignedInRequest, code: str) -> HttpResponse:
    """Prepare the edition of a year."""
    programme = get_object_or_404(programmes(), code=code)
    if not decide(request.user, rules.ORGANISE, programme):
        raise Http404
    if (made := made_already(request, Edition.objects.filter(created_by=request.user))) is not None:
        return redirect("awards:edition", made.pk)
    form = EditionForm(**filled(request), programme=programme)
    return act_form(
        request,
        form,
        lambda: redirect(
            "awards:edition",
            begin_edition(programme, form.words, by=request.user, form_key=form.cleaned_data["form_key"]).pk,
        ),
        title=_("Prepare an edition"),
        button=_("Save"),
        back=reverse("awards:programme", args=[code]),
        effect=_("Nobody outside sees it, and all of it can be changed, until it opens."),
        trail=under_awards(programme),
        template="awards/terms_form.html",
    )


@login_required
@require_http_methods(["GET", "POST"])
def terms_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change what is declared of an edition before it opens."""
    edition = organised(request, pk)
    if edition.state != "prepared":
        raise Http404
    form = EditionForm(**filled(request), programme=edition.programme, edition=edition)
    return act_form(
        request,
        form,
        lambda: write_terms(edition, form.words, by=request.user),
        title=_("Change the terms"),
        button=_("Save"),
        back=reverse("awards:edition", args=[pk]),
        done=_("Saved."),
        trail=under_edition(edition),
        template="awards/terms_form.html",
    )


@require_safe
def edition_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """An edition: terms for everybody, results once announced, steps for whoever runs it."""
    edition = get_object_or_404(editions_for(request.user), pk=pk)
    if request.GET.get("export") in FILES and edition.state in TOLD:
        table = entries_table(announced_entries(edition))
        return table_file(request, table, request.GET["export"], name=f"award-{edition.pk}")
    return _show(request, edition)


@login_required
@require_POST
def edition_step(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Close an edition."""
    edition = get_object_or_404(editions_for(request.user), pk=pk)
    return bare_step(
        request,
        edition,
        code,
        back=reverse("awards:edition", args=[pk]),
        show=lambda told, status: _show(request, edition, told, status),
    )


@login_required
@require_http_methods(["GET", "POST"])
def edition_act(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Open, screen, judge, deliberate, decide, announce."""
    edition = organised(request, pk)
    return asking_step(
        request,
        edition,
        code,
        asked=OF_EDITIONS,
        back=reverse("awards:edition", args=[pk]),
        trail=under_edition(edition),
    )


@login_required
@require_POST
def next_round(request: SignedInRequest, pk: int) -> HttpResponse:
    """Begin the next round."""
    edition = organised(request, pk)
    try:
        begun = begin_next_round(edition, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Begun: %(round)s. Please assign its entries.") % {"round": begun})
    return redirect("awards:edition", pk)


@login_required
@require_http_methods(["GET", "POST"])
def ceremony_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say on which day the awards are handed over."""
    edition = organised(request, pk)
    form = CeremonyForm(sent(request), initial={"ceremony_on": edition.ceremony_on})
    return act_form(
        request,
        form,
        lambda: set_ceremony(edition, form.cleaned_data["ceremony_on"], by=request.user),
        title=_("Day of the ceremony"),
        button=_("Save"),
        back=reverse("awards:edition", args=[pk]),
        done=_("Saved."),
        trail=under_edition(edition),
    )


@login_required
@require_safe
def counts_page(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Places, raw values beside adjusted ones, how far judges agree, and what to talk about."""
    edition = organised(request, pk)
    if edition.state not in COUNTED or edition.register_id is not None:
        raise Http404
    begun = list(edition.rounds.filter(began_at__isnull=False))
    asked = request.GET.get("round", "")
    told = next((each for each in begun if str(each.number) == asked), begun[-1])
    counts = counts_of(edition, told.number)
    rows = shown(counts)
    if request.GET.get("export") in FILES:
        return table_file(request, counts_table(counts, rows), request.GET["export"], name="results")
    decision = getattr(edition, "decision", None)
    context = {
        "edition": edition,
        "told": told,
        "rounds": begun,
        "told_counts": told_in_words(counts, rows),
        "decision": decision,
        "files": FILES,
        "trail": [*under_edition(edition), Crumb(_("Scores and places"))],
    }
    return render(request, "awards/counts_page.html", context)


@login_required
@require_safe
def minutes_file(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The signed minutes, for those who run the edition."""
    edition = organised(request, pk)
    decision = getattr(edition, "decision", None)
    if decision is None or decision.file is None:
        raise Http404
    return file_response(request, decision.file, name=str(_("Minutes")))


def told_of_certificates(edition: Edition, user: Person) -> dict[str, object]:
    """What the part of the page about the files of certificates shows."""
    sets = sets_of(edition, user)
    return {
        "certificate_sets": sets,
        "is_making_certificates": any(each.works.is_being_made for each in sets),
    }


def organised(request: SignedInRequest, pk: int) -> Edition:
    """The edition, for whoever runs it; nobody else learns that the page exists."""
    edition = get_object_or_404(editions_for(request.user), pk=pk)
    if not organises(request.user, edition):
        raise Http404
    return edition


def _show(
    request: HttpRequest, edition: Edition, told: Mapping[str, object] | None = None, status: int = 200
) -> HttpResponse:
    user = request.user
    edition = editions_for(user).get(pk=edition.pk)
    runs = organises(user, edition)
    is_told = edition.state in TOLD
    rounds = list(edition.rounds.prefetch_related("criteria"))
    begun = [each for each in rounds if each.began_at is not None]
    context = {
        "edition": edition,
        "categories": edition.categories.all(),
        "rounds": rounds,
        "quotas": edition.quotas.all(),
        "rules": edition.rule_set.rules.all() if edition.rule_set else [],
        "runs": runs,
        "may_enter": edition.state == "open" and innovations_to_enter(user).exists(),
        "entries": list(announced_entries(edition)) if is_told else [],
        **told_of_certificates(edition, user),
        "signers": edition.signers.all(),
        "statistics": statistics_of(edition) if is_told or runs else None,
        "is_told": is_told,
        "may_count": runs and edition.state in COUNTED and edition.register_id is None,
        "may_begin_next": runs and edition.state == "judging" and 0 < len(begun) < len(rounds),
        "steps": [
            each
            for each in open_steps(edition, user)
            if not each.step.by_action or each.step.code in OF_EDITIONS
        ],
        "events": timeline(edition, viewer=user),
        "next": next_steps(edition),
        "exports": FILES,
        "trail": [*under_awards(edition.programme), Crumb(str(edition.year))],
        **(told or {}),
    }
    return render(request, "awards/edition_page.html", context, status=status)
