"""What the provincial office does."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from prasan.kernel.flow import Step
from prasan.planning import rules

OFFICE = (
    Step(
        "rank",
        _("Freeze the ranking"),
        ("accepted",),
        "ranked",
        rules.RANK,
        by_action=True,
        icon="list-ol",
    ),
    Step(
        "unrank",
        _("Take back the ranking"),
        ("ranked",),
        "accepted",
        rules.RANK,
        needs_note=True,
        by_action=True,
        effect=_("Possible until the governor has decided."),
        icon="arrow-counterclockwise",
    ),
)
