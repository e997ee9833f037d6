"""Who may do what with needs, proposals and plans."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from prasan.kernel.rights import ANYBODY, SUBMITTER, Grant, Reach, Right

_NOT_DRAFT_NEED = ("entered", "answered", "joined", "withdrawn")
_NOT_DRAFT_PROPOSAL = (
    "submitted",
    "tambon_review",
    "classified",
    "handed_over",
    "taken_up",
    "amphoe_review",
    "forwarded",
    "accepted",
    "declined",
    "ranked",
    "reserve",
    "included",
    "refused",
    "withdrawn",
    "merged",
    "split",
)
_NOT_OF_AN_AGENCY = ("draft", *_NOT_DRAFT_PROPOSAL)
"""Every state but the draft that an agency writes for itself."""
_AUTHORS = ("village_head", "kamnan", "tambon_secretary")
_READERS = (
    "amphoe_secretary",
    "local_officer",
    "analyst",
    "provincial_head",
    "governor",
    "finance_officer",
    "auditor",
    "ministry_officer",
)

VIEW_NEED = Right(
    "planning.need.view",
    _("This need belongs to another area."),
    (
        *(Grant(role, Reach.AREA) for role in _AUTHORS),
        *(Grant(role, Reach.AREA, _NOT_DRAFT_NEED) for role in _READERS),
        Grant("agency_officer", Reach.AGENCY, _NOT_DRAFT_NEED),
    ),
)

ENTER_NEED = Right(
    "planning.need.enter",
    _("Needs are entered by the village head, the kamnan or the tambon secretary of the area."),
    tuple(Grant(role, Reach.AREA) for role in _AUTHORS),
)

RELEASE = Right(
    "planning.need.release",
    _("Photographs and points are made public by the tambon or amphoe secretary of the area."),
    (Grant("tambon_secretary", Reach.AREA), Grant("amphoe_secretary", Reach.AREA)),
)

VIEW_PROPOSAL = Right(
    "planning.proposal.view",
    _("This proposal belongs to another area."),
    (
        *(Grant(role, Reach.AREA, _NOT_OF_AN_AGENCY) for role in _AUTHORS),
        *(Grant(role, Reach.AREA, _NOT_DRAFT_PROPOSAL) for role in _READERS),
        Grant("agency_officer", Reach.AGENCY, _NOT_DRAFT_PROPOSAL),
        Grant("agency_officer", Reach.OWN),
        Grant(ANYBODY, Reach.PUBLIC, ("included",)),
    ),
)

VIEW_INSIDE_PROPOSAL = Right(
    "planning.proposal.view_inside",
    _("This is for the officers who work on the proposal."),
    (
        *(Grant(role, Reach.AREA, _NOT_OF_AN_AGENCY) for role in _AUTHORS),
        *(Grant(role, Reach.AREA, _NOT_DRAFT_PROPOSAL) for role in _READERS),
        Grant("agency_officer", Reach.AGENCY, _NOT_DRAFT_PROPOSAL),
        Grant("agency_officer", Reach.OWN),
    ),
)
"""As VIEW_PROPOSAL without the public: what is shown to officers only hangs on this right."""

PROPOSE = Right(
    "planning.proposal.propose",
    _("Proposals are written by the village head, the kamnan or the tambon secretary of the area."),
    tuple(Grant(role, Reach.AREA) for role in _AUTHORS),
)

PROPOSE_OWN = Right(
    "planning.proposal.propose_own",
    _("An agency's own project is written by the officer of that agency who began it."),
    (Grant("agency_officer", Reach.OWN),),
)

IMPORT_PROPOSALS = Right(
    "planning.list.import",
    _("Lists of projects are taken in by the analysts and the head of the provincial office."),
    (Grant("analyst", Reach.AREA), Grant("provincial_head", Reach.AREA)),
)

LIVE = (
    "submitted",
    "tambon_review",
    "classified",
    "handed_over",
    "amphoe_review",
    "forwarded",
    "accepted",
    "ranked",
    "reserve",
)
"""States in which a proposal is on its way and not decided for good: it may be revised, and is reviewed."""

REVISE = Right(
    "planning.proposal.revise",
    _("A proposal on its way is revised by its author, or by the village head or kamnan of its area."),
    (
        *(Grant(role, Reach.OWN) for role in (*_AUTHORS, "agency_officer")),
        Grant("village_head", Reach.AREA, _NOT_OF_AN_AGENCY),
        Grant("kamnan", Reach.AREA, _NOT_OF_AN_AGENCY),
    ),
    phases=LIVE,
)
"""Also who confirms in each quarter that it still holds. A committee merges and splits instead."""

ANSWER_NEED = Right(
    "planning.need.answer_by_agency",
    _("This need lies outside the area of your agency, or another proposal answers it."),
    (Grant("agency_officer", Reach.AREA, ("entered",)),),
)
"""Of a waiting need: that an agency takes it up in a project of its own, and finds it in its list."""

JOIN_NEEDS = Right(
    "planning.need.join",
    _("Needs are joined by the secretary of the tambon committee of this area."),
    (Grant("tambon_secretary", Reach.AREA),),
)

WORK_ON_BOARD = Right(
    "planning.board.work",
    _("Boards are kept by the secretaries of the committees."),
    (Grant("tambon_secretary", Reach.AREA), Grant("amphoe_secretary", Reach.AREA)),
)
"""Whom the main menu takes to the boards; others who may read them come by the pages of their area."""

VIEW_BOARD = Right(
    "planning.board.view",
    _("This committee works for another area."),
    tuple(Grant(role, Reach.AREA) for role in (*_AUTHORS, *_READERS)),
)

CLASSIFY = Right(
    "planning.proposal.classify",
    _("Only the secretary of the tambon committee of this area can do this."),
    (Grant("tambon_secretary", Reach.AREA),),
)

ROUTE = Right(
    "planning.proposal.route",
    _("Only the secretary of the amphoe committee of this area can do this."),
    (Grant("amphoe_secretary", Reach.AREA),),
)

ANSWER = Right(
    "planning.proposal.answer",
    _("Only the agency to which the proposal was sent can answer."),
    (Grant("agency_officer", Reach.ROUTED), Grant("local_officer", Reach.ROUTED)),
    unless=(SUBMITTER,),
    barred_reason=_("Whoever wrote or submitted a proposal cannot answer it. Please ask a colleague."),
)

ASSESS = Right(
    "planning.assessment.write",
    _("Only the agency to which the proposal was sent can assess it."),
    ANSWER.grants,
    unless=(SUBMITTER,),
    barred_reason=_("Whoever wrote or submitted a proposal cannot assess it. Please ask a colleague."),
)

VIEW_ASSESSMENT = Right(
    "planning.assessment.view",
    _("This assessment is about a proposal of another area."),
    (
        *(Grant(role, Reach.AREA) for role in (*_AUTHORS, *_READERS)),
        Grant("agency_officer", Reach.AGENCY),
        Grant("local_officer", Reach.AGENCY),
    ),
)
"""What an agency says of a proposal to all who work on it: its internal note hangs on the next right."""

VIEW_ASSESSMENT_INSIDE = Right(
    "planning.assessment.view_inside",
    _("This is for the officers of the agency that wrote the assessment."),
    (Grant("agency_officer", Reach.ROUTED), Grant("local_officer", Reach.ROUTED)),
)

KEEP_INBOX = Right(
    "planning.routing.inbox",
    _("Only the agency to which a proposal was sent finds it in its inbox."),
    (Grant("agency_officer", Reach.ROUTED), Grant("local_officer", Reach.ROUTED)),
)

KEEP_CALL = Right(
    "planning.call.keep",
    _("Calls of a province are kept by the head of its office."),
    (Grant("provincial_head", Reach.AREA),),
)

WATCH_CALL = Right(
    "planning.call.watch",
    _("Who has answered is shown to the officers of the province."),
    (
        Grant("analyst", Reach.AREA),
        Grant("provincial_head", Reach.AREA),
        Grant("governor", Reach.AREA),
        Grant("auditor", Reach.AREA),
        Grant("ministry_officer", Reach.EVERYWHERE),
    ),
)

VIEW_ANSWER = Right(
    "planning.call.answer.view",
    _("This answer to a call is of another area."),
    (
        *(Grant(role, Reach.AREA) for role in (*_AUTHORS, "amphoe_secretary")),
        Grant("local_officer", Reach.AGENCY),
        Grant("agency_officer", Reach.AGENCY),
    ),
)
"""For those who see a part of a call only; whoever may watch the call sees all of its answers."""

FOLLOW_FIGURES = Right(
    "planning.overview.follow",
    _("The cases behind these figures are shown to the officers of this area."),
    tuple(Grant(role, Reach.AREA) for role in (*_AUTHORS, *_READERS)),
)
"""Of an area: its figures lead to lists. Held by those only who see everything that is counted there."""

SEE_OWED = Right(
    "planning.overview.owed",
    _("Who has not answered a call is shown to the officers of this area."),
    (
        *(Grant(role, Reach.AREA) for role in (*_AUTHORS, "amphoe_secretary")),
        *WATCH_CALL.grants,
    ),
)
"""Of an area: who in it has not answered; each answer is asked by WATCH_CALL or VIEW_ANSWER besides."""

KEEP_SHEET = Right(
    "planning.sheet.keep",
    _("Scoring sheets are kept by the analysts and the head of the provincial office."),
    (Grant("analyst", Reach.AREA), Grant("provincial_head", Reach.AREA)),
)

MARK_SHEET = Right(
    "planning.sheet.mark",
    _("Marks are given by the analysts of this province."),
    (Grant("analyst", Reach.AREA, ("open",)),),
)

VIEW_SHEET = Right(
    "planning.sheet.view",
    _("This scoring sheet belongs to another province."),
    (
        Grant("analyst", Reach.AREA),
        Grant("provincial_head", Reach.AREA),
        Grant("governor", Reach.AREA),
        Grant("auditor", Reach.AREA),
        Grant("ministry_officer", Reach.AREA),
    ),
)

SCORE = Right(
    "planning.proposal.score",
    _("Marks are given by the analysts of this province."),
    (Grant("analyst", Reach.AREA),),
)
"""Also of what the analyst took in from a list: marks do not decide, and every mark is signed."""

RANK = Right(
    "planning.proposal.rank",
    _("Only the head of the provincial office can close a ranking."),
    (Grant("provincial_head", Reach.AREA),),
)

DECIDE = Right(
    "planning.proposal.decide",
    _("Only the governor of this province, or who acts for him, can decide."),
    (Grant("governor", Reach.AREA),),
    unless=(SUBMITTER,),
    barred_reason=_("Whoever wrote or submitted a proposal cannot decide on it."),
)

DECIDE_LIST = Right(
    "planning.version.decide_list",
    DECIDE.reason,
    (Grant("governor", Reach.AREA),),
    phases=("draft",),
)
"""Of a version of a plan, while it is a draft; each proposal of the list is asked by DECIDE besides."""

VIEW_ROUTING = Right(
    "planning.routing.view",
    _("This was sent to another agency."),
    (
        *(Grant(role, Reach.AREA) for role in (*_AUTHORS, *_READERS)),
        Grant("agency_officer", Reach.ROUTED),
        Grant("local_officer", Reach.ROUTED),
    ),
)

RECALL = Right(
    "planning.routing.recall",
    _("Only who sent the proposal, or the governor, can call it back from an agency."),
    (
        Grant("tambon_secretary", Reach.AREA),
        Grant("amphoe_secretary", Reach.AREA),
        Grant("governor", Reach.AREA),
    ),
)

VIEW_PLAN = Right(
    "planning.plan.view",
    _("This plan does not exist."),
    (Grant(ANYBODY, Reach.PUBLIC),),
)

KEEP_PLAN = Right(
    "planning.plan.keep",
    _("Plans are kept by the head of the provincial office."),
    (Grant("provincial_head", Reach.AREA),),
)

MAKE_BOOK = Right(
    "planning.plan.book",
    _("The plan book is ordered by the provincial office, its analysts, or the governor."),
    (
        Grant("provincial_head", Reach.AREA),
        Grant("analyst", Reach.AREA),
        Grant("governor", Reach.AREA),
    ),
)

ADOPT = Right(
    "planning.plan.adopt",
    _("Only the governor of this province, or who acts for him, can adopt its plan."),
    (Grant("governor", Reach.AREA),),
    unless=(SUBMITTER,),
    barred_reason=_("Whoever prepared a version of the plan cannot adopt it. Please ask a colleague."),
)

REPLACE = Right(
    "planning.plan.replace",
    ADOPT.reason,
    ADOPT.grants,
)
"""Of the version in force before: what follows from adopting the next one, whoever prepared it in its day."""

IMPORT_LINES = Right(
    "planning.plan.import",
    _("Budget lines are imported by the ministry or whoever runs the installation."),
    (Grant("ministry_officer", Reach.EVERYWHERE),),
)

PLACE = Right(
    "planning.plan.place",
    _("Only the analysts and the head of the office of this province can say where a line belongs."),
    (Grant("analyst", Reach.AREA), Grant("provincial_head", Reach.AREA)),
)
