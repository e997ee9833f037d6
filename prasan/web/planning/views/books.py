"""The plan as a book: its state on the page of the version, having it made, and its files."""

from __future__ import annotations

import logging
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from prasan.agencies.queries import Person, decide
from prasan.kernel.refusals import Refused
from prasan.planning import rules
from prasan.planning.actions import cancel_book, order_book
from prasan.planning.models import PlanVersion
from prasan.planning.papers.shelf import BOOKS
from prasan.planning.queries import books_for, books_of, versions_for
from prasan.web.documents.serving import finished_file
from prasan.web.shell.requests import SignedInRequest

log = logging.getLogger(__name__)


def told_of_book(version: PlanVersion, user: Person) -> dict[str, Any]:
    """What the part of the page about the book shows."""
    return {
        "version": version,
        "books": books_of(version, user),
        "may_make_book": bool(decide(user, rules.MAKE_BOOK, version)),
    }


@require_safe
def book_part(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the book has come, for a page that asks again and again; others go to the page itself."""
    version = _own_version(request, pk)
    if not request.htmx:  # type: ignore[attr-defined]  # set by the middleware of django-htmx
        return redirect("planning:version", pk)
    return render(request, "planning/version_page.html#book", told_of_book(version, request.user))


@login_required
@require_POST
def book_order(request: SignedInRequest, pk: int) -> HttpResponse:
    """Have the book made."""
    version = _own_version(request, pk)
    _require_maker(request, version)
    try:
        order_book(version, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("planning:version", pk)


@login_required
@require_POST
def book_cancel(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Give up a book that is being made."""
    version = _own_version(request, pk)
    _require_maker(request, version)
    book = get_object_or_404(books_for(request.user), pk=number, version=version)
    try:
        cancel_book(book, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The book is not made any more."))
    return redirect("planning:version", pk)


@require_safe
def book_file(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """The finished book as PDF, or all its forms as XLSX."""
    version = _own_version(request, pk)
    book = books_for(request.user).filter(version=version, finished_at__isnull=False).first()
    if book is None or kind not in BOOKS.files:
        raise Http404
    path = BOOKS.place_of(book.pk, kind)
    if not path.exists():
        log.error("the %s of plan book %d is missing on disk", kind, book.pk)
        raise Http404
    return finished_file(request, path, name=f"plan-book-{pk}.{kind}", mark=f"{book.pk} {book.finished_at}")


def _own_version(request: HttpRequest, pk: int) -> PlanVersion:
    return get_object_or_404(versions_for(request.user).filter(source=PlanVersion.Source.OWN), pk=pk)


def _require_maker(request: SignedInRequest, version: PlanVersion) -> None:
    if not decide(request.user, rules.MAKE_BOOK, version):
        raise Http404
