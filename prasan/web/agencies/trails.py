"""The paths of pages above those of this room."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from prasan.accounts.models import User
from prasan.agencies.models import Agency, Committee, Meeting
from prasan.web.shell.trail import Crumb


def under_people(person: User | None = None) -> list[Crumb]:
    """The list of people and, where one is given, the page of that person."""
    crumbs = [Crumb(_("People and posts"), reverse("agencies:people"))]
    if person is not None:
        crumbs.append(Crumb(person.name, reverse("agencies:person", args=[person.pk])))
    return crumbs


def under_agencies(agency: Agency | None = None) -> list[Crumb]:
    """The list of agencies and, where one is given, its page."""
    crumbs = [Crumb(_("Agencies"), reverse("agencies:agency-list"))]
    if agency is not None:
        crumbs.append(Crumb(str(agency), reverse("agencies:agency", args=[agency.pk])))
    return crumbs


def under_committees(committee: Committee | None = None, meeting: Meeting | None = None) -> list[Crumb]:
    """The list of committees, then the committee and its meeting where given."""
    crumbs = [Crumb(_("Committees"), reverse("agencies:committee-list"))]
    if committee is not None:
        crumbs.append(Crumb(str(committee), reverse("agencies:committee", args=[committee.pk])))
    if meeting is not None:
        label = _("Meeting %(number)s") % {"number": meeting}
        crumbs.append(Crumb(label, reverse("agencies:meeting", args=[meeting.pk])))
    return crumbs
