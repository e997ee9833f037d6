"""What an agency does with a complaint that was sent to it; the lead's word moves the complaint."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.models import Agency
from prasan.agencies.queries import require
from prasan.cases.actions import move
from prasan.cases.words import cleaned
from prasan.complaints import events, rules
from prasan.complaints.actions.clock import set_clocks
from prasan.complaints.actions.desk import begin_referral, end_referrals, refuse_agency
from prasan.complaints.actions.locking import locked_complaint
from prasan.complaints.actions.photograph import Sent, add_photographs
from prasan.complaints.models import Complaint, Photograph, Referral
from prasan.complaints.queries.rule_books import facts_of, proposed_for
from prasan.kernel.refusals import Refused
from prasan.ledger.actions import record


@transaction.atomic
def acknowledge_referral(referral: Referral, *, own_number: str = "", by: User | None) -> Referral:
    """Take a complaint up, under the agency's own number where it has one."""
    complaint, referral = _locked(referral)
    moved = move(referral, "acknowledge", by=by)
    moved.own_number = cleaned(own_number, 80)
    moved.save(update_fields=["own_number"])
    _follow(complaint, moved, "acknowledge", by=by)
    return moved


@transaction.atomic
def begin_work(referral: Referral, *, by: User | None, note: str = "") -> Referral:
    """Say that work has begun."""
    complaint, referral = _locked(referral)
    moved = move(referral, "work", by=by, note=note)
    _follow(complaint, moved, "work", by=by, note=note)
    return moved


@transaction.atomic
def answer_referral(
    referral: Referral, *, by: User | None, note: str, internal_note: str = "", proof: Sequence[Sent] = ()
) -> Referral:
    """Answer and show what was done; the lead's answer is what the sender reads, the centre then closes."""
    complaint, referral = _locked(referral)
    moved = move(referral, "answer", by=by, note=note, internal_note=internal_note)
    add_photographs(complaint, proof, shows=Photograph.Shows.PROOF, by=by)
    _follow(complaint, moved, "answer", by=by, note=note)
    return moved


@transaction.atomic
def return_referral(referral: Referral, *, by: User | None, note: str, internal_note: str = "") -> Referral:
    """Say why the agency cannot help; the centre sends it elsewhere."""
    complaint, referral = _locked(referral)
    moved = move(referral, "return", by=by, note=note, internal_note=internal_note)
    if moved.is_lead:
        end_referrals(complaint, note=note)
    _follow(complaint, moved, "return", by=by, note=note)
    return moved


@transaction.atomic
def refer_on(referral: Referral, agency: Agency, *, by: User | None, note: str) -> Referral:
    """Hand a complaint to another agency in one's own place; gives the new referral.

    The ledger keeps which rule proposed whom, and whether the agency followed it.
    """
    complaint, referral = _locked(referral)
    posting = require(by, rules.HANDLE, referral)
    refuse_agency(agency, complaint)
    if agency.pk == referral.agency_id:
        raise Refused(_("This is your own agency. Please choose another."))
    proposed = proposed_for(complaint, but=referral.agency)
    facts = {"to": agency.pk, **facts_of(proposed, agency)}
    moved = move(referral, "refer_on", by=by, note=note, after=facts)
    begun = begin_referral(complaint, agency, is_lead=moved.is_lead, by=by, posting=posting)
    _follow(complaint, moved, "refer_on", by=by, note=note)
    return begun


@transaction.atomic
def assign_officer(referral: Referral, officer: User, *, by: User | None) -> Referral:
    """Say who in the agency looks after it."""
    _complaint, referral = _locked(referral)
    posting = require(by, rules.HANDLE, referral)
    require(officer, rules.HANDLE, referral)
    before, referral.officer = referral.officer_id, officer
    referral.save(update_fields=["officer"])
    record(
        events.OFFICER_ASSIGNED,
        referral,
        by=by,
        posting=posting,
        before={"officer": before},
        after={"officer": officer.pk},
    )
    return referral


def _follow(complaint: Complaint, referral: Referral, step: str, *, by: User | None, note: str = "") -> None:
    """The complaint takes the step of the agency that answers for it; the clocks are read anew."""
    if referral.is_lead:
        complaint = move(complaint, step, by=by, note=note, after={"agency": referral.agency_id})
    set_clocks(complaint)


def _locked(referral: Referral) -> tuple[Complaint, Referral]:
    """The complaint first, then the referral, both held until the act ends."""
    complaint = locked_complaint(Complaint(pk=referral.complaint_id))
    rows = Referral.objects.select_for_update(of=("self",)).select_related("agency")
    return complaint, rows.get(pk=referral.pk)
