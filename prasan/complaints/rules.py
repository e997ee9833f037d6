"""Who may do what with complaints; nobody has any right over one against himself or his unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from prasan.kernel.rights import SUBJECT, SUBMITTER, Grant, Reach, Right

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

_AGAINST_HIM = _("Nobody handles a complaint against himself or his own unit.")


def _right(code: str, reason: StrPromise, *grants: Grant) -> Right:
    return Right(code, reason, grants, unless=(SUBJECT,), barred_reason=_AGAINST_HIM)


_HANDLERS = (Grant("agency_officer", Reach.ROUTED), Grant("local_officer", Reach.ROUTED))
_DESK = Grant("complaint_officer", Reach.AREA)

VIEW = _right(
    "complaints.complaint.view",
    _("This complaint belongs to another area or agency."),
    _DESK,
    *_HANDLERS,
    Grant("amphoe_secretary", Reach.AREA),
    Grant("provincial_head", Reach.AREA),
    Grant("governor", Reach.AREA),
    Grant("auditor", Reach.AREA),
    Grant("ministry_officer", Reach.AREA),
)

VIEW_RESTRICTED = _right(
    "complaints.complaint.view_restricted",
    _("Complaints against officials are read by few."),
    _DESK,
    *_HANDLERS,
    Grant("governor", Reach.AREA),
    Grant("auditor", Reach.AREA),
    Grant("ministry_officer", Reach.AREA),
)
"""Of complaints against officials, which the right before does not open."""

VIEW_INSIDE = _right(
    "complaints.complaint.view_inside",
    _("Only those who handle this complaint read its internal notes."),
    _DESK,
    *_HANDLERS,
    Grant("provincial_head", Reach.AREA),
    Grant("governor", Reach.AREA),
    Grant("auditor", Reach.AREA),
)

TAKE_IN = _right(
    "complaints.complaint.take_in",
    _("Complaints are taken in at the counter by the officers of the centre of this area."),
    _DESK,
)

IMPORT = Right(
    "complaints.list.import",
    _("Lists of complaints are taken in by the officers of the centre of the province."),
    (_DESK,),
)

SCREEN = _right(
    "complaints.complaint.screen",
    _("Complaints are screened, sent on and closed by the centre of this area."),
    _DESK,
)

HANDLE = _right(
    "complaints.referral.handle",
    _("Only the agency to which the complaint was sent can do this."),
    *_HANDLERS,
)

PAUSE = _right(
    "complaints.complaint.pause",
    _("Only those who handle this complaint can stop its clocks."),
    _DESK,
    *_HANDLERS,
)

NOTE_INSIDE = _right(
    "complaints.complaint.note_inside",
    _("Only those who handle this complaint write internal notes on it."),
    _DESK,
    *_HANDLERS,
    Grant("provincial_head", Reach.AREA),
    Grant("governor", Reach.AREA),
)

URGE = _right(
    "complaints.complaint.urge",
    _("Only those to whom late complaints are told can ask others to hurry."),
    _DESK,
    Grant("provincial_head", Reach.AREA),
    Grant("governor", Reach.AREA),
)

SET_LIMITS = Right(
    "complaints.timelimit.set",
    _("Time limits are set by the head of the provincial office or the governor."),
    (Grant("provincial_head", Reach.AREA), Grant("governor", Reach.AREA)),
)

VIEW_REFERRAL = _right(
    "complaints.referral.view",
    _("This complaint belongs to another area or agency."),
    _DESK,
    *_HANDLERS,
    Grant("provincial_head", Reach.AREA),
    Grant("governor", Reach.AREA),
    Grant("auditor", Reach.AREA),
)

VIEW_RULES = Right(
    "complaints.rulebook.view",
    _("The routing rules of this province are kept by its centre."),
    (
        Grant("complaint_officer", Reach.AREA),
        Grant("provincial_head", Reach.AREA),
        Grant("governor", Reach.AREA),
        Grant("auditor", Reach.AREA),
        Grant("ministry_officer", Reach.AREA),
    ),
)

DRAFT_RULES = Right(
    "complaints.rulebook.draft",
    _("Routing rules are drafted by the officers of the centre."),
    (Grant("complaint_officer", Reach.AREA), Grant("provincial_head", Reach.AREA)),
)

PUT_RULES_IN_FORCE = Right(
    "complaints.rulebook.put_in_force",
    _("Routing rules are put in force by the head of the provincial office or the governor."),
    (Grant("provincial_head", Reach.AREA), Grant("governor", Reach.AREA)),
    unless=(SUBMITTER,),
    barred_reason=_("Whoever drafted the rules does not put them in force."),
)

KEEP_TEMPLATES = Right(
    "complaints.replytemplate.keep",
    _("Texts for answers are kept by the officers of the agency that uses them."),
    (
        Grant("complaint_officer", Reach.AGENCY),
        Grant("agency_officer", Reach.AGENCY),
        Grant("local_officer", Reach.AGENCY),
    ),
)

REVEAL = _right(
    "complaints.sender.reveal",
    _("Who sent a complaint is shown to the officers of the centre that took it in."),
    _DESK,
)

REVEAL_NAMED = _right(
    "complaints.sender.reveal_named",
    _("Who sent this complaint is shown to the centre and to the agency that handles it."),
    _DESK,
    *_HANDLERS,
)
"""Of complaints that were sent by name, for which the sender said so."""

ERASE = _right(
    "complaints.sender.erase",
    _("Only the administrator of the province can have the sender of a complaint erased."),
    Grant("province_admin", Reach.AREA),
)
