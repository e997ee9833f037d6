"""To whom a complaint goes by the rules of a province: which rule speaks, and which never does."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from prasan.kernel.text import clean


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a rule book, by its number from above.

    It fits complaints of its kind (any where None) inside its area (a path) whose text holds any of its words
    (whatever the text where there are none), and names an agency; without one it is the local organisation of
    the place, or the one with the mandate. `reason` says why, for people.
    """

    number: int
    kind: str | None
    path: str
    words: tuple[str, ...]
    agency: int | None
    is_lead: bool
    is_local: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Told:
    """What of a complaint rules look at."""

    kind: str | None
    path: str
    text: str

    @cached_property
    def plain_text(self) -> str:
        """The text as words are looked for in it; kept, since hundreds of rules ask for it."""
        return plain(self.text)


@dataclass(frozen=True, slots=True)
class Picked:
    """Who answers and who helps, and the numbers of the rules that say so; 0 where none names a lead."""

    lead: int | None
    helpers: tuple[int, ...]
    rule: int
    helping_rules: tuple[int, ...]


Mandated = Callable[[str | None, str], int | None]
"""The agency with the mandate for a kind at a place, the nearest one."""
Local = Callable[[str], int | None]
"""The local administrative organisation of a place, where it is known and but one."""
Able = Callable[[int], bool]
"""Whether an agency exists, has power at the place and is not the one complained about."""


def pick(rules: Sequence[Rule], told: Told, mandated: Mandated, local: Local, able: Able) -> Picked:
    """The first rule from above that fits and names an able agency says who answers; all others who help.

    Where no rule names one, it is the agency with the mandate. A helper is named once and never leads too.
    """
    lead, rule = None, 0
    helpers: dict[int, int] = {}
    for each in rules:
        if not fits(each, told) or (each.is_lead and lead is not None):
            continue
        if each.agency is not None:
            agency: int | None = each.agency
        else:
            agency = local(told.path) if each.is_local else mandated(told.kind, told.path)
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
        and (not rule.words or any(word in told.plain_text for word in rule.words))
    )


def has_power(agency_path: str, place_path: str) -> bool:
    """Whether an agency of that area may act at a place: its area holds the place, or lies in it."""
    return place_path.startswith(agency_path) or agency_path.startswith(place_path)


def silent(rules: Sequence[Rule], areas: Mapping[int, str]) -> Iterator[tuple[Rule, Rule]]:
    """The rules on who answers that never speak, each with the earlier one that always speaks before it.

    `areas` are the paths of the agencies that exist. An earlier one is sometimes passed over, and so silences
    nothing, where it names no agency or its agency has no power in all of the later one's place.
    """
    leading = [rule for rule in rules if rule.is_lead]
    for place, later in enumerate(leading):
        for earlier in leading[:place]:
            if _always_acts(earlier, later.path, areas) and _covers(earlier, later):
                yield later, earlier
                break


def powerless(rules: Sequence[Rule], areas: Mapping[int, str]) -> list[Rule]:
    """The rules whose agency exists no longer, or has no power anywhere in their place."""
    named = [rule for rule in rules if rule.agency is not None]
    return [rule for rule in named if not _ever_acts(rule, areas)]


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


def _always_acts(rule: Rule, path: str, areas: Mapping[int, str]) -> bool:
    area = areas.get(rule.agency) if rule.agency is not None else None
    return area is not None and path.startswith(area)


def _ever_acts(rule: Rule, areas: Mapping[int, str]) -> bool:
    area = areas.get(rule.agency) if rule.agency is not None else None
    return area is not None and has_power(area, rule.path)


def _covers(earlier: Rule, later: Rule) -> bool:
    """Whether the earlier one fits every complaint that the later one fits."""
    if earlier.kind not in (None, later.kind) or not later.path.startswith(earlier.path):
        return False
    if not earlier.words:
        return True
    return bool(later.words) and all(any(word in longer for word in earlier.words) for longer in later.words)
