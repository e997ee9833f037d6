"""Rows of tables set aside in files, a row a line, until another process makes a workbook of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TextIO

from prasan.sheets.table import CellValue, Table
from prasan.sheets.xlsx import write_xlsx


def put_rows(stream: TextIO, rows: Iterable[Sequence[CellValue]]) -> None:
    """Set rows aside; they come back equal, a moment of a day as the day."""
    for row in rows:
        stream.write(json.dumps(row, default=_told, ensure_ascii=False) + "\n")


def rows_of(path: Path) -> Iterator[list[CellValue]]:
    """The rows that were set aside, one at a time."""
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line, object_hook=_value)


def write_tables(target: str, tables: Sequence[dict[str, Any]]) -> int:
    """Write a workbook of tables whose rows were set aside; how many sheets were asked for."""
    path = Path(target)
    with path.open("wb") as stream:
        write_xlsx(
            stream,
            (Table(table["title"], table["headers"], rows_of(Path(table["rows"]))) for table in tables),
            workplace=path.parent,
        )
    return len(tables)


def _told(value: object) -> dict[str, str]:
    if isinstance(value, Decimal):
        return {"sum": str(value)}
    if isinstance(value, date):
        return {"day": value.isoformat()[:10]}
    raise TypeError(f"no cell holds {type(value).__name__}")


def _value(told: dict[str, str]) -> Decimal | date:
    return Decimal(told["sum"]) if "sum" in told else date.fromisoformat(told["day"])
