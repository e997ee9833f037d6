"""What the provincial office does."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from prasan.kernel.flow import Step
from prasan.planning import rules

OFFICE = (
    Step(
        "list_submitted",
        _("Taken in from a list"),
        ("draft",),
        "submitted",
        rules.IMPORT_PROPOSALS,
        by_action=True,
        icon="file-earmark-spreadsheet",
    ),
    Step(
        "list_accepted",
        _("Taken in from a list"),
        ("draft",),
        "accepted",
        rules.IMPORT_PROPOSALS,
        by_action=True,
        icon="file-earmark-spreadsheet",
    ),
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
