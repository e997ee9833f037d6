"""Calls for needs and proposals: the list, one call with who has answered, and what its keeper does."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from prasan.agencies.models import Call
from prasan.agencies.queries import decide
from prasan.kernel.calendar import today
from prasan.kernel.digits import format_number
from prasan.notices.actions import remind
from prasan.notices.queries import reminding_of
from prasan.places.models import Area
from prasan.places.queries import area_of
from prasan.planning import rules
from prasan.planning.actions import (
    change_terms,
    extend_planning_call,
    open_planning_call,
    report_nothing,
    sign_exception,
    take_back_nothing,
    withdraw_exception,
)
from prasan.planning.models import CallException, CallTerms
from prasan.planning.queries import (
    answers_for,
    answers_owed_by,
    asked_so_far,
    calls_for,
    exceptions_of,
    named,
    nothing_reported_by,
    progress_below,
    progress_by_kind,
    provinces_to_call,
)
from prasan.web.agencies.views.acts import act_form, made_already, sent
from prasan.web.planning.exports import answers_table
from prasan.web.planning.forms.call import CallForm, ExceptionForm, ExtendForm, NothingForm, TermsForm
from prasan.web.planning.forms.steps import ConfirmForm
from prasan.web.planning.lists import by_answer, by_call_state, by_kind_of_asked, inside_place
from prasan.web.planning.trails import under_calls
from prasan.web.shell.exports import table_file
from prasan.web.shell.lists import Order, list_frame
from prasan.web.shell.preferences import digits_now
from prasan.web.shell.requests import SignedInRequest
from prasan.web.shell.trail import Crumb


@require_safe
def call_list(request: HttpRequest) -> HttpResponse:
    """All calls for needs and proposals, for everybody to read."""
    frame = list_frame(
        request,
        calls_for(request.user),
        filters=[by_call_state()],
        orders=[Order("last", _("Closes last"), ("-closes", "-pk"))],
    )
    context = {
        "frame": frame,
        "today": today(),
        "may_open": provinces_to_call(request.user).exists(),
        "trail": [Crumb(_("Calls"))],
    }
    return render(request, "planning/call_list.html", context)


@require_safe
def call_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What a call asks and when it closes; for officers also who has answered and who has not."""
    call = get_object_or_404(calls_for(request.user), pk=pk)
    user, terms = request.user, _terms_of(call)
    answers = answers_for(user, call)
    place = _place(request, call)
    is_watcher = bool(decide(user, rules.WATCH_CALL, call))
    below = progress_below(answers, place) if is_watcher else []
    rows = answers if request.GET.get("answer") in ("given", "nothing") else answers.filter(answered_at=None)
    frame = list_frame(
        request,
        rows,
        search=named,
        filters=[by_answer(), by_kind_of_asked(), *inside_place(call.area, place, below)],
        orders=[
            Order("place", _("Place"), ("area__path", "agency__sort_key", "pk")),
            Order("name", _("Name"), ("area__sort_key", "agency__sort_key", "pk")),
        ],
        exports=("csv", "xlsx"),
    )
    if frame.export:
        return table_file(request, answers_table(frame.found), frame.export, name="answers")
    may_keep = bool(decide(user, rules.KEEP_CALL, call))
    asked = asked_so_far(call) if is_watcher else None
    context = {
        "call": call,
        "terms": terms,
        "today": today(),
        "days": call.window.days_left,
        "frame": frame,
        "kinds": progress_by_kind(answers),
        "place": place,
        "below": below,
        "is_watcher": is_watcher,
        "asked": asked,
        "is_above": asked is not None and terms.ceiling is not None and asked > terms.ceiling,
        "may_keep": may_keep,
        "may_change": may_keep and not call.answers.exclude(answered_at=None).exists(),
        "exceptions": exceptions_of(call) if is_watcher else (),
        "reminding": reminding_of(call) if may_keep else None,
        "owed": answers_owed_by(user).filter(call=call),
        "nothing": nothing_reported_by(user, call) if call.window.days_left else (),
        "trail": [*under_calls(), Crumb(call.title)],
    }
    return render(request, "planning/call_page.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def call_form(request: SignedInRequest) -> HttpResponse:
    """Open a call."""
    if not provinces_to_call(request.user).exists():
        raise Http404
    form = CallForm(sent(request), by=request.user)
    return act_form(
        request,
        form,
        lambda: open_planning_call(
            form.cleaned_data["area"],
            form.cleaned_data["title"],
            form.words,
            fiscal_year=form.cleaned_data["fiscal_year"],
            opens=form.cleaned_data["opens"],
            closes=form.cleaned_data["closes"],
            asked=form.cleaned_data["asked"],
            by=request.user,
        ),
        title=_("Open a call"),
        button=_("Open the call"),
        back=reverse("planning:call-list"),
        done=_("The call is open to those who must answer, from its first day on."),
        trail=under_calls(),
    )


@login_required
@require_http_methods(["GET", "POST"])
def terms_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change the terms of a call that nobody has answered yet."""
    call = _kept_call(request, pk)
    form = TermsForm(sent(request), provinces=[call.area], terms=_terms_of(call))
    return act_form(
        request,
        form,
        lambda: change_terms(call, form.words, by=request.user),
        title=_("Change the terms"),
        button=_("Save"),
        back=reverse("planning:call", args=[pk]),
        done=_("The terms are saved."),
        trail=under_calls(call),
    )


@login_required
@require_http_methods(["GET", "POST"])
def extend_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a call a later last day."""
    call = _kept_call(request, pk)
    form = ExtendForm(sent(request), call=call)
    return act_form(
        request,
        form,
        lambda: extend_planning_call(call, form.cleaned_data["closes"], by=request.user),
        title=_("Extend the call"),
        button=_("Extend the call"),
        back=reverse("planning:call", args=[pk]),
        done=_("The call takes answers up to the new day."),
        trail=under_calls(call),
        effect=_("Everybody can answer up to midnight of the new day."),
    )


@login_required
@require_http_methods(["GET", "POST"])
@transaction.atomic
def exception_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let somebody in late."""
    call = _kept_call(request, pk)
    signed = CallException.objects.filter(call=call, signed_by=request.user)
    if made_already(request, signed) is not None:
        return redirect("planning:call", pk)
    form = ExceptionForm(sent(request), call=call)
    return act_form(
        request,
        form,
        lambda: sign_exception(call, **form.cleaned_data, by=request.user),
        title=_("Let a late entry in"),
        button=_("Sign the exception"),
        back=reverse("planning:call", args=[pk]),
        done=_("The exception is signed and recorded."),
        trail=under_calls(call),
        effect=_("Your post and the day are recorded with it."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def exception_withdraw(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Let nobody in by an exception any more."""
    call = _kept_call(request, pk)
    exception = get_object_or_404(exceptions_of(call), pk=number)
    return act_form(
        request,
        _nothing_asked(request),
        lambda: withdraw_exception(exception, by=request.user),
        title=_("Withdraw the exception"),
        button=_("Withdraw the exception"),
        back=reverse("planning:call", args=[pk]),
        done=_("The exception is withdrawn. It stays to be read."),
        trail=under_calls(call),
        effect=_("It lets nobody in any more. What came in by it stays in the call."),
        danger=True,
    )


@login_required
@require_http_methods(["GET", "POST"])
def remind_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Remind those who have not answered, once each."""
    call = _kept_call(request, pk)
    return act_form(
        request,
        _nothing_asked(request),
        lambda: _reminded(request, remind(call, by=request.user), pk),
        title=_("Remind those who have not answered"),
        button=_("Send the reminder"),
        back=reverse("planning:call", args=[pk]),
        trail=under_calls(call),
        effect=_("Each person is reminded of a call once, by you or three days before it closes."),
        template="planning/remind_form.html",
        about={"reminding": reminding_of(call)},
    )


@login_required
@require_http_methods(["GET", "POST"])
def nothing_form(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Answer with “nothing to report this year”."""
    call = get_object_or_404(calls_for(request.user), pk=pk)
    answer = get_object_or_404(answers_owed_by(request.user), call=call, pk=number)
    form = NothingForm(sent(request))
    return act_form(
        request,
        form,
        lambda: report_nothing(answer, form.cleaned_data["reason"], by=request.user),
        title=_("Nothing to report this year"),
        button=_("Answer: nothing to report"),
        back=reverse("planning:call", args=[pk]),
        done=_("Your answer is kept. You can take it back while the call is open."),
        trail=under_calls(call),
        effect=_("It counts as an answer. A need that is entered later takes its place."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def nothing_take_back(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Take “nothing to report” back."""
    call = get_object_or_404(calls_for(request.user), pk=pk)
    report = get_object_or_404(nothing_reported_by(request.user, call), pk=number)
    return act_form(
        request,
        _nothing_asked(request),
        lambda: take_back_nothing(report.answer, by=request.user),
        title=_("Take back “nothing to report”"),
        button=_("Take back"),
        back=reverse("planning:call", args=[pk]),
        done=_("It is taken back. The call waits for your answer again."),
        trail=under_calls(call),
        effect=_("The call waits for your answer again."),
    )


def _reminded(request: SignedInRequest, number: int, pk: int) -> HttpResponse:
    shown = {"number": format_number(number, digits_now())}
    messages.success(request, _("The reminder is on its way. People reminded now: %(number)s.") % shown)
    return redirect("planning:call", pk)


def _nothing_asked(request: SignedInRequest) -> ConfirmForm:
    form = ConfirmForm(sent(request))
    del form.fields["note"]
    return form


def _kept_call(request: SignedInRequest, pk: int) -> Call:
    call: Call = get_object_or_404(calls_for(request.user), pk=pk)
    if not decide(request.user, rules.KEEP_CALL, call):
        raise Http404
    return call


def _terms_of(call: Call) -> CallTerms:
    rows = CallTerms.objects.select_related("plan__area").prefetch_related("issues", "kinds__kind")
    return rows.get(call=call)


def _place(request: HttpRequest, call: Call) -> Area:
    """The place inside the call that the address names; the whole of it where it names none."""
    area = area_of(request.GET.get("in", "")) if request.GET.get("in", "").isdigit() else None
    return area if area is not None and area.path.startswith(call.area.path) else call.area
