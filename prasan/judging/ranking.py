"""In which order entries stand, by rules for ties that were declared before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import groupby

from prasan.judging.draw import ticket

CRITERION = "criterion"
"""The higher mean on one criterion goes first."""
FIRST_PLACES = "first_places"
"""Whom more judges put first goes first."""
SMALLER_SPREAD = "smaller_spread"
"""Whose judges are less apart goes first."""
EARLIER = "earlier"
"""What was handed in earlier goes first."""
DRAW = "draw"
"""The smaller lot goes first."""
RULES = (CRITERION, FIRST_PLACES, SMALLER_SPREAD, EARLIER, DRAW)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class TieRule:
    """How equal values are told apart; `of` names the criterion, or is the published seed of the draw."""

    kind: str
    of: str = ""

    def __post_init__(self) -> None:
        if self.kind not in RULES:
            raise ValueError(f"{self.kind} is no rule for ties")
        if bool(self.of) != (self.kind in (CRITERION, DRAW)):
            raise ValueError(f"{self.kind}: a criterion and a draw say of what, no other rule does")


@dataclass(frozen=True, slots=True)
class Contender:
    """What an entry is ranked by: its value, and what may tell it from others of the same value.

    `criteria` are means by criterion, `spread` the variance among its judges; None is not known.
    """

    entry: str
    value: Fraction
    criteria: Mapping[str, Fraction] = field(default_factory=dict)
    first_places: Fraction | None = None
    spread: Fraction | None = None
    handed_in: datetime | None = None

    def __post_init__(self) -> None:
        if self.handed_in is not None and self.handed_in.tzinfo is None:
            raise ValueError(f"{self.entry}: a moment without its time zone cannot be compared")


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that told an entry from others of the same value, and whom it put it ahead of and behind."""

    rule: TieRule
    ahead_of: tuple[str, ...]
    behind: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an entry stands; those that no rule tells apart share a place and name each other.

    `broken` are the rules that told it from others, in the order in which they were applied.
    """

    entry: str
    place: int
    value: Fraction
    tied_with: tuple[str, ...] = ()
    broken: tuple[Broken, ...] = ()


def rank(contenders: Iterable[Contender], rules: Sequence[TieRule]) -> list[Standing]:
    """The entries from the highest value to the lowest, ties broken by the rules in their order.

    Who is still tied shares a place, the next places are passed over (1, 2, 2, 4), and stands by name. A
    rule is passed over among those tied where what it asks for is not known of all of them. ValueError for
    an entry that stands twice.
    """
    found = sorted(contenders, key=lambda each: each.entry)
    if len({each.entry for each in found}) != len(found):
        raise ValueError("each entry stands once")
    broken: dict[str, list[Broken]] = {each.entry: [] for each in found}
    groups = _parted(found, lambda each: -each.value)
    for rule in rules:
        groups = [part for group in groups for part in _told_apart(group, rule, broken)]
    standings: list[Standing] = []
    for group in groups:
        place = len(standings) + 1
        for each in group:
            tied = tuple(other.entry for other in group if other is not each)
            standings.append(Standing(each.entry, place, each.value, tied, tuple(broken[each.entry])))
    return standings


def _told_apart(
    group: list[Contender], rule: TieRule, broken: Mapping[str, list[Broken]]
) -> list[list[Contender]]:
    """The group in the parts that the rule makes of it; what it told apart is added to `broken`."""
    keys = {each.entry: key for each in group if (key := _key(rule, each)) is not None}
    if len(keys) < len(group) or len(set(keys.values())) == 1:
        return [group]
    for each in group:
        mine = keys[each.entry]
        ahead_of = tuple(name for name, key in keys.items() if key > mine)
        behind = tuple(name for name, key in keys.items() if key < mine)
        broken[each.entry].append(Broken(rule, ahead_of, behind))
    return _parted(group, lambda each: keys[each.entry])


def _parted(group: list[Contender], key: Callable[[Contender], Fraction]) -> list[list[Contender]]:
    return [list(part) for _key, part in groupby(sorted(group, key=key), key=key)]


def _key(rule: TieRule, each: Contender) -> Fraction | None:
    """What the rule sorts by, the least first; None where it is not known."""
    if rule.kind == CRITERION:
        return -each.criteria[rule.of] if rule.of in each.criteria else None
    if rule.kind == FIRST_PLACES:
        return None if each.first_places is None else -each.first_places
    if rule.kind == SMALLER_SPREAD:
        return each.spread
    if rule.kind == EARLIER:
        if each.handed_in is None:
            return None
        return Fraction((each.handed_in - EPOCH) // timedelta(microseconds=1))
    return Fraction(int(ticket(rule.of, each.entry), 16))
