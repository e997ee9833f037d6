"""Taking an edition from opening to deliberation."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.queries import require
from prasan.awards import counting, events, rules
from prasan.awards.actions.terms import locked_edition, refuse_unless_complete
from prasan.awards.models import Edition, Entry, Round, RoundEntry, ScoreSheet
from prasan.awards.queries.results import counts_of
from prasan.awards.queries.terms import terms_of
from prasan.cases.actions import move_in_act
from prasan.judging.version import VERSION
from prasan.kernel.calendar import today
from prasan.kernel.dates import format_date
from prasan.kernel.refusals import Refused
from prasan.kernel.text import says_something
from prasan.ledger.actions import record
from prasan.ledger.seals import Facts

LONGEST_EXTENSION: Final = timedelta(days=366)


@transaction.atomic
def open_edition(edition: Edition, *, by: User | None, note: str = "") -> Edition:
    """Open an edition; all by which it is judged is fixed and stands in the ledger."""
    edition = locked_edition(edition)
    require(by, rules.ORGANISE, edition)
    refuse_unless_complete(edition)
    if edition.window is not None and edition.window.end < today():
        raise Refused(_("The window is over already. Please give other days."))
    facts = {
        **terms_of(edition).as_facts(),
        "opens": edition.opens.isoformat() if edition.opens else None,
        "closes": edition.closes.isoformat() if edition.closes else None,
        "rules": edition.rule_set_id,
        "judges_wanted": edition.judges_wanted,
        "most_of_body": edition.most_of_body,
    }
    return move_in_act(edition, "open", by=by, note=note, after=facts)


@transaction.atomic
def redraft_edition(edition: Edition, *, by: User | None, note: str) -> Edition:
    """Take an edition back to be prepared, while nobody has begun an entry."""
    edition = locked_edition(edition)
    require(by, rules.ORGANISE, edition)
    if edition.entries.exists():
        raise Refused(_("An entry was begun already: what was declared before stays as it is."))
    return move_in_act(edition, "redraft", by=by, note=note)


@transaction.atomic
def extend_window(edition: Edition, closes: date, *, by: User | None, note: str) -> Edition:
    """Take entries for longer, with a reason, until screening begins; old and new last day are public.

    Nothing else that was declared changes, and no window is ever shortened.
    """
    edition = locked_edition(edition)
    require(by, rules.ORGANISE, edition)
    before = edition.closes
    if edition.state == "open" and before is not None:
        if closes <= before:
            told = {"day": format_date(before, get_language() or "th")}
            raise Refused(_("A window can only be extended. Its last day is %(day)s.") % told)
        if closes < today():
            raise Refused(_("The window is over already. Please give other days."))
        if closes > before + LONGEST_EXTENSION:
            raise Refused(_("A window is extended by a year at most. Please look at the day again."))
        edition.closes, edition.first_closes = closes, edition.first_closes or before
        edition.save(update_fields=["closes", "first_closes"])
    facts = {"closes": closes.isoformat(), "closed_before": before.isoformat() if before else None}
    return move_in_act(edition, "extend", by=by, note=note, after=facts)


@transaction.atomic
def begin_screening(edition: Edition, *, by: User | None, note: str = "") -> Edition:
    """Begin screening once the window is over."""
    edition = locked_edition(edition)
    require(by, rules.ORGANISE, edition)
    if edition.state == "open" and edition.window is not None and today() <= edition.window.end:
        raise Refused(_("The window is still open. Please wait until its last day is over."))
    return move_in_act(edition, "screen", by=by, note=note)


@transaction.atomic
def begin_judging(
    edition: Edition, *, by: User | None, note: str = "", without: Collection[Entry] = ()
) -> Edition:
    """Begin the first round with all eligible entries, once every entry is screened.

    Entries that were returned and have not come back keep it waiting, unless each of them is named in
    `without`, and the note says why: they are then left out for good.
    """
    edition = locked_edition(edition)
    require(by, rules.ORGANISE, edition)
    if left := edition.entries.filter(state="submitted").count():
        words = ngettext(
            "%(number)d entry is still to be screened.", "%(number)d entries are still to be screened.", left
        )
        raise Refused(words % {"number": left})
    eligible = list(edition.entries.filter(state="eligible").order_by("pk").values_list("pk", flat=True))
    if edition.state == "screening" and not eligible:
        raise Refused(_("No entry is eligible, so there is nothing to judge."))
    left_out = _decided_without(edition, without, note)
    facts: Facts = {"eligible": len(eligible), "without": [each.pk for each in left_out]}
    moved = move_in_act(edition, "judge", by=by, note=note, after=facts)
    for entry in left_out:
        move_in_act(entry, "leave_out", by=by, note=note)
    _begin_round(edition.rounds.get(number=1), eligible, by=by)
    return moved


@transaction.atomic
def begin_next_round(edition: Edition, *, by: User | None) -> Round:
    """Begin the next round with those who go on by the terms, once all sheets of the present one are in."""
    edition = locked_edition(edition)
    require(by, rules.ORGANISE, edition)
    present = present_round(edition)
    following = edition.rounds.filter(number=present.number + 1).first()
    if following is None:
        raise Refused(_("This is the last round. Please end the scoring instead."))
    refuse_unless_scored(present)
    on = counting.going_on(counts_of(edition, present.number), present.goes_on)
    if not on:
        raise Refused(_("No entry goes on to the next round."))
    return _begin_round(following, sorted(map(int, on)), by=by)


@transaction.atomic
def end_scoring(edition: Edition, *, by: User | None, note: str = "") -> Edition:
    """End the last round: its scores stand, and the jury deliberates on the results."""
    edition = locked_edition(edition)
    require(by, rules.ORGANISE, edition)
    if edition.state == "judging":
        present = present_round(edition)
        if present.number != edition.rounds.count():
            raise Refused(_("There is another round. Please begin it."))
        refuse_unless_scored(present)
    moved = move_in_act(edition, "deliberate", by=by, note=note)
    for entry in edition.entries.filter(state="eligible").order_by("pk"):
        move_in_act(entry, "judge", by=by)
    return moved


@transaction.atomic
def resume_judging(edition: Edition, *, by: User | None, note: str) -> Edition:
    """Go back to the last round, so that sheets can be opened again, each with its reason."""
    edition = locked_edition(edition)
    require(by, rules.ORGANISE, edition)
    moved = move_in_act(edition, "resume", by=by, note=note)
    for entry in edition.entries.filter(state="judged").order_by("pk"):
        move_in_act(entry, "rejudge", by=by, note=note)
    return moved


def present_round(edition: Edition) -> Round:
    """The round that is judged now; Refused where none is."""
    found = edition.rounds.filter(began_at__isnull=False).last()
    if edition.state != "judging" or found is None:
        raise Refused(_("Nothing is being judged now."))
    return found


def refuse_unless_scored(present: Round) -> None:
    """A round ends when all its sheets are handed in, and every entry has one."""
    if left := present.sheets.filter(state="open").count():
        words = ngettext(
            "%(number)d score sheet is not handed in yet.",
            "%(number)d score sheets are not handed in yet.",
            left,
        )
        raise Refused(words % {"number": left})
    scored = ScoreSheet.objects.filter(round=present, state="handed_in").values("entry")
    left = present.taking_part.exclude(entry__state="withdrawn").exclude(entry__in=scored).count()
    if left:
        words = ngettext(
            "%(number)d entry was scored by nobody.", "%(number)d entries were scored by nobody.", left
        )
        raise Refused(words % {"number": left})


def _decided_without(edition: Edition, without: Collection[Entry], note: str) -> list[Entry]:
    """The returned entries without which judging begins; Refused where one of them was not decided on."""
    returned = list(edition.entries.filter(state="returned").select_related("innovation").order_by("number"))
    named = {each.pk for each in without}
    if left := [each for each in returned if each.pk not in named]:
        titles = ", ".join(f"{each.number} {each.title}" for each in left)
        raise Refused(
            _(
                "Entries that were returned have not come back: %(titles)s. Please wait for them, or say "
                "that judging begins without them, and why."
            )
            % {"titles": titles}
        )
    if returned and not says_something(note):
        raise Refused(_("Please say why judging begins without the entries that were returned."))
    return returned


def _begin_round(told: Round, entries: Sequence[int], *, by: User | None) -> Round:
    told.began_at = timezone.now()
    told.save(update_fields=["began_at"])
    RoundEntry.objects.bulk_create(RoundEntry(round=told, entry_id=key) for key in entries)
    facts: Facts = {"round": told.number, "entries": list(entries), "mathematics": VERSION}
    posting = require(by, rules.ORGANISE, told.edition)
    record(events.ROUND_BEGUN, told.edition, by=by, posting=posting, after=facts)
    return told


def locked_entry(entry: Entry) -> Entry:
    """The entry as it stands, held until the act ends."""
    rows = Entry.objects.select_for_update(of=("self",)).select_related(
        "edition__programme",
        "edition__rule_set",
        "category",
        "owner",
        "innovation__owner",
        "innovation__area",
    )
    found = rows.filter(pk=entry.pk).first()
    if found is None:
        raise Refused(_("This is no longer there. Please go back to the list."))
    return found
