"""Tables of this room for a file."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from prasan.complaints.models import RoutingRule
from prasan.sheets.table import Table


def rules_table(rules: QuerySet[RoutingRule]) -> Table:
    """The rules of a version, from above."""
    headers = [
        _("Rule"),
        _("Kind"),
        _("Area code"),
        _("Where"),
        _("Words"),
        _("Goes to"),
        _("Its part"),
        _("Why"),
    ]
    rows = (
        (
            rule.position,
            str(rule.kind or _("Every kind")),
            rule.area_id,
            rule.area.title,
            rule.words,
            str(rule.goes_to),
            _("answers for it") if rule.is_lead else _("helps"),
            rule.reason,
        )
        for rule in rules
    )
    return Table(_("Routing rules"), headers, rows)
