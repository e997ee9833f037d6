"""Which services a title may mean where it names none: those whose ways of saying use its words."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from prasan.matching.concept_files import SERVICE, read_cues, read_ways
from prasan.matching.ontology import kept, ontology
from prasan.matching.title_hits import hints_in, hits_in, words_in

MOST = 20
_LEAST = 0.03
"""Guesses below tell nothing."""

_STEEP = 1.5
"""How much more than its information a rare word counts: it often stands for one service alone."""

_BEGINNING = 5
_SHARES = {"thing": 1.0, "act": 0.8, "users": 0.8, "means": 0.4, "effects": 0.3}

Trait = str | int
"""A word, or the number of a concept that is no service: by these a Thai way and an English title meet."""


@dataclass(frozen=True, slots=True)
class Profiles:
    """For each trait how rare it is among services, and what it speaks for."""

    rarity: Mapping[Trait, float]
    rarest: float
    speaks_for: Mapping[Trait, tuple[tuple[int, float], ...]]


def guesses(traits: Iterable[Trait]) -> tuple[tuple[int, float], ...]:
    """The likeliest services with how well they fit, 0 to 1; by their numbers."""
    known = profiles()
    wanted = {trait: known.rarity.get(trait, known.rarest) * _share(trait) for trait in set(traits)}
    length = math.sqrt(math.fsum(value * value for value in wanted.values()))
    fits: dict[int, float] = {}
    for trait, value in sorted(wanted.items(), key=lambda each: str(each[0])):
        for number, weight in known.speaks_for.get(trait, ()):
            fits[number] = fits.get(number, 0.0) + value * weight / length
    best = sorted(fits.items(), key=lambda each: (-each[1], each[0]))[:MOST]
    return tuple(sorted((number, round(fit, 3)) for number, fit in best if fit >= _LEAST))


def _share(trait: Trait) -> float:
    """How far a trait counts: by what means it is done tells least of what is done."""
    return _SHARES[ontology().concepts[trait].facet] if isinstance(trait, int) else 1.0


def traits_of(words: Iterable[str], hints: Iterable[int]) -> set[Trait]:
    """By what a text with these words and hints is known; of a long English word its beginning, too."""
    told = [_singular(word) for word in words]
    return {
        *told,
        *(f"{word[:_BEGINNING]}-" for word in told if word.isascii() and len(word) > _BEGINNING),
        *hints,
    }


def _singular(word: str) -> str:
    return word[:-1] if word.isascii() and len(word) > 3 and word[-1] == "s" and word[-2] != "s" else word


def traits_of_services() -> dict[int, Counter[Trait]]:
    """How often each trait stands in what is said of a service: its labels, ways of saying and cues."""
    said = zip(ontology().concepts, read_ways(), read_cues(), strict=True)
    return {
        concept.number: Counter(
            trait
            for way in (*ways, *cues, concept.label_th, concept.label_en)
            for trait in _traits_of_way(way)
        )
        for concept, ways, cues in said
        if concept.facet == SERVICE
    }


def listed(held: Mapping[int, Mapping[Trait, int]]) -> list[tuple[int, list[tuple[Trait, int]]]]:
    """The traits of services in lists."""
    return [
        (number, sorted(traits.items(), key=lambda each: str(each[0]))) for number, traits in held.items()
    ]


@cache
def profiles() -> Profiles:
    """The profiles of all services, from what is said of them."""
    told = kept("traits")
    counted = listed(traits_of_services()) if told is None else told
    held = {number: dict(map(tuple, traits)) for number, traits in counted}
    common = Counter(trait for traits in held.values() for trait in traits)
    rarity = {trait: math.log(len(held) / times) ** _STEEP for trait, times in common.items()}
    speaks_for: dict[Trait, list[tuple[int, float]]] = {}
    for number, traits in held.items():
        weights = {trait: (1 + math.log(times)) * rarity[trait] for trait, times in traits.items()}
        length = math.sqrt(math.fsum(min(weight, 6.0) ** 2 for weight in weights.values())) or 1.0
        for trait, weight in weights.items():
            speaks_for.setdefault(trait, []).append((number, weight / length))
    return Profiles(
        rarity, max(rarity.values()), {trait: tuple(those) for trait, those in speaks_for.items()}
    )


def _traits_of_way(way: str) -> set[Trait]:
    spelling = ontology().spelling
    letters = spelling.letters(spelling.plain(way))
    return traits_of(words_in(letters), hints_in(hits_in(letters)))
