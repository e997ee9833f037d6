"""A title of an innovation as letters: one spelling, no spaces, and where words begin and end."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from prasan.kernel.digits import to_arabic
from prasan.kernel.text import clean
from prasan.kernel.words import expand_abbreviations, pieces_of_clean

LONGEST = 600
"""Letters of a title that are read: titles are far shorter."""

_FORGIVEN = "็์"
_ANY_MARK = "[็์่้๊๋]?"
_WIDE = re.compile("[\uff01-\uff5e]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])|(?<=[A-Z])(?=[A-Z][a-z]{2})")
_ELECTRONIC = re.compile(r"(?<![ก-ฮ])อี ?[-–]? ?(?=[a-z])")
_BESIDE = re.compile(r"[\s\-–—._/&+'’]+")
_BARRIER = "\n"
_FOLLOWS = frozenset("ะาำิีึืัุูๅ่้๊๋")
_LEADS = frozenset("เแโใไ")
_ONE_WORD, _HALF_WORD = 3, 6
"""Letters up to which both ends, or one end, of a stretch must be those of words."""


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of a text without spaces.

    `starts` and `ends` are where a word begins or has ended, `gaps` where a space was.
    """

    key: str
    starts: frozenset[int]
    ends: frozenset[int]
    gaps: frozenset[int]

    def is_said(self, start: int, end: int) -> bool:
        """Whether this stretch stands there as words, not as letters inside of others."""
        first, last = self.key[start], self.key[end - 1]
        begins, closes = start in self.starts, end in self.ends or end == len(self.key)
        if first.isascii() and not begins:
            return False
        if last.isascii() and not (closes or (self.key[end] == "s" and end + 1 in self.ends)):
            return False
        length = end - start
        if length <= _ONE_WORD:
            return begins and closes
        if length <= _HALF_WORD and not (begins or closes):
            return False
        parted = begins or self.key[start - 1] not in _LEADS
        return parted and (closes or self.key[end] not in _FOLLOWS)


class Spelling:
    """How titles and ways of saying are written alike; knows which Thai spellings are English words."""

    def __init__(self, loans: Mapping[str, Iterable[str]]) -> None:
        spelled = {_bare(thai): english for english, ways in loans.items() for thai in ways}
        longest_first = sorted(spelled, key=len, reverse=True)
        self._english = spelled
        self._loans = re.compile("|".join(_ANY_MARK.join(thai) + _ANY_MARK for thai in longest_first))

    def plain(self, text: str) -> str:
        """Clean, small letters, Arabic digits, short forms written out, loan words in English."""
        text = _WIDE.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text[:LONGEST])
        text = _CAMEL.sub(" ", clean(text)).lower()
        text = expand_abbreviations(to_arabic(text).replace("ๆ", " ").replace("ชั่น", "ชัน"))
        text = self._loans.sub(lambda found: f" {self._english[_bare(found.group())]} ", text)
        return " ".join(_ELECTRONIC.sub("e ", text).split())

    def letters(self, plain: str) -> Letters:
        """The letters of a plain text, and where its words are."""
        key: list[str] = []
        starts, ends, gaps = set(), set(), set()
        for chunk in _BESIDE.split(plain):
            gaps.add(len(key))
            for piece in pieces_of_clean(chunk) if chunk else ():
                kept = [letter for letter in piece if letter not in _FORGIVEN]
                starts.add(len(key))
                if any(letter.isalnum() for letter in kept):
                    key += kept
                elif key and key[-1] != _BARRIER:
                    key.append(_BARRIER)
                ends.add(len(key))
        return Letters("".join(key), frozenset(starts), frozenset(ends), frozenset(gaps))

    def key(self, way: str) -> str:
        """A way of saying as it is looked for."""
        return self.letters(self.plain(way)).key.replace(_BARRIER, "")


def _bare(thai: str) -> str:
    return re.sub("[็์่้๊๋]", "", thai)
