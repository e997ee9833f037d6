"""Writes docs/reference/performance.md from what was measured, so that no figure is typed by hand.

Every figure that was written is kept in bench/measured.jsonl with its day and machine, so that one can be
measured anew without all the others.
"""

from __future__ import annotations

import json
import os
import platform
import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.figure import PROMISES, Figure, number, verdict

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "performance.md"

MEASURED = Path(__file__).resolve().parent / "measured.jsonl"

HEAD = """# Performance

Written by `python -m bench --write`, or `--write NAME` for some figures; do not edit by hand. `make bench`
measures the same figures and prints one line of JSON for each. Ours and the reference of a figure are
measured in one run, on one installation made for it: the embedded PostgreSQL with its usual settings
(`fsync` on), the site on granian with one worker and eight threads, and the worker.

"""


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure, the day on which it was measured, and the machine."""

    figure: Figure
    day: str
    where: str


def write(figures: list[Figure], page: Path = PAGE, measured: Path = MEASURED) -> None:
    """Keep these figures in place of those of the same names, and write the page anew from all."""
    day, where = f"{datetime.now(UTC):%Y-%m-%d}", machine()
    kept = {each.figure.name: each for each in read(measured)}
    kept |= {figure.name: Measured(figure, day, where) for figure in figures}
    rows = [kept[name] for name in PROMISES if name in kept]
    lines = [
        json.dumps({**asdict(each.figure), "day": each.day, "where": each.where}, ensure_ascii=False)
        for each in rows
    ]
    measured.write_text("\n".join(lines) + "\n", encoding="utf-8")
    page.write_text(page_of(rows), encoding="utf-8")


def read(measured: Path = MEASURED) -> list[Measured]:
    """What was measured last of each figure that is still promised."""
    if not measured.exists():
        return []
    told = [json.loads(line) for line in measured.read_text(encoding="utf-8").splitlines()]
    return [
        Measured(Figure(**each), day, where)
        for each in told
        for day, where in [(each.pop("day"), each.pop("where"))]
        if each["name"] in PROMISES
    ]


def page_of(rows: list[Measured]) -> str:
    """The whole page."""
    figures = [each.figure for each in rows]
    table = [
        f"| `{each.figure.name}` | {each.figure.promise.words} | {_cell(each.figure)} "
        f"| {number(each.figure.reference)} | {number(each.figure.ratio)} | {verdict(each.figure)} "
        f"| {each.figure.load} | {each.day} |"
        for each in rows
    ]
    meanings = [
        f"- `{figure.name}`: {figure.promise.what}{_against(figure)}{_remark(figure)}." for figure in figures
    ]
    machines = dict.fromkeys(each.where for each in rows)
    return (
        HEAD
        + f"Measured on {'; '.join(machines)}.\n\n"
        + "| figure | goal | ours | reference | ours ÷ reference | goal is | load | day |\n"
        + "|---|---|---|---|---|---|---|---|\n"
        + "\n".join(table)
        + "\n\n“Load” is the load average of the machine over the minute before the figure was told, the "
        + "work of measuring included.\n"
        + "\n## What each figure is\n\n"
        + "\n".join(meanings)
        + "\n"
    )


def machine() -> str:
    """The machine, in a few words."""
    cores = len(os.sched_getaffinity(0))
    total = re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text())
    memory = f"{int(total[1]) / 1024 / 1024:.0f} GB" if total else "unknown"
    model = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    processor = model[1].strip() if model else platform.machine()
    return f"{cores} cores ({processor}), {memory} of memory, Python {platform.python_version()}"


def _cell(figure: Figure) -> str:
    return f"{number(figure.ours)} {figure.promise.unit}" if figure.ours is not None else "–"


def _against(figure: Figure) -> str:
    return f"; reference: {figure.promise.reference}" if figure.promise.reference else ""


def _remark(figure: Figure) -> str:
    return f" ({figure.remark})" if figure.remark else ""
