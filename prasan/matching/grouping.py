"""Putting many reports together into problems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush
from itertools import pairwise

import numpy as np

from prasan.matching.candidates import Neighbourhood, candidate_pairs
from prasan.matching.numbers import Floats, Whole
from prasan.matching.reports import Report
from prasan.matching.table import Table
from prasan.matching.working import Links, Workers

SAME = 0.5
"""The mean likeness from which two groups are put together."""


def group(
    reports: Iterable[Report], *, workers: int = 1, known: Mapping[str, str] | None = None
) -> list[str]:
    """The problem of each report, in their order: the smallest row id of all reports put together with it.

    The two groups whose reports are most alike on the mean are put together first, and so on while that mean
    is `SAME` or more, so that no chain of doubtful pairs makes one problem of a street. A pair is judged by
    its two reports alone and groups that no pair links do not touch: the result is the same in whatever order
    the reports come and with however many `workers` (processes).

    With `known`, the problems of some of the reports as grouping exactly these gave them, only what the other
    reports may change is read and judged; the result is the same as without.

    Raises ValueError where a row id stands twice, or is known and not among the reports.
    """
    with Workers(workers) as work:
        if known:
            return _regrouped(list(reports), work, known)
        ids: list[str] = []
        table = work.table(_noting(reports, ids))
        return _grouped(ids, work.links(table, candidate_pairs(table)))


def _noting(reports: Iterable[Report], ids: list[str]) -> Iterator[Report]:
    for report in reports:
        ids.append(report.row_id)
        yield report


def _grouped(ids: Sequence[str], links: Iterable[Links]) -> list[str]:
    """The problem of each row, by the rows that are linked."""
    order = sorted(range(len(ids)), key=ids.__getitem__)
    if any(ids[a] == ids[b] for a, b in pairwise(order)):
        raise ValueError("a row id stands twice")
    rank = np.empty(len(ids), np.int64)
    rank[order] = np.arange(len(ids))
    first = join(len(ids), ((rank[left], rank[right], likeness) for left, right, likeness in links))
    return [ids[order[first[place]]] for place in rank.tolist()]


def _regrouped(reports: Sequence[Report], work: Workers, known: Mapping[str, str]) -> list[str]:
    """The same by way of what is new: what is linked with it, what is linked with that, and so on."""
    ids = [report.row_id for report in reports]
    if not known.keys() <= set(ids):
        raise ValueError("a known row is not among the reports")
    is_reached = np.array([row_id not in known for row_id in ids], np.bool_)
    neighbourhood = Neighbourhood(reports)
    new, was_read = np.flatnonzero(is_reached), np.zeros(len(ids), np.bool_)
    rows, table = np.empty(0, np.int64), work.table([])
    found: list[Links] = []
    while len(new):
        unread = neighbourhood.of(new) & ~was_read
        was_read |= unread
        table = Table.joined([table, work.table(reports[row] for row in np.flatnonzero(unread).tolist())])
        rows = np.append(rows, np.flatnonzero(unread))
        is_new = np.isin(rows, new)
        is_old = is_reached[rows] & ~is_new  # whose pairs have all been judged
        pairs = (
            (left[kept], right[kept])
            for left, right in candidate_pairs(table)
            if (kept := (is_new[left] | is_new[right]) & ~(is_old[left] | is_old[right])).any()
        )
        links = [(rows[left], rows[right], likeness) for left, right, likeness in work.links(table, pairs)]
        found.extend(links)
        ends = np.unique(np.concatenate([new[:0], *(end for link in links for end in link[:2])]))
        new = ends[~is_reached[ends]]
        is_reached[new] = True
    reached = np.flatnonzero(is_reached)
    place = np.cumsum(is_reached) - 1
    again = _grouped(
        [ids[row] for row in reached],
        ((place[left], place[right], likeness) for left, right, likeness in found),
    )
    problem = dict(known) | {ids[row]: one for row, one in zip(reached, again, strict=True)}
    return [problem[row_id] for row_id in ids]


def join(rows: int, links: Iterable[tuple[Whole, Whole, Floats]]) -> list[int]:
    """For each row the smallest row of its group, by links (pairs of rows with their likeness)."""
    groups = _Groups(rows)
    left, right, likeness = (np.concatenate(parts) for parts in zip(_NO_LINKS, *links, strict=True))
    alike = likeness >= SAME
    may_join = np.zeros(rows, np.bool_)  # no mean is higher than the highest of which it is
    may_join[left[alike]] = may_join[right[alike]] = True
    kept = may_join[left] & may_join[right]
    for a, b, one in zip(left[kept].tolist(), right[kept].tolist(), likeness[kept].tolist(), strict=True):
        groups.link(a, b, one)
    groups.join()
    return [groups.first(row) for row in range(rows)]


_NO_LINKS: Links = (np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))


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
