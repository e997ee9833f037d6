"""What a judge does: read an entry, score it, hand it in, say what ties him. Made for a phone."""

from __future__ import annotations

from decimal import Decimal

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from prasan.agencies.queries import decide
from prasan.awards import rules
from prasan.awards.actions import hand_in, keep_scores, state_tie
from prasan.awards.counting import plain
from prasan.awards.models import ScoreSheet
from prasan.awards.queries import file_entered, own_sheets, seats_of, seen_on, sheets_for
from prasan.cases.queries import open_steps, timeline
from prasan.kernel.refusals import Refused
from prasan.web.agencies.views.acts import act_form, sent
from prasan.web.agencies.views.stepping import asking_step
from prasan.web.awards.exports import sheets_table
from prasan.web.awards.forms import SheetForm, TieForm
from prasan.web.awards.steps import OF_SHEETS
from prasan.web.awards.trails import under_awards, under_edition, under_judging
from prasan.web.documents.serving import file_response
from prasan.web.shell.exports import table_file
from prasan.web.shell.lists import Order, list_frame
from prasan.web.shell.requests import SignedInRequest
from prasan.web.shell.trail import Crumb


@login_required
@require_safe
def judging_list(request: SignedInRequest) -> HttpResponseBase:
    """The entries that were assigned to the person, those still to be scored first."""
    frame = list_frame(
        request,
        own_sheets(request.user),
        orders=[Order("open", _("To be scored first"), ("-state", "pk"))],
        exports=("csv", "xlsx"),
    )
    if frame.export:
        return table_file(request, sheets_table(seen_on(frame.found)), frame.export, name="scoring")
    context = {
        "frame": frame,
        "rows": seen_on(frame.rows),
        "seats": seats_of(request.user),
        "trail": [*under_awards(), Crumb(_("Entries to score"))],
    }
    return render(request, "awards/judging_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def sheet_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """A score sheet: the judge fills it in; whoever runs the edition reads it."""
    sheet = get_object_or_404(sheets_for(request.user), pk=pk)
    may_score = sheet.state == "open" and bool(decide(request.user, rules.SCORE, sheet))
    criteria = list(sheet.round.criteria.all())
    form = SheetForm(sent(request), sheet=sheet, criteria=criteria)
    if request.method == "POST" and not may_score:
        raise Http404
    refusal: Refused | None = None
    if request.method == "POST" and form.is_valid():
        try:
            return _keep(request, sheet, form)
        except Refused as refused:
            refusal = refused
    return _show(request, sheet, form, may_score=may_score, refusal=refusal)


@login_required
@require_safe
def sheet_file(request: SignedInRequest, pk: int, number: int) -> HttpResponseBase:
    """A file of an entry for its judge; never in a blind round, whoever asks."""
    sheet = get_object_or_404(sheets_for(request.user).filter(round__is_blind=False), pk=pk)
    evidence = file_entered(sheet.entry, number)
    if evidence is None or evidence.file is None or sheet.state == "withdrawn":
        raise Http404
    return file_response(request, evidence.file, name=evidence.title)


@login_required
@require_http_methods(["GET", "POST"])
def sheet_act(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Open again, take off, or give back."""
    sheet = get_object_or_404(sheets_for(request.user), pk=pk)
    if not decide(request.user, rules.ORGANISE, sheet):
        raise Http404
    return asking_step(
        request,
        sheet,
        code,
        asked=OF_SHEETS,
        back=reverse("awards:sheet", args=[pk]),
        trail=under_edition(sheet.round.edition),
    )


@login_required
@require_http_methods(["GET", "POST"])
def sheet_tie(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that one is tied to the entry of a sheet; it is taken off at once."""
    sheet = get_object_or_404(own_sheets(request.user), pk=pk)
    (_sheet, seen), *_none = seen_on([sheet])
    form = TieForm(sent(request), entry=True)
    return act_form(
        request,
        form,
        lambda: state_tie(sheet.judge, entry=sheet.entry, why=form.cleaned_data["why"], by=request.user),
        title=_("I am tied to this entry"),
        button=_("Say so"),
        back=reverse("awards:judging"),
        done=_("Thank you. The entry was taken off you."),
        effect=_("Entry %(code)s: %(title)s") % {"code": seen.code, "title": seen.title},
        trail=under_judging(),
    )


@login_required
@require_http_methods(["GET", "POST"])
def seat_tie(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say to which agency one is tied."""
    seat = get_object_or_404(seats_of(request.user), pk=pk)
    form = TieForm(sent(request))
    return act_form(
        request,
        form,
        lambda: state_tie(seat, **form.cleaned_data, by=request.user),
        title=_("I am tied to an agency"),
        button=_("Say so"),
        back=reverse("awards:judging"),
        done=_("Thank you. Its entries are not given to you."),
        trail=under_judging(),
    )


def _keep(request: SignedInRequest, sheet: ScoreSheet, form: SheetForm) -> HttpResponse:
    remark = form.cleaned_data["remark"]
    if "hand_in" not in request.POST:
        keep_scores(sheet, form.marks, by=request.user, remark=remark)
        messages.success(request, _("Kept. It counts once you hand it in."))
        return redirect("awards:sheet", sheet.pk)
    hand_in(sheet, form.marks, by=request.user, remark=remark)
    messages.success(request, _("Handed in. Thank you."))
    waiting = own_sheets(request.user).filter(state="open").order_by("pk")
    upcoming = waiting.filter(pk__gt=sheet.pk).first() or waiting.first()
    if upcoming is None:
        return redirect("awards:judging")
    return redirect("awards:sheet", upcoming.pk)


def _show(
    request: SignedInRequest,
    sheet: ScoreSheet,
    form: SheetForm,
    *,
    may_score: bool,
    refusal: Refused | None,
) -> HttpResponse:
    (_sheet, seen), *_none = seen_on([sheet])
    is_own = bool(decide(request.user, rules.SCORE, sheet))
    runs = bool(decide(request.user, rules.ORGANISE, sheet))
    trail = under_edition(sheet.round.edition) if runs and not is_own else under_judging()
    scores = {each.criterion_id: Decimal(plain(each.value)) for each in sheet.scores.all()}
    context = {
        "sheet": sheet,
        "seen": seen,
        "form": form,
        "may_score": may_score,
        "is_own": is_own,
        "runs": runs,
        "refusal": refusal,
        "scores": [(each, scores.get(each.pk)) for each in form.criteria],
        "presentation": sheet.round.presentations.filter(entry=sheet.entry).first(),
        "steps": [each for each in open_steps(sheet, request.user) if each.step.code in OF_SHEETS],
        "events": timeline(sheet, viewer=request.user) if runs or not sheet.round.is_blind else [],
        "trail": [*trail, Crumb(_("Entry %(code)s") % {"code": seen.code})],
    }
    return render(request, "awards/sheet_page.html", context, status=422 if request.method == "POST" else 200)
