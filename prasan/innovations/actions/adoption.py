"""What an agency makes of another's innovation, and what it tells the owner of it."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.models import Agency
from prasan.agencies.queries import require
from prasan.cases.actions import begin, move_in_act
from prasan.cases.words import cleaned
from prasan.innovations import events, rules
from prasan.innovations.actions.innovation import locked_innovation
from prasan.innovations.models import Adoption, Innovation
from prasan.innovations.queries.adoptions import mark_of_lessons
from prasan.kernel.calendar import today
from prasan.kernel.refusals import Refused
from prasan.ledger.actions import record


class LessonsOvertaken(Refused):
    """A colleague wrote result or lessons since they were read; `adoption` is how they stand now."""

    def __init__(self, adoption: Adoption) -> None:
        super().__init__(
            _("A colleague wrote this while you were writing. Both texts stand here; please join them.")
        )
        self.adoption = adoption


@transaction.atomic
def begin_adoption(
    innovation: Innovation, agency: Agency, *, step: str = "", since: date | None = None, by: User | None
) -> Adoption:
    """Say that an agency has noticed an innovation, or at once how far it is with it."""
    innovation = locked_innovation(innovation)
    adoption = Adoption(innovation=innovation, agency=agency, since=since)
    posting = require(by, rules.ADOPT, adoption)
    if innovation.state != "registered":
        raise Refused(_("Only what is in the register can be taken up."))
    if innovation.owner_id == agency.pk:
        raise Refused(_("This is your agency's own innovation."))
    if Adoption.objects.filter(innovation=innovation, agency=agency).exists():
        raise Refused(_("Your agency has told of this already. Please go on from there."))
    _refuse_unless_past(since)
    begun = begin(
        adoption,
        by=by,
        posting=posting,
        after={"innovation": innovation.pk, "agency": agency.pk, "since": _told(since)},
    )
    return move_adoption(begun, step, since=since, by=by) if step else begun


@transaction.atomic
def move_adoption(
    adoption: Adoption, step: str, *, since: date | None = None, by: User | None, note: str = ""
) -> Adoption:
    """Take a step with an innovation; `since` is the day on which it was taken, where it is known."""
    adoption = locked_adoption(adoption)
    _refuse_unless_past(since)
    moved = move_in_act(adoption, step, by=by, note=note, after={"since": _told(since)})
    moved.since = since
    moved.save(update_fields=["since"])
    return moved


@transaction.atomic
def write_lessons(
    adoption: Adoption, *, result: str, lessons: str, read: str | None = None, by: User | None
) -> Adoption:
    """Write what came of it, for the owner of the innovation; the ledger keeps none of the words.

    LessonsOvertaken, with nothing written over, where it reads otherwise than it was `read` (its mark then).
    """
    adoption = locked_adoption(adoption)
    posting = require(by, rules.ADOPT, adoption)
    told = cleaned(result), cleaned(lessons)
    if told == (adoption.result, adoption.lessons):
        return adoption
    if read is not None and read != mark_of_lessons(adoption):
        raise LessonsOvertaken(adoption)
    if not any(told):
        raise Refused(_("Please write a result or a lesson. What was told once is not emptied."))
    adoption.result, adoption.lessons = told
    adoption.save(update_fields=["result", "lessons"])
    facts = {"result": bool(adoption.result), "lessons": bool(adoption.lessons)}
    record(events.LESSONS_WRITTEN, adoption, by=by, posting=posting, after=facts)
    return adoption


def locked_adoption(adoption: Adoption) -> Adoption:
    """The adoption as it stands, held until the act ends."""
    rows = Adoption.objects.select_for_update(of=("self",)).select_related("innovation", "agency__area")
    found = rows.filter(pk=adoption.pk).first()
    if found is None:
        raise Refused(_("This is no longer there. Please go back to the list."))
    return found


def _refuse_unless_past(day: date | None) -> None:
    if day is not None and day > today():
        raise Refused(_("This day has not come yet. Please give the day on which it happened."))


def _told(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
