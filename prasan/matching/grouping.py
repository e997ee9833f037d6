"""Putting many reports together into problems."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from multiprocessing import get_context

from prasan.matching.candidates import candidate_pairs
from prasan.matching.numbers import Whole
from prasan.matching.reading import Reading, read
from prasan.matching.reports import Report
from prasan.matching.scoring import AT_ONCE, likeness_of_rows
from prasan.matching.table import Table, lay_out
from prasan.matching.vocabulary import vocabulary

SAME = 0.5
"""Likeness from which two reports are put together."""

_READ_AT_ONCE = 2_000


def group(reports: Sequence[Report], *, workers: int = 1) -> list[str]:
    """The problem of each report, in their order: the smallest row id of all reports put together with it.

    Reports are put together that a chain of pairs of likeness `SAME` or more connects. A pair is judged
    by its two reports alone: the groups are the same in whatever order the reports come, with however many
    `workers` (processes), and whether all come at once or some later (`merge`). Raises ValueError where a
    row id stands twice.
    """
    order = sorted(range(len(reports)), key=lambda row: reports[row].row_id)
    ordered = [reports[row] for row in order]
    ids = [report.row_id for report in ordered]
    if any(a == b for a, b in pairwise(ids)):
        raise ValueError("a row id stands twice")
    roots = merge(len(ordered), _same(ordered, workers))
    problem = {row: ids[root] for row, root in zip(order, roots, strict=True)}
    return [problem[row] for row in range(len(reports))]


def merge(rows: int, links: Iterable[tuple[Whole, Whole]]) -> list[int]:
    """For each row the smallest row that links connect it with."""
    root = list(range(rows))

    def top(row: int) -> int:
        while root[row] != row:
            root[row] = root[root[row]]
            row = root[row]
        return row

    for left, right in links:
        for a, b in zip(left.tolist(), right.tolist(), strict=True):
            low, high = sorted((top(a), top(b)))
            root[high] = low
    return [top(row) for row in range(rows)]


def _same(reports: Sequence[Report], workers: int) -> Iterator[tuple[Whole, Whole]]:
    """The pairs of rows that are put together."""
    if workers == 1:
        table = lay_out(reports, [read(report.text) for report in reports], vocabulary())
        yield from (_judged(table, left, right) for left, right in _parts(table))
        return
    texts = [report.text for report in reports]
    batches = [texts[begin : begin + _READ_AT_ONCE] for begin in range(0, len(texts), _READ_AT_ONCE)]
    context = get_context("fork")  # the table is shared, not sent
    with ProcessPoolExecutor(workers, context) as readers:
        readings = [reading for batch in readers.map(_read_all, batches) for reading in batch]
    table = lay_out(reports, readings, vocabulary())
    with ProcessPoolExecutor(workers, context, initializer=_take, initargs=(table,)) as judges:
        yield from judges.map(_judge, _parts(table))


def _parts(table: Table) -> Iterator[tuple[Whole, Whole]]:
    for left, right in candidate_pairs(table):
        for begin in range(0, len(left), AT_ONCE):
            yield left[begin : begin + AT_ONCE], right[begin : begin + AT_ONCE]


def _judged(table: Table, left: Whole, right: Whole) -> tuple[Whole, Whole]:
    same = likeness_of_rows(table, left, right) >= SAME
    return left[same], right[same]


def _read_all(texts: list[str]) -> list[Reading]:
    return [read(text) for text in texts]


_taken: Table


def _take(table: Table) -> None:
    global _taken
    os.environ["OMP_NUM_THREADS"] = "1"
    _taken = table


def _judge(pairs: tuple[Whole, Whole]) -> tuple[Whole, Whole]:
    return _judged(_taken, *pairs)
