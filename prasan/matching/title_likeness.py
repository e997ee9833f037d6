"""How alike two titles of innovations are in the kind of service they offer, and why."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from prasan.matching.concept_files import Concept, vocabulary_digest
from prasan.matching.ontology import ontology
from prasan.matching.title_reading import TitleReading, read_title

_FORMULA = 2
VERSION = f"{_FORMULA}-{vocabulary_digest()}"
"""What titles are read and compared with; readings kept under another version are to be read anew."""

SAME = 0.5
"""From this likeness on, two titles are rather of one kind than not."""

IDENTICAL = 0.99
"""The likeness of titles that say the same but for places and words that tell nothing."""

_UPWARD = 0.35
"""What a broader idea weighs beside the one below it."""
_GUESSED_UPWARD = 0.3
"""What a broader idea weighs beside a guess below it."""
_MOST_LIKELY, _WORTH_TELLING = 3, 0.05
"""How many services that both lean to are told, and from which product on."""
_SURE = 0.2
"""Guesses that fit less than this all together stay short of length one."""
_FACETS = {"thing": 1.0, "act": 0.7, "users": 0.6, "means": 0.25, "effects": 0.1}
"""What a hint weighs, where no service in common decides."""

Vector = Mapping[int, float]

PARTS = ("services", "kin", "guesses", "leaning", "hints", "words")
WEIGHTS = (
    (-5.06, 1.30, 1.29, 4.07, 4.01, 0.81, 1.19),
    (-5.25, 1.46, 1.50, 4.40, 4.41, 1.59, 1.40),
    (-5.88, 1.70, 2.19, 3.39, 4.19, 1.60, 1.45),
)
"""For pairs of which none, one or both are understood: the beginning, then what each part adds.

Fitted by `setup/fit_titles.py` on `eleventh.tsv` to `fourteenth.tsv` in `tests/matching/titles`, before
anything of the vocabulary was mended from them: titles that it knows already would be trusted too far.
"""


@dataclass(frozen=True, slots=True)
class Vectors:
    """A reading as numbers of length one, by part: what two have in common is their product.

    `kin` are its services with what they are kinds of; `guesses` its services, and those that its words fit;
    `leaning` the latter alone with what they are kinds of, so that a word said in passing does not decide.
    """

    services: Vector
    kin: Vector
    guesses: Vector
    leaning: Vector
    hints: Vector
    words: Vector
    is_understood: bool
    whole: int


@dataclass(frozen=True, slots=True)
class Reason:
    """A concept by its labels; its facet is service, users, means, effects, act or thing."""

    code: str
    facet: str
    label_th: str
    label_en: str


@dataclass(frozen=True, slots=True)
class TitleExplanation:
    """Why two titles are held to be alike.

    `shared` are the concepts of both, services first; `likely` the services that the words of both fit, where
    not both name them; `broader` what their services are both a kind of, where they share none; `only_a` and
    `only_b` are services that just one of them names.
    """

    likeness: float
    shared: tuple[Reason, ...]
    likely: tuple[Reason, ...]
    broader: tuple[Reason, ...]
    only_a: tuple[Reason, ...]
    only_b: tuple[Reason, ...]


def likeness_of_titles(a: str, b: str) -> float:
    """How likely two titles are of the same kind of innovation, 0 to 1; the order of the two is all one."""
    return likeness_of_readings(read_title(a), read_title(b))


def likeness_of_readings(a: TitleReading, b: TitleReading) -> float:
    """The same of titles that are read already."""
    left, right = vectors(a), vectors(b)
    if left.whole == right.whole:
        return IDENTICAL
    begin, *weights = WEIGHTS[left.is_understood + right.is_understood]
    for part, weight in zip(PARTS, weights, strict=True):
        begin += weight * _product(getattr(left, part), getattr(right, part))
    return 1.0 / (1.0 + math.exp(-begin))


def explain_titles(a: str, b: str) -> TitleExplanation:
    """The likeness of two titles with the concepts that speak for it and against it."""
    known = ontology()
    left, right = read_title(a), read_title(b)
    of_a, of_b = dict(left.services), dict(right.services)
    both = [
        number for number, _ in sorted(left.services, key=lambda held: (-held[1], held[0])) if number in of_b
    ]
    above_a, above_b = ({upper for number in held for upper in _line(number)} for held in (of_a, of_b))
    broader = [] if both else sorted(above_a & above_b)
    hints = sorted(
        set(left.hints) & set(right.hints),
        key=lambda number: (-_FACETS[known.concepts[number].facet], number),
    )
    return TitleExplanation(
        likeness=likeness_of_readings(left, right),
        shared=tuple(_reason(known.concepts[number]) for number in [*both, *hints]),
        likely=tuple(
            _reason(known.concepts[number]) for number in _likely(left, right) if number not in both
        ),
        broader=tuple(_reason(known.concepts[number]) for number in broader),
        only_a=tuple(_reason(known.concepts[number]) for number in of_a if number not in of_b),
        only_b=tuple(_reason(known.concepts[number]) for number in of_b if number not in of_a),
    )


def _likely(a: TitleReading, b: TitleReading) -> list[int]:
    """The services that both lean to, the likeliest first."""
    left, right = vectors(a).guesses, vectors(b).guesses
    both = {number: value * right[number] for number, value in left.items() if number in right}
    best = sorted(both, key=lambda number: (-both[number], number))[:_MOST_LIKELY]
    return [number for number in best if both[number] >= _WORTH_TELLING]


def vectors(reading: TitleReading) -> Vectors:
    """A reading as it is computed with."""
    known = ontology()
    kin: dict[int, float] = {}
    for number, weight in reading.services:
        for upper in _line(number):
            kin[upper] = max(kin.get(upper, 0.0), weight)
            weight *= _UPWARD
    guessed = dict(reading.guesses)
    leaning = _with_broader(guessed)
    for number, weight in reading.services:
        guessed[number] = max(guessed.get(number, 0.0), weight)
    return Vectors(
        services=_of_length_one(dict(reading.services)),
        kin=_of_length_one(kin),
        guesses=_of_length_one(guessed, at_least=_SURE),
        leaning=_of_length_one(leaning, at_least=_SURE),
        hints=_of_length_one({hint: _FACETS[known.concepts[hint].facet] for hint in reading.hints}),
        words=_of_length_one(dict.fromkeys(reading.words, 1.0)),
        is_understood=reading.is_understood,
        whole=reading.whole,
    )


def _with_broader(guessed: Mapping[int, float]) -> dict[int, float]:
    """The guesses with what they are kinds of."""
    broader: dict[int, float] = {}
    for number, weight in guessed.items():
        for upper in ontology().concepts[number].above:
            weight *= _GUESSED_UPWARD
            broader[upper] = math.hypot(broader.get(upper, 0.0), weight)
    return {
        **guessed,
        **{upper: math.hypot(guessed.get(upper, 0.0), weight) for upper, weight in broader.items()},
    }


def _line(number: int) -> tuple[int, ...]:
    """A concept and all it is a kind of, the nearest first."""
    return (number, *ontology().concepts[number].above)


def _reason(concept: Concept) -> Reason:
    return Reason(concept.code, concept.facet, concept.label_th, concept.label_en)


def _of_length_one(vector: dict[int, float], at_least: float = 0.0) -> Vector:
    length = max(math.sqrt(math.fsum(value * value for value in vector.values())), at_least)
    return {key: value / length for key, value in sorted(vector.items())}


def _product(a: Vector, b: Vector) -> float:
    return math.fsum(value * b[key] for key, value in a.items() if key in b)
