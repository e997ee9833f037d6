"""Reads `concepts/*.toml`: what public services there are, and how people say them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

from prasan.matching.title_text import Spelling

FOLDER = Path(__file__).parent / "concepts"
SERVICE = "service"
_NOT_CONCEPTS = ("loans", "places", "ambiguous")

Table = tuple[str, str, dict[str, Any], str]


@dataclass(frozen=True, slots=True)
class Rule:
    """Words that say a concept together, wherever they stand: one of each part, and none of `absent`.

    A part holds keys of words and numbers of concepts; a concept is there with any below it.
    """

    concept: int
    parts: tuple[frozenset[str | int], ...]
    absent: frozenset[str | int]


@dataclass(frozen=True, slots=True)
class Concept:
    """One idea with its labels; `above` are those it is a kind of, the nearest first.

    A generic one (a queue, a service online) gives way to what the service is about. Those in `over` are not
    meant where this one is.
    """

    number: int
    code: str
    facet: str
    label_th: str
    label_en: str
    above: tuple[int, ...]
    over: frozenset[int]
    is_generic: bool


@dataclass(frozen=True)
class Ontology:
    """All concepts in a fixed order, the ways of saying them by key, and the rules.

    `loans` are English words with the ways in which Thai writes them.
    """

    concepts: tuple[Concept, ...]
    loans: Mapping[str, tuple[str, ...]]
    said: Mapping[str, tuple[int, ...]]
    rules: tuple[Rule, ...]
    ambiguous: frozenset[str]
    provinces: tuple[str, ...]
    heads: tuple[str, ...]
    plain_words: frozenset[str]
    never_in_names: frozenset[str]

    @cached_property
    def spelling(self) -> Spelling:
        """How titles are written alike."""
        return Spelling(self.loans)

    @cached_property
    def sought(self) -> frozenset[str]:
        """All words that are looked for in a title: ways of saying, and words of the rules."""
        words = (word for rule in self.rules for part in (*rule.parts, rule.absent) for word in part)
        return frozenset(word for word in words if isinstance(word, str)) | self.said.keys()


def vocabulary_digest() -> str:
    """A short name of just these words; others have another."""
    content = b"".join(path.read_bytes() for path in sorted(FOLDER.glob("*.toml")))
    return blake2b(content, digest_size=4).hexdigest()


def read_ways() -> tuple[tuple[str, ...], ...]:
    """Of each concept, in the order of their numbers, the ways of saying it as they are written."""
    return tuple(map(tuple, _ways_in(_tables(_files()))))


def read_cues() -> tuple[tuple[str, ...], ...]:
    """Of each concept words that make one think of it, but do not say it."""
    return tuple(tuple(_parted(table.get("cues", ""))) for _, _, table, _ in _tables(_files()))


def read_ontology() -> Ontology:
    """The ontology that the files tell."""
    kept = _files()
    loans = {english: tuple(_parted(ways)) for english, ways in kept["loans"].items()}
    spelling = Spelling(loans)
    tables = _tables(kept)
    codes = [stem if name == "field" else f"{stem}.{name}" for stem, name, _, _ in tables]
    numbers = {code: number for number, code in enumerate(codes)}
    short = {code.rpartition(".")[2]: number for code, number in numbers.items() if _is_word(tables[number])}
    under = [_under(stem, name, table) for stem, name, table, _ in tables]
    upward = dict(zip(codes, under, strict=True))
    concepts = tuple(
        Concept(
            number=number,
            code=code,
            facet=facet,
            label_th=table["th"],
            label_en=table["en"],
            above=tuple(numbers[upper] for upper in _above(code, upward)),
            over=frozenset(numbers[_full(stem, other)] for other in _parted(table.get("over", ""))),
            is_generic=bool(table.get("generic", False)),
        )
        for number, (code, (stem, _name, table, facet)) in enumerate(zip(codes, tables, strict=True))
    )
    said: dict[str, tuple[int, ...]] = {}
    for number, ways in enumerate(_ways_in(tables)):
        for way in dict.fromkeys(map(spelling.key, ways)):
            said[way] = (*said.get(way, ()), number)
    rules = tuple(
        rule
        for number, (_, _, table, _) in enumerate(tables)
        for line in table.get("joint", "").splitlines()
        if line.strip()
        for rule in [_rule(number, line, spelling, short)]
    )
    return Ontology(
        concepts=concepts,
        loans=loans,
        said=said,
        rules=rules,
        ambiguous=frozenset(map(spelling.key, _parted(kept["ambiguous"]["ways"]))),
        provinces=tuple(_parted(kept["places"]["provinces_th"] + "," + kept["places"]["provinces_en"])),
        heads=tuple(_parted(kept["places"]["heads"])),
        plain_words=frozenset(map(spelling.key, _parted(kept["places"]["plain_words"]))),
        never_in_names=frozenset(map(spelling.key, _parted(kept["places"]["never_in_names"]))),
    )


def _files() -> dict[str, dict[str, Any]]:
    return {
        path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml"))
    }


def _tables(kept: dict[str, dict[str, Any]]) -> list[Table]:
    """The concepts as they are written, each with its file, name and facet."""
    return [
        (stem, name, table, kept[stem]["facet"])
        for stem in kept
        if stem not in _NOT_CONCEPTS
        for name, table in kept[stem].items()
        if isinstance(table, dict)
    ]


def _ways_in(tables: list[Table]) -> list[list[str]]:
    return [_parted(table.get("ways", "")) for _, _, table, _ in tables]


def _parted(text: str) -> list[str]:
    return [way.strip() for way in text.replace("\n", ",").split(",") if way.strip()]


def _is_word(table: Table) -> bool:
    """Whether rules name it by its last name: everything but services."""
    return table[3] != SERVICE


def _under(stem: str, name: str, table: dict[str, Any]) -> str:
    if "under" in table:
        return _full(stem, table["under"])
    return stem if name != "field" and table.get("root", True) else ""


def _full(stem: str, name: str) -> str:
    """The code by which a file names a concept: its own ones without its name."""
    return name if "." in name or name == stem else f"{stem}.{name}"


def _above(code: str, under: dict[str, str]) -> Iterator[str]:
    passed = {code}
    while (code := under.get(code, "")) in under and code not in passed:
        passed.add(code)
        yield code


def _rule(concept: int, line: str, spelling: Spelling, short: dict[str, int]) -> Rule:
    parts: list[frozenset[str | int]] = []
    absent: frozenset[str | int] = frozenset()
    for part in line.split("+"):
        text = part.strip()
        words = frozenset(
            short[word[1:]] if word.startswith("@") else spelling.key(word)
            for word in map(str.strip, text.removeprefix("!").split("|"))
        )
        if text.startswith("!"):
            absent |= words
        else:
            parts.append(words)
    return Rule(concept, tuple(parts), absent)
