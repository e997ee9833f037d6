"""Fits the few numbers by which titles of innovations are compared, from titles sorted into kinds.

    python setup/fit_titles.py TITLES.tsv …

Each file has the columns kind and title; titles of two files are not held against each other. Prints the rows
of `WEIGHTS` in `prasan/matching/title_likeness.py`; run with the same files it prints the same.
"""

from __future__ import annotations

import csv
import sys
from itertools import combinations
from math import log
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from prasan.matching.title_likeness import PARTS, vectors
from prasan.matching.title_reading import read_title

Floats = NDArray[np.float64]

FITTED, ASKED = 3.0, 70.0
"""How often another kind comes for one of the same kind: while the numbers are fitted, where rarer strangers
teach more, and among the titles that people hold against each other, where they set the beginning.
"""
STEPS, RATE, SHRINK, BEFORE = 400, 0.5, 0.003, 1.5
"""`BEFORE` is what each part is taken to add before any pair is seen."""


def main(paths: list[Path]) -> None:
    """Print the weights for pairs of which none, one or both are understood."""
    evidence, understood, same = map(np.concatenate, zip(*map(pairs_of, paths), strict=True))
    weight = np.where(same, 1 / same.sum(), FITTED / (~same).sum())
    for count in range(3):
        chosen = understood == count
        fitted = fit(evidence[chosen], same[chosen], weight[chosen])
        fitted[0] -= log(ASKED / FITTED)
        print(f"    ({', '.join(f'{value:.2f}' for value in fitted)}),  # {chosen.sum():,} pairs")


def pairs_of(path: Path) -> tuple[Floats, NDArray[np.int64], NDArray[np.bool_]]:
    """What each two titles have in common by part, how many are understood, and whether of one kind."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    read = [vectors(read_title(row["title"])) for row in rows]
    products = []
    for part in PARTS:
        keys = sorted({key for each in read for key in getattr(each, part)})
        place = {key: column for column, key in enumerate(keys)}
        table = np.zeros((len(read), len(keys)))
        for row, each in enumerate(read):
            for key, value in getattr(each, part).items():
                table[row, place[key]] = value
        products.append(table @ table.T)
    left, right = map(np.array, zip(*combinations(range(len(read)), 2), strict=True))
    flags = np.array([each.is_understood for each in read], np.int64)
    names = np.array([row["kind"] for row in rows])
    return (
        np.stack([product[left, right] for product in products], axis=1),
        flags[left] + flags[right],
        names[left] == names[right],
    )


def fit(evidence: Floats, same: NDArray[np.bool_], weight: Floats) -> Floats:
    """A logistic regression whose parts can only speak for likeness, never against it."""
    columns = np.hstack([np.ones((len(evidence), 1)), evidence])
    weight = weight / weight.sum()
    fitted = np.zeros(columns.shape[1])
    for _ in range(STEPS):
        told = 1 / (1 + np.exp(-columns @ fitted))
        slope = columns.T @ (weight * (told - same))
        curve = (columns * (weight * told * (1 - told))[:, None]).T @ columns
        slope[1:] += SHRINK * (fitted[1:] - BEFORE)
        fitted -= RATE * np.linalg.solve(curve + SHRINK * np.eye(len(fitted)), slope)
        fitted[1:] = np.maximum(fitted[1:], 0)
        if np.abs(slope).max() < 1e-9:
            break
    return fitted


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
