"""Who may do what with programmes, editions, entries and score sheets of awards."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from prasan.kernel.rights import ANYBODY, SUBMITTER, Grant, Reach, Right

_OFFICERS = ("agency_officer", "local_officer", "provincial_head", "analyst")
"""Who writes innovations enters them, and runs the awards of his own agency."""
_OPENED = ("open", "screening", "judging", "deliberation", "decided", "announced", "closed")
"""Every state of an edition but that in which it is prepared."""
_SENT = (
    "returned",
    "submitted",
    "eligible",
    "ineligible",
    "judged",
    "awarded",
    "not_awarded",
    "untold",
    "withdrawn",
    "left_out",
)
"""Every state of an entry but the draft."""
_TOLD = ("awarded", "not_awarded", "untold")
"""States of an entry whose result stands open to everybody."""

VIEW_PROGRAMME = Right(
    "awards.programme.view",
    _("This programme does not exist."),
    (Grant(ANYBODY, Reach.PUBLIC),),
)

FOUND_PROGRAMME = Right(
    "awards.programme.found",
    _("Programmes of awards are entered by the ministry."),
    (Grant("ministry_officer", Reach.EVERYWHERE),),
)

VIEW_EDITION = Right(
    "awards.edition.view",
    _("This edition is still being prepared."),
    (
        *(Grant(role, Reach.ROUTED) for role in _OFFICERS),
        Grant("ministry_officer", Reach.EVERYWHERE),
        Grant(ANYBODY, Reach.PUBLIC, _OPENED),
    ),
)

ORGANISE = Right(
    "awards.edition.organise",
    _("An edition is run by the officers of the agency that organises it, or by the ministry."),
    (
        *(Grant(role, Reach.ROUTED) for role in _OFFICERS),
        Grant("ministry_officer", Reach.EVERYWHERE),
    ),
)

VIEW_ENTRY = Right(
    "awards.entry.view",
    _("This entry belongs to another agency, and its result is not announced."),
    (
        *(Grant(role, Reach.AGENCY) for role in _OFFICERS),
        *(Grant(role, Reach.ROUTED, _SENT) for role in _OFFICERS),
        Grant("ministry_officer", Reach.EVERYWHERE, _SENT),
        Grant(ANYBODY, Reach.PUBLIC, _TOLD),
    ),
)

VIEW_ENTRY_INSIDE = Right(
    "awards.entry.view_inside",
    _("This is for the officers of the entrant and of the organiser."),
    (
        *(Grant(role, Reach.AGENCY) for role in _OFFICERS),
        *(Grant(role, Reach.ROUTED, _SENT) for role in _OFFICERS),
        Grant("ministry_officer", Reach.EVERYWHERE, _SENT),
    ),
)
"""As VIEW_ENTRY without the public."""

ENTER = Right(
    "awards.entry.enter",
    _("An innovation is entered by the officers of the agency whose it is."),
    tuple(Grant(role, Reach.AGENCY) for role in _OFFICERS),
)

SCREEN = Right(
    "awards.entry.screen",
    _("Entries are screened by the agency that organises the award, or by the ministry."),
    (
        *(Grant(role, Reach.ROUTED) for role in _OFFICERS),
        Grant("ministry_officer", Reach.EVERYWHERE),
    ),
    unless=(SUBMITTER,),
    barred_reason=_("Whoever entered an innovation cannot screen it. Please ask a colleague."),
)

STATE_TIE = Right(
    "awards.tie.state",
    _("A judge states his own ties; the organiser may enter what somebody else reported."),
    (
        Grant("judge", Reach.ASSIGNED),
        *(Grant(role, Reach.ROUTED) for role in _OFFICERS),
        Grant("ministry_officer", Reach.EVERYWHERE),
    ),
)

VIEW_SHEET = Right(
    "awards.sheet.view",
    _("This score sheet was given to another judge, or taken off you."),
    (
        Grant("judge", Reach.ASSIGNED, ("open", "handed_in")),
        *(Grant(role, Reach.ROUTED) for role in _OFFICERS),
        Grant("ministry_officer", Reach.EVERYWHERE),
    ),
)

SCORE = Right(
    "awards.sheet.score",
    _("Only the judge to whom this entry was assigned scores it."),
    (Grant("judge", Reach.ASSIGNED),),
)
