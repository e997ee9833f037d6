"""Words in a script that does not part them: segmenting, keys for searching, and matching a query."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import nlpo3

from prasan.kernel.abbreviations import expand_abbreviations
from prasan.kernel.digits import to_arabic
from prasan.kernel.text import clean

__all__ = ["expand_abbreviations", "matches", "pieces", "pieces_of_clean", "search_key", "words"]

_FORGIVEN = "็่้๊๋์๎"
"""Marks that people leave out: no key holds them."""

_FORGIVEN_MARKS = re.compile(f"[{_FORGIVEN}]")
_BETWEEN_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_AND_SO_ON = re.compile("ฯลฯ|[ฯๆ]")
_NOT_IN_KEYS = re.compile(r"[^\w\u0e31-\u0e4e\u0300-\u036f.]+|_+|(?<![0-9])\.|\.(?![0-9])")
_SPACE_BESIDE_THAI = re.compile(r"(?<=[\u0e01-\u0e4e])\s+|\s+(?=[\u0e01-\u0e4e])")

_DICTIONARY = "thai"
_LEADING_VOWELS = frozenset("เแโใไ")
_NEVER_FIRST = frozenset("ะาำัิีึืฺุูๅํ")
_NUMBERED = frozenset({"หมู", "ซอย", "ที", "ปี"})
"""Keys of the words that a number behind them belongs to: หมู่ 5 is not any หมู่ and any 5."""
_SHORTEST_PART = 3
_LONGEST_GROUP = 8


def words(text: str) -> list[str]:
    """The words of the text in order, without spaces and punctuation.

    The dictionary is read on first use and then takes some 60 MB of the process.
    """
    return [word for word in _segments(clean(text)) if any(character.isalnum() for character in word)]


def pieces(text: str) -> list[str]:
    """The words of the text and what stands between them, in order: joined they are the cleaned text."""
    return _segments(clean(text))


def pieces_of_clean(text: str) -> list[str]:
    """The pieces of a text that is clean: one that is parted at each of its spaces has the same."""
    return _segments(text)


def search_key(text: str) -> str:
    """What two ways of writing the same thing share, to be stored beside a text and searched by substring.

    Clean, short forms written out, lower case, digits as 0–9, no punctuation, no spaces beside Thai, and none
    of the marks that people leave out (tone marks, ็, ์).
    """
    return _FORGIVEN_MARKS.sub("", _plain(text))


def matches(query: str, text: str) -> bool:
    """Does the text hold every word of the query, in any order?

    A mark that one side leaves out is forgiven, a different one is not (ป่า is not ป้า). Words are matched
    whole: ยา is not in พยายาม. A word of three characters or more is also found where it begins or ends a
    longer one: ท่วม is in น้ำท่วม.
    """
    wanted = _Segmented(query)
    held = _Segmented(text)
    bounds = wanted.wanted_bounds()
    reached = {0}
    for start in range(len(bounds)):
        if start not in reached:
            continue
        for end in range(start + 1, min(start + _LONGEST_GROUP, len(bounds)) + 1):
            first, last = bounds[start][0], bounds[end - 1][1]
            if held.holds(wanted.key[first:last], wanted.marks[first:last]):
                reached.add(end)
    return len(bounds) in reached


def _plain(text: str) -> str:
    """The text as it is compared, still with all its marks."""
    text = to_arabic(expand_abbreviations(clean(text)).lower())
    text = _AND_SO_ON.sub(" ", _BETWEEN_THOUSANDS.sub("", text))
    return _SPACE_BESIDE_THAI.sub("", _NOT_IN_KEYS.sub(" ", text).strip())


class _Segmented:
    """A text as its key, the marks behind each letter of the key, and where its words begin and end."""

    def __init__(self, text: str) -> None:
        self.marks: list[str] = []
        letters: list[str] = []
        self._bounds: list[tuple[int, int]] = []
        for word in _segments(_plain(text)):
            start = len(letters)
            for character in word:
                if character not in _FORGIVEN:
                    letters.append(character)
                    self.marks.append("")
                elif letters:
                    self.marks[-1] += character
            if not word.isspace() and len(letters) > start:
                self._bounds.append((start, len(letters)))
        self.key = "".join(letters)
        self._starts = {start for start, _ in self._bounds}
        self._ends = {end for _, end in self._bounds}

    def wanted_bounds(self) -> list[tuple[int, int]]:
        """Where the words to look for begin and end; a number belongs to the word it numbers."""
        wanted: list[tuple[int, int]] = []
        for start, end in self._bounds:
            if wanted and self.key[start:end].isdigit() and self.key[slice(*wanted[-1])] in _NUMBERED:
                start = wanted.pop()[0]
            wanted.append((start, end))
        return wanted

    def holds(self, key: str, marks: list[str]) -> bool:
        """Is this stretch of key found as a word, as several, or as the beginning or end of one?"""
        return any(self._is_word(found, key, marks) for found in self._occurrences(key))

    def _occurrences(self, key: str) -> Iterator[int]:
        found = self.key.find(key)
        while found >= 0:
            yield found
            found = self.key.find(key, found + 1)

    def _is_word(self, start: int, key: str, marks: list[str]) -> bool:
        end = start + len(key)
        both = list(zip(self.marks[start:end], marks, strict=True))
        if start in self._starts and end in self._ends:
            return all(own == theirs or not own or not theirs for own, theirs in both)
        # Inside a word of the dictionary, which is spelled rightly, only the query can lack a mark.
        if any(theirs not in ("", own) for own, theirs in both):
            return False
        if len(key) + sum(map(len, marks)) < _SHORTEST_PART or key.isascii():
            return False
        return (start in self._starts and self._can_part(end)) or (
            end in self._ends and self._can_part(start)
        )

    def _can_part(self, position: int) -> bool:
        """May a word begin here, two letters or more from either end of the word it stands in?"""
        left, right = self.key[position - 1], self.key[position]
        return (
            left not in _LEADING_VOWELS
            and right not in _NEVER_FIRST
            and not {position - 1, position + 1} & (self._starts | self._ends)
        )


def _segments(text: str) -> list[str]:
    return list(nlpo3.segment(text, _dictionary())) if text else []


@cache
def _dictionary() -> str:
    """The name under which the words of PyThaiNLP are loaded; its list is read without importing it."""
    package = find_spec("pythainlp")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("pythainlp is not installed")
    nlpo3.load_dict(str(Path(package.origin).parent / "corpus" / "words_th.txt"), _DICTIONARY)
    return _DICTIONARY
