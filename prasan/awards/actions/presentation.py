"""The timetable of presentations."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.queries import require
from prasan.awards import events, rules
from prasan.awards.actions.terms import locked_edition
from prasan.awards.models import Entry, Presentation, Round
from prasan.cases.words import cleaned
from prasan.kernel.refusals import Refused
from prasan.ledger.actions import record
from prasan.ledger.seals import Facts


@transaction.atomic
def set_presentation(
    told: Round, entry: Entry, starts: datetime, ends: datetime, place: str, *, by: User | None
) -> Presentation:
    """Put an entry on the timetable of a round, or move it; no two at one place at a time."""
    edition = locked_edition(told.edition)
    posting = require(by, rules.ORGANISE, edition)
    takes_part = told.taking_part.filter(entry=entry).exclude(entry__state="withdrawn").exists()
    if edition.state != "judging" or not takes_part:
        raise Refused(_("This entry does not take part in a round that is judged now."))
    if told.is_blind:
        raise Refused(_("Whoever presents shows whose the entry is. A blind round has no presentations."))
    where = cleaned(place, 300)
    if not where:
        raise Refused(_("Please say where: a room, or the address of the online meeting."))
    if ends <= starts:
        raise Refused(_("A presentation ends after it has begun. Please look at the two times."))
    others = told.presentations.filter(place=where, starts__lt=ends, ends__gt=starts).exclude(entry=entry)
    if others.exists():
        raise Refused(_("Another entry is presented there at that time."))
    kept, _is_new = Presentation.objects.update_or_create(
        round=told, entry=entry, defaults={"starts": starts, "ends": ends, "place": where}
    )
    facts: Facts = {"round": told.number, "entry": entry.pk, "starts": starts.isoformat()}
    record(events.PRESENTATION_SET, edition, by=by, posting=posting, after=facts)
    return kept


@transaction.atomic
def remove_presentation(presentation: Presentation, *, by: User | None) -> None:
    """Take an entry off the timetable."""
    edition = locked_edition(presentation.round.edition)
    posting = require(by, rules.ORGANISE, edition)
    if edition.state != "judging":
        raise Refused(_("Nothing is being judged now."))
    if not Presentation.objects.filter(pk=presentation.pk).exists():
        raise Refused(_("This was taken away already."))
    facts = {"round": presentation.round.number, "entry": presentation.entry_id}
    record(events.PRESENTATION_REMOVED, edition, by=by, posting=posting, before=facts)
    Presentation.objects.filter(pk=presentation.pk).delete()
