"""Tables that commands read and write."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from prasan.kernel.sentence import NotUnderstood, Sentence

if TYPE_CHECKING:
    from prasan.sheets.reading import Row


def sound(row: Row) -> dict[str, str]:
    """The cells of a row without faults; its first fault is raised."""
    if row.faults:
        raise row.faults[0]
    return row.cells


def require_columns(path: Path, headers: Sequence[str], wanted: Sequence[str]) -> None:
    """Refuse a file that lacks a column."""
    if missing := [name for name in wanted if name not in headers]:
        names = ", ".join(missing)
        raise NotUnderstood(
            Sentence(f"ไฟล์ {path} ไม่มีคอลัมน์ {names}", f"The file {path} has no column {names}.")
        )


def write_table(path: Path, headers: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write whole or not at all; plain CSV, since other programs read it."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(headers)
            writer.writerows(rows)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
