"""The list of people and postings as a file."""

from __future__ import annotations

import io
from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _

from prasan.agencies.models import Posting
from prasan.kernel.calendar import today
from prasan.sheets.csv_writer import write_csv
from prasan.sheets.table import CellValue, Table
from prasan.sheets.xlsx import write_xlsx

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def postings_file(postings: QuerySet[Posting], kind: str) -> HttpResponse:
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
    stream = io.BytesIO()
    if kind == "csv":
        write_csv(stream, table)
    else:
        write_xlsx(stream, [table])
    response = HttpResponse(stream.getvalue(), content_type=_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="people-{today().isoformat()}.{kind}"'
    return response


def _rows(postings: QuerySet[Posting]) -> Iterator[list[CellValue]]:
    yes, is_open, is_closed = _("yes"), _("open"), _("closed")
    for posting in postings:
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
