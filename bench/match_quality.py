"""How well pairs of citizens' reports are judged, by our own likeness and by what else one would use.

Judged by ten folds that share no row, no place and no text nearly the same. All methods get the same folds.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from bench.figure import Figure
from bench.installation import SHARED, Installation
from bench.match_folds import folds_of
from bench.match_measures import Measured, average_precision, of_calls
from bench.match_reference import distances, splink_link, texts, trigrams
from bench.match_reference.tuning import Variant, cross_validated
from bench.match_rows import PAIRS, REPORTS, Pair, Row, is_at_hand, read_pairs, read_rows
from bench.sizes import Sizes
from prasan.config.folder import SOURCE

NAMES = ("match-f1", "match-precision", "match-recall", "match-average-precision")
FITTING = SOURCE / "setup" / "fit_matching.py"
EVEN = 0.5
"""Our own likeness says the same from here on; the others have their threshold tuned."""

Fitting = Callable[[Sequence[Pair], Mapping[str, Row], Sequence[int]], Sequence[float]]
Variants = Callable[[Mapping[str, Row], Sequence[tuple[str, str]]], Mapping[str, Variant]]

REFERENCES: dict[str, Variants] = {
    "rapidfuzz": texts.variants,
    "distance": distances.variants,
    "pg_trgm": trigrams.variants,
    "Splink": splink_link.variants,
}


@dataclass(frozen=True, slots=True)
class Result:
    """How well one method judged the pairs that were held out from it."""

    method: str
    measured: Measured
    average_precision: float
    chosen: str = ""


def measure(installation: Installation, sizes: Sizes) -> Iterator[Figure]:
    """Judge the labelled pairs by every method; needs the reports and pairs of the folder of real data."""
    if not is_at_hand(SHARED):
        for name in NAMES:
            yield Figure(name, None, remark="the real data is not at hand")
        return
    installation.database()
    pairs, rows, folds = judged_pairs(SHARED)
    ours = own_result(fitting(), pairs, as_reports(rows), folds)
    references = reference_results(REFERENCES, pairs, rows, folds)
    print(table_of([ours, *references]))
    best = max(references, key=lambda result: result.measured.f1)
    others = ", ".join(f"{result.method} {100 * result.measured.f1:.1f}" for result in references)
    remark = f"{len(pairs)} pairs; reference is {best.method}; F1: {others}"
    yield Figure("match-f1", 100 * ours.measured.f1, 100 * best.measured.f1, remark=remark)
    yield Figure("match-precision", 100 * ours.measured.precision, 100 * best.measured.precision)
    yield Figure("match-recall", 100 * ours.measured.recall, 100 * best.measured.recall)
    yield Figure("match-average-precision", 100 * ours.average_precision, 100 * best.average_precision)


def judged_pairs(shared: Path) -> tuple[list[Pair], dict[str, Row], list[int]]:
    """The labelled pairs, all rows by their ids, and the fold of each pair."""
    pairs = read_pairs(shared / PAIRS)
    rows = {row.row_id: row for row in read_rows(shared / REPORTS)}
    return pairs, rows, folds_of(pairs, rows)


def fitting() -> Fitting:
    """The function that fits our own likeness anew for each fold."""
    found: Fitting = fitting_module().cross_validated
    return found


def fitting_module() -> ModuleType:
    """What fits our own likeness; it is not part of the product."""
    spec = spec_from_file_location("fit_matching", FITTING)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(FITTING)
    module = module_from_spec(spec)
    sys.modules[spec.name] = module  # where its data classes look for themselves
    spec.loader.exec_module(module)
    return module


def as_reports(rows: Mapping[str, Row]) -> dict[str, Row]:
    """The rows as our own library knows them."""
    # the references can be judged without it
    from prasan.matching import Report

    return {row_id: Report(*row) for row_id, row in rows.items()}


def own_result(
    cross_validate: Fitting, pairs: Sequence[Pair], rows: Mapping[str, Row], folds: Sequence[int]
) -> Result:
    """Our own likeness, fitted without the pair that it judges."""
    likeness = cross_validate(pairs, rows, folds)
    truths = [pair.is_same for pair in pairs]
    return Result(
        "Prasan",
        of_calls([value >= EVEN for value in likeness], truths),
        average_precision(likeness, truths),
    )


def reference_results(
    references: Mapping[str, Variants],
    pairs: Sequence[Pair],
    rows: Mapping[str, Row],
    folds: Sequence[int],
) -> list[Result]:
    """Each reference, tuned without the pair that it judges; none sees anything of a pair but its rows."""
    truths = [pair.is_same for pair in pairs]
    results = []
    for method, variants in references.items():
        judged = cross_validated(variants(rows, [(pair.row_a, pair.row_b) for pair in pairs]), truths, folds)
        chosen = ", ".join(f"{name} ({count})" for name, count in Counter(judged.chosen).most_common())
        results.append(
            Result(method, of_calls(judged.calls, truths), average_precision(judged.likeness, truths), chosen)
        )
    return results


def table_of(results: Sequence[Result]) -> str:
    """All methods for a person to read, in percent."""
    lines = [f"{'method':<10} {'F1':>6} {'precision':>10} {'recall':>7} {'average precision':>18}  chosen"]
    lines += [
        f"{result.method:<10} {100 * result.measured.f1:>6.1f} {100 * result.measured.precision:>10.1f} "
        f"{100 * result.measured.recall:>7.1f} {100 * result.average_precision:>18.1f}  {result.chosen}"
        for result in results
    ]
    return "\n".join(line.rstrip() for line in lines)
