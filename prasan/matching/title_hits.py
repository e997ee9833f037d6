"""Where words of the vocabulary stand in a title, and where names of places do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise

from prasan.matching.concept_files import SERVICE, Ontology
from prasan.matching.ontology import ontology
from prasan.matching.title_text import Letters

_USERS = "users"
_LONG_ENOUGH = 5
"""Letters from which words behind “จังหวัด…” are taken for a service and not for a name."""
_SHORTEST_WORD = 2
_FIRST_LETTERS = 3

Hit = tuple[int, int, str]


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """How long the words that are sought are, shortest first, by their first letters."""
    lengths: dict[str, set[int]] = {}
    for word in ontology().sought:
        lengths.setdefault(word[:_FIRST_LETTERS], set()).add(len(word))
    return {first: tuple(sorted(those)) for first, those in lengths.items()}


def hits_in(letters: Letters) -> Iterator[Hit]:
    """Where words that are sought stand as words."""
    key, sought, lengths = letters.key, ontology().sought, _lengths()
    for start in range(len(key)):
        for size in range(1, min(_FIRST_LETTERS, len(key) - start) + 1):
            for length in lengths.get(key[start : start + size], ()):
                word, end = key[start : start + length], start + length
                if word in sought and end <= len(key) and letters.is_said(start, end):
                    yield start, end, word


def names_in(letters: Letters, hits: Iterable[Hit]) -> Iterator[tuple[int, int]]:
    """Where names of places and bodies stand: behind a word such as ตำบล, up to the next space, service or
    word that is in no name.
    """
    closed = {start for start, end, _ in hits if end - start >= _LONG_ENOUGH}
    closed |= {start for start, _, word in _words(letters) if word in ontology().never_in_names}
    for found in _head().finditer(letters.key):
        start = found.end()
        if found.start() not in letters.starts or start not in letters.ends:
            continue
        space = next((place for place in sorted(letters.gaps) if place > start), len(letters.key))
        end = min([space, *(other for other in closed if other >= start)])
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


def without_frame(plain: str) -> str:
    """A plain text without the names of provinces and the word project in front."""
    return _province().sub(" ", plain.removeprefix("โครงการ"))


def is_within(hit: Hit, stretch: tuple[int, int]) -> bool:
    """Whether a hit lies inside a stretch of letters."""
    return stretch[0] <= hit[0] and hit[1] <= stretch[1]


def meant(hits: list[Hit], known: Ontology) -> list[Hit]:
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


def hints_in(hits: Iterable[Hit]) -> set[int]:
    """What is said that is no service, also inside of longer words."""
    known = ontology()
    return {
        number
        for _, _, word in hits
        for number in known.said.get(word, ())
        if known.concepts[number].facet != SERVICE
    }


def words_in(letters: Letters, covered: Iterable[tuple[int, int]] = ()) -> list[str]:
    """The words that may tell something and that nothing of what is given covers, in their order."""
    plain_words, closed = ontology().plain_words, list(covered)
    return [
        word
        for start, end, word in _words(letters)
        if len(word) >= _SHORTEST_WORD
        and word not in plain_words
        and not any(first < end and start < last for first, last in closed)
    ]


def _words(letters: Letters) -> Iterator[Hit]:
    for start, end in pairwise(sorted(letters.starts | {len(letters.key)})):
        yield start, end, letters.key[start:end].strip("\n")
