"""Ways in which the inbox of an agency is narrowed and searched."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from prasan.planning.models import Proposal
from prasan.planning.queries import assessed, provinces_of_inbox, searched, waiting_for
from prasan.web.shell.lists import Filter
from prasan.web.shell.requests import SignedInRequest

Rows = QuerySet[Any]

_DAYS = (7, 15, 30, 60)


def searched_by_proposal(rows: Rows, text: str) -> Rows:
    """What was sent, by the words of its proposal."""
    return rows.filter(proposal__in=searched(Proposal.objects.all(), text))


def by_waiting() -> Filter:
    """What has waited for an answer for so long."""
    choices = [
        (str(days), ngettext("%(days)d day or more", "%(days)d days or more", days) % {"days": days})
        for days in _DAYS
    ]
    return Filter(
        "days", _("Waiting for an answer"), choices, lambda rows, days: waiting_for(rows, int(days))
    )


def by_assessment() -> Filter:
    """What the agency has assessed, or not yet."""
    choices = [("written", _("written")), ("none", _("none yet"))]
    return Filter(
        "assessment", _("Assessment"), choices, lambda rows, code: assessed(rows, are=code == "written")
    )


def by_part() -> Filter:
    """Where the agency leads, or helps another."""
    choices = [("lead", _("lead agency")), ("helps", _("helps"))]
    return Filter("part", _("Part"), choices, lambda rows, code: rows.filter(is_lead=code == "lead"))


def by_province_sent_from(request: SignedInRequest) -> Filter:
    """What came from a province."""
    provinces = [(area.code, area.title) for area in provinces_of_inbox(request.user)]
    return Filter(
        "province",
        _("Province"),
        provinces,
        lambda rows, code: rows.filter(proposal__province=code),
    )
