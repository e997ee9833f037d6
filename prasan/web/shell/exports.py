"""A list as a file to take home: CSV or XLSX."""

from __future__ import annotations

import io

from django.http import HttpResponse

from prasan.kernel.calendar import today
from prasan.sheets.csv_writer import write_csv
from prasan.sheets.table import Table
from prasan.sheets.xlsx import write_xlsx

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def table_file(table: Table, kind: str, *, name: str) -> HttpResponse:
    """The table as a download called by the name and today's date; kind is `csv` or `xlsx`."""
    stream = io.BytesIO()
    if kind == "csv":
        write_csv(stream, table)
    else:
        write_xlsx(stream, [table])
    response = HttpResponse(stream.getvalue(), content_type=_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}-{today().isoformat()}.{kind}"'
    return response
