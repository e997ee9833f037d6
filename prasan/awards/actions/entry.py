"""Entering an innovation, screening it, and taking an entry out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.actions import made_before, wait_for_turn
from prasan.agencies.models import Agency
from prasan.agencies.queries import require
from prasan.awards import events, rules
from prasan.awards.actions.edition import locked_entry
from prasan.awards.actions.sheet import take_off
from prasan.awards.actions.terms import locked_edition
from prasan.awards.models import Category, Edition, EligibilityRule, Entry
from prasan.awards.queries.checks import eligibility_of
from prasan.awards.queries.returning import reminders_of
from prasan.awards.queries.seeing import evidence_content
from prasan.cases.actions import begin, move_in_act
from prasan.innovations.actions.content import content_of
from prasan.innovations.models import Innovation
from prasan.kernel.calendar import BANGKOK, today
from prasan.kernel.refusals import Refused
from prasan.kernel.text import says_something
from prasan.ledger.actions import record

_BEFORE_SENDING = ("draft", "returned")
_SCREENED = ("open", "screening")
"""States of an edition in which entries are screened."""


@transaction.atomic
def begin_entry(
    edition: Edition,
    category: Category,
    innovation: Innovation,
    *,
    supporters: Sequence[Agency] = (),
    by: User | None,
    form_key: UUID | None = None,
) -> Entry:
    """Begin an entry as a draft; once for each form, and an innovation once in a category."""
    wait_for_turn(form_key)
    entry = Entry(
        edition=edition,
        category=category,
        innovation=innovation,
        owner=innovation.owner,
        created_by=by,
        form_key=form_key,
    )
    posting = require(by, rules.ENTER, entry)
    if (made := made_before(form_key, Entry.objects.filter(created_by=by))) is not None:
        return made
    edition = locked_edition(edition)
    if edition.state != "open":
        raise Refused(_("Entries are taken only while the edition is open."))
    _refuse_wrong(entry)
    begin(entry, by=by, posting=posting, after=_facts_of(entry))
    entry.supporters.set(supporters)
    return entry


@transaction.atomic
def change_entry(
    entry: Entry, category: Category, *, supporters: Sequence[Agency] = (), by: User | None
) -> Entry:
    """Change the category and the supporters of a draft, or of an entry that was returned."""
    entry = locked_entry(entry)
    posting = require(by, rules.ENTER, entry)
    if entry.state not in _BEFORE_SENDING:
        raise Refused(_("The entry was sent already. Please take it back to change it."))
    before, entry.category = _facts_of(entry), category
    _refuse_wrong(entry)
    entry.save(update_fields=["category"])
    entry.supporters.set(supporters)
    record(events.ENTRY_CHANGED, entry, by=by, posting=posting, before=before, after=_facts_of(entry))
    return entry


@transaction.atomic
def submit_entry(entry: Entry, *, by: User | None, note: str = "") -> Entry:
    """Enter an innovation as it reads today, inside the window; one that was returned until judging begins.

    How it stands by the rules is recorded with the act. A machine keeps nobody from entering: people screen.
    """
    edition = locked_edition(entry.edition)
    entry = locked_entry(entry)
    require(by, rules.ENTER, entry)
    now = timezone.now()
    is_inside = edition.state == "open" and edition.window is not None and edition.window.contains(now)
    was_returned = entry.state == "returned"
    comes_back = was_returned and edition.state in _SCREENED
    if entry.state in _BEFORE_SENDING and not (is_inside or comes_back):
        raise Refused(_("The window is not open now, so nothing can be entered."))
    if entry.state in _BEFORE_SENDING:
        _refuse_wrong(entry)
        last = edition.entries.aggregate(last=Max("number"))["last"] or 0
        entry.number = entry.number or last + 1
        entry.content = {**content_of(entry.innovation), "evidence": evidence_content(entry.innovation)}
        entry.submitted_at, entry.submitted_by = entry.submitted_at if was_returned else now, by
        entry.mend_by = None
        entry.save(update_fields=["number", "content", "submitted_at", "submitted_by", "mend_by"])
    facts = {
        **_facts_of(entry),
        "number": entry.number,
        "submitted_at": entry.submitted_at.isoformat() if entry.submitted_at else None,
        "found": eligibility_of(entry).codes,
    }
    return move_in_act(entry, "submit", by=by, note=note, after=facts)


@transaction.atomic
def take_back_entry(entry: Entry, *, by: User | None, note: str = "") -> Entry:
    """Take an entry back to change it, inside the window."""
    locked_edition(entry.edition)
    entry = locked_entry(entry)
    require(by, rules.ENTER, entry)
    edition = entry.edition
    if edition.state != "open" or edition.window is None or not edition.window.contains(timezone.now()):
        raise Refused(_("The window is over, so the entry stays as it is. You can withdraw it."))
    return move_in_act(entry, "take_back", by=by, note=note)


@transaction.atomic
def return_entry(entry: Entry, mend_by: date, *, by: User | None, note: str) -> Entry:
    """Give an entry back to its agency to be mended, and say by which day.

    One that comes later is taken all the same until judging begins.
    """
    locked_edition(entry.edition)
    entry = locked_entry(entry)
    require(by, rules.SCREEN, entry)
    _refuse_unless_screening(entry)
    if mend_by < today():
        raise Refused(_("Please give a day from today on, by which the agency can mend the entry."))
    entry.mend_by = mend_by
    entry.save(update_fields=["mend_by"])
    return move_in_act(entry, "return", by=by, note=note, after={"mend_by": mend_by.isoformat()})


@transaction.atomic
def remind_of_entry(entry: Entry, *, by: User | None) -> Entry:
    """Remind those who entered it of an entry that was returned and has not come back; once a day."""
    locked_edition(entry.edition)
    entry = locked_entry(entry)
    posting = require(by, rules.ORGANISE, entry)
    _refuse_unless_screening(entry)
    if entry.state != "returned":
        raise Refused(_("This entry is not with its agency to be mended. Please look at the list again."))
    before = reminders_of([entry]).get(entry.pk)
    if before is not None and before.astimezone(BANGKOK).date() == today():
        raise Refused(_("The agency was reminded today already. Please wait until tomorrow."))
    facts = {"mend_by": entry.mend_by.isoformat() if entry.mend_by else None}
    record(events.ENTRY_REMINDED, entry, by=by, posting=posting, after=facts)
    return entry


@transaction.atomic
def admit_entry(entry: Entry, *, by: User | None, note: str = "") -> Entry:
    """Admit an entry as eligible; where a rule is surely not met, a note says why it is admitted."""
    locked_edition(entry.edition)
    entry = locked_entry(entry)
    require(by, rules.SCREEN, entry)
    _refuse_unless_screening(entry)
    found = eligibility_of(entry)
    if found.not_met and not says_something(note):
        raise Refused(_("A rule is not met. Please say why the entry is admitted all the same."))
    return move_in_act(entry, "admit", by=by, note=note, after={"found": found.codes})


@transaction.atomic
def refuse_entry(entry: Entry, *, by: User | None, note: str, rule: EligibilityRule | None = None) -> Entry:
    """Find an entry not eligible: the agency reads the reason and, where it is one, the rule."""
    locked_edition(entry.edition)
    entry = locked_entry(entry)
    require(by, rules.SCREEN, entry)
    _refuse_unless_screening(entry)
    if rule is not None and rule.rule_set_id != entry.edition.rule_set_id:
        raise Refused(_("This rule does not belong to the edition."))
    entry.refused_by = rule
    entry.save(update_fields=["refused_by"])
    facts = {"found": eligibility_of(entry).codes, "rule": rule.kind if rule else None}
    return move_in_act(entry, "refuse", by=by, note=note, after=facts)


@transaction.atomic
def reconsider_entry(entry: Entry, *, by: User | None, note: str) -> Entry:
    """Screen an entry again that was found not eligible, or was admitted; until judging begins."""
    locked_edition(entry.edition)
    entry = locked_entry(entry)
    require(by, rules.SCREEN, entry)
    _refuse_unless_screening(entry)
    entry.refused_by = None
    entry.save(update_fields=["refused_by"])
    return move_in_act(entry, "reconsider", by=by, note=note)


@transaction.atomic
def withdraw_entry(entry: Entry, *, by: User | None, note: str) -> Entry:
    """Take an entry out; the sheets of judges who have it are taken off them."""
    edition = locked_edition(entry.edition)
    entry = locked_entry(entry)
    moved = move_in_act(entry, "withdraw", by=by, note=note, after={"edition": edition.pk})
    for sheet in entry.sheets.filter(state__in=("open", "handed_in")).order_by("pk"):
        take_off(sheet, by=None, note=_("The entry was withdrawn."))
    return moved


def _refuse_unless_screening(entry: Entry) -> None:
    if entry.edition.state not in _SCREENED:
        raise Refused(_("Entries are screened until judging begins."))


def _refuse_wrong(entry: Entry) -> None:
    if entry.category.edition_id != entry.edition_id:
        raise Refused(_("This category belongs to another edition."))
    if entry.innovation.state not in ("draft", "proposed", "registered"):
        raise Refused(_("This innovation was withdrawn or not registered, so it cannot be entered."))
    twins = Entry.objects.filter(
        edition=entry.edition_id, category=entry.category_id, innovation=entry.innovation_id
    )
    if twins.exclude(pk=entry.pk).exists():
        raise Refused(_("This innovation stands in this category already."))


def _facts_of(entry: Entry) -> dict[str, int | str | None]:
    return {
        "edition": entry.edition_id,
        "category": entry.category_id,
        "innovation": entry.innovation_id,
        "owner": entry.owner_id,
    }
