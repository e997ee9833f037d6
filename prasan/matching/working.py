"""Reading and judging by several processes: what goes between them are columns, never a table as a whole."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache
from itertools import islice
from multiprocessing import get_context
from types import TracebackType
from typing import TypeVar

import numpy as np

from prasan.matching.bulk import BulkReader
from prasan.matching.numbers import Floats, Whole
from prasan.matching.reports import Report
from prasan.matching.scoring import likeness_of_rows
from prasan.matching.table import Circumstances, Table, circumstances, lay_out_columns, tabulate

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")

_READ_AT_ONCE = 2_000
_JUDGED_AT_ONCE = 40_000
_WAITING = 3
"""Parts that wait for each process: enough to keep it busy, few enough to keep memory small."""
_LINKED = 0.3
"""Likeness from which a pair counts at all; the mean takes all other pairs for wholly unlike."""

Links = tuple[Whole, Whole, Floats]
"""Pairs of rows with their likeness."""


class Workers:
    """So many processes that read and judge; with one, all is done in this one."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._pool = ProcessPoolExecutor(count, get_context("fork")) if count > 1 else None
        if self._pool is not None:
            # all are forked by the first task, and now: none is to hold what it has no use for
            self._pool.submit(int)

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def table(self, reports: Iterable[Report]) -> Table:
        """The reports in their order, read; none is held longer than it is read."""
        left = iter(reports)
        batches = iter(lambda: list(islice(left, _READ_AT_ONCE)), [])
        told = (([report.text for report in batch], circumstances(batch)) for batch in batches)
        return Table.joined([tabulate([]), *self._each(_read, told)])

    def links(self, table: Table, pairs: Iterable[tuple[Whole, Whole]]) -> Iterator[Links]:
        """The pairs that are linked; pairs that lie near one another in their order share what is sent."""
        for rows, left, right, likeness in self._each(_judge, _parts(table, pairs)):
            yield rows[left], rows[right], likeness

    def _each(self, work: Callable[[_Given], _Made], parts: Iterable[_Given]) -> Iterator[_Made]:
        if self._pool is None:
            yield from map(work, parts)
            return
        waiting: deque[Future[_Made]] = deque()
        for part in parts:
            waiting.append(self._pool.submit(work, part))
            if len(waiting) > _WAITING * self._count:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


@cache
def _reader() -> BulkReader:
    return BulkReader()


def _read(told: tuple[Sequence[str], Circumstances]) -> Table:
    texts, known = told
    return lay_out_columns(_reader().read(texts), known)


_Part = tuple[Table, Whole, Whole, Whole]


def _parts(table: Table, pairs: Iterable[tuple[Whole, Whole]]) -> Iterator[_Part]:
    """The pairs in parts, each with the rows it is about and by their numbers among these."""
    for left, right in pairs:
        for begin in range(0, len(left), _JUDGED_AT_ONCE):
            part = slice(begin, begin + _JUDGED_AT_ONCE)
            rows, number = np.unique(np.concatenate([left[part], right[part]]), return_inverse=True)
            half = len(number) // 2
            yield table.take(rows), rows, number[:half], number[half:]


def _judge(part: _Part) -> tuple[Whole, Whole, Whole, Floats]:
    table, rows, left, right = part
    likeness = likeness_of_rows(table, left, right)
    linked = likeness >= _LINKED
    return rows, left[linked], right[linked], likeness[linked]
