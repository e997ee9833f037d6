"""Who judges what: panels without conflicts, as even in load as can be, and what cannot be met."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from prasan.judging.comparing import parts
from prasan.judging.conflicts import Conflict
from prasan.judging.draw import drawn
from prasan.judging.flow import Net, Node
from prasan.judging.mixing import Rules, mixed

TOO_FEW_FREE = "too_few_free"
"""Fewer judges are free of conflict with the entry than it wants."""
BODY_LIMIT = "body_limit"
"""Enough judges are free, but so many of one body that the limit of a body leaves too few."""
ALL_FULL = "all_full"
"""Those who are free for the entry have all they may take, and cannot hand anything on."""
LEAST_LOAD = "least_load"
"""A judge gets less than the least that was to be given to him."""
FIXED_IN_CONFLICT = "fixed_in_conflict"
"""An earlier assignment was not kept, since there is a conflict now."""
FIXED_OVER_WANTED = "fixed_over_wanted"
"""Earlier assignments that were kept give an entry more judges than it wants."""
FIXED_OVER_BODY = "fixed_over_body"
"""Earlier assignments that were kept give an entry more judges of one body than allowed."""
FIXED_OVER_MOST = "fixed_over_most"
"""Earlier assignments that were kept give a judge more than the most."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A judge and how many entries are to be given to him; the body that he counts for, or None."""

    judge: str
    body: str | None
    least: int
    most: int

    def __post_init__(self) -> None:
        if not 0 <= self.least <= self.most:
            raise ValueError(f"{self.judge}: from {self.least} to {self.most} entries is no load")


@dataclass(frozen=True, slots=True)
class Shortage:
    """What could not be met: for which entry or judge, how many were wanted and how many found, and why.

    `conflicts` are those that keep judges from the entry. Where all are full, `entries` and `judges` are the
    entries that draw on the same judges, and these.
    """

    reason: str
    entry: str | None
    judge: str | None
    wanted: int
    found: int
    conflicts: tuple[Conflict, ...] = ()
    entries: tuple[str, ...] = ()
    judges: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assignment:
    """The judges of each entry and the load of each judge, by name, and everything that could not be met.

    `is_connected` says whether all judges can be compared by way of entries they share.
    """

    panels: Mapping[str, tuple[str, ...]]
    loads: Mapping[str, int]
    shortages: tuple[Shortage, ...]
    is_connected: bool

    @property
    def is_complete(self) -> bool:
        """Whether everything that was asked for is met."""
        return not self.shortages


def assign(
    wanted: Mapping[str, int],
    seats: Iterable[Seat],
    conflicts: Iterable[Conflict],
    seed: str,
    *,
    most_of_body: int | None = None,
    fixed: Iterable[tuple[str, str]] = (),
) -> Assignment:
    """Panels for all entries, drawn from the published seed, whatever the order of what is given.

    `wanted` is the number of judges of each entry; at most `most_of_body` judges of one body sit on an
    entry (None: any number); `fixed` are earlier assignments (entry, judge) that stay. No judge in conflict
    is ever assigned, and nothing is added beyond the most of a judge or the limit of a body. As many seats
    are filled as can be; then judges get as much as can be of their least; then loads are as even as can be
    (the sum of their squares is the least possible, so they differ by at most one wherever that is
    possible). Only then pairs of judges are spread over entries, and groups of judges connected, by
    exchanges that change no load: well, not best. Whatever is not met is in `shortages`, never silent.
    ValueError for an entry or judge that is not given, a judge given twice, numbers below zero, or a limit
    of a body below one.
    """
    all_seats = sorted(seats, key=lambda seat: seat.judge)
    by_judge = {seat.judge: seat for seat in all_seats}
    if len(by_judge) != len(all_seats):
        raise ValueError("each judge stands once")
    table = _Table(dict(sorted(wanted.items())), by_judge, most_of_body)
    table.take_conflicts(conflicts)
    table.keep(sorted(set(fixed)))
    net = _net(table, seed)
    _fill(net, table, seed)
    panels = {entry: {*table.kept[entry], *_from_net(net, table, entry)} for entry in table.wanted}
    shortages = (*table.shortages, *_unfilled(net, table, panels), *_underused(table))
    rules = Rules(
        forbidden=frozenset(table.forbidden),
        bodies={judge: seat.body for judge, seat in table.seats.items()},
        most_of_body=most_of_body,
        kept=frozenset((entry, judge) for entry, judges in table.kept.items() for judge in judges),
    )
    found = {entry: tuple(sorted(judges)) for entry, judges in mixed(panels, rules, seed).items()}
    return Assignment(found, dict(table.loads), shortages, len(parts(found)) <= 1)


@dataclass(slots=True)
class _Table:
    """What is asked for, and what is settled so far."""

    wanted: dict[str, int]
    seats: dict[str, Seat]
    most_of_body: int | None
    forbidden: dict[tuple[str, str], list[Conflict]] = field(default_factory=dict)
    kept: dict[str, list[str]] = field(default_factory=dict)
    loads: dict[str, int] = field(default_factory=dict)
    shortages: list[Shortage] = field(default_factory=list)

    def __post_init__(self) -> None:
        if any(number < 0 for number in self.wanted.values()):
            raise ValueError("an entry wants no fewer than no judges")
        if self.most_of_body is not None and self.most_of_body < 1:
            raise ValueError("at least one judge of a body may sit on an entry")
        self.kept = {entry: [] for entry in self.wanted}
        self.loads = dict.fromkeys(self.seats, 0)

    def take_conflicts(self, conflicts: Iterable[Conflict]) -> None:
        """Conflicts of entries and judges that are not given here change nothing."""
        for each in sorted(conflicts, key=lambda each: (each.entry, each.judge, each.reason, each.path)):
            self.forbidden.setdefault((each.entry, each.judge), []).append(each)

    def keep(self, fixed: Iterable[tuple[str, str]]) -> None:
        """Keep what was assigned before, but for conflicts; and say where that is more than is allowed."""
        for entry, judge in fixed:
            if entry not in self.wanted or judge not in self.seats:
                raise ValueError(f"{judge} for {entry}: no such judge or entry")
            if found := self.forbidden.get((entry, judge)):
                self.shortages.append(Shortage(FIXED_IN_CONFLICT, entry, judge, 1, 0, tuple(found)))
                continue
            self.kept[entry].append(judge)
            self.loads[judge] += 1
        for entry, judges in self.kept.items():
            if len(judges) > self.wanted[entry]:
                self.shortages.append(
                    Shortage(FIXED_OVER_WANTED, entry, None, self.wanted[entry], len(judges))
                )
            most = max(self.of_bodies(judges).values(), default=0)
            if self.most_of_body is not None and most > self.most_of_body:
                self.shortages.append(Shortage(FIXED_OVER_BODY, entry, None, self.most_of_body, most))
        for judge, load in self.loads.items():
            if load > self.seats[judge].most:
                self.shortages.append(Shortage(FIXED_OVER_MOST, None, judge, self.seats[judge].most, load))

    def of_bodies(self, judges: Iterable[str]) -> Counter[str]:
        """How many of these judges count for each body."""
        bodies = (self.seats[judge].body for judge in judges)
        return Counter(body for body in bodies if body is not None)

    def price(self, judge: str) -> int | None:
        """What one entry more costs: more for each, much less up to the least, None where no more may be had.

        With prices that rise by two, the dearest being the last, all prices together are the squares of
        loads.
        """
        seat, load = self.seats[judge], self.loads[judge]
        if load >= seat.most:
            return None
        return 2 * load + 1 - (self.dearest if load < seat.least else 0)

    @property
    def dearest(self) -> int:
        """More than any entry could cost."""
        return 2 * (len(self.wanted) + len(self.seats)) + 2


def _net(table: _Table, seed: str) -> Net:
    """Arcs from each entry to those who may judge it, by way of their bodies where these have a limit."""
    net = Net()
    order = drawn(seed, table.seats)
    for entry in drawn(seed, table.wanted):
        kept = set(table.kept[entry])
        taken = table.of_bodies(kept)
        for judge in order:
            if judge in kept or (entry, judge) in table.forbidden:
                continue
            body = table.seats[judge].body
            if table.most_of_body is None or body is None:
                net.lay(("entry", entry), ("judge", judge), 1)
            elif taken[body] < table.most_of_body:
                net.lay(("entry", entry), ("body", entry, body), table.most_of_body - taken[body])
                net.lay(("body", entry, body), ("judge", judge), 1)
    return net


def _fill(net: Net, table: _Table, seed: str) -> None:
    """Fill one seat after the other by the cheapest judge that can be reached by handing entries on.

    Each way taken is the cheapest there is, so what is filled stays the cheapest way to fill so much.
    """

    def asked(node: Node) -> int | None:
        return table.price(node[1]) if node[0] == "judge" else None

    for entry in drawn(seed, table.wanted):
        for _ in range(table.wanted[entry] - len(table.kept[entry])):
            prices = [price for judge in table.seats if (price := table.price(judge)) is not None]
            found = net.cheapest(("entry", entry), asked, min(prices, default=0))
            if found is None:
                break
            judge, came = found
            net.push(judge, came)
            table.loads[judge[1]] += 1


def _from_net(net: Net, table: _Table, entry: str) -> list[str]:
    found = []
    for judge, seat in table.seats.items():
        by_body = table.most_of_body is not None and seat.body is not None
        start = ("body", entry, seat.body or "") if by_body else ("entry", entry)
        if net.flow(start, ("judge", judge)):
            found.append(judge)
    return found


def _unfilled(net: Net, table: _Table, panels: Mapping[str, set[str]]) -> list[Shortage]:
    shortages = []
    in_the_way: dict[str, list[Conflict]] = defaultdict(list)
    for (entry, judge), found in table.forbidden.items():
        if judge in table.seats:
            in_the_way[entry] += found
    for entry, judges in panels.items():
        if len(judges) >= table.wanted[entry]:
            continue
        free = [judge for judge in table.seats if (entry, judge) not in table.forbidden]
        limit = len(free) if table.most_of_body is None else table.most_of_body
        by_body = table.of_bodies(free)
        seatable = len(free) - sum(max(0, number - limit) for number in by_body.values())
        reason, entries, full = ALL_FULL, [], []
        if len(free) < table.wanted[entry]:
            reason = TOO_FEW_FREE
        elif seatable < table.wanted[entry]:
            reason = BODY_LIMIT
        else:
            nodes = list(net.reached(("entry", entry), {}))
            entries = sorted(node[1] for node in nodes if node[0] == "entry")
            full = sorted(node[1] for node in nodes if node[0] == "judge")
        shortages.append(
            Shortage(
                reason,
                entry,
                None,
                table.wanted[entry],
                len(judges),
                tuple(in_the_way[entry]),
                tuple(entries),
                tuple(full),
            )
        )
    return shortages


def _underused(table: _Table) -> list[Shortage]:
    return [
        Shortage(
            LEAST_LOAD,
            None,
            judge,
            seat.least,
            table.loads[judge],
            tuple(
                each for (_entry, other), found in table.forbidden.items() if other == judge for each in found
            ),
        )
        for judge, seat in table.seats.items()
        if table.loads[judge] < seat.least
    ]
