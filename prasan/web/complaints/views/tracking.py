"""Following one's complaint with its number and its secret, without an account."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from prasan.cases.queries import timeline
from prasan.complaints.actions import rate, reopen_by_sender
from prasan.complaints.actions.closing import REASONS
from prasan.complaints.models import Complaint
from prasan.complaints.queries import complaint_of_receipt, opened_by
from prasan.complaints.receipts import digits_of
from prasan.kernel.refusals import Refused
from prasan.web.agencies.views.acts import sent
from prasan.web.complaints.forms import RateForm, ReasonForm, TrackingForm
from prasan.web.complaints.limits import is_too_often
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
    """Open one's complaint again, or say how well it was settled."""
    form = TrackingForm(request.POST)
    if code not in ("reopen", "rate") or not form.is_valid():
        raise Http404
    complaint, answer = _opened(request, form)
    if complaint is None:
        return answer
    own = ReasonForm(request.POST) if code == "reopen" else RateForm(request.POST)
    refusal = None
    if own.is_valid():
        try:
            if code == "reopen":
                complaint = reopen_by_sender(complaint, note=own.cleaned_data["note"])
            else:
                complaint = rate(complaint, own.cleaned_data["score"])
            messages.success(request, _("Thank you. It is recorded."))
        except Refused as refused:
            refusal = refused
    return _shown(request, complaint, form, **{code: own, "refusal": refusal})


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
    context = {
        "complaint": complaint,
        "course": course,
        "events": timeline(course, viewer=None),
        "closing": REASONS.get(course.closing_reason, ""),
        "asked": form,
        "reopen": ReasonForm() if complaint.state == "closed" else None,
        "rate": RateForm() if complaint.state == "closed" and complaint.satisfaction is None else None,
        "trail": [Crumb(_("Follow a complaint"))],
        **told,
    }
    return render(request, "complaints/tracking_page.html", context)
