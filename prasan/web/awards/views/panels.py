"""Panels, judges, ties, conflicts, assignment and the timetable, for whoever runs an edition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prasan.awards import actions
from prasan.awards.actions.panel import NO_PANEL
from prasan.awards.models import Edition, Judge, Presentation, StatedTie
from prasan.awards.queries import panels_of, sheets_for, told_conflicts
from prasan.judging import assignment
from prasan.judging.assignment import Shortage
from prasan.kernel.refusals import Refused
from prasan.web.agencies.views.acts import act_form, sent
from prasan.web.awards.forms import AssignForm, JudgeForm, PanelForm, PresentationForm, ReasonForm, TieForm
from prasan.web.awards.trails import under_edition
from prasan.web.awards.views.editions import organised
from prasan.web.shell.requests import SignedInRequest
from prasan.web.shell.trail import Crumb

_WHY = {
    assignment.TOO_FEW_FREE: gettext_lazy("too few judges are free of conflict"),
    assignment.BODY_LIMIT: gettext_lazy("too many of the free judges are of one body"),
    assignment.ALL_FULL: gettext_lazy("all free judges have as many entries as they may take"),
    assignment.LEAST_LOAD: gettext_lazy("a judge got fewer entries than the least"),
    assignment.FIXED_OVER_WANTED: gettext_lazy("earlier assignments give more judges than wanted"),
    assignment.FIXED_OVER_BODY: gettext_lazy("earlier assignments give more judges of one body than allowed"),
    assignment.FIXED_OVER_MOST: gettext_lazy("earlier assignments give a judge more than his most"),
    NO_PANEL: gettext_lazy("no panel is for its category"),
    assignment.FIXED_IN_CONFLICT: gettext_lazy("an earlier assignment is in conflict"),
}
"""Why something of an assignment could not be met, in words."""


@login_required
@require_safe
def panels_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who sits on which panel, which conflicts there are, and how far the scoring has come."""
    edition = organised(request, pk)
    rows = sheets_for(request.user).filter(round__edition=edition)
    sheets = list(rows.order_by("-round__number", "judge", "entry__number", "pk"))
    ties = StatedTie.objects.filter(judge__panel__edition=edition, withdrawn_at=None)
    context = {
        "edition": edition,
        "panels": panels_of(edition),
        "conflicts": told_conflicts(edition),
        "ties": ties.select_related("judge__person", "entry__innovation", "body").order_by("pk"),
        "sheets": sheets,
        "counted": Counter(each.state for each in sheets),
        "presentations": Presentation.objects.filter(round__edition=edition)
        .exclude(entry__state="withdrawn")
        .select_related("round", "entry__innovation"),
        "may_assign": edition.state == "judging",
        "may_seat": edition.state in ("prepared", "open", "screening", "judging"),
        "trail": [*under_edition(edition), Crumb(_("Panels and judges"))],
    }
    return render(request, "awards/panels_page.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def panel_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make a panel."""
    edition = organised(request, pk)
    form = PanelForm(sent(request), edition=edition)
    return act_form(
        request,
        form,
        lambda: actions.make_panel(edition, **form.cleaned_data, by=request.user),
        title=_("Make a panel"),
        button=_("Save"),
        back=reverse("awards:panels", args=[pk]),
        done=_("Saved."),
        trail=under_edition(edition),
    )


@login_required
@require_http_methods(["GET", "POST"])
def judge_form(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Seat a judge on a panel."""
    edition = organised(request, pk)
    panel = get_object_or_404(edition.panels, pk=number)
    form = JudgeForm(sent(request))
    return act_form(
        request,
        form,
        lambda: actions.seat_judge(panel, **form.cleaned_data, by=request.user),
        title=_("Seat a judge"),
        button=_("Save"),
        back=reverse("awards:panels", args=[pk]),
        done=_("Saved. Conflicts were looked for."),
        trail=under_edition(edition),
    )


@login_required
@require_http_methods(["GET", "POST"])
def unseat_form(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Take a judge off his panel."""
    edition = organised(request, pk)
    judge = _judge(edition, number)
    form = ReasonForm(sent(request), case=edition)
    return act_form(
        request,
        form,
        lambda: actions.unseat_judge(judge, by=request.user, note=form.cleaned_data["note"]),
        title=_("Take %(name)s off the panel") % {"name": judge.person.name},
        button=_("Take off"),
        back=reverse("awards:panels", args=[pk]),
        done=_("Saved."),
        effect=_("Sheets that are not handed in are taken off him; those handed in count."),
        danger=True,
        trail=under_edition(edition),
    )


@login_required
@require_http_methods(["GET", "POST"])
def tie_form(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Enter a tie that somebody reported of a judge."""
    edition = organised(request, pk)
    judge = _judge(edition, number)
    form = TieForm(sent(request))
    return act_form(
        request,
        form,
        lambda: actions.state_tie(judge, **form.cleaned_data, by=request.user),
        title=_("Enter a tie of %(name)s") % {"name": judge.person.name},
        button=_("Save"),
        back=reverse("awards:panels", args=[pk]),
        done=_("Saved. Sheets that are in conflict now were taken off the judge."),
        trail=under_edition(edition),
    )


@login_required
@require_POST
def tie_withdraw(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Let a stated tie count no more."""
    edition = organised(request, pk)
    tie = get_object_or_404(StatedTie, pk=number, judge__panel__edition=edition)

    def withdrawn() -> str:
        actions.withdraw_tie(tie, by=request.user)
        return _("Saved.")

    return _done(request, pk, withdrawn)


@login_required
@require_POST
def assign(request: SignedInRequest, pk: int) -> HttpResponse:
    """Assign the entries of the round to judges, without conflicts and evenly."""
    edition = organised(request, pk)
    try:
        shortages = actions.assign_judges(edition, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("awards:panels", pk)
    messages.success(request, _("Assigned."))
    for each in shortages:
        messages.warning(request, _told(edition, each))
    return redirect("awards:panels", pk)


@login_required
@require_POST
def look(request: SignedInRequest, pk: int) -> HttpResponse:
    """Look for conflicts anew."""
    edition = organised(request, pk)

    def looked() -> str:
        found = actions.look_for_conflicts(edition, by=request.user)
        return ngettext("%(number)d conflict found.", "%(number)d conflicts found.", found) % {
            "number": found
        }

    return _done(request, pk, looked)


@login_required
@require_http_methods(["GET", "POST"])
def assign_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Assign one entry to one judge."""
    edition = organised(request, pk)
    form = AssignForm(sent(request), edition=edition)
    return act_form(
        request,
        form,
        lambda: actions.assign_by_hand(**form.cleaned_data, by=request.user),
        title=_("Assign one entry"),
        button=_("Assign"),
        back=reverse("awards:panels", args=[pk]),
        done=_("Saved."),
        trail=under_edition(edition),
    )


@login_required
@require_http_methods(["GET", "POST"])
def presentation_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put an entry on the timetable of the present round."""
    edition = organised(request, pk)
    told = get_object_or_404(edition.rounds.filter(began_at__isnull=False).order_by("-number")[:1])
    form = PresentationForm(sent(request), told=told)
    return act_form(
        request,
        form,
        lambda: actions.set_presentation(
            told,
            form.cleaned_data["entry"],
            place=form.cleaned_data["place"],
            **form.times,
            by=request.user,
        ),
        title=_("Put an entry on the timetable"),
        button=_("Save"),
        back=reverse("awards:panels", args=[pk]),
        done=_("Saved."),
        trail=under_edition(edition),
    )


@login_required
@require_POST
def presentation_remove(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Take an entry off the timetable."""
    edition = organised(request, pk)
    presentation = get_object_or_404(Presentation, pk=number, round__edition=edition)

    def removed() -> str:
        actions.remove_presentation(presentation, by=request.user)
        return _("Removed.")

    return _done(request, pk, removed)


def _judge(edition: Edition, number: int) -> Judge:
    rows = Judge.objects.filter(panel__edition=edition, left_at=None)
    return get_object_or_404(rows.select_related("person", "panel"), pk=number)


def _done(request: SignedInRequest, pk: int, act: Callable[[], str]) -> HttpResponse:
    try:
        said = act()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("awards:panels", pk)


def _told(edition: Edition, shortage: Shortage) -> str:
    """What could not be met, with the entry or judge concerned."""
    why = _WHY[shortage.reason]
    whom = ""
    if shortage.entry is not None:
        whom = str(edition.entries.select_related("innovation").get(pk=shortage.entry))
    elif shortage.judge is not None:
        whom = Judge.objects.select_related("person").get(pk=shortage.judge).person.name
    return _("%(whom)s: %(found)d of %(wanted)d, because %(why)s.") % {
        "whom": whom,
        "found": shortage.found,
        "wanted": shortage.wanted,
        "why": why,
    }
