"""Ways in which lists of complaints are narrowed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from prasan.accounts.models import User
from prasan.agencies.models import Agency
from prasan.complaints.models import Referral
from prasan.complaints.queries import kinds_offered
from prasan.complaints.states import HELD, OPEN
from prasan.kernel.calendar import today
from prasan.web.shell.lists import Filter, Rows

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

NO_KIND = "unknown"
"""How an address calls complaints whose kind is not known yet."""


def by_kind() -> Filter:
    """Complaints of a kind."""
    kinds: list[tuple[str, str | StrPromise]] = [(kind.pk, str(kind)) for kind in kinds_offered()]
    kinds.append((NO_KIND, _("not known yet")))
    return Filter(
        "kind", _("Kind"), kinds, lambda rows, code: rows.filter(kind=None if code == NO_KIND else code)
    )


def by_urgency() -> Filter:
    """What is late, and what falls due today or soon."""
    days = [("late", _("Late")), ("today", _("Due today")), ("week", _("Due within seven days"))]

    def narrowed(rows: Rows, code: str) -> Rows:
        day = today()
        if code == "late":
            return rows.filter(due_on__lt=day)
        return rows.filter(due_on__gte=day, due_on__lte=day + timedelta(days=6 if code == "week" else 0))

    return Filter("due", _("Due"), days, narrowed)


def by_officer(user: User) -> Filter:
    """What nobody looks after yet, or the person himself."""
    whose = [("mine", _("Mine")), ("nobody", _("Nobody's yet"))]
    return Filter(
        "officer",
        _("Officer"),
        whose,
        lambda rows, code: rows.filter(officer=user if code == "mine" else None),
    )


_GROUPS: Mapping[str, tuple[StrPromise, Q]] = {
    "once": (_("Once for each problem"), ~Q(state="repeated")),
    "open": (_("Still open"), Q(state__in=OPEN)),
    "late": (_("Took longer than they may"), Q(was_late=True)),
    "reopened": (_("Opened again"), Q(times_reopened__gt=0)),
    "across": (_("Repeats over agencies and doors"), Q(is_across=True)),
    "rated": (_("Rated by the sender"), Q(satisfaction__isnull=False)),
}

_AT_AGENCY: Mapping[str, tuple[StrPromise, Q]] = {
    "": (_("sent there"), Q()),
    "held": (_("held there now"), Q(state__in=HELD)),
    "late": (_("late there"), Q(was_late=True)),
    "returned": (_("returned by it"), Q(state="returned")),
    "taken": (_("taken up by it"), Q(days_to_acknowledge__isnull=False)),
    "answered": (_("answered by it"), Q(state="answered", days_used__isnull=False)),
}


def by_group() -> Filter:
    """Groups of complaints that figures count."""
    choices = [(code, label) for code, (label, _rows) in _GROUPS.items()]
    return Filter("group", _("Group"), choices, lambda rows, code: rows.filter(_GROUPS[code][1]))


def by_officials() -> Filter:
    """Complaints against officials, which no figure counts, left out or alone."""
    choices = [("no", _("left out")), ("only", _("they alone"))]
    return Filter(
        "officials",
        _("Against officials"),
        choices,
        lambda rows, code: rows.filter(is_restricted=code == "only"),
    )


def by_agency(asked: str) -> list[Filter]:
    """Complaints that were sent to the agency that the address names, and how it stands there; none else."""
    key, _dash, how = asked.partition("-")
    agency = Agency.objects.filter(pk=int(key[:18])).first() if key.isascii() and key.isdigit() else None
    if agency is None or how not in _AT_AGENCY:
        return []
    label, held = _AT_AGENCY[how]
    sent = Referral.objects.filter(held, complaint=OuterRef("pk"), agency=agency, is_latest=True)
    choice = (asked, f"{agency} · {label}" if how else str(agency))
    return [Filter("agency", _("Agency"), [choice], lambda rows, code: rows.filter(Exists(sent)))]
