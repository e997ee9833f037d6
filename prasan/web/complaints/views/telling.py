"""Telling of a complaint: by a resident without an account, or written down by an officer for him."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from prasan.complaints.actions import TakenIn, take_in, take_in_at_desk
from prasan.complaints.models import Complaint
from prasan.complaints.queries import Likely, likely_same, may_take_in
from prasan.complaints.receipts import spaced
from prasan.web.agencies.views.acts import act_form, sent
from prasan.web.complaints.codes import tracking_code
from prasan.web.complaints.forms.telling import TakingInForm, TellingForm
from prasan.web.complaints.limits import is_too_often
from prasan.web.shell.requests import SignedInRequest
from prasan.web.shell.trail import Crumb

Act = Callable[[Complaint | None], TakenIn]


@never_cache
@require_http_methods(["GET", "POST"])
def complaint_form(request: HttpRequest) -> HttpResponse:
    """Tell of something that is wrong; likely the same ones are shown before it is sent."""
    if request.method == "POST" and is_too_often(request, "tell"):
        return render(request, "429.html", status=429)
    form = TellingForm(sent(request), request.FILES or None)
    return act_form(
        request,
        form,
        lambda: _sent_on(
            request,
            form,
            lambda same_as: take_in(
                form.told,
                manner=form.cleaned_data["manner"],
                sender=form.sender,
                form_key=form.cleaned_data["form_key"],
                same_as=same_as,
                photographs=form.photographs,
            ),
        ),
        title=_("Report a problem"),
        button=_("Send"),
        back=reverse("shell:home"),
        effect=_("No account is needed. You get a number with which you can follow it."),
        template="complaints/telling_form.html",
    )


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def take_in_form(request: SignedInRequest) -> HttpResponse:
    """Write down what somebody tells at the counter, by telephone or in a letter."""
    if not may_take_in(request.user):
        raise Http404
    form = TakingInForm(sent(request), request.FILES or None)
    return act_form(
        request,
        form,
        lambda: _sent_on(
            request,
            form,
            lambda same_as: take_in_at_desk(
                form.told,
                channel=form.cleaned_data["channel"],
                manner=form.cleaned_data["manner"],
                sender=form.sender,
                by=request.user,
                form_key=form.cleaned_data["form_key"],
                same_as=same_as,
                photographs=form.photographs,
            ),
        ),
        title=_("Take a complaint in"),
        button=_("Take it in"),
        back=reverse("complaints:list"),
        trail=[Crumb(_("Complaints"), reverse("complaints:list"))],
        template="complaints/telling_form.html",
    )


def _sent_on(request: HttpRequest, form: TellingForm, act: Act) -> HttpResponse:
    """Show what is likely the same, once; then take it in and show the receipt."""
    chosen = request.POST.get("same_as", "")
    likely = _likely(form) if chosen or "seen" not in request.POST else []
    if likely and "seen" not in request.POST:
        context = {
            "form": form,
            "likely": likely,
            "title": _("Is it one of these?"),
            "trail": [Crumb(_("Is it one of these?"))],
        }
        return render(request, "complaints/likely_page.html", context)
    known = {str(each.key) for each in likely}  # nobody joins what he was not shown
    same_as = Complaint.objects.filter(pk=chosen).first() if chosen in known else None
    taken = act(same_as)
    context = {
        "complaint": taken.complaint,
        "secret": spaced(taken.secret),
        "code": tracking_code(request, taken),
        "is_joined": taken.complaint.state == "repeated",
        "trail": [Crumb(_("Your number"))],
    }
    return render(request, "complaints/receipt_page.html", context)


def _likely(form: TellingForm) -> list[Likely]:
    told = form.told
    if told.kind is not None and told.kind.is_restricted:
        return []
    return likely_same(
        told.words, told.area, kind=told.kind, latitude=told.latitude, longitude=told.longitude
    )
