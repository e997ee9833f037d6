"""What is said to a person, in both languages of the house."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """One plain sentence in Thai and in English."""

    th: str
    en: str

    def text(self, lang: str) -> str:
        """The sentence in English for `en` and its variants, in Thai for every other language."""
        return self.en if lang.lower().split("-")[0].split("_")[0] == "en" else self.th

    def __str__(self) -> str:
        return self.th


class NotUnderstood(ValueError):
    """What a person wrote could not be read; carries the sentence that tells him so."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.th)
        self.sentence = sentence

    @property
    def th(self) -> str:
        return self.sentence.th

    @property
    def en(self) -> str:
        return self.sentence.en
