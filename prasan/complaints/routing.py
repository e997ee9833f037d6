"""To whom a complaint goes by the rules of a province: which rule speaks, and which never does."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from prasan.kernel.text import clean


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a rule book, by its number from above.

    It fits complaints of its kind (any where None) inside its area (a path) whose text holds any of its words
    (whatever the text where there are none), and names an agency, or the one with the mandate where None.
    """

    number: int
    kind: str | None
    path: str
    words: tuple[str, ...]
    agency: int | None
    is_lead: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What of a complaint rules look at."""

    kind: str | None
    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Picked:
    """Who answers and who helps, and the numbers of the rules that say so; 0 where none names a lead."""

    lead: int | None
    helpers: tuple[int, ...]
    rule: int
    helping_rules: tuple[int, ...]


Mandated = Callable[[str | None, str], int | None]
"""The agency with the mandate for a kind at a place, the nearest one."""
Able = Callable[[int], bool]
"""Whether an agency exists, has power at the place and is not the one complained about."""


def pick(rules: Sequence[Rule], told: Told, mandated: Mandated, able: Able) -> Picked:
    """The first rule from above that fits and names an able agency says who answers; all others who help.

    Where no rule names one, it is the agency with the mandate. A helper is named once and never leads too.
    """
    lead, rule = None, 0
    helpers: dict[int, int] = {}
    for each in rules:
        if not fits(each, told) or (each.is_lead and lead is not None):
            continue
        agency = each.agency if each.agency is not None else mandated(told.kind, told.path)
        if agency is None or not able(agency):
            continue
        if each.is_lead:
            lead, rule = agency, each.number
        else:
            helpers.setdefault(agency, each.number)
    if lead is None:
        by_mandate = mandated(told.kind, told.path)
        lead = by_mandate if by_mandate is not None and able(by_mandate) else None
    helpers.pop(lead if lead is not None else 0, None)
    return Picked(lead, tuple(helpers), rule, tuple(helpers.values()))


def fits(rule: Rule, told: Told) -> bool:
    """Whether a rule speaks of such a complaint."""
    return (
        rule.kind in (None, told.kind)
        and told.path.startswith(rule.path)
        and (not rule.words or any(word in plain(told.text) for word in rule.words))
    )


def silent(rules: Sequence[Rule]) -> Iterator[tuple[Rule, Rule]]:
    """The rules on who answers that never speak, each with the earlier one that always speaks before it.

    An earlier one that goes by the mandate may be passed over, so it silences nothing.
    """
    leading = [rule for rule in rules if rule.is_lead]
    for place, later in enumerate(leading):
        for earlier in leading[:place]:
            if earlier.agency is not None and _covers(earlier, later):
                yield later, earlier
                break


def kinds_without_rule(rules: Sequence[Rule], kinds: Collection[str], path: str) -> list[str]:
    """The kinds for which no rule says who answers in the whole area, whatever the text."""
    spoken = {rule.kind for rule in rules if rule.is_lead and not rule.words and path.startswith(rule.path)}
    return [] if None in spoken else [kind for kind in kinds if kind not in spoken]


def words_of(typed: str) -> tuple[str, ...]:
    """The words of a rule as they are typed, between commas, each once."""
    parts = plain(typed).replace("，", ",").replace("、", ",").split(",")
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def plain(text: str) -> str:
    """A text as words are looked for in it: clean, without a difference of case."""
    return clean(text).casefold()


def _covers(earlier: Rule, later: Rule) -> bool:
    """Whether the earlier one fits every complaint that the later one fits."""
    if earlier.kind not in (None, later.kind) or not later.path.startswith(earlier.path):
        return False
    if not earlier.words:
        return True
    return bool(later.words) and all(any(word in longer for word in earlier.words) for longer in later.words)
