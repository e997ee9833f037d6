"""Acts of planning, by noun; bare steps are taken with `cases.actions.move`."""

from prasan.planning.actions.attachment import attach, detach, show_file
from prasan.planning.actions.bill import confirm_cluster_run, explain_unit, place_item, put_item_back
from prasan.planning.actions.brief import ActivityWords, IndicatorWords, ProposalWords
from prasan.planning.actions.composing import (
    Part,
    join_needs,
    merge_proposals,
    part_need,
    split_proposal,
    take_apart,
)
from prasan.planning.actions.need import NeedWords, draft_need, edit_need, show_point
from prasan.planning.actions.own_project import (
    propose_as_agency,
    submit_own_project,
    withdraw_own_project,
)
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
    "ActivityWords",
    "IndicatorWords",
    "NeedWords",
    "Part",
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
    "join_needs",
    "merge_proposals",
    "open_plan",
    "part_need",
    "place_item",
    "propose_as_agency",
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
    "split_proposal",
    "submit_own_project",
    "submit_proposal",
    "take_apart",
    "take_back_answer",
    "take_out_of_plan",
    "withdraw_own_project",
    "withdraw_proposal",
]
