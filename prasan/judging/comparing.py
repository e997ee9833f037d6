"""Whether judges can be compared: their strictness told from the quality of what they saw."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal, localcontext
from fractions import Fraction

from prasan.judging.equations import NOISE, WORKING, ZERO, Matrix, decimal, tridiagonal


def parts(panels: Mapping[str, Collection[str]]) -> list[tuple[str, ...]]:
    """The judges in groups that share no entry with each other, sorted; `panels` are the judges by entry."""
    group = {judge: {judge} for judges in panels.values() for judge in judges}
    for judges in panels.values():
        joined = set().union(*(group[judge] for judge in judges))
        for judge in joined:
            group[judge] = joined
    return sorted({tuple(sorted(judges)) for judges in group.values()})


def comparability(panels: Mapping[str, Collection[str]]) -> Decimal:
    """How well the judges can be compared, between 0.00 and 1.00, rounded down to hundredths.

    It is the least share of what their scores would tell about a difference between judges if everybody saw
    everything (the smallest efficiency factor of the design): 1 where all see all, 0 where some judges
    share no entry with the others. `panels` are the judges by entry; no judges or one give 1.
    """
    if len(parts(panels)) > 1:
        return Decimal("0.00")
    judges = sorted({judge for panel in panels.values() for judge in panel})
    if len(judges) < 2:
        return Decimal("1.00")
    with localcontext(WORKING):
        shared = common_information(panels, judges)
        loads = [Decimal(sum(judge in panel for panel in panels.values())).sqrt() for judge in judges]
        scaled = [
            [value / (loads[row] * loads[column]) for column, value in enumerate(line)]
            for row, line in enumerate(shared)
        ]
        turned = tridiagonal(scaled, [ZERO] * len(judges))
        low, high = 0, 100
        while low < high:  # one eigenvalue is 0: that all judges are stricter by the same cannot be told
            middle = (low + high + 1) // 2
            if turned.eigenvalues_below(Decimal(middle) / 100 - NOISE) <= 1:
                low = middle
            else:
                high = middle - 1
        return Decimal(low).scaleb(-2)


def common_information(panels: Mapping[str, Collection[str]], judges: Iterable[str]) -> Matrix:
    """What the panels tell about each pair of judges, with the quality of entries taken out of it."""
    place = {judge: number for number, judge in enumerate(judges)}
    exact = [[Fraction(0)] * len(place) for _ in place]
    for panel in panels.values():
        seats = [place[judge] for judge in panel]
        for row in seats:
            exact[row][row] += 1
            for column in seats:
                exact[row][column] -= Fraction(1, len(seats))
    return [[decimal(value) for value in line] for line in exact]
