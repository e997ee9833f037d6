"""The mentions of one text in the order of the text, and the names that are written after them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from prasan.places.finder.directory import Directory, Match
from prasan.places.finder.reading import Kind, Letters, Mention
from prasan.places.models import Level


class Mentions:
    """They are found once; those that a list leaves unmarked are inserted later."""

    def __init__(self, letters: Letters, mentions: list[Mention], directory: Directory) -> None:
        self._letters = letters
        self._mentions = mentions
        self._directory = directory

    def __iter__(self) -> Iterator[Mention]:
        return iter(self._mentions)

    def of(self, kind: Kind) -> list[Mention]:
        """Those of a kind that are no part of the name of another."""
        return [mention for mention in self._mentions if mention.kind == kind and not mention.is_swallowed]

    def add(self, mention: Mention) -> None:
        self._mentions.append(mention)
        self._mentions.sort(key=lambda other: other.start)

    def insert(self, kind: Kind, start: int) -> Mention:
        """Add one without a word before its name, which may go on until the next mention."""
        mention = Mention(kind, start, start, self.next_start(start))
        self.add(mention)
        return mention

    def next_start(self, position: int) -> int:
        """Where the next mention begins, or the text ends."""
        following = (other.start for other in self._mentions if other.start > position)
        return min(following, default=len(self._letters.letters))

    def longest(self, level: Level, mention: Mention, inside: tuple[str, ...]) -> Match | None:
        """The longest name after the word; it may itself hold such a word, as หลักเขต and สามตำบล do."""
        text, breaks = self._letters.letters, self._letters.breaks
        whole = self._directory.longest(level, text, mention.name_at, len(text), breaks, inside)
        if whole is not None and whole.end > mention.limit and self._ends_at(whole.end):
            return replace(whole, is_whole=True)
        return self._directory.longest(level, text, mention.name_at, mention.limit, breaks, inside)

    def _ends_at(self, position: int) -> bool:
        return position in self._letters.breaks or any(other.start == position for other in self._mentions)

    def nearest(self, level: Level, mention: Mention, inside: tuple[str, ...]) -> Match | None:
        """The name most like what is written after the word."""
        token = self.token_of(mention)
        found = self._directory.nearest(level, token, inside)
        return replace(found, end=mention.name_at + len(token)) if found is not None else None

    def token_of(self, mention: Mention) -> str:
        """What is written after the word up to the next break."""
        end = mention.name_at + 1
        while end < mention.limit and end not in self._letters.breaks:
            end += 1
        return self._letters.letters[mention.name_at : end]

    def written(self, mention: Mention) -> str:
        """The token as it was written."""
        return self._letters.words(mention.name_at, mention.name_at + len(self.token_of(mention)))
