"""Reading all sheets of a workbook cell by cell, where the layout is known and is not one table."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from prasan.sheets.faults import SheetFault
from prasan.sheets.limits import Limits
from prasan.sheets.sheet import Line
from prasan.sheets.source import Source
from prasan.sheets.workbook import Workbook

_ZIP = b"PK\x03\x04"

Grids = Iterator[tuple[str, Iterator[Line]]]


@contextmanager
def open_grids(
    path_or_stream: str | os.PathLike[str] | BinaryIO,
    *,
    limits: Limits = Limits(),  # noqa: B008 - frozen
) -> Iterator[Grids]:
    """The visible sheets in their order, each read as it streams by; raises as `open_sheet` does."""
    source = Source(path_or_stream, limits)
    try:
        if not source.head(4).startswith(_ZIP):
            raise SheetFault("file.broken")
        yield Workbook(source, None).grids()
    finally:
        source.close()
