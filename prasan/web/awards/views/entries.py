"""Entering an innovation, and screening what was entered."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prasan.agencies.queries import decide
from prasan.awards import rules
from prasan.awards.actions import begin_entry, change_entry, remind_of_entry
from prasan.awards.models import Entry
from prasan.awards.queries import (
    BY_PROVINCE,
    editions_for,
    eligibility_of,
    entries_for,
    evidence_of,
    file_entered,
    innovations_to_enter,
    measures_of,
    organises,
    own_entries,
    parts_of,
    returned_in,
    with_province_key,
)
from prasan.awards.queries.certificates import has_certificates
from prasan.awards.states import ENTRY
from prasan.cases.queries import next_steps, open_steps, timeline
from prasan.innovations.queries import innovations_for
from prasan.kernel.refusals import Refused
from prasan.web.agencies.lists import by_state
from prasan.web.agencies.views.acts import act_form, made_already, sent
from prasan.web.agencies.views.stepping import asking_step
from prasan.web.awards.exports import entries_table
from prasan.web.awards.forms import ChangeEntryForm, EntryForm
from prasan.web.awards.steps import OF_ENTRIES
from prasan.web.awards.trails import under_awards, under_edition, under_entry
from prasan.web.awards.views.editions import organised
from prasan.web.documents.serving import file_response
from prasan.web.shell.exports import table_file
from prasan.web.shell.lists import Order, list_frame
from prasan.web.shell.requests import SignedInRequest
from prasan.web.shell.trail import Crumb


@login_required
@require_safe
def own_list(request: SignedInRequest) -> HttpResponse:
    """The entries of the own agency."""
    frame = list_frame(
        request,
        own_entries(request.user),
        filters=[by_state(ENTRY)],
        orders=[Order("new", _("Newest first"), ("-pk",))],
    )
    context = {"frame": frame, "trail": [*under_awards(), Crumb(_("Own entries"))]}
    return render(request, "awards/own_list.html", context)


@login_required
@require_safe
def edition_entries(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """All entries of an edition, for whoever runs it."""
    edition = organised(request, pk)
    frame = list_frame(
        request,
        with_province_key(entries_for(request.user).filter(edition=edition, number__isnull=False)).exclude(
            state="draft"
        ),
        filters=[by_state(ENTRY)],
        orders=[
            Order("number", _("By number"), ("number", "pk")),
            Order("province", _("By province"), BY_PROVINCE),
        ],
        exports=("csv", "xlsx"),
    )
    if frame.export:
        return table_file(request, entries_table(frame.found), frame.export, name=f"entries-{pk}")
    context = {
        "frame": frame,
        "edition": edition,
        "returned": returned_in(edition),
        "trail": [*under_edition(edition), Crumb(_("Entries for the award"))],
    }
    return render(request, "awards/entry_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@transaction.atomic
def entry_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Enter an innovation of the own agency."""
    edition = get_object_or_404(editions_for(request.user), pk=pk)
    if (made := made_already(request, Entry.objects.filter(created_by=request.user))) is not None:
        return redirect("awards:entry", made.pk)
    if edition.state != "open" or not innovations_to_enter(request.user).exists():
        raise Http404
    form = EntryForm(sent(request), by=request.user, edition=edition)
    return act_form(
        request,
        form,
        lambda: _begin(request, form, pk),
        title=_("Enter an innovation"),
        button=_("Keep as a draft"),
        back=reverse("awards:edition", args=[pk]),
        effect=_("Next you see how it stands by the rules; then you enter it."),
        trail=under_edition(edition),
    )


@login_required
@require_http_methods(["GET", "POST"])
def change_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a draft, or an entry that was returned."""
    entry = get_object_or_404(entries_for(request.user), pk=pk)
    if not _may_change(request, entry):
        raise Http404
    form = ChangeEntryForm(sent(request), edition=entry.edition, entry=entry)
    return act_form(
        request,
        form,
        lambda: change_entry(
            entry,
            form.cleaned_data["category"],
            supporters=form.cleaned_data["supporters"],
            by=request.user,
        ),
        title=_("Change the entry"),
        button=_("Save"),
        back=reverse("awards:entry", args=[pk]),
        done=_("Saved."),
        trail=under_entry(entry),
    )


@require_safe
def entry_page(request: HttpRequest, pk: int) -> HttpResponse:
    """An entry, for its agency and the organiser, and for everybody once its result is announced."""
    entry = get_object_or_404(entries_for(request.user), pk=pk)
    user = request.user
    is_inside = bool(decide(user, rules.VIEW_ENTRY_INSIDE, entry))
    context = {
        "entry": entry,
        "award": getattr(entry, "award", None),
        "has_certificate": has_certificates(entry.edition) and entry.state in ("awarded", "not_awarded"),
        "supporters": entry.supporters.all() if is_inside else [],
        "eligibility": eligibility_of(entry) if is_inside and entry.edition.rule_set else None,
        "parts": parts_of(entry) if is_inside else [],
        "measures": measures_of(entry) if is_inside else [],
        "evidence": evidence_of(entry) if is_inside else [],
        "may_see_innovation": innovations_for(user).filter(pk=entry.innovation_id).exists(),
        "presentations": entry.presentations.select_related("round") if is_inside else [],
        "may_change": _may_change(request, entry),
        "steps": [each for each in open_steps(entry, user) if each.step.code in OF_ENTRIES],
        "events": timeline(entry, viewer=user),
        "next": next_steps(entry),
        "trail": [*under_edition(entry.edition), Crumb(entry.title)],
    }
    return render(request, "awards/entry_page.html", context)


@login_required
@require_safe
def entry_file(request: SignedInRequest, pk: int, number: int) -> HttpResponseBase:
    """A file that proves what an entry says, for its agency and the organiser."""
    entry = get_object_or_404(entries_for(request.user), pk=pk)
    if not decide(request.user, rules.VIEW_ENTRY_INSIDE, entry):
        raise Http404
    evidence = file_entered(entry, number)
    if evidence is None or evidence.file is None:
        raise Http404
    return file_response(request, evidence.file, name=evidence.title)


@login_required
@require_POST
def entry_remind(request: SignedInRequest, pk: int) -> HttpResponse:
    """Remind the agency of an entry that was returned and has not come back."""
    entry = get_object_or_404(entries_for(request.user), pk=pk)
    if not organises(request.user, entry.edition):
        raise Http404
    try:
        remind_of_entry(entry, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Those who entered it get a letter."))
    return redirect("awards:entries", entry.edition_id)


@login_required
@require_http_methods(["GET", "POST"])
def entry_act(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Enter, take back, return, admit, refuse, reconsider or withdraw."""
    entry = get_object_or_404(entries_for(request.user), pk=pk)
    if not decide(request.user, rules.VIEW_ENTRY_INSIDE, entry):
        raise Http404
    return asking_step(
        request,
        entry,
        code,
        asked=OF_ENTRIES,
        back=reverse("awards:entry", args=[pk]),
        trail=under_entry(entry),
        template="awards/entry_act_form.html",
        about={"eligibility": eligibility_of(entry), "entry": entry},
    )


def _begin(request: SignedInRequest, form: EntryForm, pk: int) -> HttpResponse:
    told = form.cleaned_data
    made = begin_entry(
        editions_for(request.user).get(pk=pk),
        told["category"],
        told["innovation"],
        supporters=told["supporters"],
        by=request.user,
        form_key=told["form_key"],
    )
    messages.success(request, _("Kept as a draft. Please look at the rules, then enter it."))
    return redirect("awards:entry", made.pk)


def _may_change(request: HttpRequest, entry: Entry) -> bool:
    return entry.state in ("draft", "returned") and bool(decide(request.user, rules.ENTER, entry))
