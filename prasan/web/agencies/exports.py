"""The list of people and postings as a file."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from prasan.agencies.models import Posting
from prasan.sheets.table import CellValue, Table
from prasan.web.shell.exports import ROWS_AT_ONCE, table_file


def postings_file(request: HttpRequest, postings: QuerySet[Posting], kind: str) -> HttpResponseBase:
    """The postings, in the order given, as CSV or XLSX."""
    table = Table(
        title=_("People and posts"),
        headers=[
            _("Name"),
            _("User name"),
            _("Name of the post"),
            _("Role"),
            _("Agency"),
            _("Area code"),
            _("Area"),
            _("First day"),
            _("Last day"),
            _("Acting"),
            _("Account"),
        ],
        rows=_rows(postings),
    )
    return table_file(request, table, kind, name="people")


def _rows(postings: QuerySet[Posting]) -> Iterator[list[CellValue]]:
    yes, is_open, is_closed = _("yes"), _("open"), _("closed")
    for posting in postings.iterator(chunk_size=ROWS_AT_ONCE):
        yield [
            posting.person.name,
            posting.person.username,
            str(posting),
            str(posting.role),
            str(posting.agency),
            posting.area_id,
            posting.area.full_name,
            posting.starts,
            posting.ends,
            yes if posting.is_acting else "",
            is_open if posting.person.is_active else is_closed,
        ]
