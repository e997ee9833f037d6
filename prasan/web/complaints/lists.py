"""Ways in which lists of complaints are narrowed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from prasan.complaints.queries import kinds_offered
from prasan.web.shell.lists import Filter


def by_kind() -> Filter:
    """Complaints of a kind."""
    kinds = [(kind.pk, str(kind)) for kind in kinds_offered()]
    return Filter("kind", _("Kind"), kinds, lambda rows, code: rows.filter(kind=code))
