"""Reminding those who have not answered a call: by who keeps it, and by itself before it closes."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.models import Call
from prasan.agencies.queries import require
from prasan.awards.models import Edition
from prasan.kernel.calendar import BANGKOK, today
from prasan.kernel.refusals import Refused
from prasan.ledger.actions import record
from prasan.ledger.queries import entries_about
from prasan.notices import events
from prasan.notices.actions.writing import write_of_call, write_of_edition
from prasan.notices.models import Letter
from prasan.notices.occasions import CLOSING, REMINDER
from prasan.notices.queries import drafting_for, owing, people_asked, reminded_of
from prasan.planning import rules
from prasan.planning.models import CallTerms

DAYS_BEFORE = 3
"""So many days before a call closes, whoever was not reminded yet is reminded by itself."""


@transaction.atomic
def remind(call: Call, *, by: User) -> int:
    """Write to everybody who has not answered and was not reminded of this call before; how many they are.

    Two who press at once write once: the second finds nobody left, and is told so.
    """
    call = _locked(call)
    posting = require(by, rules.KEEP_CALL, call)
    if not call.window.contains(timezone.now()):
        raise Refused(_("The call is not open today, so there is nothing to remind of."))
    if not (number := _remind(call, but=reminded_of(call))):
        raise Refused(_("Nobody is left to remind: all who have not answered were reminded already."))
    record(events.REMINDED, call, by=by, posting=posting, after={"letters": number})
    return number


def remind_before_closing() -> int:
    """Remind of every call that closes within three days; how many letters. Safe to run at any time, twice.

    Calls of four days or less are left alone, and so is whoever was written to about the call today.
    """
    day = today()
    closing = Call.objects.filter(
        pk__in=CallTerms.objects.values("call"),
        opens__lte=day,
        closes__gte=day,
        closes__lte=day + timedelta(days=DAYS_BEFORE),
        opens__lt=F("closes") - timedelta(days=DAYS_BEFORE),
    )
    return sum(_remind_by_itself(call) for call in closing.order_by("pk"))


@transaction.atomic
def _remind_by_itself(call: Call) -> int:
    call = _locked(call)
    midnight = timezone.now().astimezone(BANGKOK).replace(hour=0, minute=0, second=0, microsecond=0)
    lately = Letter.objects.filter(call=call, written_at__gte=midnight)
    number = _remind(call, but={*reminded_of(call), *lately.values_list("person_id", flat=True)})
    if number:
        record(events.REMINDED, call, by=None, after={"letters": number, "days_before": DAYS_BEFORE})
    return number


def _remind(call: Call, *, but: set[int]) -> int:
    people = {who: own for who, own in people_asked(owing(call)).items() if who.pk not in but}
    return write_of_call(REMINDER, call, people)


def _locked(call: Call) -> Call:
    rows = Call.objects.select_for_update(of=("self",)).select_related("area", "agency")
    return rows.get(pk=call.pk)


def remind_of_editions() -> int:
    """Remind whoever began an entry of editions that close within three days; how many letters.

    Safe to run at any time, twice: everybody is reminded once of an edition, and once more of each extension.
    """
    day = today()
    closing = Edition.objects.filter(
        state="open", opens__lte=day, closes__gte=day, closes__lte=day + timedelta(days=DAYS_BEFORE)
    )
    return sum(_remind_of(edition) for edition in closing.order_by("pk"))


@transaction.atomic
def _remind_of(edition: Edition) -> int:
    edition = Edition.objects.select_for_update(of=("self",)).select_related("programme").get(pk=edition.pk)
    extended = entries_about(edition).filter(kind="awards.edition.extend").last()
    number = write_of_edition(
        CLOSING, edition, drafting_for(edition), entry_id=extended.pk if extended else None
    )
    if number:
        record(events.EDITION_CLOSES, edition, by=None, after={"letters": number})
    return number
