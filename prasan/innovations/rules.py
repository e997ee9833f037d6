"""Who may do what with innovations and the registers that list them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from prasan.kernel.rights import ANYBODY, SUBMITTER, Grant, Reach, Right

_SENT = ("proposed", "registered", "declined", "withdrawn")
"""Every state but the draft."""
_WRITERS = ("agency_officer", "local_officer", "provincial_head", "analyst")
_READERS = ("governor", "auditor")

VIEW = Right(
    "innovations.innovation.view",
    _("This innovation belongs to another agency and is not registered yet."),
    (
        *(Grant(role, Reach.AGENCY) for role in _WRITERS),
        *(Grant(role, Reach.AREA, _SENT) for role in _READERS),
        Grant("ministry_officer", Reach.EVERYWHERE, _SENT),
        Grant(ANYBODY, Reach.PUBLIC, ("registered",)),
    ),
)

VIEW_INSIDE = Right(
    "innovations.innovation.view_inside",
    _("This is for the officers who work on the innovation."),
    (
        *(Grant(role, Reach.AGENCY) for role in _WRITERS),
        *(Grant(role, Reach.AREA, _SENT) for role in _READERS),
        Grant("ministry_officer", Reach.EVERYWHERE, _SENT),
    ),
)
"""As VIEW without the public: what is shown to officers only hangs on this right."""

WRITE = Right(
    "innovations.innovation.write",
    _("An innovation is written by the officers of the agency whose it is."),
    tuple(Grant(role, Reach.AGENCY) for role in _WRITERS),
)

ASSESS = Right(
    "innovations.innovation.assess",
    _("Innovations are assessed by the ministry."),
    (Grant("ministry_officer", Reach.EVERYWHERE),),
    unless=(SUBMITTER,),
    barred_reason=_("Whoever wrote or proposed an innovation cannot assess it. Please ask a colleague."),
)

_DECIDED = ("registered", "declined")
"""States in which the owner reads what the ministry found; a draft may have been taken back to peek."""

READ_APPRAISAL = Right(
    "innovations.appraisal.read",
    _("What the ministry found is read by the owner once it has decided."),
    (
        *(Grant(role, Reach.AGENCY, _DECIDED) for role in _WRITERS),
        *(Grant(role, Reach.AREA, _DECIDED) for role in _READERS),
        Grant("ministry_officer", Reach.EVERYWHERE),
    ),
)

VIEW_REGISTER = Right(
    "innovations.register.view",
    _("This register does not exist."),
    (Grant(ANYBODY, Reach.PUBLIC),),
)

SET_CRITERIA = Right(
    "innovations.criteria.set",
    _("The criteria of innovations are kept by the ministry."),
    (Grant("ministry_officer", Reach.EVERYWHERE),),
)

_COOKS = (
    *(Grant(role, Reach.AGENCY) for role in _WRITERS),
    Grant("ministry_officer", Reach.EVERYWHERE),
)

VIEW_COOKBOOK = Right(
    "innovations.cookbook.view",
    _("This cookbook is not published."),
    (*_COOKS, Grant(ANYBODY, Reach.PUBLIC, ("published",))),
)

WRITE_COOKBOOK = Right(
    "innovations.cookbook.write",
    _("A cookbook is written by the officers of the agency whose innovation it is, and by the ministry."),
    _COOKS,
)

SPREAD_COOKBOOK = Right(
    "innovations.cookbook.spread",
    _("Cookbooks are sent out by the ministry, once they are published."),
    (Grant("ministry_officer", Reach.EVERYWHERE, ("published",)),),
)

_OFFICERS = (*_WRITERS, "complaint_officer", "amphoe_secretary")
"""Who acts for an agency in what others have done."""

RECEIVE_COOKBOOK = Right(
    "innovations.delivery.receive",
    _("This was sent to another agency."),
    tuple(Grant(role, Reach.AGENCY) for role in (*_OFFICERS, "governor")),
)

VIEW_ADOPTION = Right(
    "innovations.adoption.view",
    _("This does not exist."),
    (Grant(ANYBODY, Reach.PUBLIC),),
)
"""Agency, state and date: who uses an innovation may be known by everybody."""

READ_LESSONS = Right(
    "innovations.adoption.read_lessons",
    _("Results and lessons are read by the agency that wrote them and by the owner of the innovation."),
    (
        *(Grant(role, Reach.AGENCY) for role in _OFFICERS),
        *(Grant(role, Reach.ROUTED) for role in _WRITERS),
        Grant("ministry_officer", Reach.EVERYWHERE),
    ),
)

ADOPT = Right(
    "innovations.adoption.adopt",
    _("Only the officers of an agency say whether it uses an innovation."),
    tuple(Grant(role, Reach.AGENCY) for role in _OFFICERS),
)

GIVE_ORDER = Right(
    "innovations.order.give",
    _("Orders are given by the ministry, and by a governor to agencies in his province."),
    (Grant("ministry_officer", Reach.EVERYWHERE), Grant("governor", Reach.AREA)),
)

FOLLOW_ORDER = Right(
    "innovations.order.follow",
    _("Only the office that gave the order can do this."),
    (Grant("ministry_officer", Reach.AGENCY), Grant("governor", Reach.AGENCY)),
)

CARRY_OUT = Right(
    "innovations.order.carry_out",
    _("Only the agency that was given the order can do this."),
    tuple(Grant(role, Reach.ROUTED) for role in (*_OFFICERS, "governor")),
)

VIEW_ORDER = Right(
    "innovations.order.view",
    _("This order was given to another agency."),
    (
        *(Grant(role, Reach.ROUTED) for role in (*_OFFICERS, "governor")),
        Grant("governor", Reach.AGENCY),
        Grant("governor", Reach.AREA),
        Grant("auditor", Reach.AREA),
        Grant("ministry_officer", Reach.EVERYWHERE),
    ),
)
