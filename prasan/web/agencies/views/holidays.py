"""Public holidays: the list of a year, adding one and taking one away."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prasan.agencies import rules
from prasan.agencies.actions import add_holiday, remove_holiday
from prasan.agencies.models import Holiday
from prasan.agencies.queries import decide, holidays_of, years_with_holidays
from prasan.kernel.calendar import today
from prasan.kernel.dates import BUDDHIST_OFFSET
from prasan.kernel.refusals import Refused
from prasan.web.agencies.forms import HolidayForm
from prasan.web.agencies.views.acts import act_form, sent
from prasan.web.shell.requests import SignedInRequest
from prasan.web.shell.trail import Crumb

HOLIDAYS = _("Public holidays")


@login_required
@require_safe
def holiday_list(request: SignedInRequest) -> HttpResponse:
    """The holidays of a year, this one unless another is asked."""
    years = years_with_holidays()
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and int(asked[:6]) in years else today().year
    context = {
        "holidays": holidays_of(year),
        "year": year,
        "years": [(each, each if get_language() == "en" else each + BUDDHIST_OFFSET) for each in years],
        "may_set": bool(decide(request.user, rules.SET_HOLIDAYS, Holiday(day=today()))),
        "trail": [Crumb(HOLIDAYS)],
    }
    return render(request, "agencies/holiday_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def holiday_form(request: SignedInRequest) -> HttpResponse:
    """Add a holiday that the cabinet resolved."""
    if not decide(request.user, rules.SET_HOLIDAYS, Holiday(day=today())):
        raise Http404
    form, back = HolidayForm(sent(request)), reverse("agencies:holiday-list")
    return act_form(
        request,
        form,
        lambda: add_holiday(**form.cleaned_data, by=request.user),
        title=_("Add a holiday"),
        button=_("Save"),
        back=back,
        done=_("Saved."),
        effect=_("No clock runs on that day; what is due by it moves on."),
        trail=[Crumb(HOLIDAYS, back)],
    )


@login_required
@require_POST
def holiday_remove(request: SignedInRequest, day: str) -> HttpResponse:
    """Take a holiday away that was added by hand."""
    try:
        holiday = get_object_or_404(Holiday, day=date.fromisoformat(day))
    except ValueError:
        raise Http404 from None
    try:
        remove_holiday(holiday, by=request.user)
        messages.success(request, _("Removed."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("agencies:holiday-list")
