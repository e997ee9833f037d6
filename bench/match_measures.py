"""How well pairs were judged and rows grouped: precision, recall, F1 and average precision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple


class Measured(NamedTuple):
    """How much of what was called the same is so, and how much of what is the same was found."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def of_counts(right: int, called: int, same: int) -> Measured:
    """From the pairs rightly called the same, all that were called so, and all that are so."""
    return Measured(right / called if called else 1.0, right / same if same else 1.0)


def of_calls(calls: Sequence[bool], truths: Sequence[bool]) -> Measured:
    """For pairs that were each called the same or not."""
    right = sum(call and truth for call, truth in zip(calls, truths, strict=True))
    return of_counts(right, sum(calls), sum(truths))


def average_precision(scores: Sequence[float], truths: Sequence[bool]) -> float:
    """The precision at each recall, averaged; pairs with the same score are found together."""
    ranked = sorted(zip(scores, truths, strict=True), key=lambda pair: -pair[0])
    same, right, total = sum(truths), 0, 0.0
    started = 0
    while started < len(ranked):
        ended = started
        while ended < len(ranked) and ranked[ended][0] == ranked[started][0]:
            ended += 1
        gained = sum(truth for _score, truth in ranked[started:ended])
        right += gained
        total += gained / same * right / ended
        started = ended
    return total


def best_threshold(scores: Sequence[float], truths: Sequence[bool]) -> tuple[float, float]:
    """The score from which on pairs are best called the same, and the F1 that this reaches."""
    ranked = sorted(zip(scores, truths, strict=True), key=lambda pair: -pair[0])
    same, right = sum(truths), 0
    threshold, reached = ranked[0][0] + 1.0, 0.0
    for called, (score, truth) in enumerate(ranked, start=1):
        right += truth
        following = ranked[called][0] if called < len(ranked) else score - 1.0
        if following != score and (f1 := of_counts(right, called, same).f1) > reached:
            threshold, reached = (score + following) / 2, f1
    return threshold, reached


def of_groups(groups: Iterable[Hashable], problems: Iterable[Hashable]) -> Measured:
    """Pairwise over all rows, given each row's group and problem in the same order; no pair is looked at."""
    both = Counter(zip(groups, problems, strict=True))
    by_group: Counter[Hashable] = Counter()
    by_problem: Counter[Hashable] = Counter()
    for (group, problem), count in both.items():
        by_group[group] += count
        by_problem[problem] += count
    return of_counts(_pairs(both.values()), _pairs(by_group.values()), _pairs(by_problem.values()))


def _pairs(counts: Iterable[int]) -> int:
    return sum(count * (count - 1) // 2 for count in counts)
