"""Whether the ledger still says what was sealed: entries, batches, their chain, and an outside anchor."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from prasan.ledger.anchors import Anchor
from prasan.ledger.keys import is_signed, public_key, words_of
from prasan.ledger.models import Batch, Entry, Unsealed
from prasan.ledger.queries import rows_of
from prasan.ledger.seals import NO_ROOT, Row, chained_root, leaf_of, sealed_words, split_leaves, unpack_ids

PATIENCE = timedelta(minutes=5)
"""How long an entry may wait for its seal before that is a fault."""

_CHUNK = 20_000
_SWAPS_SOUGHT = 300  # changed entries among which swapped ones are sought, each with each


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was sealed; `code` is for machines, the sentence for people."""

    code: str
    subject: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Tally:
    """What was looked at."""

    entries: int = 0
    batches: int = 0
    waiting: int = 0


Tell = Callable[[Fault], None]


def verify(tell: Tell, *, anchor: Anchor | None = None) -> Tally:
    """Tell of every fault as it is found, in one unmoving view of the database; others may go on writing."""
    with _one_view():
        sealed = _Ids()
        tally = _check_batches(tell, sealed, anchor)
        return replace(tally, waiting=_check_the_rest(tell, sealed))


@contextlib.contextmanager
def _one_view() -> Iterator[None]:
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _check_batches(tell: Tell, sealed: _Ids, anchor: Anchor | None) -> Tally:
    key = public_key()
    if key is None:
        tell(Fault("key.missing", "key", _("There is no public key, so no signature was checked.")))
    number, previous, entries, count = 0, NO_ROOT, 0, 0
    changed: list[tuple[Row, bytes]] = []
    for batch in Batch.objects.order_by("number").iterator(chunk_size=1):
        for missing in range(number + 1, batch.number):
            tell(_fault("batch.missing", missing, _("Batch %(number)d is missing.")))
        number, root = batch.number, bytes(batch.root)
        if bytes(batch.previous_root) != previous:
            tell(
                _fault("chain.broken", number, _("Batch %(number)d does not follow from the one before it."))
            )
        changed += _check_batch(tell, batch, sealed, key)
        previous, entries, count = root, entries + batch.count, count + 1
        if anchor is not None and anchor.number == number:
            _check_anchor_at(tell, anchor, root, entries)
    if anchor is not None:
        _check_anchor_after(tell, anchor, number, key)
    _tell_changed(tell, changed)
    return Tally(entries=entries, batches=count)


def _check_batch(
    tell: Tell, batch: Batch, sealed: _Ids, key: Ed25519PublicKey | None
) -> list[tuple[Row, bytes]]:
    """Tell what is wrong with a batch and which of its entries are gone; return those that were changed."""
    ids, leaves = unpack_ids(bytes(batch.entry_ids)), split_leaves(bytes(batch.leaves))
    root, previous = bytes(batch.root), bytes(batch.previous_root)
    is_whole = len(ids) == len(leaves) == batch.count > 0
    if not is_whole or chained_root(previous, leaves) != root:
        tell(_fault("batch.broken", batch.number, _("Batch %(number)d is not as it was sealed.")))
    words = sealed_words(batch.number, batch.count, batch.sealed_at, root, previous)
    if key is not None and not is_signed(key, bytes(batch.signature), words):
        tell(_fault("signature.wrong", batch.number, _("The signature of batch %(number)d is not ours.")))
    rows = {row[0]: row for row in rows_of(ids)}
    changed = []
    for entry_id, leaf in zip(ids, leaves, strict=False):
        if not sealed.add(entry_id):
            tell(_entry_fault("entry.twice", entry_id, "", _("Entry %(id)d is sealed twice.")))
        row = rows.get(entry_id)
        if row is None:
            sentence = _("Entry %(id)d is missing (batch %(batch)d).") % {
                "id": entry_id,
                "batch": batch.number,
            }
            tell(Fault("entry.missing", str(entry_id), sentence))
        elif leaf_of(row) != leaf:
            changed.append((row, leaf))
    return changed


def _tell_changed(tell: Tell, changed: list[tuple[Row, bytes]]) -> None:
    partners = _swapped(changed) if len(changed) <= _SWAPS_SOUGHT else {}
    for row, _leaf in changed:
        if row[0] not in partners:
            tell(_entry_fault("entry.changed", row[0], row[2], _("Entry %(id)d (%(kind)s) was changed.")))
        else:
            sentence = _(
                "Entry %(id)d (%(kind)s) holds what was sealed as entry %(other)d: they were swapped."
            )
            values = {"id": row[0], "kind": row[2], "other": partners[row[0]]}
            tell(Fault("entry.swapped", str(row[0]), sentence % values))


def _swapped(changed: list[tuple[Row, bytes]]) -> dict[int, int]:
    """For each entry whose content was sealed under another's id, that id."""
    return {
        row[0]: other[0]
        for row, _own in changed
        for other, leaf in changed
        if row[0] != other[0] and leaf_of((other[0], *row[1:])) == leaf
    }


def _check_the_rest(tell: Tell, sealed: _Ids) -> int:
    """Tell of entries that no batch holds; how many wait for their seal as they should."""
    waiting = 0
    every = Entry.objects.values_list("id", flat=True).iterator(_CHUNK)
    for ids in _chunks(pk for pk in every if pk not in sealed):
        queued = set(Unsealed.objects.filter(entry_id__in=ids).values_list("entry_id", flat=True))
        waiting += len(queued)
        for pk, kind in (
            Entry.objects.filter(id__in=set(ids) - queued).order_by("id").values_list("id", "kind")
        ):
            tell(
                _entry_fault("entry.added", pk, kind, _("Entry %(id)d (%(kind)s) was added without a seal."))
            )
    lost = Unsealed.objects.exclude(entry_id__in=Entry.objects.values("id")).order_by("entry_id")
    for pk in lost.values_list("entry_id", flat=True):
        tell(_entry_fault("entry.missing", pk, "", _("Entry %(id)d is missing; it was not sealed yet.")))
    late = Entry.objects.filter(id__in=Unsealed.objects.values("entry_id"), at__lt=timezone.now() - PATIENCE)
    if count := late.count():
        sentence = _("%(count)d entries have waited for their seal for more than %(minutes)d minutes.")
        sentence += " " + _("Please check that the worker is running.")
        tell(Fault("seal.late", str(count), sentence % {"count": count, "minutes": PATIENCE.seconds // 60}))
    return waiting


def _check_anchor_at(tell: Tell, anchor: Anchor, root: bytes, entries: int) -> None:
    if root != anchor.root or entries != anchor.count:
        sentence = _("Batch %(number)d is another than the one in the anchor: history was written anew.")
        tell(_fault("anchor.rewritten", anchor.number, sentence))


def _check_anchor_after(tell: Tell, anchor: Anchor, last: int, key: Ed25519PublicKey | None) -> None:
    if last < anchor.number:
        sentence = _("The anchor knows batch %(number)d, but the ledger ends before it: its tail was cut.")
        tell(_fault("anchor.cut", anchor.number, sentence))
    if key is not None and words_of(key) != anchor.public_key:
        sentence = _("The ledger is now signed with another key than when the anchor was made.")
        tell(Fault("anchor.key", "key", sentence))


def _fault(code: str, number: int, sentence: str) -> Fault:
    return Fault(code, str(number), sentence % {"number": number})


def _entry_fault(code: str, pk: int, kind: str, sentence: str) -> Fault:
    return Fault(code, str(pk), sentence % {"id": pk, "kind": kind})


def _chunks(ids: Iterator[int]) -> Iterator[list[int]]:
    while chunk := list(islice(ids, _CHUNK)):
        yield chunk


class _Ids:
    """A set of ids that takes a bit for each: ten million of them in little more than a megabyte."""

    def __init__(self) -> None:
        self._pages: dict[int, bytearray] = {}

    def add(self, number: int) -> bool:
        """Take in an id; false if it was there."""
        page, place, bit = number >> 16, (number & 0xFFFF) >> 3, 1 << (number & 7)
        bits = self._pages.get(page) or self._pages.setdefault(page, bytearray(8192))
        if bits[place] & bit:
            return False
        bits[place] |= bit
        return True

    def __contains__(self, number: int) -> bool:
        bits = self._pages.get(number >> 16)
        return bits is not None and bool(bits[(number & 0xFFFF) >> 3] & 1 << (number & 7))
