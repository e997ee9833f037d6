"""The life of a proposal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from prasan.kernel.flow import State, Step, Workflow
from prasan.planning import rules

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

    from prasan.planning.models import Proposal

SELF = "self"
"""The doer of a proposal that the area carries out itself."""


def proposal_is_complete(proposal: Proposal) -> str | StrPromise | None:
    """A proposal names its reason, its aim and its budget before anybody is asked to judge it."""
    if not (proposal.name.strip() and proposal.rationale.strip() and proposal.objective.strip()):
        return _("Please fill in the name, the rationale and the objective before submitting.")
    if proposal.budget_asked <= 0:
        return _("Please fill in the budget before submitting.")
    return None


def area_does_it_itself(proposal: Proposal) -> str | StrPromise | None:
    """Only what the area does itself goes to its local government."""
    if proposal.doer != SELF:
        return _("This proposal was classified for an agency; please pass it to the amphoe committee.")
    return None


def somebody_asks(proposal: Proposal) -> str | StrPromise | None:
    """What a village asked for goes back to its author."""
    if proposal.own_by_id is not None:
        return _("This is the agency's own project; please return it to that agency.")
    return None


def an_agency_proposes(proposal: Proposal) -> str | StrPromise | None:
    """What an agency proposed by itself goes back to that agency."""
    if proposal.own_by_id is None:
        return _("A village asked for this; please return it to its author.")
    return None


def an_agency_is_needed(proposal: Proposal) -> str | StrPromise | None:
    """What the area does itself never reaches the governor."""
    if proposal.doer == SELF:
        return _("The area carries this proposal out itself; please hand it to the local government.")
    return None


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
    steps=[
        # the author
        Step(
            "submit",
            _("Submit"),
            ("draft",),
            "submitted",
            rules.PROPOSE,
            guards=(proposal_is_complete,),
            by_action=True,
            effect=_("The tambon committee receives it; its needs count as answered."),
            icon="send",
        ),
        Step(
            "withdraw",
            _("Withdraw"),
            ("draft", "submitted"),
            "withdrawn",
            rules.PROPOSE,
            needs_note=True,
            by_action=True,
            effect=_("Its needs wait for another proposal."),
            icon="x-circle",
        ),
        # an agency with a project of its own
        Step(
            "propose_own",
            _("Begin as an agency"),
            ("draft",),
            "agency_draft",
            rules.PROPOSE_OWN,
            guards=(an_agency_proposes,),
            by_action=True,
            icon="building",
        ),
        Step(
            "submit_own",
            _("Submit the agency's project"),
            ("agency_draft",),
            "accepted",
            rules.PROPOSE_OWN,
            guards=(proposal_is_complete,),
            by_action=True,
            effect=_("It is ranked with the others; the governor decides."),
            icon="send",
        ),
        Step(
            "withdraw_own",
            _("Withdraw"),
            ("agency_draft",),
            "withdrawn",
            rules.PROPOSE_OWN,
            needs_note=True,
            by_action=True,
            icon="x-circle",
        ),
        # the tambon committee
        Step(
            "review", _("Take up for review"), ("submitted",), "tambon_review", rules.CLASSIFY, icon="inbox"
        ),
        Step(
            "return_to_author",
            _("Return to the author"),
            ("submitted", "tambon_review"),
            "draft",
            rules.CLASSIFY,
            needs_note=True,
            effect=_("The author changes it and submits it again."),
            icon="arrow-return-left",
        ),
        Step(
            "classify",
            _("Classify"),
            ("tambon_review",),
            "classified",
            rules.CLASSIFY,
            by_action=True,
            icon="diagram-3",
        ),
        Step(
            "reconsider",
            _("Reconsider the classification"),
            ("classified",),
            "tambon_review",
            rules.CLASSIFY,
            needs_note=True,
            icon="arrow-counterclockwise",
        ),
        Step(
            "compose",
            _("Made by the tambon committee"),
            ("draft",),
            "tambon_review",
            rules.CLASSIFY,
            by_action=True,
            icon="intersect",
        ),
        Step(
            "merge",
            _("Merge"),
            ("submitted", "tambon_review"),
            "merged",
            rules.CLASSIFY,
            needs_note=True,
            by_action=True,
            effect=_("One proposal takes its place; this one stays to be read with its author."),
            icon="intersect",
        ),
        Step(
            "split",
            _("Split"),
            ("submitted", "tambon_review"),
            "split",
            rules.CLASSIFY,
            needs_note=True,
            by_action=True,
            effect=_("Several proposals take its place; this one stays to be read with its author."),
            icon="scissors",
        ),
        Step(
            "take_apart",
            _("Undo merging or splitting"),
            ("merged", "split"),
            "tambon_review",
            rules.CLASSIFY,
            needs_note=True,
            reopens=True,
            by_action=True,
            effect=_("Possible while nothing was built on the result."),
            icon="arrow-counterclockwise",
        ),
        Step(
            "dissolve",
            _("Dissolve"),
            ("tambon_review",),
            "withdrawn",
            rules.CLASSIFY,
            needs_note=True,
            by_action=True,
            icon="x-circle",
        ),
        Step(
            "hand_over",
            _("Hand to the local government"),
            ("classified",),
            "handed_over",
            rules.CLASSIFY,
            guards=(area_does_it_itself,),
            by_action=True,
            icon="building",
        ),
        Step(
            "take_back",
            _("Take back from the local government"),
            ("handed_over",),
            "classified",
            rules.CLASSIFY,
            needs_note=True,
            by_action=True,
            effect=_("Possible while the local government has not received it."),
            icon="arrow-counterclockwise",
        ),
        Step(
            "pass_on",
            _("Pass to the amphoe committee"),
            ("classified",),
            "amphoe_review",
            rules.CLASSIFY,
            guards=(an_agency_is_needed,),
            icon="arrow-up-circle",
        ),
        # the amphoe committee
        Step(
            "forward",
            _("Send to agencies"),
            ("amphoe_review",),
            "forwarded",
            rules.ROUTE,
            guards=(an_agency_is_needed,),
            by_action=True,
            icon="signpost-split",
        ),
        Step(
            "return_to_tambon",
            _("Return to the tambon committee"),
            ("amphoe_review",),
            "tambon_review",
            rules.ROUTE,
            needs_note=True,
            icon="arrow-return-left",
        ),
        Step(
            "amphoe_return_to_author",
            _("Return to the author"),
            ("amphoe_review",),
            "draft",
            rules.ROUTE,
            needs_note=True,
            effect=_("The author changes it and submits it again."),
            icon="arrow-return-left",
        ),
        Step(
            "recall",
            _("Call back from the agencies"),
            ("forwarded",),
            "amphoe_review",
            rules.ROUTE,
            needs_note=True,
            by_action=True,
            effect=_("Possible while the lead agency has not received it."),
            icon="arrow-counterclockwise",
        ),
        Step(
            "reroute",
            _("Send elsewhere"),
            ("declined",),
            "amphoe_review",
            rules.ROUTE,
            guards=(an_agency_is_needed,),
            needs_note=True,
            reopens=True,
            by_action=True,
            effect=_("It answers its needs again."),
            icon="arrow-counterclockwise",
        ),
        Step(
            "reclassify",
            _("Classify anew"),
            ("declined",),
            "tambon_review",
            rules.CLASSIFY,
            guards=(area_does_it_itself,),
            needs_note=True,
            reopens=True,
            by_action=True,
            effect=_("It answers its needs again."),
            icon="arrow-counterclockwise",
        ),
        # the answer of the lead agency, or of the local government, given on its routing
        Step(
            "accept",
            _("Accept"),
            ("forwarded",),
            "accepted",
            rules.ANSWER,
            by_action=True,
            effect=_("The governor decides next."),
            icon="check-circle",
        ),
        Step(
            "local_accept",
            _("Take up"),
            ("handed_over",),
            "taken_up",
            rules.ANSWER,
            by_action=True,
            icon="check-circle",
        ),
        Step(
            "decline",
            _("Decline"),
            ("forwarded", "handed_over"),
            "declined",
            rules.ANSWER,
            needs_note=True,
            by_action=True,
            icon="x-circle",
        ),
        Step(
            "agency_return",
            _("Return to the amphoe committee"),
            ("forwarded",),
            "amphoe_review",
            rules.ANSWER,
            needs_note=True,
            by_action=True,
            icon="arrow-return-left",
        ),
        Step(
            "local_return",
            _("Return to the tambon committee"),
            ("handed_over",),
            "tambon_review",
            rules.ANSWER,
            needs_note=True,
            by_action=True,
            icon="arrow-return-left",
        ),
        Step(
            "agency_return_to_author",
            _("Return to the author"),
            ("forwarded", "handed_over"),
            "draft",
            rules.ANSWER,
            needs_note=True,
            by_action=True,
            icon="arrow-return-left",
        ),
        Step(
            "take_back_answer",
            _("Take back the answer"),
            ("accepted",),
            "forwarded",
            rules.ANSWER,
            needs_note=True,
            by_action=True,
            effect=_("Possible until the governor has decided."),
            icon="arrow-counterclockwise",
        ),
        Step(
            "take_back_decline",
            _("Take back the decline"),
            ("declined",),
            "forwarded",
            rules.ANSWER,
            guards=(an_agency_is_needed,),
            needs_note=True,
            reopens=True,
            by_action=True,
            effect=_("It answers its needs again."),
            icon="arrow-counterclockwise",
        ),
        Step(
            "local_take_back_decline",
            _("Take back the decline"),
            ("declined",),
            "handed_over",
            rules.ANSWER,
            guards=(area_does_it_itself,),
            needs_note=True,
            reopens=True,
            by_action=True,
            effect=_("It answers its needs again."),
            icon="arrow-counterclockwise",
        ),
        # the provincial office
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
        # the governor
        Step(
            "include",
            _("Include in the plan"),
            ("accepted", "ranked", "reserve"),
            "included",
            rules.DECIDE,
            by_action=True,
            effect=_("It becomes public as an item of the plan."),
            icon="journal-check",
        ),
        Step(
            "reserve",
            _("Put on the reserve list"),
            ("accepted", "ranked"),
            "reserve",
            rules.DECIDE,
            needs_note=True,
            effect=_("It can be included later."),
            icon="bookmark",
        ),
        Step(
            "refuse",
            _("Refuse"),
            ("accepted", "ranked", "reserve"),
            "refused",
            rules.DECIDE,
            needs_note=True,
            by_action=True,
            effect=_("Its needs wait for another proposal."),
            icon="x-circle",
        ),
        Step(
            "governor_return",
            _("Return to the agency"),
            ("accepted", "ranked", "reserve"),
            "forwarded",
            rules.DECIDE,
            guards=(somebody_asks,),
            needs_note=True,
            by_action=True,
            icon="arrow-return-left",
        ),
        Step(
            "governor_return_to_author",
            _("Return to the author"),
            ("accepted", "ranked", "reserve"),
            "draft",
            rules.DECIDE,
            guards=(somebody_asks,),
            needs_note=True,
            by_action=True,
            icon="arrow-return-left",
        ),
        Step(
            "governor_return_own",
            _("Return to the proposing agency"),
            ("accepted", "ranked", "reserve"),
            "agency_draft",
            rules.DECIDE,
            guards=(an_agency_proposes,),
            needs_note=True,
            by_action=True,
            icon="arrow-return-left",
        ),
        Step(
            "take_out",
            _("Take out of the plan"),
            ("included",),
            "accepted",
            rules.DECIDE,
            needs_note=True,
            reopens=True,
            by_action=True,
            effect=_("Possible while the version of the plan is a draft."),
            icon="arrow-counterclockwise",
        ),
        Step(
            "reconsider_refusal",
            _("Reconsider"),
            ("refused",),
            "accepted",
            rules.DECIDE,
            needs_note=True,
            reopens=True,
            by_action=True,
            effect=_("It answers its needs again."),
            icon="arrow-counterclockwise",
        ),
    ],
)
