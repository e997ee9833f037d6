"""What public services there are and how people say them, as a process has it in mind.

To read the files takes seconds: the set-up does it once, and keeps what came of it beside them.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from prasan.matching.concept_files import Concept, Ontology, Rule, read_ontology, vocabulary_digest

FOLDER = Path(__file__).parent


@cache
def ontology() -> Ontology:
    """The ontology of this release."""
    told = kept("ontology")
    return read_ontology() if told is None else unpacked(told)


def keep(name: str, told: object) -> None:
    """Keep something that was read from the files, for as long as they stay as they are."""
    content = json.dumps({"of": vocabulary_digest(), "told": told}, ensure_ascii=False, separators=(",", ":"))
    path = _path(name)
    beside = path.with_suffix(".new")
    beside.write_text(content, encoding="utf-8")
    beside.replace(path)


def kept(name: str) -> Any:
    """What was kept of the files as they are now; otherwise None."""
    path = _path(name)
    if not path.exists():
        return None
    content = json.loads(path.read_text(encoding="utf-8"))
    return content["told"] if content["of"] == vocabulary_digest() else None


def forget(name: str) -> None:
    """Keep it no longer."""
    _path(name).unlink(missing_ok=True)


def packed(known: Ontology) -> dict[str, object]:
    """An ontology in lists and texts."""
    return {
        "concepts": [{**asdict(concept), "over": sorted(concept.over)} for concept in known.concepts],
        "loans": known.loans,
        "said": known.said,
        "rules": [
            [rule.concept, list(map(_listed, rule.parts)), _listed(rule.absent)] for rule in known.rules
        ],
        "ambiguous": sorted(known.ambiguous),
        "provinces": known.provinces,
        "heads": known.heads,
        "plain_words": sorted(known.plain_words),
        "never_in_names": sorted(known.never_in_names),
    }


def unpacked(told: dict[str, Any]) -> Ontology:
    """The ontology that was packed."""
    same: dict[tuple[int, ...], tuple[int, ...]] = {}
    said = {way: tuple(numbers) for way, numbers in told["said"].items()}
    return Ontology(
        concepts=tuple(
            Concept(**{**each, "above": tuple(each["above"]), "over": frozenset(each["over"])})
            for each in told["concepts"]
        ),
        loans={english: tuple(ways) for english, ways in told["loans"].items()},
        said={way: same.setdefault(numbers, numbers) for way, numbers in said.items()},
        rules=tuple(
            Rule(concept, tuple(map(frozenset, parts)), frozenset(absent))
            for concept, parts, absent in told["rules"]
        ),
        ambiguous=frozenset(told["ambiguous"]),
        provinces=tuple(told["provinces"]),
        heads=tuple(told["heads"]),
        plain_words=frozenset(told["plain_words"]),
        never_in_names=frozenset(told["never_in_names"]),
    )


def _listed(words: frozenset[str | int]) -> list[str | int]:
    return sorted(words, key=str)


def _path(name: str) -> Path:
    return FOLDER / f"kept_{name}.json"
