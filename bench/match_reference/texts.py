"""Likeness of text alone, by rapidfuzz, as it stands or cut into Thai words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pythainlp.tokenize import word_tokenize
from rapidfuzz import fuzz

from bench.match_reference.tuning import Variant, fixed
from bench.match_rows import Row

SCORERS = (
    fuzz.ratio,
    fuzz.partial_ratio,
    fuzz.token_sort_ratio,
    fuzz.token_set_ratio,
    fuzz.partial_token_sort_ratio,
    fuzz.WRatio,
)


def variants(rows: Mapping[str, Row], pairs: Sequence[tuple[str, str]]) -> dict[str, Variant]:
    """Each scorer on the texts themselves and on their words."""
    used = {row for pair in pairs for row in pair}
    said = {row: " ".join(rows[row].text.split()) for row in used}
    cut = {row: " ".join(words_of(text)) for row, text in said.items()}
    return {
        f"{scorer.__name__} of {what}": fixed([scorer(texts[one], texts[other]) for one, other in pairs])
        for what, texts in (("text", said), ("words", cut))
        for scorer in SCORERS
    }


def words_of(text: str) -> list[str]:
    """The Thai words of a text, by the quickest tokeniser that PyThaiNLP knows."""
    return [word for word in word_tokenize(text, engine="nlpo3", keep_whitespace=False) if word.strip()]
