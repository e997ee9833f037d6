"""Who may appoint, found, convene and see, as data."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from prasan.kernel.rights import ANYBODY, SUBJECT, Grant, Reach, Right

ROLES = (
    "village_head",
    "kamnan",
    "tambon_secretary",
    "amphoe_secretary",
    "local_officer",
    "agency_officer",
    "analyst",
    "provincial_head",
    "governor",
    "finance_officer",
    "judge",
    "auditor",
    "province_admin",
    "ministry_officer",
    "complaint_officer",
)
"""Codes of the roles that rights are granted to; the rows of the table `Role`."""

_GIVEN_IN_A_PROVINCE = (
    "village_head",
    "kamnan",
    "tambon_secretary",
    "amphoe_secretary",
    "local_officer",
    "agency_officer",
    "analyst",
    "provincial_head",
    "finance_officer",
    "judge",
    "complaint_officer",
)

GIVES: Mapping[str, tuple[str, ...]] = {
    "province_admin": _GIVEN_IN_A_PROVINCE,
    "ministry_officer": (*_GIVEN_IN_A_PROVINCE, "governor", "auditor", "province_admin"),
}
"""Which roles the holder of a role may appoint to: what decides or controls comes from the level above.

Nobody gives `ministry_officer`: whoever runs the installation does, from the command line.
"""

_HOW_FAR = {"province_admin": Reach.AREA, "ministry_officer": Reach.EVERYWHERE}

APPOINT: Mapping[str, Right] = {
    role: Right(
        f"agencies.posting.appoint.{role}",
        _("This post is given by a level above yours, or lies outside your area."),
        tuple(Grant(giver, _HOW_FAR[giver]) for giver, given in GIVES.items() if role in given),
        unless=(SUBJECT,),
        barred_reason=_("Nobody can give himself a post or take it away from himself."),
    )
    for role in ROLES
}
"""The right to appoint to, delegate from and end postings of each role."""

HELD_BY_ONE = ("village_head", "kamnan", "governor")
"""Roles that one person at a time holds in an area; others may act for him."""

MANAGE_PEOPLE = Right(
    "agencies.posting.manage",
    _("People and postings of this area are kept by its administrators."),
    (Grant("province_admin", Reach.AREA), Grant("ministry_officer", Reach.EVERYWHERE)),
)

VIEW_PEOPLE = Right(
    "agencies.posting.view",
    _("This person has no post in your area."),
    (
        Grant(ANYBODY, Reach.OWN),
        Grant("amphoe_secretary", Reach.AREA),
        Grant("provincial_head", Reach.AREA),
        Grant("governor", Reach.AREA),
        Grant("province_admin", Reach.AREA),
        Grant("ministry_officer", Reach.EVERYWHERE),
    ),
)

VIEW_AGENCY = Right(
    "agencies.agency.view",
    _("This agency does not exist."),
    (Grant(ANYBODY, Reach.PUBLIC),),
)

FOUND_AGENCY = Right(
    "agencies.agency.found",
    _("Agencies are founded by the administrators of their area."),
    (Grant("province_admin", Reach.AREA), Grant("ministry_officer", Reach.EVERYWHERE)),
)

SET_HOLIDAYS = Right(
    "agencies.holiday.set",
    _("Public holidays are kept by the ministry."),
    (Grant("ministry_officer", Reach.EVERYWHERE),),
)

VIEW_COMMITTEE = Right(
    "agencies.committee.view",
    _("This committee belongs to another area."),
    (
        *(Grant(role, Reach.COMMITTEE) for role in ROLES),
        Grant("village_head", Reach.AREA),
        Grant("kamnan", Reach.AREA),
        Grant("tambon_secretary", Reach.AREA),
        Grant("amphoe_secretary", Reach.AREA),
        Grant("local_officer", Reach.AREA),
        Grant("agency_officer", Reach.AREA),
        Grant("analyst", Reach.AREA),
        Grant("provincial_head", Reach.AREA),
        Grant("governor", Reach.AREA),
        Grant("finance_officer", Reach.AREA),
        Grant("auditor", Reach.AREA),
        Grant("province_admin", Reach.AREA),
        Grant("ministry_officer", Reach.EVERYWHERE),
    ),
)

FOUND_COMMITTEE = Right(
    "agencies.committee.found",
    _("Committees are founded and seated by the administrators of their area."),
    (Grant("province_admin", Reach.AREA), Grant("ministry_officer", Reach.EVERYWHERE)),
)

CONVENE = Right(
    "agencies.meeting.convene",
    _("Meetings are convened, and resolutions recorded, by a secretary who sits on the committee."),
    (
        Grant("tambon_secretary", Reach.COMMITTEE),
        Grant("amphoe_secretary", Reach.COMMITTEE),
        Grant("provincial_head", Reach.COMMITTEE),
    ),
)

OPEN_CALL = Right(
    "agencies.call.open",
    _("Calls are opened by the head of the provincial office or a ministry."),
    (Grant("provincial_head", Reach.AREA), Grant("ministry_officer", Reach.EVERYWHERE)),
)

VIEW_CALL = Right(
    "agencies.call.view",
    _("This call does not exist."),
    (Grant(ANYBODY, Reach.PUBLIC),),
)

ANSWER_CALL = Right(
    "agencies.call.answer",
    _("This call is answered by the one who was asked."),
    (
        Grant("village_head", Reach.AREA),
        Grant("kamnan", Reach.AREA),
        Grant("tambon_secretary", Reach.AREA),
        Grant("amphoe_secretary", Reach.AREA),
        Grant("local_officer", Reach.AGENCY),
        Grant("agency_officer", Reach.AGENCY),
    ),
)
