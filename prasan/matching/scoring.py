"""How alike two reports are, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from prasan.matching.evidence import evidence
from prasan.matching.networks import networks
from prasan.matching.numbers import Floats, Whole
from prasan.matching.packing import packed_reading, unpack
from prasan.matching.reading import read
from prasan.matching.reports import Report
from prasan.matching.table import Table, lay_out_read, tabulate
from prasan.matching.vocabulary import hash_of, vocabulary

AT_ONCE = 4_000
"""Pairs that are compared at once: what they need then stays near the processor."""

SURELY = 0.9
"""Likeness from which reports near by are told of as one problem without anybody having looked at them."""
MOST_PARTED = 40
"""Of the likeliest reports so many are compared with each other."""

_WORTH_TELLING = 4.0
"""Bits from which a shared word is worth telling: fewer than one report in sixteen holds it."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why two reports are held to be alike: shared words, most telling first, metres and days apart."""

    likeness: float
    shared: tuple[str, ...]
    metres: float | None
    days: float | None


def likeness_of_rows(table: Table, left: Whole, right: Whole) -> Floats:
    """The likeness of pairs of rows of a table, 0 to 1; 0.5 is as likely as not one problem."""
    parts = [
        networks().likeness(evidence(table, left[begin : begin + AT_ONCE], right[begin : begin + AT_ONCE]))
        for begin in range(0, len(left), AT_ONCE)
    ]
    return np.concatenate(parts) if parts else np.empty(0)


def problems_alike(
    report: Report,
    others: Sequence[Report],
    packed: Sequence[bytes] | None = None,
    *,
    least: float,
    most: int,
) -> list[list[tuple[int, float]]]:
    """The others that are alike to a report from `least` on, those surely of one problem together.

    With the packed readings of the others only the report's own text is read; the numbers are the same.
    Each is its place among the others with its likeness to the report, the likeliest of a problem first and
    the likeliest problem first; no more than `most` problems, made of the `MOST_PARTED` likeliest others.
    Who belongs to a problem is held against its first one only, so that no chain leads to something else.
    """
    readings = [packed_reading(other.text) for other in others] if packed is None else packed
    table = lay_out_read([report, *others], unpack([packed_reading(report.text), *readings]))
    rest = np.arange(1, len(others) + 1)
    likeness = likeness_of_rows(table, np.zeros_like(rest), rest).tolist()
    found = sorted((-alike, place) for place, alike in enumerate(likeness) if alike >= least)[:MOST_PARTED]
    rows = np.array([place + 1 for _less, place in found], np.int64)
    first, second = np.triu_indices(len(rows), 1)
    among = np.zeros((len(rows), len(rows)))
    among[first, second] = likeness_of_rows(table, rows[first], rows[second])
    problems: list[list[int]] = []
    for number in range(len(rows)):
        own = next((each for each in problems if among[each[0], number] >= SURELY), None)
        if own is not None:
            own.append(number)
        elif len(problems) < most:
            problems.append([number])
    return [[(found[number][1], -found[number][0]) for number in each] for each in problems]


def explain(a: Report, b: Report, *, words: int = 5) -> Explanation:
    """The likeness of two reports with what speaks for it."""
    table = tabulate([a, b])
    held = set(read(b.text).words)
    common = [word for word in dict.fromkeys(read(a.text).words) if word in held]
    rows = vocabulary().rows(np.array([hash_of(word) for word in common], np.uint32))
    telling = sorted(zip((-vocabulary().information[rows]).tolist(), common, strict=True))
    metres = float(np.hypot(table.east[0] - table.east[1], table.north[0] - table.north[1]))
    days = float(abs(table.day[0] - table.day[1]))
    return Explanation(
        likeness=float(likeness_of_rows(table, np.array([0]), np.array([1]))[0]),
        shared=tuple(word for minus, word in telling if -minus >= _WORTH_TELLING)[:words],
        metres=None if np.isnan(metres) else metres,
        days=None if np.isnan(days) else days,
    )
