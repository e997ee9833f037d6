"""Mixing panels: judges meet many others, and all can be compared by way of entries they share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

from prasan.judging.comparing import parts
from prasan.judging.draw import ticket

MOST_TRIES = 400_000
"""Exchanges looked at; more than are needed up to some three hundred entries."""
MOST_JOININGS = 2_000
"""Exchanges looked at, each with a search of the whole, to connect what is apart."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What exchanges keep to: pairs (entry, judge) that are forbidden or stay, and the limit of a body."""

    forbidden: frozenset[tuple[str, str]]
    bodies: Mapping[str, str | None]
    most_of_body: int | None
    kept: frozenset[tuple[str, str]]


def mixed(panels: Mapping[str, Set[str]], rules: Rules, seed: str) -> dict[str, set[str]]:
    """The same numbers of judges for each entry and of entries for each judge, better mixed.

    Judges of two entries change places while that lowers the sum of squares of how often two judges meet,
    then while it connects groups of judges that share no entry.
    """
    mixing = _Mixing({entry: set(judges) for entry, judges in panels.items()}, rules)
    seats = sorted(
        ((entry, judge) for entry, judges in panels.items() for judge in judges),
        key=lambda seat: ticket(seed, "\n".join(seat)),
    )
    mixing.spread(seats)
    mixing.connect(seats)
    return mixing.panels


class _Mixing:
    """Panels in the making."""

    def __init__(self, panels: dict[str, set[str]], rules: Rules) -> None:
        self.panels = panels
        self.rules = rules
        self.met: Counter[tuple[str, str]] = Counter()
        for judges in panels.values():
            for judge in judges:
                self.met.update((judge, other) for other in judges if other != judge)

    def spread(self, seats: list[tuple[str, str]]) -> None:
        """Exchange while it helps, up to `MOST_TRIES`."""
        tries, has_changed = 0, True
        while has_changed and tries < MOST_TRIES:
            has_changed = False
            for first, second in _pairs(seats):
                tries += 1
                if tries > MOST_TRIES:
                    return
                one, other = seats[first], seats[second]
                if self._may(one, other) and self._gain(one, other) > 0:
                    self._exchange(seats, first, second)
                    has_changed = True

    def connect(self, seats: list[tuple[str, str]]) -> None:
        """Exchange between groups of judges who share no entry while that makes the groups fewer."""
        tries = 0
        while (count := len(parts(self.panels))) > 1:
            for first, second in self._apart(seats):
                tries += 1
                self._exchange(seats, first, second)
                if len(parts(self.panels)) < count:
                    break
                self._exchange(seats, first, second)
                if tries >= MOST_JOININGS:
                    return
            else:
                return

    def _apart(self, seats: list[tuple[str, str]]) -> Iterator[tuple[int, int]]:
        """Pairs of seats of different groups that may be exchanged, of entries with several judges."""
        group = {judge: number for number, judges in enumerate(parts(self.panels)) for judge in judges}
        for first, second in _pairs(seats):
            one, other = seats[first], seats[second]
            if (
                group[one[1]] != group[other[1]]
                and min(len(self.panels[one[0]]), len(self.panels[other[0]])) > 1
                and self._may(one, other)
            ):
                yield first, second

    def _may(self, one: tuple[str, str], other: tuple[str, str]) -> bool:
        (entry, judge), (to_entry, to_judge) = one, other
        return (
            judge not in self.panels[to_entry]
            and to_judge not in self.panels[entry]
            and one not in self.rules.kept
            and other not in self.rules.kept
            and (to_entry, judge) not in self.rules.forbidden
            and (entry, to_judge) not in self.rules.forbidden
            and self._has_room(to_entry, to_judge, judge)
            and self._has_room(entry, judge, to_judge)
        )

    def _has_room(self, entry: str, leaves: str, comes: str) -> bool:
        """Whether the limit of a body lets one come where another leaves."""
        body, limit = self.rules.bodies[comes], self.rules.most_of_body
        if limit is None or body is None or self.rules.bodies[leaves] == body:
            return True
        return sum(self.rules.bodies[judge] == body for judge in self.panels[entry]) < limit

    def _gain(self, one: tuple[str, str], other: tuple[str, str]) -> int:
        """How much lower the sum of squares of meetings gets; who sits on both meets them as before."""
        (entry, judge), (to_entry, to_judge) = one, other
        here, there = self.panels[entry], self.panels[to_entry]
        gain = 0
        for mate in here:
            if mate != judge and mate not in there:
                gain += 2 * (self.met[judge, mate] - self.met[to_judge, mate]) - 2
        for mate in there:
            if mate != to_judge and mate not in here:
                gain += 2 * (self.met[to_judge, mate] - self.met[judge, mate]) - 2
        return gain

    def _exchange(self, seats: list[tuple[str, str]], first: int, second: int) -> None:
        (entry, judge), (to_entry, to_judge) = seats[first], seats[second]
        for place, leaves, comes in ((entry, judge, to_judge), (to_entry, to_judge, judge)):
            self.panels[place].remove(leaves)
            for mate in self.panels[place]:
                for who, step in ((leaves, -1), (comes, 1)):
                    self.met[who, mate] += step
                    self.met[mate, who] += step
            self.panels[place].add(comes)
        seats[first], seats[second] = (entry, to_judge), (to_entry, judge)


def _pairs(seats: list[tuple[str, str]]) -> Iterator[tuple[int, int]]:
    return ((first, second) for first in range(len(seats)) for second in range(first + 1, len(seats)))
