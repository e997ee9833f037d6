"""A list as a file to take home: CSV or XLSX.

The file is finished on disk before its first byte is sent. So its length is announced, and a browser notices
when the way breaks off; and whatever fails while rows are read is a page that says so, never a short file.
"""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from prasan.documents.folder import workplace
from prasan.kernel.calendar import today
from prasan.sheets.csv_writer import write_csv
from prasan.sheets.table import Table
from prasan.sheets.xlsx import write_xlsx

ROWS_AT_ONCE = 1_000
"""Rows that a list reads ahead of those being written."""

AT_ONCE = 2
PATIENCE = 5.0

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_BLOCK = 64 * 1024

_places = threading.BoundedSemaphore(AT_ONCE)
"""Long lists keep a thread and a connection busy for minutes: most of them stay free for pages."""


def table_file(request: HttpRequest, table: Table, kind: str, *, name: str) -> HttpResponseBase:
    """The table as a download called by the name and today's date; kind is `csv` or `xlsx`.

    Memory does not grow with the rows as long as the table reads them bit by bit. Where too many lists are
    being written, the answer asks to come back.
    """
    if not _places.acquire(timeout=PATIENCE):
        answer = render(request, "503.html", status=503)
        answer.headers["Retry-After"] = "60"
        return answer
    packed = kind == "csv" and "gzip" in request.headers.get("Accept-Encoding", "")
    try:
        with transaction.atomic():  # or the database would set the whole list aside before its first row
            file = _written(table, _as_gzip if packed else _WRITERS[kind])
    finally:
        _places.release()
    response = FileResponse(file, content_type=_TYPES[kind])
    response.block_size = _BLOCK
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{today().isoformat()}.{kind}"'
    if kind == "csv":
        patch_vary_headers(response, ["Accept-Encoding"])
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    return response


def _written(table: Table, write: Callable[[BinaryIO, Table, Path], None]) -> BinaryIO:
    """A finished file that has no name on disk any more: it goes when it is closed, by whatever."""
    with workplace() as folder:
        file = TemporaryFile(dir=folder)  # noqa: SIM115 - closed by the response
        try:
            write(file, table, folder)
        except BaseException:
            file.close()
            raise
        file.seek(0)
        return file


def _as_csv(file: BinaryIO, table: Table, folder: Path) -> None:
    write_csv(file, table)


def _as_gzip(file: BinaryIO, table: Table, folder: Path) -> None:
    with gzip.GzipFile(fileobj=file, mode="wb", compresslevel=6, filename="", mtime=0) as stream:
        write_csv(cast("BinaryIO", stream), table)


def _as_xlsx(file: BinaryIO, table: Table, folder: Path) -> None:
    write_xlsx(file, [table], workplace=folder)


_WRITERS = {"csv": _as_csv, "xlsx": _as_xlsx}
