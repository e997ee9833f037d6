"""The life of a scoring sheet."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from prasan.kernel.flow import State, Step, Workflow
from prasan.planning import rules

SHEET = Workflow(
    "planning.sheet",
    states=[
        State("draft", _("Being prepared"), tone="neutral"),
        State("open", _("Open for scoring"), tone="waiting"),
        State("frozen", _("Ranking frozen"), closed=True, tone="good"),
    ],
    steps=[
        Step(
            "open",
            _("Open for scoring"),
            ("draft",),
            "open",
            rules.KEEP_SHEET,
            by_action=True,
            effect=_("Analysts give marks; criteria and weights stay as they are from now on."),
            icon="unlock",
        ),
        Step(
            "redraft",
            _("Take back to change the criteria"),
            ("open",),
            "draft",
            rules.KEEP_SHEET,
            needs_note=True,
            by_action=True,
            effect=_("Possible while nobody has given a mark."),
            icon="arrow-counterclockwise",
        ),
        Step(
            "freeze",
            _("Freeze the ranking"),
            ("open",),
            "frozen",
            rules.RANK,
            by_action=True,
            effect=_("The ranking goes to the governor as it is; no mark changes any more."),
            icon="list-ol",
        ),
        Step(
            "thaw",
            _("Open the ranking again"),
            ("frozen",),
            "open",
            rules.RANK,
            needs_note=True,
            reopens=True,
            by_action=True,
            effect=_("Possible until the governor has decided on one of its proposals."),
            icon="arrow-counterclockwise",
        ),
    ],
)
