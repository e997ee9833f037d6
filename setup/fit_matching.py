"""Fits what `prasan matching` weighs with: a vocabulary from many reports, networks from labelled pairs.

    python setup/fit_matching.py ROWS.csv.gz PAIRS.csv

ROWS has the columns of the file that `prasan matching` reads, PAIRS the columns row_a, row_b and label (2 the
same problem, 0 another, 1 cannot be told); the pairs of `setup/matching_pairs.csv`, which point into the same
rows, are learned from besides. Run with the same files it writes the same numbers.
"""

from __future__ import annotations

import csv
import gzip
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from prasan.matching import Report  # noqa: E402
from prasan.matching.evidence import evidence  # noqa: E402
from prasan.matching.networks import Networks, on_scale  # noqa: E402
from prasan.matching.reading import Reading, read  # noqa: E402
from prasan.matching.table import point_of, tabulate  # noqa: E402
from prasan.matching.vocabulary import hash_of  # noqa: E402

MATCHING = HERE.parent / "prasan" / "matching"
OWN_PAIRS = HERE / "matching_pairs.csv"

Floats = NDArray[np.float64]

SEED = 0
OFTEN, KNOWN = 12, 5
"""A word met in so many reports has a meaning; one met in so many has its information and locality."""
WINDOW, DIMENSIONS = 6, 48
HERE_METRES, VOICES, TRIES = 1_500.0, 250, 20
EVEN_WITH = 30.0
"""Pairs of tellings that the locality of a word needs before it counts for more than the usual."""

NETWORKS, HIDDEN, STEPS, RATE, DECAY = 8, 12, 800, 0.02, 10.0


class Pair(NamedTuple):
    """Two rows and how likely they are one problem: 1 the same, 0 different, 0.5 not to be told."""

    row_a: str
    row_b: str
    truth: float


def main(rows: Path, pairs: Path) -> None:
    """Fit both and write them into the library."""
    reports = read_reports(rows)
    fit_vocabulary(list(reports.values()))
    labelled = [*read_pairs(pairs), *read_pairs(OWN_PAIRS)]
    fitted = fit_networks(evidence_of(labelled, reports), np.array([pair.truth for pair in labelled]))
    np.savez_compressed(
        MATCHING / "networks.npz",
        **{name: getattr(fitted, name).astype(np.float32) for name in Networks.__dataclass_fields__},
    )


def cross_validated(
    pairs: Sequence[NamedTuple], reports: Mapping[str, Report], folds: Sequence[int]
) -> list[float]:
    """The likeness of each pair (row_a, row_b, is_same) by networks fitted without its fold."""
    weighed = evidence_of([Pair(pair[0], pair[1], float(pair[2])) for pair in pairs], reports)
    found = np.zeros(len(weighed))
    for out, fitted in fitted_apart(pairs, reports, folds):
        found[out] = fitted.likeness(weighed[out])
    return found.tolist()


def fitted_apart(
    pairs: Sequence[NamedTuple], reports: Mapping[str, Report], folds: Sequence[int]
) -> Iterator[tuple[NDArray[np.bool_], Networks]]:
    """For each fold its pairs (row_a, row_b, is_same), as a mask, and the networks that never saw them.

    Our own pairs are learned from in every fold, without those that share a row, a place within 250 metres or
    nearly a text with a pair of the fold. The vocabulary has seen all rows, but no label.
    """
    own = [pair for pair in read_pairs(OWN_PAIRS) if pair.row_a in reports and pair.row_b in reports]
    given = [Pair(pair[0], pair[1], float(pair[2])) for pair in pairs]
    weighed, own_weighed = evidence_of(given, reports), evidence_of(own, reports)
    truth, own_truth = (np.array([pair.truth for pair in some]) for some in (given, own))
    for fold in sorted(set(folds)):
        out = np.array(folds) == fold
        apart = ~near_copies(own, [pair for pair, is_out in zip(given, out, strict=True) if is_out], reports)
        fitted = fit_networks(
            np.concatenate([weighed[~out], own_weighed[apart]]),
            np.concatenate([truth[~out], own_truth[apart]]),
        )
        yield out, fitted


def near_copies(
    own: Sequence[Pair], held_out: Sequence[Pair], reports: Mapping[str, Report]
) -> NDArray[np.bool_]:
    """Which of our own pairs share a row, a place or nearly a text with one that is held out."""
    from rapidfuzz import fuzz, process

    ids = sorted({row for pair in (*own, *held_out) for row in pair[:2]})
    number = {row: place for place, row in enumerate(ids)}
    table = tabulate([reports[row] for row in ids])
    out = np.array(sorted({number[row] for pair in held_out for row in pair[:2]}))
    near = np.hypot(
        table.east[:, None] - table.east[out][None], table.north[:, None] - table.north[out][None]
    )
    alike = process.cdist(
        table.letters, [table.letters[row] for row in out], scorer=fuzz.ratio, score_cutoff=80
    )
    touched = (near <= 250.0).any(axis=1) | (alike > 0).any(axis=1)
    touched[out] = True
    return np.array([touched[number[pair.row_a]] or touched[number[pair.row_b]] for pair in own], np.bool_)


def evidence_of(pairs: Sequence[Pair], reports: Mapping[str, Report]) -> Floats:
    """The evidence for each pair."""
    ids = sorted({row for pair in pairs for row in pair[:2]})
    number = {row: place for place, row in enumerate(ids)}
    table = tabulate([reports[row] for row in ids])
    left, right = (np.array([number[pair[side]] for pair in pairs]) for side in (0, 1))
    return evidence(table, left, right)


def fit_networks(weighed: Floats, truth: Floats) -> Networks:
    """Networks of one hidden layer, by Adam on the logarithmic loss with weight decay; all at once."""
    scaled = on_scale(weighed)
    mean, spread = scaled.mean(axis=0), np.maximum(scaled.std(axis=0), 1e-6)
    inputs = (scaled - mean) / spread
    rows, width = inputs.shape
    chance = np.random.default_rng(SEED)
    weights = [
        chance.normal(0, np.sqrt(2 / (width + HIDDEN)), (NETWORKS, width, HIDDEN)),
        np.zeros((NETWORKS, 1, HIDDEN)),
        chance.normal(0, np.sqrt(2 / (HIDDEN + 1)), (NETWORKS, HIDDEN, 1)),
        np.zeros((NETWORKS, 1, 1)),
    ]
    first_moment, second_moment = ([np.zeros_like(each) for each in weights] for _ in range(2))
    for step in range(1, STEPS + 1):
        before = inputs @ weights[0] + weights[1]
        hidden = np.maximum(before, 0.0)
        said = 1.0 / (1.0 + np.exp(-np.clip(hidden @ weights[2] + weights[3], -30.0, 30.0)))
        wrong = (said - truth[None, :, None]) / rows
        back = (wrong @ weights[2].transpose(0, 2, 1)) * (before > 0)
        slopes = (
            inputs.T[None] @ back + DECAY / rows * weights[0],
            back.sum(axis=1, keepdims=True),
            hidden.transpose(0, 2, 1) @ wrong + DECAY / rows * weights[2],
            wrong.sum(axis=1, keepdims=True),
        )
        rate = RATE * min(1.0, 2.0 * (STEPS - step + 1) / STEPS)
        for place, slope in enumerate(slopes):
            first_moment[place] = 0.9 * first_moment[place] + 0.1 * slope
            second_moment[place] = 0.999 * second_moment[place] + 0.001 * slope**2
            onward = first_moment[place] / (1 - 0.9**step)
            weights[place] -= rate * onward / (np.sqrt(second_moment[place] / (1 - 0.999**step)) + 1e-8)
    return Networks(mean, spread, weights[0], weights[1][:, 0], weights[2][:, :, 0], weights[3][:, 0, 0])


def fit_vocabulary(reports: Sequence[Report]) -> None:
    """Count words and write what each tells, whether it is local, and what it means."""
    readings = [read(report.text) for report in reports]
    held_by = Counter(word for reading in readings for word in set(reading.words))
    known = sorted(word for word, count in held_by.items() if count >= KNOWN)
    information = np.array([-np.log2(held_by[word] / len(reports)) for word in known])
    local = localities(known, readings, reports)
    often = [word for word in known if held_by[word] >= OFTEN]
    meaning = np.zeros((len(known), DIMENSIONS))
    place = {word: row for row, word in enumerate(known)}
    meaning[[place[word] for word in often]] = meanings(often, readings)
    hashes = np.array([hash_of(word) for word in known], np.uint32)
    order = np.argsort(hashes)
    np.savez_compressed(
        MATCHING / "vocabulary.npz",
        hashes=hashes[order],
        information=np.minimum(np.round(information * 16), 255).astype(np.uint8)[order],
        local=np.round(local * 255).astype(np.uint8)[order],
        meaning=np.round(meaning * 127).astype(np.int8)[order],
    )


def localities(known: Sequence[str], readings: Sequence[Reading], reports: Sequence[Report]) -> Floats:
    """How far each word is a name of a place: two tellings of it lie near each other oftener than any two.

    A text told again in its neighbourhood counts once, and so does a spot, so that many tellers of one hole
    do not make its words local.
    """
    points = np.array([point_of(report) for report in reports])
    held: dict[str, list[int]] = defaultdict(list)
    seen = set()
    for row, reading in enumerate(readings):
        told = (reading.plain[:60], *np.nan_to_num(points[row] // 300).tolist())
        if np.isfinite(points[row]).all() and told not in seen:
            seen.add(told)
            for word in set(reading.words):
                held[word].append(row)
    chance = np.random.default_rng(SEED)
    everywhere = np.flatnonzero(np.isfinite(points).all(axis=1))
    usual = float(np.mean([_nearness(points[chance.choice(everywhere, VOICES)])[0] for _ in range(TRIES)]))
    found = []
    for word in known:
        rows = held[word]
        some = points[chance.choice(rows, VOICES, replace=False) if len(rows) > VOICES else rows]
        near, pairs = _nearness(some)
        ratio = (near * pairs + usual * EVEN_WITH) / ((pairs + EVEN_WITH) * usual)
        found.append(1.0 / (1.0 + np.exp(-2.0 * (np.log2(max(ratio, 0.25)) - 1.5))) if pairs else 0.6)
    return np.array(found)


def _nearness(points: Floats) -> tuple[float, float]:
    """The share of pairs of spots within `HERE_METRES`, and how many pairs there are."""
    if not len(points):
        return 0.0, 0.0
    spots = points[np.unique(np.round(points / 60), axis=0, return_index=True)[1]]
    if len(spots) < 2:
        return 0.0, 0.0
    apart = np.hypot(*(spots[:, None] - spots[None]).transpose(2, 0, 1))
    pairs = len(spots) * (len(spots) - 1)
    return float(((apart < HERE_METRES).sum() - len(spots)) / pairs), pairs / 2


def meanings(words: Sequence[str], readings: Iterable[Reading]) -> Floats:
    """Words told in like company lie in like directions: positive mutual information, its strongest axes."""
    place = {word: row for row, word in enumerate(words)}
    together = np.zeros((len(words), len(words)), np.float32)
    for reading in readings:
        known = [place.get(word, -1) for word in reading.words]
        for first, a in enumerate(known):
            for distance, b in enumerate(known[first + 1 : first + 1 + WINDOW], start=1):
                if a >= 0 <= b and a != b:
                    together[a, b] += 1.0 / distance
                    together[b, a] += 1.0 / distance
    total = together.sum(axis=1, dtype=np.float64)
    smoothed = total**0.75 / (total**0.75).sum()
    with np.errstate(divide="ignore"):
        mutual = (
            np.log(together / total.sum()) - np.log(total / total.sum())[:, None] - np.log(smoothed)[None]
        )
    mutual = np.maximum((mutual + mutual.T) / 2, 0.0)
    values, axes = np.linalg.eigh(mutual)
    strongest = np.argsort(-np.abs(values))[:DIMENSIONS]
    axes = axes[:, strongest] * np.sign(axes[np.abs(axes[:, strongest]).argmax(axis=0), strongest])
    vectors = axes * np.sqrt(np.abs(values[strongest]))
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


def read_reports(place: Path) -> dict[str, Report]:
    """The reports of a packed file by their ids."""
    with gzip.open(place, "rt", encoding="utf-8", newline="") as stream:
        return {
            row["row_id"]: Report(
                row["row_id"],
                row["comment"],
                float(row["lat"]) if row["lat"] else None,
                float(row["lon"]) if row["lon"] else None,
                datetime.fromisoformat(row["timestamp"]) if row["timestamp"] else None,
                tuple(kind for kind in row["type"].split(",") if kind),
            )
            for row in csv.DictReader(stream)
        }


def read_pairs(place: Path) -> list[Pair]:
    """The labelled pairs of a file."""
    with place.open(encoding="utf-8-sig", newline="") as stream:
        return [
            Pair(pair["row_a"], pair["row_b"], float(pair["label"]) / 2) for pair in csv.DictReader(stream)
        ]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
