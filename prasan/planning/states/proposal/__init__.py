"""The life of a proposal: its states here, its steps by who takes them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from prasan.kernel.flow import State, Workflow
from prasan.planning.states.proposal.agency import AGENCY
from prasan.planning.states.proposal.amphoe import AMPHOE
from prasan.planning.states.proposal.author import AUTHOR
from prasan.planning.states.proposal.governor import GOVERNOR
from prasan.planning.states.proposal.guards import SELF
from prasan.planning.states.proposal.office import OFFICE
from prasan.planning.states.proposal.own_project import OWN_PROJECT
from prasan.planning.states.proposal.tambon import TAMBON

__all__ = ["PROPOSAL", "SELF"]

PROPOSAL = Workflow(
    "planning.proposal",
    states=[
        State("draft", _("Draft proposal"), tone="neutral"),
        State("agency_draft", _("Draft of an agency"), tone="neutral"),
        State("submitted", _("Submitted"), tone="waiting"),
        State("tambon_review", _("Before the tambon committee"), tone="waiting"),
        State("classified", _("Classified"), tone="waiting"),
        State("handed_over", _("With the local government"), tone="waiting"),
        State("taken_up", _("Taken up by the local government"), closed=True, tone="good"),
        State("amphoe_review", _("Before the amphoe committee"), tone="waiting"),
        State("forwarded", _("Sent to agencies"), tone="waiting"),
        State("accepted", _("Accepted by the agency"), tone="waiting"),
        State("declined", _("Declined by the agency"), closed=True, tone="bad"),
        State("ranked", _("Ranked"), tone="waiting"),
        State("reserve", _("Reserve"), tone="waiting"),
        State("included", _("Included in the plan"), closed=True, tone="good"),
        State("refused", _("Refused"), closed=True, tone="bad"),
        State("withdrawn", _("Withdrawn"), closed=True, tone="bad"),
        State("merged", _("Merged into another"), closed=True, tone="neutral"),
        State("split", _("Split into several"), closed=True, tone="neutral"),
    ],
    steps=[*AUTHOR, *OWN_PROJECT, *TAMBON, *AMPHOE, *AGENCY, *OFFICE, *GOVERNOR],
)
