"""Cuts labelled pairs into folds so that nothing learnt from one fold is met again in another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz, process

from bench.match_rows import Pair, Row, metres_between

COUNT = 10
NEAR = 250.0  # metres
ALIKE = 80  # of 100


def folds_of(pairs: Sequence[Pair], rows: Mapping[str, Row], count: int = COUNT) -> list[int]:
    """The fold of each pair; pairs that share a row, a place or nearly a text are in one fold.

    The largest families are dealt out first, each to the fold that has fewest pairs so far.
    """
    families: dict[int, list[int]] = defaultdict(list)
    for pair, family in enumerate(families_of(pairs, rows)):
        families[family].append(pair)
    folds = [0] * len(pairs)
    sizes = [0] * count
    for members in sorted(families.values(), key=lambda members: (-len(members), members)):
        fold = sizes.index(min(sizes))
        sizes[fold] += len(members)
        for pair in members:
            folds[pair] = fold
    return folds


def families_of(pairs: Sequence[Pair], rows: Mapping[str, Row]) -> list[int]:
    """A number for each pair, the same for pairs that are near to each other in any way, directly or not."""
    used = sorted({row for pair in pairs for row in pair[:2]})
    number = {row: place for place, row in enumerate(used)}
    above = list(range(len(used)))

    def top(row: int) -> int:
        while above[row] != row:
            above[row] = above[above[row]]
            row = above[row]
        return row

    for pair in pairs:
        above[top(number[pair.row_a])] = top(number[pair.row_b])
    texts = [bare(rows[row].text) for row in used]
    alike = process.cdist(texts, texts, scorer=fuzz.ratio, score_cutoff=ALIKE)
    for one, row in enumerate(used):
        for other in range(one):
            if alike[one, other] or _is_near(rows[row], rows[used[other]]):
                above[top(one)] = top(other)
    return [top(number[pair.row_a]) for pair in pairs]


def _is_near(one: Row, other: Row) -> bool:
    metres = metres_between(one, other)
    return metres is not None and metres <= NEAR


def bare(text: str) -> str:
    """The letters of a text, without spaces, signs and digits, which a copy may have otherwise."""
    return re.sub(r"[\s\d_]|[^\w\u0e31-\u0e4e]", "", text)
