"""The life of a version of the routing rules of a province."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from prasan.complaints import rules
from prasan.kernel.flow import State, Step, Workflow

RULE_BOOK = Workflow(
    "complaints.rulebook",
    states=[
        State("draft", _("Draft"), tone="neutral"),
        State("in_force", _("In force"), tone="good"),
        State("replaced", _("Replaced by a later version"), closed=True, tone="neutral"),
        State("dropped", _("Dropped"), closed=True, tone="bad"),
    ],
    steps=[
        Step(
            "put_in_force",
            _("Put in force"),
            ("draft",),
            "in_force",
            rules.PUT_RULES_IN_FORCE,
            by_action=True,
            effect=_("From now on these rules propose to whom complaints go. The version before is kept."),
            icon="check-circle",
        ),
        Step(
            "drop",
            _("Drop the draft"),
            ("draft",),
            "dropped",
            rules.DRAFT_RULES,
            needs_note=True,
            icon="x-circle",
        ),
        Step(
            "replace",
            _("Replace"),
            ("in_force",),
            "replaced",
            rules.PUT_RULES_IN_FORCE,
            by_action=True,
            icon="arrow-repeat",
        ),
    ],
)
