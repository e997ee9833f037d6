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
FIRST = 5
GRAMS = (2, 3, 4)
QUESTIONS = 200

Floats = NDArray[np.float64]


def measure(installation: Installation, sizes: Sizes) -> Iterator[Figure]:
    """Judge the titles of every list at hand by each method; the last list by name gives the figures."""
    files = sorted(TITLES.glob("*.tsv"))
    if not files:
        for name in NAMES:
            yield Figure(name, None, remark="no titles sorted into kinds are at hand")
        return
    told: list[tuple[str, dict[str, tuple[float, float]]]] = []
    for path in files:
        kinds, titles = read_titles(path)
        told.append((path.stem, {name: judged(method(titles), kinds) for name, method in METHODS.items()}))
    name, results = told[-1]
    for place, figure in enumerate(NAMES[:2]):
        by_method = {method: result[place] for method, result in results.items()}
        ours = by_method.pop("Prasan")
        best = max(by_method, key=by_method.__getitem__)
        others = "; ".join(
            f"{list_name}: "
            + ", ".join(f"{method} {100 * result[place]:.1f}" for method, result in of_list.items())
            for list_name, of_list in told
        )
        remark = f"titles of {name}; reference is {best}; {others}"
        yield Figure(figure, 100 * ours, 100 * by_method[best], remark=remark)
    yield novelty(sizes)


def read_titles(path: Path) -> tuple[list[str], list[str]]:
    """The kinds and titles of a list."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [row["kind"] for row in rows], [row["title"] for row in rows]


def judged(likeness: Floats, kinds: Sequence[str]) -> tuple[float, float]:
    """How often a pair of one kind is above a pair of two; how often a relative is among the first five."""
    names = np.array(kinds)
    same = np.equal.outer(names, names)
    upper = np.triu(np.ones_like(same), 1)
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
    hit = np.take_along_axis(same, order, axis=1).any(axis=1)
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
