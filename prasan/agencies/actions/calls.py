"""Opening a call to those who must answer, extending it, and answers that come and are taken back."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies import events, rules
from prasan.agencies.models import Agency, Call, CallAnswer
from prasan.agencies.queries import require
from prasan.kernel.calendar import today
from prasan.kernel.refusals import Refused
from prasan.kernel.text import clean
from prasan.ledger.actions import record
from prasan.places.models import Area


@transaction.atomic
def open_call(
    title: str,
    *,
    agency: Agency,
    area: Area,
    fiscal_year: int,
    opens: date,
    closes: date,
    areas: Iterable[Area] = (),
    agencies: Iterable[Agency] = (),
    by: User | None,
) -> Call:
    """Ask areas and agencies for an answer within a window, both days included."""
    call = Call(
        title=clean(title).strip(),
        agency=agency,
        area=area,
        fiscal_year=fiscal_year,
        opens=opens,
        closes=closes,
    )
    capacity = require(by, rules.OPEN_CALL, call, agency)
    if not call.title:
        raise Refused(_("Please give the call a title."))
    if closes < opens:
        raise Refused(_("The last day cannot be before the first day of the call."))
    asked_areas, asked_agencies = tuple(areas), tuple(agencies)
    if any(not asked.path.startswith(area.path) for asked in asked_areas):
        raise Refused(_("Only places inside the area of the call can be asked."))
    call.save()
    CallAnswer.objects.bulk_create(
        [
            *(CallAnswer(call=call, area=asked) for asked in asked_areas),
            *(CallAnswer(call=call, agency=asked) for asked in asked_agencies),
        ]
    )
    record(
        events.CALL_OPENED,
        call,
        by=by,
        posting=capacity,
        after={
            "area": area.pk,
            "agency": agency.pk,
            "fiscal_year": fiscal_year,
            "opens": opens.isoformat(),
            "closes": closes.isoformat(),
            "asked": len(asked_areas) + len(asked_agencies),
        },
    )
    return call


@transaction.atomic
def answer_call(answer: CallAnswer, *, by: User | None) -> CallAnswer:
    """Note that someone who was asked has answered, while the call is open."""
    answer = (
        CallAnswer.objects.select_for_update(of=("self",))
        .select_related("call", "area", "agency")
        .get(pk=answer.pk)
    )
    capacity = require(by, rules.ANSWER_CALL, answer)
    if answer.answered_at is not None:
        raise Refused(_("This call has been answered already."))
    now = timezone.now()
    if not answer.call.window.contains(now):
        raise Refused(_("The call is not open today. Please ask the agency that opened it."))
    answer.answered_at = now
    answer.save(update_fields=["answered_at"])
    record(events.CALL_ANSWERED, answer, by=by, posting=capacity, after={"call": answer.call_id})
    return answer


@transaction.atomic
def extend_call(call: Call, closes: date, *, by: User | None) -> Call:
    """Let a call take answers longer, or again, up to and with another day."""
    call = Call.objects.select_for_update(of=("self",)).select_related("area").get(pk=call.pk)
    capacity = require(by, rules.OPEN_CALL, call)
    if closes <= call.closes:
        raise Refused(_("A call can only be made longer. Please give a day after its last day."))
    if closes < today():
        raise Refused(_("This day is over. Please give today or a later day."))
    before, call.closes = call.closes, closes
    call.save(update_fields=["closes"])
    record(
        events.CALL_EXTENDED,
        call,
        by=by,
        posting=capacity,
        before={"closes": before.isoformat()},
        after={"closes": closes.isoformat()},
    )
    return call


@transaction.atomic
def note_answers(call: Call, *, areas: Collection[str], agencies: Collection[int], by: User | None) -> None:
    """Take something that came in as the answer of those of these who were asked and had not answered.

    Whether it may count is for the room to which it came.
    """
    rows = CallAnswer.objects.select_for_update().filter(call=call, answered_at=None)
    for answer in rows.filter(Q(area__in=areas) | Q(agency__in=agencies)).order_by("pk"):
        answer.answered_at = timezone.now()
        answer.save(update_fields=["answered_at"])
        record(events.CALL_ANSWERED, answer, by=by, after={"call": call.pk})


@transaction.atomic
def take_back_answer_to_call(answer: CallAnswer, *, by: User | None) -> CallAnswer:
    """Let an answer be owed again."""
    rows = CallAnswer.objects.select_for_update(of=("self",)).select_related("call", "area", "agency")
    answer = rows.get(pk=answer.pk)
    capacity = require(by, rules.ANSWER_CALL, answer)
    if answer.answered_at is None:
        raise Refused(_("This call has not been answered yet."))
    answer.answered_at = None
    answer.save(update_fields=["answered_at"])
    record(events.ANSWER_TAKEN_BACK, answer, by=by, posting=capacity, after={"call": answer.call_id})
    return answer
