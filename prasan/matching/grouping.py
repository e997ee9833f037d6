"""Putting many reports together into problems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from heapq import heapify, heappop, heappush
from itertools import pairwise
from multiprocessing import get_context

from prasan.matching.candidates import candidate_pairs
from prasan.matching.numbers import Floats, Whole
from prasan.matching.reading import Reading, read
from prasan.matching.reports import Report
from prasan.matching.scoring import AT_ONCE, likeness_of_rows
from prasan.matching.table import Table, lay_out
from prasan.matching.vocabulary import vocabulary

SAME = 0.5
"""The mean likeness from which two groups are put together."""
_LINKED = 0.3
"""Likeness from which a pair counts at all; the mean takes all other pairs for wholly unlike."""

_READ_AT_ONCE = 2_000


def group(reports: Sequence[Report], *, workers: int = 1) -> list[str]:
    """The problem of each report, in their order: the smallest row id of all reports put together with it.

    The two groups whose reports are most alike on the mean are put together first, and so on while that mean
    is `SAME` or more, so that no chain of doubtful pairs makes one problem of a street. A pair is judged by
    its two reports alone and groups that no pair links do not touch: the result is the same in whatever order
    the reports come and with however many `workers` (processes). Raises ValueError where a row id stands
    twice.
    """
    order = sorted(range(len(reports)), key=lambda row: reports[row].row_id)
    ordered = [reports[row] for row in order]
    ids = [report.row_id for report in ordered]
    if any(a == b for a, b in pairwise(ids)):
        raise ValueError("a row id stands twice")
    first = join(len(ordered), _linked(ordered, workers))
    problem = {row: ids[root] for row, root in zip(order, first, strict=True)}
    return [problem[row] for row in range(len(reports))]


def join(rows: int, links: Iterable[tuple[Whole, Whole, Floats]]) -> list[int]:
    """For each row the smallest row of its group, by links (pairs of rows with their likeness)."""
    groups = _Groups(rows)
    for left, right, likeness in links:
        for a, b, alike in zip(left.tolist(), right.tolist(), likeness.tolist(), strict=True):
            groups.link(a, b, alike)
    groups.join()
    return [groups.first(row) for row in range(rows)]


class _Groups:
    """Groups of rows, each known by its smallest row, with the sums of likeness between them."""

    def __init__(self, rows: int) -> None:
        self._into = list(range(rows))
        self._size = [1] * rows
        self._sums: list[dict[int, float] | None] = [None] * rows

    def link(self, a: int, b: int, likeness: float) -> None:
        for one, other in ((a, b), (b, a)):
            sums = self._sums[one]
            if sums is None:
                sums = self._sums[one] = {}
            sums[other] = likeness

    def first(self, row: int) -> int:
        while self._into[row] != row:
            self._into[row] = self._into[self._into[row]]
            row = self._into[row]
        return row

    def join(self) -> None:
        """Put together what is most alike, until nothing is alike enough."""
        waiting = [
            (-likeness, a, b)
            for a, sums in enumerate(self._sums)
            for b, likeness in (sums or {}).items()
            if a < b and likeness >= SAME
        ]
        heapify(waiting)
        while waiting:
            minus, a, b = heappop(waiting)
            if self._into[a] == a and self._into[b] == b and -minus == self._mean(a, b):
                for other in self._put_together(a, b):
                    if (mean := self._mean(a, other)) >= SAME:
                        heappush(waiting, (-mean, min(a, other), max(a, other)))

    def _mean(self, a: int, b: int) -> float:
        return (self._sums[a] or {}).get(b, 0.0) / (self._size[a] * self._size[b])

    def _put_together(self, a: int, b: int) -> list[int]:
        """Put group b into a, the smaller row; the groups that are linked with it then."""
        own, gone = self._sums[a] or {}, self._sums[b] or {}
        own.pop(b), gone.pop(a)
        for other, total in gone.items():
            theirs = self._sums[other] or {}
            del theirs[b]
            own[other] = theirs[a] = own.get(other, 0.0) + total
        self._into[b], self._sums[b] = a, None
        self._size[a] += self._size[b]
        return list(own)


def _linked(reports: Sequence[Report], workers: int) -> Iterator[tuple[Whole, Whole, Floats]]:
    """The pairs of rows that are linked."""
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
    del readings, batches, texts  # or every judge holds them too
    with ProcessPoolExecutor(workers, context, initializer=_take, initargs=(table,)) as judges:
        yield from judges.map(_judge, _parts(table))


def _parts(table: Table) -> Iterator[tuple[Whole, Whole]]:
    for left, right in candidate_pairs(table):
        for begin in range(0, len(left), AT_ONCE):
            yield left[begin : begin + AT_ONCE], right[begin : begin + AT_ONCE]


def _judged(table: Table, left: Whole, right: Whole) -> tuple[Whole, Whole, Floats]:
    likeness = likeness_of_rows(table, left, right)
    linked = likeness >= _LINKED
    return left[linked], right[linked], likeness[linked]


def _read_all(texts: list[str]) -> list[Reading]:
    return [read(text) for text in texts]


_taken: Table


def _take(table: Table) -> None:
    global _taken
    _taken = table


def _judge(pairs: tuple[Whole, Whole]) -> tuple[Whole, Whole, Floats]:
    return _judged(_taken, *pairs)
