"""Appointing people, letting someone act for another, and ending postings."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies import events, rules
from prasan.agencies.models import Agency, Posting
from prasan.agencies.queries import forget_standing, require_appointing, role_called
from prasan.kernel.calendar import today
from prasan.kernel.refusals import Refused
from prasan.kernel.text import clean
from prasan.ledger.actions import record
from prasan.ledger.seals import Facts
from prasan.places.models import Area


@transaction.atomic
def appoint(
    person: User,
    *,
    role: str,
    agency: Agency,
    area: Area,
    starts: date,
    ends: date | None = None,
    title_th: str,
    title_en: str,
    by: User | None,
) -> Posting:
    """Give a person a role at an agency for an area, from a day on."""
    holder = User.objects.select_for_update().get(pk=person.pk)
    posting = Posting(
        person=holder,
        role=role_called(role),
        agency=agency,
        area=area,
        starts=starts,
        ends=ends,
        title_th=clean(title_th).strip(),
        title_en=clean(title_en).strip(),
    )
    capacity = require_appointing(by, posting)
    _refuse_impossible(posting)
    posting.save()
    forget_standing(person)
    record(events.APPOINTED, posting, by=by, posting=capacity, after=_facts(posting))
    return posting


@transaction.atomic
def delegate(
    posting: Posting,
    person: User,
    *,
    starts: date,
    ends: date,
    by: User | None,
    title_th: str = "",
    title_en: str = "",
) -> Posting:
    """Let a person act for the holder of a posting, with all its rights, from a day to a day."""
    posting = (
        Posting.objects.select_for_update(of=("self",)).select_related("agency", "area").get(pk=posting.pk)
    )
    acting = Posting(
        person=person,
        role_id=posting.role_id,
        agency=posting.agency,
        area=posting.area,
        starts=starts,
        ends=ends,
        acting_for=posting,
        title_th=clean(title_th).strip() or f"รักษาราชการแทน{posting.title_th}",
        title_en=clean(title_en).strip() or f"Acting {posting.title_en}",
    )
    is_his_own = by is not None and posting.person_id == by.pk and posting.is_current and by.is_active
    capacity = posting.pk if is_his_own else require_appointing(by, acting)
    if posting.is_acting:
        raise Refused(
            _("Someone who acts for another cannot pass this on. Please choose the posting itself.")
        )
    if posting.person_id == person.pk:
        raise Refused(_("A person cannot act for himself. Please choose someone else."))
    if posting.ends is not None and posting.ends < today():
        raise Refused(_("This posting has ended. Please appoint a new holder."))
    if posting.ends is not None and ends > posting.ends:
        raise Refused(
            _("Nobody can act for this posting after its own last day. Please choose an earlier last day.")
        )
    _refuse_impossible(acting)
    acting.save()
    forget_standing(person)
    record(
        events.DELEGATED, acting, by=by, posting=capacity, after={**_facts(acting), "acting_for": posting.pk}
    )
    return acting


@transaction.atomic
def end_posting(posting: Posting, *, on: date, by: User | None) -> Posting:
    """Set the last day of a posting, earlier than planned, never later; who acts for it stops with it.

    Yesterday is the earliest last day: the person was in office on the days before, and acted.
    """
    kept = posting
    posting = (
        Posting.objects.select_for_update(of=("self",)).select_related("agency", "area").get(pk=posting.pk)
    )
    capacity = require_appointing(by, posting)
    if posting.ends is not None and posting.ends < today():
        raise Refused(_("This posting has ended already."))
    if on < posting.starts:
        raise Refused(_("The last day cannot be before the first day of the posting."))
    if on < today() - timedelta(days=1):
        raise Refused(_("The last day cannot be before yesterday. Please choose yesterday or a later day."))
    if posting.ends is not None and on > posting.ends:
        raise Refused(
            _("The posting ends earlier as it is. To make it longer, please appoint the person anew.")
        )
    _end(posting, on, by, capacity)
    for acting in posting.delegations.select_for_update().filter(Q(ends=None) | Q(ends__gt=on)):
        if acting.starts > max(on, today()):
            _withdraw(acting, by, capacity)
        elif acting.ends != (last := max(on, acting.starts)):  # whoever began today keeps today
            _end(acting, last, by, capacity)
    kept.ends = on
    forget_standing(posting.person)
    return posting


def _end(posting: Posting, on: date, by: User | None, capacity: int | None) -> None:
    before, posting.ends = posting.ends, on
    posting.save(update_fields=["ends"])
    record(
        events.ENDED,
        posting,
        by=by,
        posting=capacity,
        before={"ends": before.isoformat() if before else None},
        after={"ends": on.isoformat()},
    )


def _withdraw(acting: Posting, by: User | None, capacity: int | None) -> None:
    """Take back a posting that was to begin after its holder's last day; the ledger keeps what it was."""
    record(
        events.WITHDRAWN,
        acting,
        by=by,
        posting=capacity,
        before={**_facts(acting), "acting_for": acting.acting_for_id},
    )
    acting.delete()


def _refuse_impossible(posting: Posting) -> None:
    if not posting.title_th:
        raise Refused(_("Please give the title of the post in Thai."))
    if not posting.person.is_active:
        raise Refused(_("The account of this person is closed. Please reopen it first."))
    if posting.ends is not None and posting.ends < posting.starts:
        raise Refused(_("The last day cannot be before the first day of the posting."))
    at_the_same_time = Posting.objects.filter(
        Q(ends=None) | Q(ends__gte=posting.starts), role=posting.role_id, area=posting.area
    )
    if posting.ends is not None:
        at_the_same_time = at_the_same_time.filter(starts__lte=posting.ends)
    if at_the_same_time.filter(
        person=posting.person, agency=posting.agency, acting_for=posting.acting_for_id
    ).exists():
        raise Refused(_("This person holds this post in that time already."))
    if not posting.is_acting and posting.role_id in rules.HELD_BY_ONE:
        Area.objects.select_for_update().get(pk=posting.area_id)  # two appointments at once take turns here
        if at_the_same_time.filter(acting_for=None).exists():
            raise Refused(_("This post has a holder in that time. Please end that posting first."))


def _facts(posting: Posting) -> Facts:
    return {
        "person": posting.person_id,
        "role": posting.role_id,
        "agency": posting.agency_id,
        "area": posting.area_id,
        "starts": posting.starts.isoformat(),
        "ends": posting.ends.isoformat() if posting.ends else None,
    }
