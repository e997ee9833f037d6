"""The plan made into a book: ordered by an officer, made by the worker, kept until a newer one is done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from procrastinate.contrib.django import app

from prasan.accounts.models import User
from prasan.agencies.queries import require
from prasan.documents.making import Tell, Withdrawn, cancel, is_under_way, make, remove
from prasan.documents.shelf import empty
from prasan.kernel.calendar import today
from prasan.kernel.dates import format_date
from prasan.kernel.money import format_baht
from prasan.kernel.refusals import Refused
from prasan.ledger.actions import record
from prasan.planning import events, rules
from prasan.planning.actions.plan import locked_version
from prasan.planning.models import PlanBook, PlanVersion
from prasan.planning.papers import book as making
from prasan.planning.papers.shelf import BOOKS
from prasan.planning.queries.books import content_of_version
from prasan.planning.queries.plans import items_for, totals_of
from prasan.planning.queries.proposals import proposals_for

MAKE_BOOK = "prasan.planning.make_book"
"""Name of the job that makes a book."""


class PlanChanged(Exception):
    """The plan changed while it was read; the next try reads it anew."""


@transaction.atomic
def order_book(version: PlanVersion, *, by: User | None) -> PlanBook:
    """Have the worker make a book of a version as it now stands; ordered twice it is made once.

    A finished book of the same content is given back. One of another content that is not finished is not
    made any more.
    """
    version = locked_version(version)
    posting = require(by, rules.MAKE_BOOK, version)
    if version.source != PlanVersion.Source.OWN:
        raise Refused(_("Money in a bill is no plan; there is no book of it."))
    if not proposals_for(None).filter(plan_items__version=version).exists():
        raise Refused(_("The plan is still empty: there is no project to print."))
    content = content_of_version(version)
    book = version.books.filter(content=content).first()
    if book is not None and is_under_way(book, BOOKS):
        return book
    for other in version.books.filter(finished_at=None).exclude(content=content):
        remove(other, BOOKS)
    if book is None:
        book = PlanBook(version=version, content=content)
    book.order_again(by)
    book.save()
    # One at a time, and after everything else that waits: there is as much memory for it as that.
    app.configure_task(MAKE_BOOK, queue="planning", lock=MAKE_BOOK, priority=-1).defer(book_id=book.pk)
    record(events.BOOK_ORDERED, version, by=by, posting=posting, after={"book": book.pk, "content": content})
    return book


@transaction.atomic
def cancel_book(book: PlanBook, *, by: User | None) -> None:
    """Give up a book that is not finished; what was made of it goes."""
    version = locked_version(book.version)
    posting = require(by, rules.MAKE_BOOK, version)
    cancel(book, BOOKS)
    record(events.BOOK_CANCELLED, version, by=by, posting=posting, before={"book": book.pk})


def make_book(key: int, *, should_stop: Callable[[], bool]) -> None:
    """Make an ordered book, from where an earlier try was cut off; a second time does nothing.

    Nobody can open it before it is whole.
    """
    make(PlanBook, BOOKS, key, _make, should_stop=should_stop)


def _make(book: PlanBook, folder: Path, tell: Tell) -> None:
    _lay_down(book, folder, tell)
    making.set_parts(folder, tell)
    _finish(book.pk, making.bind_book(folder, tell), folder)


def _lay_down(book: PlanBook, folder: Path, tell: Tell) -> None:
    """Read all that goes into the book, unless it was read before; what is read is of one moment."""
    if making.is_laid_down(folder, book.content):
        return
    empty(folder)
    version = PlanVersion.objects.select_related("plan__area", "plan__cluster").get(pk=book.version_id)
    content = content_of_version(version)
    _take_content(book, content)
    items = items_for(None).filter(version=version)
    shown = set(
        proposals_for(None).filter(plan_items__version=version).order_by().values_list("pk", flat=True)
    )
    with override("th"):
        making.lay_down(folder, _cover(version), making.chapters_of(items, shown), tell)
    if content_of_version(version) != content:
        raise PlanChanged
    making.mark_laid_down(folder, content)


@transaction.atomic
def _take_content(book: PlanBook, content: str) -> None:
    """Let the book be of what the plan holds by now; another one of the same content is as good."""
    if content == book.content:
        return
    locked_version(book.version)
    if PlanBook.objects.filter(version=book.version_id, content=content).exists():
        PlanBook.objects.filter(pk=book.pk).delete()
    elif not PlanBook.objects.filter(pk=book.pk).update(content=content):
        raise Withdrawn
    book.content = content


def _cover(version: PlanVersion) -> making.Cover:
    totals = totals_of(version)
    plan = version.plan
    owner = plan.area.title if plan.area is not None else str(plan.cluster)
    return making.Cover(
        plan=f"{plan.get_kind_display()} {plan.years} {owner}",
        lines=(
            f"ฉบับที่ {version.number} ({version.state_now.label})",
            f"{totals.items:,} โครงการ รวม {format_baht(totals.amount)}",
            f"จัดทำเล่มเมื่อ {format_date(today())}",
        ),
    )


@transaction.atomic
def _finish(key: int, made: making.BookFile, folder: Path) -> None:
    """Put the book where it can be opened, in place of those before it."""
    book = PlanBook.objects.select_for_update(of=("self",)).select_related("version").filter(pk=key).first()
    if book is None:
        raise Withdrawn
    sizes = BOOKS.shelve(key, folder)
    book.finished_at, book.done = timezone.now(), book.whole
    book.pages, book.projects, book.size, book.list_size = (
        made.pages,
        made.projects,
        sizes["pdf"],
        sizes["xlsx"],
    )
    book.save()
    for older in PlanBook.objects.filter(version=book.version_id, pk__lt=key):
        remove(older, BOOKS)
    facts: dict[str, str | int] = {
        "book": key,
        "content": book.content,
        "pages": made.pages,
        "projects": made.projects,
    }
    record(events.BOOK_MADE, book.version, by=None, after=facts)
