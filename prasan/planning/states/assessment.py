"""The life of what an agency thinks of a proposal: written, and written anew while it has not answered."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from prasan.kernel.flow import State, Step, Workflow
from prasan.planning import rules

ASSESSMENT = Workflow(
    "planning.assessment",
    states=[
        State("begun", _("Assessment begun"), tone="waiting"),
        State("written", _("Assessment written"), tone="good"),
    ],
    steps=[
        Step(
            "write",
            _("Write the assessment"),
            ("begun", "written"),
            "written",
            rules.ASSESS,
            by_action=True,
            effect=_("The assessment decides nothing; the answer of the agency does."),
            icon="pencil",
        ),
    ],
)
