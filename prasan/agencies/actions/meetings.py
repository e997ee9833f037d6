"""Convening a committee, noting who was present, and recording what was resolved with a quorum."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from prasan.accounts.models import User
from prasan.agencies import events, rules
from prasan.agencies.actions.repeats import made_before, wait_for_turn
from prasan.agencies.models import Attendance, Committee, Meeting, Membership, Resolution
from prasan.agencies.queries import members_on, require
from prasan.kernel.calendar import buddhist_year, today
from prasan.kernel.refusals import Refused
from prasan.kernel.text import clean
from prasan.ledger.actions import record


@transaction.atomic
def convene_meeting(
    committee: Committee,
    *,
    held_on: date,
    venue: str = "",
    by: User | None,
    form_key: UUID | None = None,
) -> Meeting:
    """Enter a sitting of a committee under the next number of its Buddhist year; once for each form."""
    wait_for_turn(form_key)
    committee = Committee.objects.select_for_update().get(pk=committee.pk)
    capacity = require(by, rules.CONVENE, committee)
    if (made := made_before(form_key, committee.meetings.all())) is not None:
        return made
    if committee.valid_to is not None and committee.valid_to < held_on:
        raise Refused(_("This committee has been dissolved by then."))
    year = buddhist_year(held_on)
    last = committee.meetings.filter(year=year).aggregate(last=Max("number"))["last"] or 0
    meeting = Meeting.objects.create(
        committee=committee,
        number=last + 1,
        year=year,
        held_on=held_on,
        venue=clean(venue).strip(),
        quorum=committee.quorum,
        form_key=form_key,
    )
    record(
        events.CONVENED,
        meeting,
        by=by,
        posting=capacity,
        after={"committee": committee.pk, "held_on": held_on.isoformat(), "quorum": meeting.quorum},
    )
    return meeting


@transaction.atomic
def record_attendance(meeting: Meeting, memberships: Iterable[Membership], *, by: User | None) -> Meeting:
    """Note exactly who was present; not to be changed once the meeting has resolved something."""
    meeting = _locked(meeting)
    capacity = require(by, rules.CONVENE, meeting)
    wanted = {membership.pk for membership in memberships}
    if meeting.resolutions.exists():
        raise Refused(_("The meeting has resolved already, so its attendance stays as recorded."))
    seated = set(members_on(meeting.committee, meeting.held_on).values_list("pk", flat=True))
    if not wanted <= seated:
        raise Refused(_("Only members who had a seat on the day of the meeting can have been present."))
    Attendance.objects.filter(meeting=meeting).exclude(membership__in=wanted).delete()
    Attendance.objects.bulk_create(
        (Attendance(meeting=meeting, membership_id=pk) for pk in sorted(wanted)), ignore_conflicts=True
    )
    record(
        events.ATTENDANCE_RECORDED, meeting, by=by, posting=capacity, after={"memberships": sorted(wanted)}
    )
    return meeting


@transaction.atomic
def write_minutes(meeting: Meeting, text: str, *, by: User | None) -> Meeting:
    """Keep the minutes of a meeting that has begun, in place of what was written before.

    They may name people, so that the ledger only says that they were written.
    """
    meeting = _locked(meeting)
    capacity = require(by, rules.CONVENE, meeting)
    if meeting.held_on > today():
        raise Refused(_("The meeting has not been held yet, so it has no minutes."))
    meeting.minutes = clean(text).strip()
    meeting.save(update_fields=["minutes"])
    record(
        events.MINUTES_WRITTEN, meeting, by=by, posting=capacity, after={"characters": len(meeting.minutes)}
    )
    return meeting


@transaction.atomic
def record_resolution(
    meeting: Meeting, text: str, *, by: User | None, form_key: UUID | None = None
) -> Resolution:
    """Record what a meeting resolved, once for each form; refused while fewer are present than its quorum."""
    wait_for_turn(form_key)
    meeting = _locked(meeting)
    capacity = require(by, rules.CONVENE, meeting)
    if (made := made_before(form_key, meeting.resolutions.all())) is not None:
        return made
    words = clean(text).strip()
    if not words:
        raise Refused(_("Please write what was resolved."))
    if meeting.held_on > today():
        raise Refused(_("The meeting has not been held yet, so it cannot have resolved anything."))
    present = meeting.attendances.count()
    if present < meeting.quorum:
        raise Refused(
            ngettext(
                "The meeting has no quorum: %(present)d member was present and %(quorum)d are needed.",
                "The meeting has no quorum: %(present)d members were present and %(quorum)d are needed.",
                present,
            )
            % {"present": present, "quorum": meeting.quorum}
        )
    last = meeting.resolutions.aggregate(last=Max("number"))["last"] or 0
    resolution = Resolution.objects.create(meeting=meeting, number=last + 1, text=words, form_key=form_key)
    record(
        events.RESOLVED,
        resolution,
        by=by,
        posting=capacity,
        after={"meeting": meeting.pk, "number": resolution.number, "present": present},
    )
    return resolution


def _locked(meeting: Meeting) -> Meeting:
    return (
        Meeting.objects.select_for_update(of=("self",)).select_related("committee__area").get(pk=meeting.pk)
    )
