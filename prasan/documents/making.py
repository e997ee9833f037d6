"""Making a work that was ordered: by the worker, from where an earlier try was cut off, once and whole."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from django.db import transaction
from django.db.models import Manager
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.exceptions import JobAborted

from prasan.documents.models import OrderedWork
from prasan.documents.shelf import Shelf
from prasan.kernel.refusals import Refused

MOST_TRIES = 5
"""How often a work is begun, each time from where the one before was cut off, until it counts as failed."""

Tell = Callable[[int, int], None]
"""Told how many steps are done, of how many; stops the work by raising."""

W = TypeVar("W", bound=OrderedWork)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Works(Generic[W]):
    """What there is of one thing: the finished work, the one being made or failed, and what is wanted now."""

    finished: W | None
    making: W | None
    content: str

    @property
    def is_stale(self) -> bool:
        """Whether something has changed since the finished one was made."""
        return self.finished is not None and self.finished.content != self.content

    @property
    def is_being_made(self) -> bool:
        """Whether the worker has one to make."""
        return self.making is not None and self.making.failed_at is None

    @property
    def may_order(self) -> bool:
        """Whether another one would be worth the work."""
        return (self.finished is None or self.is_stale) and not self.is_being_made


class Withdrawn(Exception):
    """Nobody wants this work any more: it was cancelled, or a newer one was ordered."""


def make(
    rows: type[W],
    shelf: Shelf,
    key: int,
    work: Callable[[W, Path, Tell], None],
    *,
    should_stop: Callable[[], bool],
) -> None:
    """Do the work of an order in its workplace; a second time does nothing, nor do two at once.

    `work` finishes the row itself, with what it brought to the shelf. What no row speaks of is cleared away.
    """
    _clear(rows, shelf)
    with shelf.workplace(key) as folder:
        if folder is None:
            return
        if (ordered := _begun(rows, key)) is not None:
            _do(ordered, folder, work, should_stop)
    if not _of(rows).filter(pk=key, finished_at=None, failed_at=None).exists():
        shelf.leave(key)


def works_of(rows: Iterable[W], content: str) -> Works[W]:
    """What there is among the orders of one thing, newest first."""
    newest = list(rows)
    return Works(
        finished=next((row for row in newest if row.finished_at), None),
        making=next((row for row in newest if not row.finished_at), None),
        content=content,
    )


def is_under_way(ordered: OrderedWork, shelf: Shelf) -> bool:
    """Whether it is being made, or finished and still where it belongs."""
    if ordered.finished_at is not None:
        return shelf.is_shelved(ordered.pk)
    return ordered.failed_at is None


def remove(ordered: OrderedWork, shelf: Shelf) -> None:
    """Remove an order, and with the act all that was made of it."""
    key = ordered.pk
    ordered.delete()
    transaction.on_commit(lambda: shelf.discard(key))


@transaction.atomic(savepoint=False)  # part of an act, which stands or falls with it
def cancel(ordered: OrderedWork, shelf: Shelf) -> None:
    """Give up a work that is not finished; whoever is at it stops at the next step; what was made goes."""
    rows = _of(type(ordered)).select_for_update(of=("self",))
    found = rows.filter(pk=ordered.pk).first()
    if found is None or found.finished_at is not None:
        raise Refused(_("This is not being made any more. Please look at the page again."))
    remove(found, shelf)


def _do(
    ordered: W, folder: Path, work: Callable[[W, Path, Tell], None], should_stop: Callable[[], bool]
) -> None:
    rows, key = type(ordered), ordered.pk

    def tell(done: int, whole: int) -> None:
        if not _of(rows).filter(pk=key).update(done=done, whole=whole):
            raise Withdrawn
        if should_stop():
            raise JobAborted

    try:
        work(ordered, folder, tell)
    except Withdrawn:
        log.info("%s %d was given up", rows.__name__, key)
    except JobAborted:
        raise
    except Exception:
        if not _of(rows).filter(pk=key).exists():  # cancelled, so that its workplace went from under it
            log.info("%s %d was given up", rows.__name__, key)
        elif not _fail_for_good(rows, key):
            raise
        else:
            log.exception("%s %d could not be made", rows.__name__, key)


def _clear(rows: type[W], shelf: Shelf) -> None:
    """Remove files that no row speaks of; rows come before their files, so these are looked at first."""
    standing = shelf.standing()
    for key in standing - set(_of(rows).filter(pk__in=standing).values_list("pk", flat=True)):
        shelf.discard(key)


@transaction.atomic
def _begun(rows: type[W], key: int) -> W | None:
    """The order if it is still to be done; one that was begun too often is failed."""
    ordered = _of(rows).select_for_update().filter(pk=key, finished_at=None, failed_at=None).first()
    if ordered is None:
        return None
    ordered.tries += 1
    if ordered.tries > MOST_TRIES:
        ordered.failed_at = timezone.now()
    ordered.save(update_fields=["tries", "failed_at"])
    return ordered if ordered.failed_at is None else None


@transaction.atomic
def _fail_for_good(rows: type[W], key: int) -> bool:
    """Whether that was the last try."""
    ordered = _of(rows).select_for_update().filter(pk=key, finished_at=None).first()
    if ordered is None or ordered.tries < MOST_TRIES:
        return False
    ordered.failed_at = timezone.now()
    ordered.save(update_fields=["failed_at"])
    return True


def _of(rows: type[W]) -> Manager[W]:
    return rows._default_manager
