"""The life of a version of a plan."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from prasan.kernel.flow import State, Step, Workflow
from prasan.planning import rules

PLAN_VERSION = Workflow(
    "planning.version",
    states=[
        State("draft", _("Draft plan"), tone="neutral"),
        State("endorsed", _("Endorsed by the provincial committee"), tone="waiting"),
        State("adopted", _("Adopted by the governor"), tone="good"),
        State("in_bill", _("Money in the bill; result unknown"), tone="neutral"),
        State("replaced", _("Replaced by a later version"), closed=True, tone="neutral"),
    ],
    steps=[
        Step(
            "endorse",
            _("Endorse"),
            ("draft",),
            "endorsed",
            rules.KEEP_PLAN,
            by_action=True,
            icon="check-circle",
        ),
        Step(
            "return",
            _("Return to draft"),
            ("endorsed",),
            "draft",
            rules.ADOPT,
            needs_note=True,
            icon="arrow-return-left",
        ),
        Step(
            "adopt",
            _("Adopt"),
            ("endorsed",),
            "adopted",
            rules.ADOPT,
            by_action=True,
            effect=_("The version adopted before is replaced."),
            icon="journal-check",
        ),
        Step(
            "publish_bill", _("Publish the bill"), ("draft",), "in_bill", rules.IMPORT_LINES, by_action=True
        ),
        Step("replace", _("Replace"), ("adopted", "in_bill"), "replaced", rules.REPLACE, by_action=True),
    ],
)
