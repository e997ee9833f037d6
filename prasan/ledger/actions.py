"""Writing what happened, telling those who listen, and sealing what was written."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, TypeVar

from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from prasan.ledger.keys import make_signing_key, signing_key
from prasan.ledger.models import Batch, Entry
from prasan.ledger.queries import kind_of, rows_of
from prasan.ledger.seals import NO_ROOT, Facts, chained_root, leaf_of, pack_ids, sealed_words

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

TELL = "prasan.ledger.tell"
"""Name of the job that `record` queues: it tells every listener of one entry."""

LISTEN = "prasan.ledger.listen"
"""Name of the job that tells one listener of one entry."""

Listener = TypeVar("Listener", bound="Callable[[int], object]")
_KINDS = "hears_kinds"

BATCH_LIMIT = 10_000
FACT_LIMIT = 200
_SEALER = 0x5052_4153_4C45_4447  # the advisory lock that lets only one sealer work


def record(
    kind: str,
    subject: models.Model | tuple[str, str | int],
    *,
    by: AbstractBaseUser | None,
    posting: int | None = None,
    before: Facts | None = None,
    after: Facts | None = None,
    note_digest: bytes | None = None,
) -> Entry:
    """Write that something happened and queue the job that tells of it, both in the act's transaction.

    `by` is None for the system itself, `posting` the capacity in which the person acted. Facts are codes,
    ids, days and sums of money as strings; never a float, a resident's name, phone or words.
    """
    if not connection.in_atomic_block:
        raise RuntimeError(f"{kind} was to be recorded outside the transaction of its act")
    subject_kind, subject_id = _named(subject)
    entry = Entry(
        at=timezone.now(),
        kind=str(kind),
        subject_kind=subject_kind,
        subject_id=subject_id,
        actor_id=by.pk if by is not None else None,
        posting_id=posting,
        before=_checked(kind, before or {}),
        after=_checked(kind, after or {}),
        note_digest=note_digest,
    )
    with connection.cursor() as cursor:
        cursor.execute(
            _RECORD,
            [
                entry.at,
                entry.kind,
                subject_kind,
                subject_id,
                entry.actor_id,
                posting,
                json.dumps(entry.before),
                json.dumps(entry.after),
                note_digest,
                TELL,
            ],
        )
        entry.pk = cursor.fetchone()[0]
    return entry


# A function of the database writes both in one round trip, the job by procrastinate's own function.
_RECORD = "SELECT ledger_record(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"


def hearing(kinds: Collection[str]) -> Callable[[Listener], Listener]:
    """Mark a listener as one that is told of entries of these kinds only."""

    def mark(listener: Listener) -> Listener:
        setattr(listener, _KINDS, frozenset(kinds))
        return listener

    return mark


def tell_listeners(entry_id: int) -> int:
    """Queue one job for each function named in `LEDGER_LISTENERS`, all or none; how many they are.

    A listener that declares which kinds of entry it hears is told of no other.
    """
    listeners = [name for name in settings.LEDGER_LISTENERS if _hears(name, entry_id)]
    if listeners:
        with connection.cursor() as cursor:
            cursor.execute(_QUEUE_LISTENERS, [LISTEN, entry_id, listeners])
    return len(listeners)


_QUEUE_LISTENERS = """
SELECT procrastinate_defer_jobs_v1(array_agg(
    ROW('ledger', %s, 0, NULL, NULL, jsonb_build_object('entry_id', %s::bigint, 'listener', listener), NULL)
    ::procrastinate_job_to_defer_v1
)) FROM unnest(%s::text[]) AS listener
"""


def seal_pending(*, limit: int = BATCH_LIMIT) -> int:
    """Seal the committed entries that no batch holds; how many they were. Of two sealers one gives way."""
    sealed = 0
    while count := _seal_one_batch(limit):
        sealed += count
        if count < limit:
            break
    return sealed


@transaction.atomic
def _seal_one_batch(limit: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_SEALER])
        if cursor.fetchone() != (True,):
            return 0
        cursor.execute("SELECT entry_id FROM ledger_unsealed ORDER BY entry_id LIMIT %s", [limit])
        waiting = [entry_id for (entry_id,) in cursor.fetchall()]
    if not waiting:
        return 0
    rows = rows_of(waiting)
    if rows:
        _write_batch([row[0] for row in rows], [leaf_of(row) for row in rows])
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_unsealed WHERE entry_id = ANY(%s)", [waiting])
    return len(waiting)


def _write_batch(ids: Sequence[int], leaves: Sequence[bytes]) -> None:
    last = Batch.objects.order_by("-number").only("number", "root").first()
    if last is None:
        make_signing_key()  # later a missing key is a fault, not a reason to make another
    number = last.number + 1 if last else 1
    previous_root = bytes(last.root) if last else NO_ROOT
    root = chained_root(previous_root, leaves)
    sealed_at = timezone.now()
    words = sealed_words(number, len(ids), sealed_at, root, previous_root)
    Batch.objects.create(
        number=number,
        sealed_at=sealed_at,
        count=len(ids),
        entry_ids=pack_ids(ids),
        leaves=b"".join(leaves),
        root=root,
        previous_root=previous_root,
        signature=signing_key().sign(words),
    )


def _hears(name: str, entry_id: int) -> bool:
    """Whether a listener is told of an entry; one that cannot be read is, so that its own job says why."""
    try:
        kinds = getattr(import_string(name), _KINDS, None)
    except ImportError:
        return True
    return kinds is None or Entry.objects.filter(pk=entry_id, kind__in=kinds).exists()


def _named(subject: models.Model | tuple[str, str | int]) -> tuple[str, str]:
    if isinstance(subject, tuple):
        return subject[0], str(subject[1])
    if subject.pk is None:
        raise ValueError("a row is recorded after it was saved")
    return kind_of(type(subject)), str(subject.pk)


def _checked(kind: str, facts: Facts) -> Facts:
    for name, fact in facts.items():
        for value in fact if isinstance(fact, list | tuple) else (fact,):
            if isinstance(value, str):
                if len(value) > FACT_LIMIT or not value.isprintable():
                    raise ValueError(
                        f"{kind}: {name} looks like free text, which does not belong in the ledger"
                    )
            elif value is not None and not isinstance(value, int):
                raise TypeError(
                    f"{kind}: {name} is {type(value).__name__}; write codes, ids and sums as strings"
                )
    return facts
