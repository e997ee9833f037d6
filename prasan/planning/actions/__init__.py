"""Acts of planning, by noun; bare steps are taken with `cases.actions.move`."""

from prasan.planning.actions.attachment import attach, detach, show_file
from prasan.planning.actions.bill import confirm_cluster_run, explain_unit, place_item, put_item_back
from prasan.planning.actions.need import NeedWords, draft_need, edit_need, show_point
from prasan.planning.actions.plan import (
    adopt_version,
    declare_issue,
    draft_next_version,
    endorse_version,
    include_in_plan,
    open_plan,
    take_out_of_plan,
)
from prasan.planning.actions.proposal import (
    ProposalWords,
    classify_proposal,
    edit_proposal,
    propose_from_needs,
    refuse_proposal,
    reopen_proposal,
    submit_proposal,
    withdraw_proposal,
)
from prasan.planning.actions.routing import (
    accept_routing,
    decline_routing,
    forward_proposal,
    hand_over_proposal,
    recall_proposal,
    return_routing,
    return_to_agency,
    return_to_author,
    take_back_answer,
)

__all__ = [
    "NeedWords",
    "ProposalWords",
    "accept_routing",
    "adopt_version",
    "attach",
    "classify_proposal",
    "confirm_cluster_run",
    "declare_issue",
    "decline_routing",
    "detach",
    "draft_need",
    "draft_next_version",
    "edit_need",
    "edit_proposal",
    "endorse_version",
    "explain_unit",
    "forward_proposal",
    "hand_over_proposal",
    "include_in_plan",
    "open_plan",
    "place_item",
    "propose_from_needs",
    "put_item_back",
    "recall_proposal",
    "refuse_proposal",
    "reopen_proposal",
    "return_routing",
    "return_to_agency",
    "return_to_author",
    "show_file",
    "show_point",
    "submit_proposal",
    "take_back_answer",
    "take_out_of_plan",
    "withdraw_proposal",
]
