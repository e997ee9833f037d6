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
    barred_reason=_("Whoever wrote an innovation cannot assess it. Please ask a colleague."),
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
