"""Commands of matching: how alike pairs of reports are, and the problems a whole file of reports tells of."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from prasan.cli.commands import LANGUAGE_HELP, Commands, Need
from prasan.cli.tables import require_columns, sound, write_table
from prasan.kernel.sentence import NotUnderstood, Sentence

if TYPE_CHECKING:
    from prasan.matching import Report
    from prasan.sheets.reading import Limits, Row

_REPORT_COLUMNS = ("row_id", "comment", "lat", "lon", "timestamp", "type")
_PAIR_COLUMNS = ("row_a", "row_b")
_KNOWN_COLUMNS = ("row_id", "problem")
_MOST_ROWS = 20_000_000
_MOST_BYTES = 8_000_000_000


def register(commands: Commands) -> None:
    commands.room("เรื่องซ้ำ · Repeats")
    score = commands.add(
        "matching score",
        "ให้คะแนนว่าเรื่องแต่ละคู่เหมือนกันเพียงใด · say how alike pairs of reports are",
        score_pairs,
        Need.NOTHING,
    )
    score.add_argument("pairs", type=Path, metavar="PAIRS", help="CSV, CSV.gz, XLSX (row_a, row_b)")
    score.add_argument("--rows", type=Path, required=True, metavar="ROWS", help=_ROWS_HELP)
    _common(score)
    grouping = commands.add(
        "matching group",
        "จัดเรื่องทั้งไฟล์เป็นปัญหาเดียวกัน · put the reports of a file together into problems",
        group_rows,
        Need.NOTHING,
    )
    grouping.add_argument("rows", type=Path, metavar="ROWS", help=_ROWS_HELP)
    grouping.add_argument(
        "--workers",
        type=int,
        default=os.cpu_count() or 1,
        metavar="N",
        help="จำนวนกระบวนการ ไม่เปลี่ยนผลลัพธ์ · processes; the result is the same with any number",
    )
    grouping.add_argument(
        "--known",
        type=Path,
        metavar="GROUPS",
        help="ผลการจัดครั้งก่อน (row_id, problem) ทำเฉพาะส่วนที่เปลี่ยน ผลลัพธ์เหมือนทำใหม่ทั้งหมด · "
        "what an earlier run wrote: only what changes is done, the result is as if all were",
    )
    grouping.add_argument(
        "--known-rows",
        type=Path,
        metavar="OLD",
        help="แถวของครั้งก่อน หากไม่อยู่ใน ROWS · the rows of that run, where ROWS has only those that are new",
    )
    _common(grouping)


_ROWS_HELP = "CSV, CSV.gz, XLSX (row_id, comment, lat, lon, timestamp, type)"


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="OUT", help="CSV")
    parser.add_argument("--language", choices=("th", "en"), default="th", help=LANGUAGE_HELP)


def score_pairs(options: argparse.Namespace) -> int:
    """Write the pairs as they came, with a column `likeness`: 0 to 1, 0.5 as likely as not one problem."""
    import numpy as np

    from prasan.matching.scoring import likeness_of_rows
    from prasan.matching.table import tabulate

    headers, pairs = _read_pairs(options.pairs)
    wanted = {pair[side] for pair in pairs for side in _PAIR_COLUMNS}
    reports = {report.row_id: report for report in _reports(options.rows) if report.row_id in wanted}
    if missing := sorted(wanted - reports.keys()):
        raise _missing(missing, options.rows)
    ids = sorted(reports)
    place = {row_id: number for number, row_id in enumerate(ids)}
    left, right = (np.array([place[pair[side]] for pair in pairs], np.int64) for side in _PAIR_COLUMNS)
    likeness = likeness_of_rows(tabulate([reports[row_id] for row_id in ids]), left, right)
    kept = [header for header in headers if header != "likeness"]
    write_table(
        options.output,
        [*kept, "likeness"],
        ([*(pair[name] for name in kept), f"{like:.6f}"] for pair, like in zip(pairs, likeness, strict=True)),
    )
    _say(options, f"ให้คะแนนแล้ว {len(pairs):,} คู่", f"Pairs scored: {len(pairs):,}.")
    return 0


def group_rows(options: argparse.Namespace) -> int:
    """Write for each row the problem it tells of, named by the smallest row id of that problem."""
    from prasan.matching import group

    if options.workers < 1:
        raise NotUnderstood(Sentence("จำนวนกระบวนการต้องเป็น 1 ขึ้นไป", "There must be one process or more."))
    if options.known_rows and not options.known:
        raise NotUnderstood(
            Sentence(
                "--known-rows ใช้คู่กับ --known เท่านั้น กรุณาระบุผลการจัดครั้งก่อนด้วย",
                "--known-rows goes with --known only: please name what the earlier run wrote, too.",
            )
        )
    known = _read_known(options.known) if options.known else {}
    ids: dict[str, None] = {}
    files = [path for path in (options.known_rows, options.rows) if path]
    reports = _noted(chain.from_iterable(map(_reports, files)), ids)
    if known:
        reports = iter(list(reports))
        if missing := sorted(known.keys() - ids.keys()):
            raise _missing(missing, files[0])
    problems = group(reports, workers=options.workers, known=known)
    write_table(options.output, _KNOWN_COLUMNS, zip(ids, problems, strict=True))
    _say(
        options,
        f"จัด {len(ids):,} เรื่องเป็น {len(set(problems)):,} ปัญหา",
        f"{len(ids):,} reports tell of {len(set(problems)):,} problems.",
    )
    return 0


def _read_known(path: Path) -> dict[str, str]:
    """The problems that an earlier run wrote."""
    from prasan.sheets.reading import open_sheet

    with open_sheet(path, limits=_limits()) as sheet:
        require_columns(path, sheet.headers, _KNOWN_COLUMNS)
        known = {cells["row_id"]: cells["problem"] for cells in map(sound, sheet.rows())}
    for problem in known.values():
        if known.get(problem) != problem:
            raise NotUnderstood(
                Sentence(
                    f"ไฟล์ {path} ไม่ครบถ้วน: ไม่มีแถวของปัญหา {problem} กรุณาใช้ไฟล์ผลการจัดครั้งก่อนทั้งไฟล์",
                    f"{path} is not whole: it lacks the row of problem {problem}. Please give the file "
                    "just as the earlier run wrote it.",
                )
            )
    return known


def _read_pairs(path: Path) -> tuple[tuple[str, ...], list[dict[str, str]]]:
    from prasan.sheets.reading import open_sheet

    with open_sheet(path) as sheet:
        require_columns(path, sheet.headers, _PAIR_COLUMNS)
        return sheet.headers, [sound(row) for row in sheet.rows()]


def _reports(path: Path) -> Iterator[Report]:
    from prasan.sheets.reading import open_sheet

    with open_sheet(path, limits=_limits()) as sheet:
        require_columns(path, sheet.headers, _REPORT_COLUMNS)
        for row in sheet.rows():
            yield _report(row)


def _report(row: Row) -> Report:
    from prasan.matching import Report

    cells = sound(row)
    try:
        latitude, longitude = (float(cells[name]) if cells[name] else None for name in ("lat", "lon"))
        at = datetime.fromisoformat(cells["timestamp"]) if cells["timestamp"] else None
    except ValueError:
        raise NotUnderstood(
            Sentence(
                f"บรรทัด {row.line:,}: พิกัดหรือเวลาไม่ถูกต้อง กรุณาแก้ไข",
                f"Line {row.line:,}: the point or the moment cannot be read; please mend it.",
            )
        ) from None
    if latitude is None or longitude is None:
        latitude = longitude = None
    kinds = tuple(kind.strip() for kind in cells["type"].split(","))
    return Report(cells["row_id"], cells["comment"], latitude, longitude, at, kinds)


def _limits() -> Limits:
    from prasan.sheets.reading import Limits

    return Limits(file_bytes=_MOST_BYTES, unpacked_bytes=_MOST_BYTES, rows=_MOST_ROWS)


def _noted(reports: Iterable[Report], ids: dict[str, None]) -> Iterator[Report]:
    """The reports, whose ids are noted in their order as they pass."""
    for report in reports:
        if report.row_id in ids:
            raise NotUnderstood(
                Sentence(
                    f"แถว {report.row_id} ปรากฏสองครั้ง กรุณาแก้ไข",
                    f"Row {report.row_id} stands twice; please mend the file.",
                )
            )
        ids[report.row_id] = None
        yield report


def _missing(rows: Sequence[str], path: Path) -> NotUnderstood:
    return NotUnderstood(
        Sentence(
            f"ไม่พบแถว {rows[0]} ในไฟล์ {path} (ขาดทั้งหมด {len(rows):,} แถว)",
            f"Row {rows[0]} is not in {path} ({len(rows):,} rows are missing in all).",
        )
    )


def _say(options: argparse.Namespace, th: str, en: str) -> None:
    print(en if options.language == "en" else th, flush=True)
