"""Entries that were returned to be mended and have not come back: since when, why, by when."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from prasan.awards import events
from prasan.awards.models import Edition, Entry
from prasan.awards.states import ENTRY
from prasan.cases.models import Note
from prasan.ledger.queries import entries_about

RETURN = f"{ENTRY.code}.return"


@dataclass(frozen=True, slots=True)
class Returned:
    """An entry that its agency has to mend; the reason is empty where its words were erased."""

    entry: Entry
    why: str
    reminded_at: datetime | None


def returned_in(edition: Edition) -> list[Returned]:
    """What was returned in an edition and can still come back, what has waited longest first."""
    if edition.state not in ("open", "screening"):
        return []
    rows = edition.entries.filter(state="returned").select_related("owner", "innovation")
    entries = list(rows.order_by("state_since", "pk"))
    reasons, reminded = _reasons_of(entries), reminders_of(entries)
    return [Returned(each, reasons.get(each.pk, ""), reminded.get(each.pk)) for each in entries]


def reminders_of(entries: Collection[Entry]) -> dict[int, datetime]:
    """When the agency was last reminded of each of these entries since it was returned, by their keys."""
    since = {each.pk: each.state_since for each in entries}
    told = entries_about(*((ENTRY.code, key) for key in since)).filter(kind=events.ENTRY_REMINDED)
    return {
        key: at for subject, at in told.values_list("subject_id", "at") if at >= since[key := int(subject)]
    }


def _reasons_of(entries: Collection[Entry]) -> dict[int, str]:
    told = entries_about(*((ENTRY.code, each.pk) for each in entries)).filter(kind=RETURN)
    notes = Note.objects.filter(entry_id__in=told.values("pk"), audience=Note.Audience.PUBLIC)
    return {int(key): text for key, text in notes.order_by("pk").values_list("subject_id", "text")}
