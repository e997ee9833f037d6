"""Deciding, announcing and honouring: three acts, each with its own day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.queries import require
from prasan.awards import counting, events, rules
from prasan.awards.actions.terms import locked_edition
from prasan.awards.models import Award, Decision, Edition, Entry
from prasan.awards.queries.results import counts_of
from prasan.cases.actions import move_in_act
from prasan.cases.words import cleaned
from prasan.documents.actions import release, store
from prasan.documents.models import File
from prasan.judging.version import VERSION
from prasan.kernel.calendar import today
from prasan.kernel.refusals import Refused
from prasan.kernel.text import says_something
from prasan.ledger.actions import record

_ALLOWED = (File.Kind.PDF, File.Kind.DOCX)


@transaction.atomic
def decide_edition(
    edition: Edition,
    decided_on: date,
    minutes: str,
    *,
    settled: Mapping[int, str] | None = None,
    stream: BinaryIO | None = None,
    name: str = "",
    by: User | None,
) -> Edition:
    """Record the decision with its minutes; the results stand from now on as they were computed.

    `settled` are the levels that the jury gave entries, by their keys, which share a place across the line of
    a level; nothing else of the results is typed.
    """
    edition = locked_edition(edition)
    require(by, rules.ORGANISE, edition)
    if edition.state == "deliberation":
        _write_decision(edition, decided_on, minutes, settled or {}, stream, name)
    told = Decision.objects.filter(edition=edition).first()
    facts = {
        "settled": [f"{key}|{level}" for key, level in sorted((settled or {}).items())],
        "digest": told.digest if told else "",
        "decided_on": decided_on.isoformat(),
        "mathematics": VERSION,
    }
    return move_in_act(edition, "decide", by=by, after=facts)


@transaction.atomic
def take_back_decision(edition: Edition, *, by: User | None, note: str) -> Edition:
    """Take a decision back that is not announced, with a reason; the ledger keeps what was decided."""
    edition = locked_edition(edition)
    require(by, rules.ORGANISE, edition)
    moved = move_in_act(edition, "reconsider", by=by, note=note)
    edition.awards.all().delete()
    decision = Decision.objects.select_related("file").get(edition=edition)
    decision.delete()
    if decision.file is not None:
        release(decision.file)
    return moved


@transaction.atomic
def announce_results(edition: Edition, announced_on: date, *, by: User | None, note: str = "") -> Edition:
    """Announce the results on a day; every entry is told how it came out."""
    edition = locked_edition(edition)
    require(by, rules.ORGANISE, edition)
    if edition.state == "decided":
        if not edition.decision.decided_on <= announced_on <= today():
            raise Refused(_("Results are announced today, or were between the decision and today."))
        edition.announced_on = announced_on
        edition.save(update_fields=["announced_on"])
    moved = move_in_act(
        edition, "announce", by=by, note=note, after={"announced_on": announced_on.isoformat()}
    )
    awarded = dict(edition.awards.values_list("entry_id", "level"))
    for entry in edition.entries.filter(state="judged").order_by("pk"):
        step = "award" if entry.pk in awarded else "pass_over"
        move_in_act(entry, step, by=by, after={"level": awarded.get(entry.pk)})
    return moved


@transaction.atomic
def set_ceremony(edition: Edition, day: date, *, by: User | None) -> Edition:
    """Say on which day the awards are handed over, after they are announced."""
    edition = locked_edition(edition)
    posting = require(by, rules.ORGANISE, edition)
    if edition.state != "announced" or edition.announced_on is None:
        raise Refused(_("The ceremony follows once the results are announced."))
    if day < edition.announced_on:
        raise Refused(_("The ceremony cannot be before the announcement."))
    before = edition.ceremony_on.isoformat() if edition.ceremony_on else None
    edition.ceremony_on = day
    edition.save(update_fields=["ceremony_on"])
    record(
        events.CEREMONY_SET,
        edition,
        by=by,
        posting=posting,
        before={"ceremony_on": before},
        after={"ceremony_on": day.isoformat()},
    )
    return edition


def _write_decision(
    edition: Edition,
    decided_on: date,
    minutes: str,
    settled: Mapping[int, str],
    stream: BinaryIO | None,
    name: str,
) -> None:
    if decided_on > today():
        raise Refused(_("The decision cannot be of a day to come."))
    words = cleaned(minutes)
    if not says_something(words):
        raise Refused(_("Please write the minutes: who decided, by what, and what was talked about."))
    given = {str(key): level for key, level in settled.items()}
    open_levels = {entry: levels for each in counts_of(edition) for entry, levels in each.undecided.items()}
    if given.keys() != open_levels.keys() or any(
        given[entry] not in levels for entry, levels in open_levels.items()
    ):
        raise Refused(
            _("Please give a level to each entry that shares a place across the line, and to no other.")
        )
    counts = counts_of(edition, None, given)
    lines = counting.lines_of(counts)
    Decision.objects.create(
        edition=edition,
        decided_on=decided_on,
        minutes=words,
        file=store(stream, name=name, allowed=_ALLOWED) if stream is not None else None,
        lines=lines,
        digest=counting.digest_of(lines),
    )
    won = {int(row.entry): row.level for each in counts for row in each.rows if row.level}
    entries = Entry.objects.select_related("category").in_bulk(list(won))
    Award.objects.bulk_create(
        Award(edition=edition, entry=entries[key], level=won[key], branch=entries[key].category.branch)
        for key in sorted(won)
    )
