"""Following one's complaint with its number and its secret, without an account."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from prasan.cases.queries import timeline
from prasan.complaints.actions import answer_question, rate, reopen_by_sender
from prasan.complaints.actions.closing import REASONS
from prasan.complaints.models import Complaint
from prasan.complaints.queries import complaint_of_receipt, opened_by, question_to_sender
from prasan.complaints.receipts import digits_of
from prasan.kernel.refusals import Refused
from prasan.web.agencies.views.acts import sent
from prasan.web.complaints.forms.telling import AnswerForm, RateForm, TrackingForm
from prasan.web.complaints.forms.words import ReasonForm
from prasan.web.complaints.limits import is_too_often
from prasan.web.complaints.views.photographs import note_followed
from prasan.web.shell.trail import Crumb


@never_cache
@require_http_methods(["GET", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Ask for number and secret, and show the complaint that both open."""
    form = TrackingForm(sent(request))
    if request.method != "POST" or not form.is_valid():
        return _asked(request, form, status=422 if form.is_bound else 200)
    complaint, answer = _opened(request, form)
    return answer if complaint is None else _shown(request, complaint, form)


@never_cache
@require_POST
def sender_act(request: HttpRequest, code: str) -> HttpResponse:
    """Open one's complaint again, say how well it was settled, or answer what is asked."""
    form = TrackingForm(request.POST)
    if code not in _ACTS or not form.is_valid():
        raise Http404
    complaint, answer = _opened(request, form)
    if complaint is None:
        return answer
    ask, act = _ACTS[code]
    own = ask(request.POST)
    refusal = None
    tried: dict[str, Form] = {code: own}
    if own.is_valid():
        try:
            act(complaint, own)
            complaint.refresh_from_db()
            messages.success(request, _("Thank you. It is recorded."))
            tried = {}
        except Refused as refused:
            refusal = refused
    return _shown(request, complaint, form, refusal=refusal, **tried)


_ACTS: Mapping[str, tuple[type[Form], Callable[[Complaint, Form], object]]] = {
    "reopen": (ReasonForm, lambda case, form: reopen_by_sender(case, note=form.cleaned_data["note"])),
    "rate": (RateForm, lambda case, form: rate(case, form.cleaned_data["score"])),
    "answer": (AnswerForm, lambda case, form: answer_question(case, words=form.cleaned_data["words"])),
}
"""What a sender can do with his own complaint: what is asked of him, and the act."""


def _opened(request: HttpRequest, form: TrackingForm) -> tuple[Complaint | None, HttpResponse]:
    """The complaint, or the answer that is the same for every wrong pair."""
    receipt, secret = form.cleaned_data["receipt"], form.cleaned_data["secret"]
    if is_too_often(request, "track", key=digits_of(receipt)[:20]):
        return None, render(request, "429.html", status=429)
    complaint = complaint_of_receipt(receipt, secret)
    if complaint is not None:
        return complaint, redirect("complaints:track")
    form.add_error(None, _("No complaint has this number and this secret. Please check both."))
    return None, _asked(request, form, status=422)


def _asked(request: HttpRequest, form: TrackingForm, status: int) -> HttpResponse:
    context = {"form": form, "trail": [Crumb(_("Follow a complaint"))]}
    return render(request, "complaints/tracking_form.html", context, status=status)


def _shown(request: HttpRequest, complaint: Complaint, form: TrackingForm, **told: object) -> HttpResponse:
    course = opened_by(complaint)
    question = question_to_sender(complaint)
    context = {
        "complaint": complaint,
        "course": course,
        "events": timeline(course, viewer=None),
        "closing": REASONS.get(course.closing_reason, ""),
        "photographs": note_followed(request, complaint),
        "asked": form,
        "question": question,
        "answer": AnswerForm() if question else None,
        "reopen": ReasonForm() if complaint.state == "closed" else None,
        "rate": RateForm() if complaint.state == "closed" and complaint.satisfaction is None else None,
        "trail": [Crumb(_("Follow a complaint"))],
        **told,
    }
    return render(request, "complaints/tracking_page.html", context)
