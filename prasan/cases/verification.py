"""Whether the notes on cases are still those that the ledger knows: intact, erased by an act, or broken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from prasan.cases.digests import digest_of, split_digests
from prasan.cases.events import NOTE_ERASED
from prasan.cases.models import Note
from prasan.ledger.models import Entry
from prasan.ledger.queries import kind_of
from prasan.ledger.verification import Fault

_CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class NoteTally:
    """How many notes were found in which condition."""

    intact: int = 0
    erased: int = 0
    broken: int = 0


def verify_notes(tell: Callable[[Fault], None]) -> NoteTally:
    """Tell of every note whose words are not those written, that is gone, or that no entry knows."""
    intact = erased = broken = 0
    entries = Entry.objects.filter(note_digest__isnull=False).order_by("id").only("id", "kind", "note_digest")
    for chunk in _chunks(entries.iterator(_CHUNK)):
        notes: dict[int, list[Note]] = {}
        for note in Note.objects.filter(entry_id__in=[entry.pk for entry in chunk]):
            notes.setdefault(note.entry_id, []).append(note)
        erased_by_act = _erased_by_act([note for some in notes.values() for note in some])
        for entry in chunk:
            found = _conditions(entry, notes.get(entry.pk, []), erased_by_act)
            intact, erased = intact + found.intact, erased + found.erased
            if found.broken:
                broken += found.broken
                sentence = _("A note on entry %(id)d (%(kind)s) was changed or removed without being erased.")
                tell(Fault("note.broken", str(entry.pk), sentence % {"id": entry.pk, "kind": entry.kind}))
    known = Entry.objects.filter(pk=OuterRef("entry_id"), note_digest__isnull=False)
    for pk in Note.objects.filter(~Exists(known)).order_by("pk").values_list("pk", flat=True):
        broken += 1
        tell(Fault("note.added", str(pk), _("Note %(id)d was added: no entry knows it.") % {"id": pk}))
    return NoteTally(intact, erased, broken)


def _conditions(entry: Entry, notes: list[Note], erased_by_act: set[int]) -> NoteTally:
    unmatched = split_digests(bytes(entry.note_digest or b""))
    intact = erased = broken = 0
    for note in notes:
        if note.erased_at is not None:
            erased += note.pk in erased_by_act
            continue
        digest = digest_of(note.audience, note.text, bytes(note.salt or b""))
        if digest in unmatched:
            unmatched.remove(digest)
            intact += 1
        else:
            broken += 1
    missing = len(unmatched) - erased
    return NoteTally(intact, erased, max(broken, missing))


def _erased_by_act(notes: list[Note]) -> set[int]:
    """Those notes of which the ledger says that somebody who may erased them."""
    ids = [str(note.pk) for note in notes if note.erased_at is not None]
    erasures = Entry.objects.filter(kind=str(NOTE_ERASED), subject_kind=kind_of(Note), subject_id__in=ids)
    return {int(pk) for pk in erasures.values_list("subject_id", flat=True)}


def _chunks(entries: Iterator[Entry]) -> Iterator[list[Entry]]:
    while chunk := list(islice(entries, _CHUNK)):
        yield chunk
