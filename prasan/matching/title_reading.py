"""What one title says: which service for whom and by what means, and the words that are left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from zlib import crc32

from prasan.matching.concept_files import SERVICE, Concept, Ontology, Rule
from prasan.matching.ontology import ontology
from prasan.matching.title_guess import guesses, traits_of
from prasan.matching.title_hits import (
    hints_in,
    hits_in,
    is_within,
    meant,
    names_in,
    without_frame,
    words_in,
)

GENERIC, FIELD, SPECIFIC = 0.3, 0.35, 1.0
"""What a concept weighs beside others: a queue or a whole field little, a specific service fully."""

_GRAM = 3


@dataclass(frozen=True, slots=True)
class TitleReading:
    """A title as it is compared.

    `services` are numbers of concepts with their weight, `guesses` services that its words fit and how well,
    `hints` concepts of users, means, effects, acts and things, `words` the hashes of words and letters left
    over; `whole` is the hash of all that was said, or of the title itself where nothing was.
    """

    services: tuple[tuple[int, float], ...]
    guesses: tuple[tuple[int, float], ...]
    hints: tuple[int, ...]
    words: tuple[int, ...]
    whole: int

    @property
    def is_understood(self) -> bool:
        """Whether a specific service was found."""
        return any(weight == SPECIFIC for _, weight in self.services)


def read_title(text: str) -> TitleReading:
    """Read a title in Thai, English or both; the same text always gives the same reading."""
    known = ontology()
    plain = known.spelling.plain(text)
    letters = known.spelling.letters(without_frame(plain))
    hits = list(hits_in(letters))
    names = list(names_in(letters, hits))
    hits = [hit for hit in hits if not any(is_within(hit, name) for name in names)]
    hints = hints_in(hits)
    traits = traits_of(words_in(letters, names), hints)
    hits = meant(hits, known)
    said = {word for _, _, word in hits}
    found = {number for word in said for number in known.said.get(word, ())}
    found |= set(_by_rules(said, found | hints, known))
    services = {number for number in found if known.concepts[number].facet == SERVICE}
    left = words_in(letters, [(start, end) for start, end, _ in hits] + names)
    return TitleReading(
        services=tuple(_weighed(services, known)),
        guesses=guesses(traits),
        hints=tuple(sorted(found - services)),
        words=tuple(sorted({_hash(piece) for word in left for piece in _pieces(word)})),
        whole=_hash(f"{''.join(left)}|{','.join(sorted(said))}" if services or left else plain),
    )


@cache
def _rules_by_word() -> dict[str | int, tuple[Rule, ...]]:
    rules: dict[str | int, list[Rule]] = {}
    for rule in ontology().rules:
        for word in rule.parts[0]:
            rules.setdefault(word, []).append(rule)
    return {word: tuple(those) for word, those in rules.items()}


def _by_rules(said: set[str], found: set[int], known: Ontology) -> Iterator[int]:
    """The concepts that words say together."""
    there: set[str | int] = {*said, *found}
    there |= {upper for number in found for upper in known.concepts[number].above}
    for word in there:
        for rule in _rules_by_word().get(word, ()):
            if rule.absent.isdisjoint(there) and not any(part.isdisjoint(there) for part in rule.parts):
                yield rule.concept


def _weighed(services: set[int], known: Ontology) -> Iterator[tuple[int, float]]:
    """The services with their weights: what another one means more exactly, or pushes aside, goes."""
    concepts = [known.concepts[number] for number in services]
    aside = {number for concept in concepts for number in (*concept.above, *concept.over)}
    for concept in sorted(concepts, key=lambda concept: concept.number):
        if concept.number not in aside:
            yield concept.number, _weight(concept)


def _weight(concept: Concept) -> float:
    if concept.is_generic:
        return GENERIC
    return SPECIFIC if concept.above else FIELD


def _pieces(word: str) -> Iterator[str]:
    """A word and its groups of letters, by which words written a little otherwise still meet."""
    yield word
    for place in range(len(word) - _GRAM):
        yield word[place : place + _GRAM + 1]


def _hash(word: str) -> int:
    return crc32(word.encode())
