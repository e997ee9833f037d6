"""Founding agencies and committees, and seating members."""

from __future__ import annotations

import re
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies import events, rules
from prasan.agencies.models import Agency, Committee, Mandate, Membership, Posting
from prasan.agencies.queries import require
from prasan.kernel.refusals import Refused
from prasan.kernel.text import clean
from prasan.ledger.actions import record
from prasan.places.models import Area, LocalGovernment

_CODE = re.compile(r"[a-z0-9][a-z0-9.-]{1,39}")


@transaction.atomic
def found_agency(
    *,
    code: str,
    name_th: str,
    name_en: str,
    level: str,
    area: Area,
    parent: Agency | None = None,
    local_government: LocalGovernment | None = None,
    sectors: tuple[str, ...] = (),
    valid_from: date | None = None,
    by: User | None,
) -> Agency:
    """Enter an agency, with the subjects in which it has the power to act."""
    agency = Agency(
        code=code.strip().lower(),
        name_th=clean(name_th).strip(),
        name_en=clean(name_en).strip(),
        level=level,
        area=area,
        parent=parent,
        local_government=local_government,
        valid_from=valid_from,
    )
    capacity = require(by, rules.FOUND_AGENCY, agency)
    if not _CODE.fullmatch(agency.code):
        raise Refused(_("Please write the code with 2 to 40 small Latin letters, digits, dots or hyphens."))
    if not agency.name_th:
        raise Refused(_("Please give the name in Thai."))
    if level not in Agency.Level.values:
        raise Refused(_("Please choose the level of the agency."))
    try:
        with transaction.atomic():
            agency.save()
    except IntegrityError as error:
        raise Refused(_("An agency with the code “%s” exists already.") % agency.code) from error
    Mandate.objects.bulk_create(Mandate(agency=agency, sector=sector) for sector in sorted(set(sectors)))
    record(
        events.AGENCY_FOUNDED,
        agency,
        by=by,
        posting=capacity,
        after={
            "code": agency.code,
            "level": level,
            "area": area.pk,
            "parent": parent.pk if parent else None,
            "sectors": sorted(set(sectors)),
        },
    )
    return agency


@transaction.atomic
def found_committee(
    *,
    kind: str,
    area: Area,
    agency: Agency,
    name_th: str,
    name_en: str,
    quorum: int,
    valid_from: date | None = None,
    by: User | None,
) -> Committee:
    """Enter a committee of an area; of each kind but juries an area has one at a time."""
    committee = Committee(
        kind=kind,
        area=area,
        agency=agency,
        name_th=clean(name_th).strip(),
        name_en=clean(name_en).strip(),
        quorum=quorum,
        valid_from=valid_from,
    )
    capacity = require(by, rules.FOUND_COMMITTEE, committee)
    if kind not in Committee.Kind.values:
        raise Refused(_("Please choose the kind of committee."))
    if not committee.name_th:
        raise Refused(_("Please give the name in Thai."))
    if quorum < 1:
        raise Refused(_("A quorum is at least one member."))
    try:
        with transaction.atomic():
            committee.save()
    except IntegrityError as error:
        raise Refused(_("This area has a committee of this kind already.")) from error
    record(
        events.COMMITTEE_FOUNDED,
        committee,
        by=by,
        posting=capacity,
        after={"kind": kind, "area": area.pk, "agency": agency.pk, "quorum": quorum},
    )
    return committee


@transaction.atomic
def seat_member(
    committee: Committee,
    posting: Posting,
    *,
    seat: str = Membership.Seat.MEMBER,
    starts: date,
    by: User | None,
) -> Membership:
    """Give a seat to a posting: whoever holds it, or acts for its holder, sits there."""
    committee = Committee.objects.select_for_update().get(pk=committee.pk)
    capacity = require(by, rules.FOUND_COMMITTEE, committee)
    if committee.valid_to is not None and committee.valid_to < starts:
        raise Refused(_("This committee has been dissolved by then."))
    if posting.ends is not None and posting.ends < starts:
        raise Refused(_("This posting has ended by then. Please choose its present holder."))
    if posting.is_acting:
        raise Refused(_("Whoever acts for a member sits in the member's seat. Please seat the member."))
    if Membership.objects.filter(committee=committee, posting=posting, ends=None).exists():
        raise Refused(_("This member has a seat already."))
    if seat == Membership.Seat.CHAIR and committee.memberships.filter(seat=seat, ends=None).exists():
        raise Refused(_("The committee has a chair. Please end that seat first."))
    membership = Membership.objects.create(committee=committee, posting=posting, seat=seat, starts=starts)
    record(
        events.SEATED,
        committee,
        by=by,
        posting=capacity,
        after={
            "membership": membership.pk,
            "posting": posting.pk,
            "seat": seat,
            "starts": starts.isoformat(),
        },
    )
    return membership


@transaction.atomic
def end_seat(membership: Membership, *, on: date, by: User | None) -> Membership:
    """Set the last day of a seat."""
    membership = (
        Membership.objects.select_for_update(of=("self",)).select_related("committee").get(pk=membership.pk)
    )
    capacity = require(by, rules.FOUND_COMMITTEE, membership.committee)
    if membership.ends is not None:
        raise Refused(_("This seat has an end already."))
    if on < membership.starts:
        raise Refused(_("The last day cannot be before the first day of the seat."))
    membership.ends = on
    membership.save(update_fields=["ends"])
    record(
        events.SEAT_ENDED,
        membership.committee,
        by=by,
        posting=capacity,
        after={"membership": membership.pk, "ends": on.isoformat()},
    )
    return membership
