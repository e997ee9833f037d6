"""Writing CSV that Excel opens in Thai and that no cell can turn into a formula."""

import csv
import io
import re
from typing import BinaryIO

from prasan.sheets.table import CellValue, Table

_BOM = "\ufeff"
_WOULD_RUN = re.compile("'*[=+\\-@\t\r＝＋－＠]")
_GUARDED = re.compile("'+[=+\\-@\t\r＝＋－＠]")


def write_csv(stream: BinaryIO, table: Table) -> None:
    """Write the table as UTF-8 with a byte order mark; the stream stays open.

    Text that a spreadsheet would run as a formula gets an apostrophe in front, which `open_sheet` takes away.
    """
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    try:
        text.write(_BOM)
        # All text is quoted, so that Excel does not cut it at another country's separator.
        writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC)
        writer.writerow([guarded(header) for header in table.headers])
        for row in table.rows:
            writer.writerow([_written(value) for value in row])
    finally:
        text.detach()


def guarded(text: str) -> str:
    """The text as it can stand in a CSV cell without being run."""
    return "'" + text if _WOULD_RUN.match(text) else text


def unguarded(text: str) -> str:
    """The text without the apostrophe that `guarded`, or a careful spreadsheet, put in front."""
    return text[1:] if _GUARDED.match(text) else text


def _written(value: CellValue) -> object:
    if isinstance(value, str):
        return guarded(value)
    return "" if value is None else value
