"""What scores give by the terms of an edition: adjusted values, places, levels, and lines to compare.

Computed from plain values alone, so that the tables and the ledger give the same, byte for byte.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256

from prasan.judging.adjustment import Adjustment, Estimate, adjust
from prasan.judging.agreement import INTERVAL, Talk, alpha, to_talk_about
from prasan.judging.levels import Level, award
from prasan.judging.ranking import DRAW, Contender, Standing, TieRule, rank
from prasan.judging.scores import (
    Criterion,
    Mark,
    Score,
    criterion_means,
    first_places,
    spreads,
    totals,
)
from prasan.kernel.digits import without_noughts

GATE = "gate"
"""More than half of the judges of an entry say that it does not pass a gate."""
NO_SCORE = "no_score"
"""Nobody handed in a whole sheet on the entry."""
SCORED = "scored"

_HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Ask:
    """A criterion of a round: a gate, or what is scored up to `most` and counts `weight` times."""

    code: str
    is_gate: bool
    weight: Decimal
    most: Decimal

    @property
    def told(self) -> str:
        """As the ledger keeps it."""
        return f"{self.code}|{GATE if self.is_gate else SCORED}|{plain(self.weight)}|{plain(self.most)}"

    @property
    def criterion(self) -> Criterion:
        """As the mathematics takes it: a gate needs its mark and adds nothing."""
        return Criterion(self.code, Decimal(0) if self.is_gate else self.weight, self.most)


@dataclass(frozen=True, slots=True)
class Terms:
    """What was declared before opening: criteria by round, how many go on, ties, levels, the draw."""

    criteria: Mapping[int, tuple[Ask, ...]]
    goes_on: Mapping[int, int | None]
    ties: tuple[str, ...]
    levels: tuple[Level, ...]
    draw: str

    @property
    def last_round(self) -> int:
        """The round whose scores decide."""
        return max(self.criteria)

    @property
    def tie_rules(self) -> list[TieRule]:
        """The rules for ties in their order; the draw knows its number."""
        rules = []
        for told in self.ties:
            kind, _bar, of = told.partition("|")
            rules.append(TieRule(kind, self.draw if kind == DRAW else of))
        return rules

    def as_facts(self) -> dict[str, list[str] | str]:
        """As the ledger keeps them."""
        return {
            "criteria": [
                f"{number}|{ask.told}" for number, asks in sorted(self.criteria.items()) for ask in asks
            ],
            "goes_on": [
                f"{number}|{'' if most is None else most}" for number, most in sorted(self.goes_on.items())
            ],
            "ties": list(self.ties),
            "levels": [
                f"{each.code}|{each.places or ''}|{'' if each.threshold is None else each.threshold}"
                for each in self.levels
            ],
            "draw": self.draw,
        }

    @classmethod
    def from_facts(cls, facts: Mapping[str, object]) -> Terms:
        """The terms as the ledger kept them."""
        criteria: dict[int, list[Ask]] = {}
        for told in _lines(facts["criteria"]):
            number, code, kind, weight, most = told.split("|")
            asks = criteria.setdefault(int(number), [])
            asks.append(Ask(code, kind == GATE, Decimal(weight), Decimal(most)))
        levels = []
        for told in _lines(facts["levels"]):
            code, places, threshold = told.split("|")
            least = Fraction(threshold) if threshold else None
            levels.append(Level(code, int(places) if places else None, least))
        goes_on = (told.split("|") for told in _lines(facts["goes_on"]))
        return cls(
            criteria={number: tuple(asks) for number, asks in criteria.items()},
            goes_on={int(number): int(most) if most else None for number, most in goes_on},
            ties=tuple(_lines(facts["ties"])),
            levels=tuple(levels),
            draw=str(facts["draw"]),
        )


@dataclass(frozen=True, slots=True)
class Entered:
    """An entry that takes part in a round."""

    entry: str
    category: str
    handed_in: datetime


@dataclass(frozen=True, slots=True)
class Row:
    """Where an entry stands, raw beside adjusted; `why_not` says why it has no place.

    `level` is empty for no award; `open_levels` are those between which people decide.
    """

    entry: str
    standing: Standing | None
    estimate: Estimate | None
    level: str
    open_levels: tuple[str, ...] = ()
    why_not: str = ""

    @property
    def place(self) -> int | None:
        """The place, shared or not; None without one."""
        return None if self.standing is None else self.standing.place


@dataclass(frozen=True, slots=True)
class Count:
    """The results of one category in one round; rows by place, then those without one.

    `agreement` is Krippendorff's alpha over totals, None where there is nothing to agree about.
    """

    category: str
    rows: tuple[Row, ...]
    adjustment: Adjustment
    agreement: Fraction | None
    talks: tuple[Talk, ...]

    @property
    def undecided(self) -> dict[str, tuple[str, ...]]:
        """Entries whose level people have to decide, with those between which they do."""
        return {row.entry: row.open_levels for row in self.rows if row.open_levels}


def count(
    terms: Terms,
    number: int,
    entered: Iterable[Entered],
    marks: Iterable[Mark],
    settled: Mapping[str, str] | None = None,
) -> list[Count]:
    """The results of a round by category, whatever the order of what is given.

    `settled` are the levels that people gave entries which share a place across the line of a level, empty
    for no award; what they say of others is passed over.
    """
    by_category: dict[str, list[Entered]] = {}
    for each in sorted(entered, key=lambda each: _by_number(each.entry)):
        by_category.setdefault(each.category, []).append(each)
    given = sorted(marks, key=lambda each: (each.entry, each.judge, each.criterion))
    return [
        _count(terms, number, category, by_category[category], given, settled or {})
        for category in sorted(by_category, key=_by_number)
    ]


def going_on(counts: Iterable[Count], most: int | None) -> list[str]:
    """The entries that go on to the next round: all with a place, or the first of each category."""
    return [
        row.entry
        for each in counts
        for row in each.rows
        if row.place is not None and (most is None or row.place <= most)
    ]


def lines_of(counts: Iterable[Count]) -> str:
    """The results as canonical JSON lines, of ids, places, values and levels only."""
    lines: list[Mapping[str, object]] = []
    for each in counts:
        lines.append(
            {
                "category": each.category,
                "adjusted": each.adjustment.reason is None,
                "why_not_adjusted": each.adjustment.reason,
                "agreement": None if each.agreement is None else str(each.agreement),
            }
        )
        lines += [_line(each.category, row) for row in each.rows]
    written = (json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":")) for line in lines)
    return "".join(f"{line}\n" for line in written)


def digest_of(lines: str) -> str:
    """By which two results are told to be the same."""
    return sha256(lines.encode()).hexdigest()


def plain(number: Decimal) -> str:
    """A number without noughts behind its last place."""
    return f"{without_noughts(number):f}"


def _count(
    terms: Terms,
    number: int,
    category: str,
    entered: Sequence[Entered],
    marks: Sequence[Mark],
    settled: Mapping[str, str],
) -> Count:
    codes = {each.entry for each in entered}
    asks = terms.criteria[number]
    given = [mark for mark in marks if mark.entry in codes]
    sheets = totals([ask.criterion for ask in asks], given)
    whole = {(score.judge, score.entry) for score in sheets.scores}
    means = criterion_means(mark for mark in given if (mark.judge, mark.entry) in whole)
    adjustment = adjust(sheets.scores)
    estimates = {each.entry: each for each in adjustment.estimates}
    gates = [ask.code for ask in asks if ask.is_gate]
    failed = {entry for entry, found in means.items() if any(found[gate] < _HALF for gate in gates)}
    standings = rank(_contenders(entered, sheets.scores, estimates, means, failed), terms.tie_rules)
    awards = award(standings, terms.levels if number == terms.last_round else ())
    rows = [_row(each, estimates[each.entry], awards.levels, awards.undecided, settled) for each in standings]
    placed = {row.entry for row in rows}
    rows += [
        Row(each.entry, None, estimates.get(each.entry), "", (), GATE if each.entry in failed else NO_SCORE)
        for each in entered
        if each.entry not in placed
    ]
    talks = to_talk_about(sheets.scores, adjustment, awards.lines)
    return Count(category, tuple(rows), adjustment, _agreement(sheets.scores), tuple(talks))


def _contenders(
    entered: Sequence[Entered],
    scores: Sequence[Score],
    estimates: Mapping[str, Estimate],
    means: Mapping[str, Mapping[str, Fraction]],
    failed: set[str],
) -> list[Contender]:
    firsts, spread = first_places(scores), spreads(scores)
    return [
        Contender(
            each.entry,
            estimates[each.entry].counts,
            criteria=means[each.entry],
            first_places=firsts.get(each.entry),
            spread=spread.get(each.entry),
            handed_in=each.handed_in,
        )
        for each in entered
        if each.entry in estimates and each.entry not in failed
    ]


def _row(
    standing: Standing,
    estimate: Estimate,
    levels: Mapping[str, str | None],
    undecided: Mapping[str, tuple[str | None, ...]],
    settled: Mapping[str, str],
) -> Row:
    open_levels = tuple(level or "" for level in undecided.get(standing.entry, ()))
    if open_levels and settled.get(standing.entry) in open_levels:
        return Row(standing.entry, standing, estimate, settled[standing.entry])
    return Row(standing.entry, standing, estimate, levels.get(standing.entry) or "", open_levels)


def _agreement(scores: Iterable[Score]) -> Fraction | None:
    units: dict[str, list[Decimal]] = {}
    for score in scores:
        units.setdefault(score.entry, []).append(score.total)
    return alpha(units.values(), INTERVAL)


def _line(category: str, row: Row) -> Mapping[str, object]:
    found, standing = row.estimate, row.standing
    return {
        "category": category,
        "entry": row.entry,
        "place": row.place,
        "tied_with": list(standing.tied_with) if standing else [],
        "by": [each.rule.kind for each in standing.broken] if standing else [],
        "raw": str(found.raw) if found else None,
        "adjusted": str(found.adjusted) if found and found.adjusted is not None else None,
        "low": str(found.low) if found and found.low is not None else None,
        "high": str(found.high) if found and found.high is not None else None,
        "scores": found.scores if found else 0,
        "level": row.level,
        "between": list(row.open_levels),
        "why_not": row.why_not,
    }


def _by_number(code: str) -> tuple[int, str]:
    return len(code), code


def _lines(fact: object) -> list[str]:
    if not isinstance(fact, list | tuple):
        raise TypeError("a list of the ledger is a list")
    return [str(each) for each in fact]
