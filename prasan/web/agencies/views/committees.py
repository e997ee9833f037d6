"""Committees: their members, meetings, attendance and resolutions."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from prasan.agencies import rules
from prasan.agencies.actions import (
    convene_meeting,
    end_seat,
    found_committee,
    record_attendance,
    record_resolution,
    seat_member,
    write_minutes,
)
from prasan.agencies.models import Committee, Meeting, Membership
from prasan.agencies.queries import (
    committees_for,
    decide,
    may_manage_people,
    meetings_for,
    members_on,
    naming_bodies,
    people_for,
    present_at,
)
from prasan.kernel.calendar import today
from prasan.places.models import PARENTS
from prasan.web.agencies.forms import (
    AttendanceForm,
    CommitteeForm,
    LastDayForm,
    MeetingForm,
    MinutesForm,
    ResolutionForm,
    SeatForm,
)
from prasan.web.agencies.trails import under_committees
from prasan.web.agencies.views.acts import act_form, made_already, sent
from prasan.web.shell.lists import Filter, Order, list_frame
from prasan.web.shell.requests import SignedInRequest
from prasan.web.shell.trail import Crumb


@login_required
@require_safe
def committee_list(request: SignedInRequest) -> HttpResponse:
    """The committees within one's reach."""
    frame = list_frame(
        request,
        committees_for(request.user).select_related(f"area__{PARENTS}"),
        search=naming_bodies,
        filters=[Filter("kind", _("Kind"), Committee.Kind.choices, _of_kind)],
        orders=[
            Order("area", _("Area"), ("area__path", "kind", "pk")),
            Order("name", _("Name"), ("sort_key", "pk")),
        ],
    )
    context = {
        "frame": frame,
        "may_found": may_manage_people(request.user),
        "trail": [Crumb(_("Committees"))],
    }
    return render(request, "agencies/committee_list.html", context)


@login_required
@require_safe
def committee_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """One committee with its present members and its meetings."""
    committee = get_object_or_404(committees_for(request.user).select_related(f"area__{PARENTS}"), pk=pk)
    context = {
        "committee": committee,
        "members": members_on(committee, today()),
        "known": set(people_for(request.user).values_list("pk", flat=True)),
        "meetings": meetings_for(request.user).filter(committee=committee)[:50],
        "may_seat": bool(decide(request.user, rules.FOUND_COMMITTEE, committee)),
        "may_convene": bool(decide(request.user, rules.CONVENE, committee)),
        "trail": [*under_committees(), Crumb(str(committee))],
    }
    return render(request, "agencies/committee_page.html", context)


@login_required
@require_safe
def meeting_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """One meeting: who was present and what was resolved."""
    meeting = get_object_or_404(meetings_for(request.user), pk=pk)
    context = {
        "meeting": meeting,
        "present": present_at(meeting),
        "resolutions": meeting.resolutions.order_by("number"),
        "has_quorum": meeting.has_quorum,
        "may_record": bool(decide(request.user, rules.CONVENE, meeting)),
        "trail": [*under_committees(meeting.committee), Crumb(_("Meeting %(number)s") % {"number": meeting})],
    }
    return render(request, "agencies/meeting_page.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def found_form(request: SignedInRequest) -> HttpResponse:
    """Enter a committee."""
    if not may_manage_people(request.user):
        raise Http404
    form = CommitteeForm(sent(request), by=request.user)
    return act_form(
        request,
        form,
        lambda: found_committee(**form.cleaned_data, by=request.user),
        title=_("Enter a committee"),
        button=_("Enter the committee"),
        back=reverse("agencies:committee-list"),
        done=_("The committee is entered."),
        trail=under_committees(),
    )


@login_required
@require_http_methods(["GET", "POST"])
def seat_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a post a seat."""
    committee = _committee_to_keep(request, pk)
    form = SeatForm(sent(request), by=request.user, committee=committee)
    return act_form(
        request,
        form,
        lambda: seat_member(committee, by=request.user, **form.cleaned_data),
        title=_("Seat a member"),
        button=_("Give the seat"),
        back=reverse("agencies:committee", args=[pk]),
        done=_("The member is seated."),
        effect=_("The seat belongs to the post: whoever holds it, or acts for its holder, sits there."),
        trail=under_committees(committee),
    )


@login_required
@require_http_methods(["GET", "POST"])
def end_seat_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Set the last day of a seat."""
    seats = Membership.objects.select_related("committee__area", "posting")
    seat = get_object_or_404(seats.filter(committee__in=committees_for(request.user).values("pk")), pk=pk)
    _committee_to_keep(request, seat.committee_id)
    form = LastDayForm(sent(request), initial={"on": today()})
    return act_form(
        request,
        form,
        lambda: end_seat(seat, on=form.cleaned_data["on"], by=request.user),
        title=_("End the seat of %(post)s") % {"post": seat.posting},
        button=_("End the seat"),
        back=reverse("agencies:committee", args=[seat.committee_id]),
        done=_("The last day of the seat is set."),
        trail=under_committees(seat.committee),
        danger=True,
    )


@login_required
@require_http_methods(["GET", "POST"])
@transaction.atomic
def convene_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Enter a meeting."""
    committee = get_object_or_404(committees_for(request.user), pk=pk)
    if not decide(request.user, rules.CONVENE, committee):
        raise Http404
    if (entered := made_already(request, committee.meetings.all())) is not None:
        return redirect("agencies:meeting", entered.pk)
    form = MeetingForm(sent(request))
    return act_form(
        request,
        form,
        lambda: _show_new(request, convene_meeting(committee, by=request.user, **form.cleaned_data)),
        title=_("Enter a meeting"),
        button=_("Enter the meeting"),
        back=reverse("agencies:committee", args=[pk]),
        trail=under_committees(committee),
    )


@login_required
@require_http_methods(["GET", "POST"])
def attendance_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record who was present."""
    meeting = _meeting_to_record(request, pk)
    form = AttendanceForm(sent(request), meeting=meeting)
    return act_form(
        request,
        form,
        lambda: record_attendance(meeting, form.cleaned_data["members"], by=request.user),
        title=_("Who was present"),
        button=_("Save the attendance"),
        back=reverse("agencies:meeting", args=[pk]),
        done=_("The attendance is saved."),
        trail=under_committees(meeting.committee, meeting),
    )


@login_required
@require_http_methods(["GET", "POST"])
def minutes_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write the minutes."""
    meeting = _meeting_to_record(request, pk)
    form = MinutesForm(sent(request), initial={"text": meeting.minutes})
    return act_form(
        request,
        form,
        lambda: write_minutes(meeting, form.cleaned_data["text"], by=request.user),
        title=_("Minutes"),
        button=_("Save the minutes"),
        back=reverse("agencies:meeting", args=[pk]),
        done=_("The minutes are saved."),
        trail=under_committees(meeting.committee, meeting),
    )


@login_required
@require_http_methods(["GET", "POST"])
@transaction.atomic
def resolution_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record a resolution."""
    meeting = _meeting_to_record(request, pk)
    if made_already(request, meeting.resolutions.all()) is not None:
        return redirect("agencies:meeting", pk)
    form = ResolutionForm(sent(request))
    return act_form(
        request,
        form,
        lambda: record_resolution(meeting, by=request.user, **form.cleaned_data),
        title=_("Record a resolution"),
        button=_("Record the resolution"),
        back=reverse("agencies:meeting", args=[pk]),
        done=_("The resolution is recorded."),
        effect=_("A resolution gets the next number of the meeting and stays as it is recorded."),
        trail=under_committees(meeting.committee, meeting),
    )


def _show_new(request: SignedInRequest, meeting: Meeting) -> HttpResponse:
    messages.success(request, _("The meeting is entered. Please record next who was present."))
    return redirect("agencies:meeting", meeting.pk)


def _committee_to_keep(request: SignedInRequest, pk: int) -> Committee:
    committee = get_object_or_404(committees_for(request.user), pk=pk)
    if not decide(request.user, rules.FOUND_COMMITTEE, committee):
        raise Http404
    return committee


def _meeting_to_record(request: SignedInRequest, pk: int) -> Meeting:
    meeting = get_object_or_404(meetings_for(request.user), pk=pk)
    if not decide(request.user, rules.CONVENE, meeting):
        raise Http404
    return meeting


def _of_kind(rows: QuerySet[Committee], kind: str) -> QuerySet[Committee]:
    return rows.filter(kind=kind)
