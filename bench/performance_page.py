"""Writes docs/reference/performance.md from what was measured, so that no figure is typed by hand."""

from __future__ import annotations

import os
import platform
import re
from datetime import UTC, datetime
from pathlib import Path

from bench.figure import Figure, number, verdict

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "performance.md"

HEAD = """# Performance

Written by `make bench only=--write`; do not edit by hand. `make bench` measures the same figures and prints
one line of JSON for each; `make bench only=rights` measures one. Ours and the reference are measured in one
run, on one installation made for it: the embedded PostgreSQL with its usual settings (`fsync` on), the site
on granian with one worker and eight threads, and the worker.

"""


def write(figures: list[Figure], page: Path = PAGE) -> None:
    """Replace the page by one that tells these figures."""
    page.write_text(page_of(figures, machine()), encoding="utf-8")


def page_of(figures: list[Figure], where: str) -> str:
    """The whole page."""
    rows = [
        f"| `{figure.name}` | {figure.promise.words} | {_cell(figure)} | {number(figure.reference)} "
        f"| {number(figure.ratio)} | {verdict(figure)} | {figure.load} |"
        for figure in figures
    ]
    meanings = [
        f"- `{figure.name}`: {figure.promise.what}{_against(figure)}{_remark(figure)}." for figure in figures
    ]
    return (
        HEAD
        + f"Measured {where}.\n\n"
        + "| figure | goal | ours | reference | ours ÷ reference | goal is | load |\n"
        + "|---|---|---|---|---|---|---|\n"
        + "\n".join(rows)
        + "\n\n“Load” is the load average of the machine over the minute before the figure was told, the "
        + "work of measuring included.\n"
        + "\n## What each figure is\n\n"
        + "\n".join(meanings)
        + "\n"
    )


def machine() -> str:
    """When and where this was measured, in a few words."""
    cores = len(os.sched_getaffinity(0))
    total = re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text())
    memory = f"{int(total[1]) / 1024 / 1024:.0f} GB" if total else "unknown"
    model = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    processor = model[1].strip() if model else platform.machine()
    return (
        f"on {datetime.now(UTC):%Y-%m-%d} on {cores} cores ({processor}), {memory} of memory, "
        f"Python {platform.python_version()}"
    )


def _cell(figure: Figure) -> str:
    return f"{number(figure.ours)} {figure.promise.unit}" if figure.ours is not None else "–"


def _against(figure: Figure) -> str:
    return f"; reference: {figure.promise.reference}" if figure.promise.reference else ""


def _remark(figure: Figure) -> str:
    return f" ({figure.remark})" if figure.remark else ""
