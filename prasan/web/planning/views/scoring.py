"""Scoring sheets: preparing one, giving marks, the ranking with other weights, freezing it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from prasan.accounts.models import User
from prasan.agencies.queries import decide
from prasan.cases.queries import open_steps, timeline
from prasan.planning import rules
from prasan.planning.actions import give_marks, give_marks_to_several, prepare_sheet, write_criteria
from prasan.planning.models import ScoreSheet
from prasan.planning.queries import (
    all_marks_by,
    markable_by,
    marks_by,
    marks_of,
    may_score,
    proposals_on,
    ranking_of,
    sheets_for,
    unmarked_by,
)
from prasan.planning.states import SHEET
from prasan.web.agencies.lists import by_state
from prasan.web.agencies.views.acts import act_form, made_already, sent
from prasan.web.planning.exports import ranking_table
from prasan.web.planning.forms.scoring import (
    CriteriaForm,
    MarksForm,
    MarksTableForm,
    SheetForm,
    WeightsForm,
    provinces_keeping_sheets,
    words_of,
)
from prasan.web.planning.steps import OF_SHEETS
from prasan.web.planning.trails import under_sheets
from prasan.web.planning.views.moving import asking_step
from prasan.web.shell.exports import table_file
from prasan.web.shell.lists import Order, list_frame
from prasan.web.shell.requests import SignedInRequest
from prasan.web.shell.trail import Crumb

ROWS_OF_MARKS = 50
"""Proposals in one table of marks."""


@login_required
@require_safe
def sheet_list(request: SignedInRequest) -> HttpResponse:
    """The scoring sheets that the person may see."""
    frame = list_frame(
        request,
        sheets_for(request.user),
        filters=[by_state(SHEET)],
        orders=[Order("new", _("Latest year first"), ("-fiscal_year", "-pk"))],
    )
    context = {
        "frame": frame,
        "may_prepare": provinces_keeping_sheets(request.user).exists(),
        "trail": [Crumb(_("Scoring sheets"))],
    }
    return render(request, "planning/sheet_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@transaction.atomic
def sheet_form(request: SignedInRequest) -> HttpResponse:
    """Prepare a sheet."""
    if made_already(request, ScoreSheet.objects.filter(created_by=request.user)) is not None:
        return redirect("planning:sheet-list")
    if not provinces_keeping_sheets(request.user).exists():
        raise Http404
    form = SheetForm(sent(request), by=request.user)
    return act_form(
        request,
        form,
        lambda: prepare_sheet(
            form.cleaned_data["area"],
            form.cleaned_data["fiscal_year"],
            form.cleaned_data["title"],
            form.words,
            by=request.user,
            form_key=form.cleaned_data["form_key"],
        ),
        title=_("Prepare a scoring sheet"),
        button=_("Save the sheet"),
        back=reverse("planning:sheet-list"),
        done=_("The sheet is saved. Please open it for scoring when it is ready."),
        trail=under_sheets(),
        template="planning/sheet_form.html",
    )


@login_required
@require_http_methods(["GET", "POST"])
def criteria_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change the criteria of a sheet that is being prepared."""
    sheet = get_object_or_404(sheets_for(request.user), pk=pk)
    if sheet.state != "draft" or not decide(request.user, rules.KEEP_SHEET, sheet):
        raise Http404
    form = CriteriaForm(sent(request), criteria=words_of(sheet))
    return act_form(
        request,
        form,
        lambda: write_criteria(sheet, form.words, by=request.user),
        title=_("Change the criteria"),
        button=_("Save"),
        back=reverse("planning:sheet", args=[pk]),
        done=_("The criteria are saved."),
        trail=under_sheets(sheet),
        template="planning/sheet_form.html",
    )


@login_required
@require_safe
def sheet_page(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """A sheet with its ranking as it stands, or as it would stand with the weights in the address."""
    sheet = get_object_or_404(sheets_for(request.user), pk=pk)
    criteria = list(sheet.criteria.all())
    weights_form = WeightsForm(request.GET if _tries_weights(request) else None, criteria=criteria)
    weights = weights_form.weights if weights_form.is_bound and weights_form.is_valid() else {}
    rows = ranking_of(sheet, weights) if sheet.state != "draft" else []
    if request.GET.get("export") in ("csv", "xlsx"):
        return table_file(request, ranking_table(criteria, rows), request.GET["export"], name="ranking")
    user = request.user
    context = {
        "sheet": sheet,
        "criteria": criteria,
        "rows": rows,
        "tries": bool(weights),
        "weights_form": weights_form,
        "waiting": proposals_on(sheet).count() if sheet.state == "draft" else 0,
        "owed": set(unmarked_by(sheet, user).values_list("pk", flat=True)) if sheet.state == "open" else (),
        "steps": [each for each in open_steps(sheet, user) if each.step.code in OF_SHEETS],
        "may_mark": markable_by(sheet, user).exists(),
        "may_edit": sheet.state == "draft" and bool(decide(user, rules.KEEP_SHEET, sheet)),
        "events": timeline(sheet, viewer=user),
        "trail": [*under_sheets(), Crumb(sheet.title)],
    }
    return render(request, "planning/sheet_page.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def sheet_act(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Open, take back, freeze or open again."""
    sheet = get_object_or_404(sheets_for(request.user), pk=pk)
    return asking_step(
        request,
        sheet,
        code,
        asked=OF_SHEETS,
        back=reverse("planning:sheet", args=[pk]),
        trail=under_sheets(sheet),
        template="planning/sheet_step_form.html",
    )


@login_required
@require_http_methods(["GET", "POST"])
def marks_form(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """One proposal on a sheet: its points explained, everybody's marks, and the person's own to give."""
    sheet = get_object_or_404(sheets_for(request.user), pk=pk)
    proposal = get_object_or_404(proposals_on(sheet), pk=number)
    may_mark = may_score(request.user, sheet, proposal)
    if request.method == "POST" and not may_mark:
        raise Http404
    criteria = list(sheet.criteria.all())
    form = MarksForm(sent(request), criteria=criteria, marks=marks_by(sheet, request.user, proposal))
    named = {str(each.pk): each for each in criteria}
    row = next(each for each in ranking_of(sheet) if each.proposal == proposal)
    return act_form(
        request,
        form,
        lambda: give_marks(sheet, proposal, form.words, by=request.user),
        title=proposal.name,
        button=_("Save the marks"),
        back=_next_to_mark(request, sheet, proposal.pk),
        done=_("The marks are saved."),
        trail=under_sheets(sheet),
        template="planning/marks_form.html",
        about={
            "sheet": sheet,
            "proposal": proposal,
            "row": row,
            "shares": [(named[each.criterion], each) for each in row.standing.shares],
            "marks": marks_of(sheet, proposal),
            "may_mark": may_mark,
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def marks_table(request: SignedInRequest, pk: int) -> HttpResponse:
    """The proposals that wait for the person's marks in one table, as many at a time as a page holds."""
    sheet = get_object_or_404(sheets_for(request.user), pk=pk)
    waiting = unmarked_by(sheet, request.user)
    rows = markable_by(sheet, request.user)
    if request.method == "POST":
        named = [key for key in request.POST.getlist("proposal")[:ROWS_OF_MARKS] if key.isdecimal()]
        proposals = list(rows.filter(pk__in=named))
    else:
        proposals = list(waiting[:ROWS_OF_MARKS]) or list(rows[:ROWS_OF_MARKS])
    if not proposals:
        raise Http404
    form = MarksTableForm(
        sent(request),
        criteria=list(sheet.criteria.all()),
        proposals=proposals,
        marks=all_marks_by(sheet, request.user),
    )
    return act_form(
        request,
        form,
        lambda: _keep_table(sheet, form, by=request.user),
        title=_("Give marks in a table"),
        button=_("Save the marks"),
        back=reverse("planning:sheet", args=[pk]),
        done=_("The marks are saved."),
        trail=under_sheets(sheet),
        template="planning/marks_table.html",
        about={"sheet": sheet, "more": max(0, waiting.count() - len(proposals))},
    )


def _keep_table(sheet: ScoreSheet, form: MarksTableForm, *, by: User) -> HttpResponse | None:
    """Keep the marks; where other proposals still wait, the next page of the table follows."""
    give_marks_to_several(sheet, form.words, by=by)
    return redirect("planning:marks-table", sheet.pk) if unmarked_by(sheet, by).exists() else None


def _next_to_mark(request: SignedInRequest, sheet: ScoreSheet, after: int) -> str:
    """Where to go when the marks are saved: the next proposal that waits for this person, or the sheet."""
    if request.method != "POST":
        return reverse("planning:sheet", args=[sheet.pk])
    waiting = unmarked_by(sheet, request.user).exclude(pk=after)
    upcoming = waiting.filter(pk__gt=after).first() or waiting.first()
    if upcoming is None:
        return reverse("planning:sheet", args=[sheet.pk])
    return reverse("planning:marks", args=[sheet.pk, upcoming.pk])


def _tries_weights(request: SignedInRequest) -> bool:
    return any(name.startswith("w") and name[1:].isdigit() for name in request.GET)
