"""How well titles of innovations are told apart by kind, and how quickly the nearest of many are found."""

from __future__ import annotations

import csv
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from math import log
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from bench.figure import Figure
from bench.installation import Installation
from bench.percentiles import percentile
from bench.sizes import Sizes
from prasan.config.folder import SOURCE
from prasan.matching.title_index import TitleIndex
from prasan.matching.title_likeness import vectors
from prasan.matching.title_reading import read_title

NAMES = ("title-likeness-auc", "title-likeness-first-five", "novelty")
TITLES = SOURCE / "tests" / "matching" / "titles"
UNSEEN = ("ninth", "tenth", "fifteenth")
"""Lists that nothing was mended from; what is reached on the others says little of new titles."""
FIRST = 5
GRAMS = (2, 3, 4)
QUESTIONS = 200

Floats = NDArray[np.float64]


def measure(installation: Installation, sizes: Sizes) -> Iterator[Figure]:
    """Judge the titles of the lists that the vocabulary has not seen by each method."""
    unseen = {name: results_of(*read_titles(TITLES / f"{name}.tsv")) for name in UNSEEN}
    for place, figure in enumerate(NAMES[:2]):
        means = {
            method: 100 * sum(results[method][place] for results in unseen.values()) / len(unseen)
            for method in METHODS
        }
        ours = means.pop("Prasan")
        best = max(means, key=means.__getitem__)
        each = "; ".join(
            f"{name}: {', '.join(f'{method} {100 * of[place]:.1f}' for method, of in results.items())}"
            for name, results in unseen.items()
        )
        yield Figure(
            figure, ours, means[best], remark=f"mean of {', '.join(unseen)}; reference is {best}; {each}"
        )
    yield novelty(sizes)


def results_of(kinds: Sequence[str], titles: Sequence[str]) -> dict[str, tuple[float, float]]:
    """What each method reaches on a list."""
    return {name: judged(method(titles), kinds) for name, method in METHODS.items()}


def read_titles(path: Path) -> tuple[list[str], list[str]]:
    """The kinds and titles of a list."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [row["kind"] for row in rows], [row["title"] for row in rows]


def judged(likeness: Floats, kinds: Sequence[str]) -> tuple[float, float]:
    """How often a pair of one kind is above a pair of two; how often a relative is among the first five."""
    names = np.array(kinds)
    same: NDArray[np.bool_] = np.equal.outer(names, names)
    upper: NDArray[np.bool_] = np.triu(np.ones(same.shape, np.bool_), 1)
    found = first_few(likeness, same)
    return auc(likeness[same & upper], likeness[~same & upper]), found


def auc(same: Floats, other: Floats) -> float:
    """The chance that a pair of one kind stands above a pair of two kinds; ties count half."""
    ordered = np.sort(other)
    below = np.searchsorted(ordered, same, "left")
    level = np.searchsorted(ordered, same, "right") - below
    return float((below + level / 2).sum() / (len(same) * len(other)))


def first_few(likeness: Floats, same: NDArray[np.bool_]) -> float:
    """Of the titles that have a relative, those that find one among the first five; ties by their order."""
    held = likeness.copy()
    np.fill_diagonal(held, -np.inf)
    order = np.argsort(-held, axis=1, kind="stable")[:, :FIRST]
    has_relative = same.sum(axis=1) > 1
    hit: NDArray[np.bool_] = np.asarray(np.take_along_axis(same, order, axis=1).any(axis=1))
    return float(hit[has_relative].mean())


def by_concepts(titles: Sequence[str]) -> Floats:
    """Our own likeness of each two."""
    readings = [read_title(title) for title in titles]
    index = TitleIndex(readings)
    return np.stack([index.likeness(vectors(reading)) for reading in readings])


def by_letters(titles: Sequence[str]) -> Floats:
    """The cosine of groups of two to four letters, weighed by how rare they are."""
    bags = [
        Counter(text[place : place + size] for size in GRAMS for place in range(len(text) - size + 1))
        for text in (f" {title.lower()} " for title in titles)
    ]
    held = Counter(gram for bag in bags for gram in bag)
    place = {gram: number for number, gram in enumerate(held)}
    table = np.zeros((len(titles), len(place)))
    for row, bag in enumerate(bags):
        for gram, times in bag.items():
            table[row, place[gram]] = (1 + log(times)) * log(1 + len(titles) / held[gram])
    table /= np.linalg.norm(table, axis=1, keepdims=True)
    return table @ table.T


def by_rapidfuzz(titles: Sequence[str]) -> Floats:
    """The best of rapidfuzz's ratios over words and parts."""
    table = np.ones((len(titles), len(titles)))
    for left, right in combinations(range(len(titles)), 2):
        table[left, right] = table[right, left] = fuzz.WRatio(titles[left], titles[right])
    return table


METHODS: dict[str, Callable[[Sequence[str]], Floats]] = {
    "Prasan": by_concepts,
    "letters": by_letters,
    "rapidfuzz": by_rapidfuzz,
}


def novelty(sizes: Sizes) -> Figure:
    """One new title held against all earlier ones, made of the titles at hand with places put in."""
    drawn = random.Random(0)
    titles = [title for path in sorted(TITLES.glob("*.tsv")) for title in read_titles(path)[1]]
    earlier = [
        f"{drawn.choice(titles)} {drawn.choice(titles).split()[0]} {number}" for number in range(sizes.titles)
    ]
    begun = perf_counter()
    index = TitleIndex(map(read_title, earlier))
    reading = perf_counter() - begun
    times = []
    for title in drawn.choices(titles, k=QUESTIONS):
        begun = perf_counter()
        index.nearest(title, FIRST)
        times.append(1000 * (perf_counter() - begun))
    remark = f"{len(earlier):,} titles, read and laid out in {reading:.0f} s; slowest {max(times):.0f} ms"
    return Figure("novelty", percentile(times, 0.95), remark=remark)
