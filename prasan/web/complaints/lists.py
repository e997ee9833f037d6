"""Ways in which lists of complaints are narrowed."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from prasan.accounts.models import User
from prasan.complaints.queries import kinds_offered
from prasan.kernel.calendar import today
from prasan.web.shell.lists import Filter, Rows


def by_kind() -> Filter:
    """Complaints of a kind."""
    kinds = [(kind.pk, str(kind)) for kind in kinds_offered()]
    return Filter("kind", _("Kind"), kinds, lambda rows, code: rows.filter(kind=code))


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
