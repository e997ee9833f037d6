"""The words that give away places, amounts and troubles: `lexicon.toml`, read once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words in their plain form; `troubles` holds those of each kind of trouble, in a fixed order."""

    cues: frozenset[str]
    counted: frozenset[str]
    counting: frozenset[str]
    settings: frozenset[str]
    others: tuple[str, ...]
    troubles: dict[str, tuple[str, ...]]


def _read() -> Lexicon:
    kept = tomllib.loads((Path(__file__).parent / "lexicon.toml").read_text(encoding="utf-8"))
    return Lexicon(
        cues=frozenset(kept["cues"]),
        counted=frozenset(kept["counted"]),
        counting=frozenset(kept["counting"]),
        settings=frozenset(kept["settings"]),
        others=tuple(kept["others"]),
        troubles={code: tuple(words) for code, words in kept["troubles"].items()},
    )


LEXICON = _read()
