"""What one title says: which service for whom and by what means, and the words that are left."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from zlib import crc32

from prasan.matching.ontology import SERVICE, Concept, Ontology, Rule, ontology
from prasan.matching.title_text import Letters

GENERIC, FIELD, SPECIFIC = 0.3, 0.35, 1.0
"""What a concept weighs beside others: a queue or a whole field little, a specific service fully."""

_USERS = "users"
_LONG_ENOUGH = 5
"""Letters from which words behind “จังหวัด…” are taken for a service and not for a name."""
_SHORTEST_WORD = 2
_GRAM = 3

Hit = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class TitleReading:
    """A title as it is compared.

    `services` are numbers of concepts with their weight, `hints` those that tell of users, means, acts and
    things, `words` the hashes of words and letters left over; `whole` is the hash of all that was said.
    """

    services: tuple[tuple[int, float], ...]
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
    plain = _without_provinces(known.spelling.plain(text))
    letters = known.spelling.letters(plain)
    hits = list(_hits(letters))
    names = list(_names(letters, hits))
    hits = _meant([hit for hit in hits if not any(_is_within(hit, name) for name in names)], known)
    said = {word for _, _, word in hits}
    found = {number for word in said for number in known.said.get(word, ())}
    found |= set(_by_rules(said, found, known))
    services = {number for number in found if known.concepts[number].facet == SERVICE}
    left = list(_left(letters, [(start, end) for start, end, _ in hits] + names, known))
    return TitleReading(
        services=tuple(_weighed(services, known)),
        hints=tuple(sorted(found - services)),
        words=tuple(sorted({_hash(piece) for word in left for piece in _pieces(word)})),
        whole=_hash("".join(left) + "|" + ",".join(sorted(said))),
    )


@cache
def _trie() -> dict[str, object]:
    """All words that are sought, letter by letter; an empty key marks an end."""
    root: dict[str, object] = {}
    for word in sorted(ontology().sought):
        node = root
        for letter in word:
            node = node.setdefault(letter, {})  # type: ignore[assignment]  # only the empty key has no table
        node[""] = word
    return root


def _hits(letters: Letters) -> Iterator[Hit]:
    """Where words that are sought stand as words."""
    key, root = letters.key, _trie()
    for start in range(len(key)):
        node, end = root, start
        while end < len(key) and isinstance(deeper := node.get(key[end]), dict):
            node, end = deeper, end + 1
            word = node.get("")
            if isinstance(word, str) and letters.is_said(start, end):
                yield start, end, word


def _names(letters: Letters, hits: Iterable[Hit]) -> Iterator[tuple[int, int]]:
    """Where names of places and bodies stand: behind a word such as ตำบล, up to the next space or service."""
    starting = sorted(start for start, end, _ in hits if end - start >= _LONG_ENOUGH)
    for found in _head().finditer(letters.key):
        start = found.end()
        if found.start() not in letters.starts or start not in letters.ends:
            continue
        space = next((place for place in sorted(letters.gaps) if place > start), len(letters.key))
        end = min([space, *(other for other in starting if other >= start)])
        if end > start:
            yield start, end


@cache
def _head() -> re.Pattern[str]:
    known = ontology()
    keys = sorted({known.spelling.key(head) for head in known.heads}, key=len, reverse=True)
    return re.compile("|".join(keys))


@cache
def _province() -> re.Pattern[str]:
    known = ontology()
    names = sorted(map(known.spelling.plain, known.provinces), key=len, reverse=True)
    thai = [re.escape(name) for name in names if not name.isascii()]
    latin = [re.escape(name).replace(r"\ ", "[ -]?") for name in names if name.isascii()]
    return re.compile(
        f"(?:จังหวัด)?(?:{'|'.join(name for name in thai if len(name) > 4)})"
        f"|จังหวัด ?(?:{'|'.join(thai)})|(?<![ก-๎])(?:{'|'.join(thai)})(?![ก-๎])"
        f"|(?<![a-z])(?:{'|'.join(latin)})(?![a-z])"
    )


def _without_provinces(plain: str) -> str:
    return _province().sub(" ", plain)


def _is_within(hit: Hit, stretch: tuple[int, int]) -> bool:
    return stretch[0] <= hit[0] and hit[1] <= stretch[1]


def _meant(hits: list[Hit], known: Ontology) -> list[Hit]:
    """Without those that stand inside a longer one; for whom it is counts everywhere."""
    longest = sorted(hits, key=lambda hit: hit[0] - hit[1])
    kept: list[Hit] = []
    covers: list[Hit] = []
    for hit in longest:
        start, end, word = hit
        numbers = known.said.get(word, ())
        is_user = any(known.concepts[number].facet == _USERS for number in numbers)
        if is_user or not any(
            cover[0] <= start and end <= cover[1] and end - start < cover[1] - cover[0] for cover in covers
        ):
            kept.append(hit)
            if numbers and not is_user:
                covers.append(hit)
    return kept


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


def _left(letters: Letters, covered: list[tuple[int, int]], known: Ontology) -> Iterator[str]:
    """The words that no concept and no name covers, without those that tell nothing."""
    bounds = sorted(letters.starts | {len(letters.key)})
    for start, end in pairwise(bounds):
        word = letters.key[start:end].strip("\n")
        if (
            len(word) >= _SHORTEST_WORD
            and word not in known.plain_words
            and not any(first < end and start < last for first, last in covered)
        ):
            yield word


def _pieces(word: str) -> Iterator[str]:
    """A word and its groups of letters, by which words written a little otherwise still meet."""
    yield word
    for place in range(len(word) - _GRAM):
        yield word[place : place + _GRAM + 1]


def _hash(word: str) -> int:
    return crc32(word.encode())
