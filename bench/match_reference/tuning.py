"""Tunes a method on all folds but one and judges that one, for each fold: as fair as our own is judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from math import exp, log
from typing import NamedTuple

from bench.match_measures import average_precision, best_threshold

Scores = Sequence[float]
Variant = Callable[[Sequence[bool | None]], Scores]
"""Scores every pair, having been told which are the same; None stands for what it may not learn from."""


class Judged(NamedTuple):
    """What a tuned method said of each pair, in the order of the pairs, while that pair was held out."""

    likeness: list[float]
    calls: list[bool]
    chosen: list[str]


def fixed(scores: Scores) -> Variant:
    """A variant that learns nothing."""
    return lambda _known: scores


def cross_validated(variants: Mapping[str, Variant], truths: Sequence[bool], folds: Sequence[int]) -> Judged:
    """Choose the variant and its threshold without the fold that is judged, by the folds that are left."""
    judged = Judged([0.0] * len(truths), [False] * len(truths), [])
    for fold in sorted(set(folds)):
        name, threshold, slope, level = _tuned(variants, truths, folds, fold)
        judged.chosen.append(name)
        scores = variants[name](_told(truths, folds, {fold}))
        for pair, place in enumerate(folds):
            if place == fold:
                judged.calls[pair] = scores[pair] >= threshold
                judged.likeness[pair] = _squashed(slope * scores[pair] + level)
    return judged


def _tuned(
    variants: Mapping[str, Variant], truths: Sequence[bool], folds: Sequence[int], out: int
) -> tuple[str, float, float, float]:
    """The best variant, its threshold, and the line that makes its scores comparable over the folds."""
    best = ("", 0.0, 0.0, 0.0)
    reached = -1.0
    known = [truth for truth, place in zip(truths, folds, strict=True) if place != out]
    for name, variant in variants.items():
        inner = [0.0] * len(truths)
        for fold in sorted(set(folds) - {out}):
            scores = variant(_told(truths, folds, {out, fold}))
            for pair, place in enumerate(folds):
                if place == fold:
                    inner[pair] = scores[pair]
        held = [score for score, place in zip(inner, folds, strict=True) if place != out]
        # by average precision, since the best F1 of several depends more on luck
        if (precision := average_precision(held, known)) > reached:
            reached = precision
            best = (name, best_threshold(held, known)[0], *_line(held, known))
    return best


def _told(truths: Sequence[bool], folds: Sequence[int], out: set[int]) -> list[bool | None]:
    return [None if fold in out else truth for truth, fold in zip(truths, folds, strict=True)]


def _line(scores: Scores, truths: Sequence[bool], rounds: int = 30) -> tuple[float, float]:
    """Slope and level of the logistic curve through the truths, by Newton's method, held back a little."""
    middle = sum(scores) / len(scores)
    spread = (sum((score - middle) ** 2 for score in scores) / len(scores)) ** 0.5 or 1.0
    places = [(score - middle) / spread for score in scores]
    slope, level = 0.0, 0.0
    for _round in range(rounds):
        steep, flat, own, mixed, other = -slope, 0.0, 1.0, 0.0, 1e-6
        for place, truth in zip(places, truths, strict=True):
            likely = _squashed(slope * place + level)
            steep += place * (truth - likely)
            flat += truth - likely
            weight = likely * (1 - likely)
            own += weight * place * place
            mixed += weight * place
            other += weight
        size = own * other - mixed * mixed
        slope += (other * steep - mixed * flat) / size
        level += (own * flat - mixed * steep) / size
    return slope / spread, level - slope * middle / spread


def _squashed(value: float) -> float:
    return 1 / (1 + exp(-min(max(value, -700.0), 700.0)))


def weights_of_levels(comparisons: Sequence[Sequence[int]]) -> Variant:
    """Adds up, over comparisons, how much likelier the level is in pairs of one problem than in others.

    A negative level says that there was nothing to compare.
    """

    def scored(known: Sequence[bool | None]) -> list[float]:
        weights = [learnt(levels, known) for levels in comparisons]
        return [
            sum(
                log(of[level][0] / of[level][1])
                for of, level in zip(weights, pair, strict=True)
                if level >= 0
            )
            for pair in zip(*comparisons, strict=True)
        ]

    return scored


def learnt(levels: Sequence[int], known: Sequence[bool | None]) -> dict[int, tuple[float, float]]:
    """How often each level is met in pairs of one problem, and in others, as far as that is known."""
    met = sorted({level for level in levels if level >= 0})
    counts = Counter(zip(levels, known, strict=True))
    totals = [sum(counts[level, truth] + 0.5 for level in met) for truth in (True, False)]
    return {
        level: ((counts[level, True] + 0.5) / totals[0], (counts[level, False] + 0.5) / totals[1])
        for level in met
    }
