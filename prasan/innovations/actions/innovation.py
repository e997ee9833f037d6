"""Writing an innovation, proposing it, and keeping it true once it is registered."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.actions import made_before, wait_for_turn
from prasan.agencies.models import Agency
from prasan.agencies.queries import require
from prasan.cases.actions import begin, move_in_act
from prasan.innovations import events, rules
from prasan.innovations.actions.content import (
    InnovationWords,
    area_codes,
    codes_of,
    content_of,
    keep_version,
    mark_of_words,
    write_areas,
    write_words,
)
from prasan.innovations.actions.reading import keep_title_reading
from prasan.innovations.models import Innovation, InnovationVersion
from prasan.innovations.queries.appraisals import why_not_to_register
from prasan.innovations.queries.checks import self_check
from prasan.kernel.refusals import Refused
from prasan.kernel.text import says_something
from prasan.ledger.actions import record
from prasan.ledger.seals import Facts
from prasan.places.models import COUNTRY, Area

MOST_AREAS = 200
"""Areas of one innovation: more than all provinces twice."""


class WordsOvertaken(Refused):
    """A colleague changed an innovation since it was read; `innovation` is how it stands now."""

    def __init__(self, innovation: Innovation) -> None:
        super().__init__(
            _("A colleague changed this while you were writing. What differs stands here; please join both.")
        )
        self.innovation = innovation


@transaction.atomic
def begin_innovation(
    owner: Agency, words: InnovationWords, *, by: User | None, form_key: UUID | None = None
) -> Innovation:
    """Begin an innovation of an agency as a draft.

    Once for each form: a form sent again gives the innovation as it stands now.
    """
    wait_for_turn(form_key)
    innovation = Innovation(owner=owner, area=owner.area, created_by=by, form_key=form_key)
    posting = require(by, rules.WRITE, innovation)
    if (made := made_before(form_key, Innovation.objects.filter(created_by=by))) is not None:
        return made
    _write(innovation, words)
    facts: Facts = {**_facts_beside_areas(innovation), "areas": codes_of(words.areas)}
    begin(innovation, by=by, posting=posting, after=facts)
    write_areas(innovation, words.areas)
    keep_title_reading(innovation)
    return innovation


@transaction.atomic
def edit_innovation(
    innovation: Innovation, words: InnovationWords, *, read: str | None = None, by: User | None
) -> Innovation:
    """Change a draft, or revise what is registered: how it read before is kept as a version.

    `read` is the mark of the words that the writer had before him; `WordsOvertaken` if they changed since.
    """
    innovation = locked_innovation(innovation)
    posting = require(by, rules.WRITE, innovation)
    refuse_unless_open(innovation)
    before, read_before = facts_of(innovation), content_of(innovation)
    now = mark_of_words(innovation, area_codes(innovation))
    _write(innovation, words)
    if read not in (None, now) and mark_of_words(innovation, codes_of(words.areas)) != now:
        raise WordsOvertaken(locked_innovation(innovation))
    innovation.save()
    write_areas(innovation, words.areas)
    keep_title_reading(innovation)
    if content_of(innovation) != read_before:
        record_change(innovation, before, by=by, posting=posting)
    return innovation


@transaction.atomic
def propose_innovation(innovation: Innovation, *, by: User | None, note: str = "") -> Innovation:
    """Send an innovation to the ministry; where the self-check finds something missing, a note says why.

    What was found is recorded with the act: nobody is kept from proposing by a machine.
    """
    innovation = locked_innovation(innovation)
    missing = [each.criterion.code for each in self_check(innovation).missing]
    if missing and not says_something(note):
        raise Refused(_("Something is still missing. Please mend it, or say why you propose it as it is."))
    posting = require(by, rules.WRITE, innovation)
    version = keep_version(innovation, InnovationVersion.Why.PROPOSED, by=by, posting=posting)
    facts = {**facts_of(innovation), "version": version.number, "missing": missing}
    return move_in_act(innovation, "propose", by=by, note=note, after=facts)


@transaction.atomic
def register_innovation(innovation: Innovation, *, by: User | None, note: str = "") -> Innovation:
    """Let an innovation into the register, where everybody finds it, as it was last proposed.

    Refused unless it was appraised as it reads now and every gate is passed.
    """
    innovation = locked_innovation(innovation)
    require(by, rules.ASSESS, innovation)
    if innovation.state == "proposed" and (why_not := why_not_to_register(innovation)):
        raise Refused(why_not)
    version, appraisal = innovation.versions.last(), innovation.appraisals.last()
    facts: Facts = {
        "version": version.number if version else None,
        "appraisal": appraisal.number if appraisal else None,
    }
    return move_in_act(innovation, "register", by=by, note=note, after=facts)


def locked_innovation(innovation: Innovation) -> Innovation:
    """The innovation as it stands, held until the act ends."""
    rows = Innovation.objects.select_for_update(of=("self",)).select_related("owner__area", "area")
    found = rows.filter(pk=innovation.pk).first()
    if found is None:
        raise Refused(_("This is no longer there. Please go back to the list."))
    return found


def refuse_unless_open(innovation: Innovation) -> None:
    """Nothing is changed while the ministry looks at it, nor after its end."""
    if innovation.state not in ("draft", "registered"):
        raise Refused(_("It lies at the ministry, or has come to its end. Please take it back to change it."))


def record_change(innovation: Innovation, before: Facts, *, by: User | None, posting: int | None) -> None:
    """Record that an innovation reads otherwise now; one that is registered keeps it as a version."""
    if innovation.state == "draft":
        record(events.EDITED, innovation, by=by, posting=posting, before=before, after=facts_of(innovation))
        return
    version = keep_version(innovation, InnovationVersion.Why.REVISED, by=by, posting=posting)
    facts = {**facts_of(innovation), "version": version.number}
    record(events.REVISED, innovation, by=by, posting=posting, before=before, after=facts)


def _write(innovation: Innovation, words: InnovationWords) -> None:
    write_words(innovation, words)
    if not innovation.title:
        raise Refused(_("Please give the innovation a title."))
    begun, finished = innovation.started_on, innovation.finished_on
    if begun is not None and finished is not None and finished < begun:
        raise Refused(_("It cannot be finished before it began. Please look at the two dates."))
    if len(words.areas) > MOST_AREAS:
        raise Refused(_("Please name no more than %(most)d areas.") % {"most": MOST_AREAS})
    if any(isinstance(place, Area) and place.pk == COUNTRY for place in words.areas):
        raise Refused(_("Please name provinces or smaller areas, not the whole country."))


def facts_of(innovation: Innovation) -> Facts:
    """What the ledger keeps of an innovation: no words of it."""
    return {**_facts_beside_areas(innovation), "areas": area_codes(innovation)}


def _facts_beside_areas(innovation: Innovation) -> Facts:
    return {
        "owner": innovation.owner_id,
        "kind": innovation.kind,
        "aspects": list(innovation.aspects),
        "fiscal_year": innovation.fiscal_year,
        "finished_on": innovation.finished_on.isoformat() if innovation.finished_on else None,
    }
