"""`python -m bench [NAME ...]`: measure, print a line of JSON for each figure, and close with a table.

--quick   small sizes, only to see that everything works
--write   keep the figures, and write docs/reference/performance.md from all that are kept
"""

from __future__ import annotations

import argparse
import sys
import traceback
from importlib import import_module

from bench import performance_page
from bench.figure import PROMISES, Figure, table_of
from bench.installation import Installation
from bench.sizes import FULL, QUICK, Sizes

BENCHMARKS = (
    ("bench.running:measure_starts", False, ("first-start", "restart", "restart-after-kill")),
    ("bench.villages:measure", True, ("villages-import",)),
    ("bench.running:measure_memory", False, ("idle-memory",)),
    ("bench.visits:measure", False, ("first-visit", "later-visit")),
    ("bench.page_shell:measure", False, ("page-shell",)),
    ("bench.need_submit:measure", False, ("need-submit", "need-submit-photograph")),
    ("bench.need_storm:measure", False, ("need-submit-storm",)),
    ("bench.complaint_submit:measure", False, ("complaint-submit",)),
    ("bench.complaint_storm:measure", False, ("complaint-submit-storm",)),
    ("bench.subtree:measure", True, ("area-subtree",)),
    ("bench.rights:measure", True, ("rights",)),
    (
        "bench.finding:measure",
        True,
        ("place-finder", "place-finder-wrong", "place-finder-held-out", "place-finder-held-out-wrong"),
    ),
    (
        "bench.match_quality:measure",
        True,
        ("match-f1", "match-precision", "match-recall", "match-average-precision"),
    ),
    (
        "bench.match_batch:measure",
        False,
        (
            "match-batch",
            "match-batch-f1",
            "match-batch-memory",
            "match-city",
            "match-city-f1",
            "match-city-memory",
            "match-workers",
        ),
    ),
    (
        "bench.match_before:measure",
        True,
        ("match-before-filing", "match-before-filing-partner", "match-before-filing-problem"),
    ),
    ("bench.judging_correction:measure", False, ("judging-correction", "judging-correction-worse")),
    (
        "bench.proposals_list:measure",
        True,
        ("proposals-list", "proposals-words", "similar"),
    ),
    ("bench.overview:measure", True, ("overview",)),
    ("bench.complaint_figures:measure", True, ("complaint-inbox", "complaint-statistics")),
    ("bench.gallery:measure", True, ("gallery",)),
    ("bench.certificates:measure", True, ("certificates",)),
    ("bench.plan_book:measure", True, ("plan-book", "plan-book-memory")),
    ("bench.used_before:measure", True, ("used-before",)),
    (
        "bench.title_likeness:measure",
        False,
        ("title-likeness-auc", "title-likeness-first-five", "novelty"),
    ),
    ("bench.ledger_write:measure", True, ("ledger-write",)),
    ("bench.ledger_verify:measure", True, ("ledger-verify",)),
)
"""Where each figure is measured, whether that works on the database itself, and which figures come of it.

The order suits one installation: the first start comes first, the ledger is filled last.
"""


def main() -> int:
    """1 where a benchmark could not be run; a promise that is not kept is a figure like any other."""
    parser = _parser()
    options = parser.parse_args()
    if unknown := set(options.names) - set(PROMISES):
        parser.error(f"no such figure: {', '.join(sorted(unknown))}; there are {', '.join(PROMISES)}")
    if options.write and options.quick:
        parser.error("--write needs figures in full size")
    chosen = [
        benchmark for benchmark in BENCHMARKS if not options.names or set(options.names) & set(benchmark[-1])
    ]
    figures: list[Figure] = []
    installation = Installation()
    try:
        for place, is_inside, names in chosen:
            figures += _measured(place, is_inside, names, installation, QUICK if options.quick else FULL)
    finally:
        installation.close()
    print(f"\n{table_of(figures)}")
    if options.write:
        performance_page.write(figures)
    return 1 if any(figure.ours is None for figure in figures) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--write", action="store_true")
    return parser


def _measured(
    place: str, is_inside: bool, names: tuple[str, ...], installation: Installation, sizes: Sizes
) -> list[Figure]:
    module, _, function = place.partition(":")
    figures: list[Figure] = []
    try:
        if is_inside:
            installation.database()  # before the import: Django must know its settings
        for figure in getattr(import_module(module), function)(installation, sizes):
            figures.append(figure)
            print(figure.as_json(), flush=True)
    except Exception as error:  # one that fails must not cost the others
        traceback.print_exc()
        told = {figure.name for figure in figures}
        for name in names:
            if name not in told:
                figures.append(Figure(name, None, remark=f"{type(error).__name__}: {error}"))
                print(figures[-1].as_json(), flush=True)
    return figures


if __name__ == "__main__":
    sys.exit(main())
