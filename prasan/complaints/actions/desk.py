"""What the centre does with a complaint: screening, sending to agencies, calling back."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.models import Agency
from prasan.agencies.queries import require
from prasan.cases.actions import begin, move, move_in_act
from prasan.cases.words import cleaned, findable
from prasan.complaints import rules
from prasan.complaints.actions.clock import set_clocks
from prasan.complaints.actions.locking import locked_complaint
from prasan.complaints.actions.reading import drop_reading
from prasan.complaints.models import Complaint, Kind, Referral
from prasan.complaints.queries.rule_books import facts_of, proposed_for
from prasan.complaints.routing import has_power
from prasan.complaints.states import HELD
from prasan.kernel.calendar import today
from prasan.kernel.refusals import Refused
from prasan.places.models import Area


@transaction.atomic
def screen_complaint(
    complaint: Complaint,
    *,
    kind: Kind,
    title: str,
    area: Area | None = None,
    subject_agency: Agency | None = None,
    by: User | None,
    note: str = "",
) -> Complaint:
    """Say what a complaint is about and where; the title may be shown to others, and holds no names."""
    complaint = locked_complaint(complaint)
    require(by, rules.SCREEN, complaint)
    complaint.title = cleaned(title, 200)
    if not complaint.title:
        raise Refused(_("Please give it a short title that others may read, without names."))
    complaint.kind, complaint.is_restricted = kind, kind.is_restricted
    complaint.subject_agency = subject_agency if kind.is_restricted else None
    complaint.area = area or complaint.area
    complaint.search_key = findable(complaint.area, complaint.title, complaint.words)
    complaint.save(update_fields=["title", "kind", "is_restricted", "subject_agency", "area", "search_key"])
    if complaint.is_restricted:
        drop_reading(complaint)
    facts = {"kind": kind.code, "area": complaint.area_id}
    return set_clocks(move_in_act(complaint, "screen", by=by, note=note, after=facts))


@transaction.atomic
def refer_complaint(
    complaint: Complaint,
    *,
    lead: Agency,
    helpers: Collection[Agency] = (),
    by: User | None,
    note: str = "",
    internal_note: str = "",
) -> Complaint:
    """Send a complaint to the agency that answers for it, and to those that help.

    The ledger keeps which rule proposed whom, and whether the centre followed it.
    """
    complaint = locked_complaint(complaint)
    posting = require(by, rules.SCREEN, complaint)
    agencies = (lead, *helpers)
    if len({agency.pk for agency in agencies}) < len(agencies):
        raise Refused(_("Please name each agency once."))
    for agency in agencies:
        refuse_agency(agency, complaint)
    proposed = proposed_for(complaint)
    moved = move(
        complaint,
        "refer",
        by=by,
        note=note,
        internal_note=internal_note,
        after={
            "lead": lead.pk,
            "helpers": sorted(agency.pk for agency in helpers),
            **facts_of(proposed, lead),
        },
    )
    for agency in agencies:
        begin_referral(moved, agency, is_lead=agency == lead, by=by, posting=posting)
    return set_clocks(moved)


@transaction.atomic
def take_on_complaint(complaint: Complaint, *, by: User | None, note: str = "") -> Complaint:
    """Settle a complaint at the centre itself."""
    return set_clocks(move_in_act(complaint, "take_on", by=by, note=note))


@transaction.atomic
def send_back_complaint(complaint: Complaint, *, by: User | None, note: str) -> Complaint:
    """Ask for more than the answer that came; the centre says who goes on."""
    return set_clocks(move_in_act(complaint, "send_back", by=by, note=note))


@transaction.atomic
def recall_complaint(complaint: Complaint, *, by: User | None, note: str) -> Complaint:
    """Call a complaint back from all agencies; the centre decides anew."""
    moved = move(locked_complaint(complaint), "recall", by=by, note=note)
    end_referrals(moved, note=note)
    return set_clocks(moved)


def begin_referral(
    complaint: Complaint, agency: Agency, *, is_lead: bool, by: User | None, posting: int | None
) -> Referral:
    """The beginning of a complaint's way through an agency."""
    complaint.referrals.filter(agency=agency, is_latest=True).update(is_latest=False)
    referral = Referral(complaint=complaint, agency=agency, is_lead=is_lead)
    facts = {"complaint": complaint.pk, "agency": agency.pk, "lead": is_lead}
    return begin(referral, by=by, posting=posting, after=facts)


def end_referrals(complaint: Complaint, *, note: str) -> None:
    """Call back every referral that still counts: what follows from an act on the complaint."""
    for referral in complaint.referrals.filter(state__in=HELD).order_by("pk"):
        move(referral, "recall", by=None, note=note)


def refuse_agency(agency: Agency, complaint: Complaint) -> None:
    """An agency acts only while it exists, where its area holds the complaint's, and never on itself."""
    is_over = agency.valid_to is not None and agency.valid_to < today()
    if is_over or not has_power(agency.area.path, complaint.area.path):
        raise Refused(_("%(agency)s has no power in this area. Please choose another.") % {"agency": agency})
    if complaint.subject_agency_id == agency.pk:
        raise Refused(_("A complaint is not sent to the unit that it is about. Please choose another."))
