"""How fast, how well and in how much memory a whole file of reports is grouped, by ourselves and by Splink.

    python -m bench.match_batch JOB.json

does one such job and is what the bench starts, so that memory is that of the job alone.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from time import perf_counter

from bench import dense_city
from bench.figure import Figure
from bench.installation import SHARED, Installation, tree
from bench.match_measures import Measured, of_calls, of_groups
from bench.match_reference import splink_link
from bench.match_rows import PAIRS, REPORTS, Pair, Row, is_at_hand, read_pairs, read_rows
from bench.sizes import FULL, Sizes
from prasan.config.folder import SOURCE

REAL = ("match-batch", "match-batch-f1", "match-batch-memory")
FEW = 20_000
WORKERS = 2
MANY_WORKERS = (1, 2, 4)
WATCHED_EVERY = 0.1
MOST_MEMORY = "12GB"
"""What DuckDB may hold before it goes on on the disk."""
THRESHOLDS = {"unsupervised": (-2, -1, 0, 1, 2, 4), "from labels": (0, 0.5, 1, 1.5, 2, 3)}
"""Match weights from which on Splink joins two rows. The best is chosen by what it is then judged by: in its
favour, since ours is fixed."""

Grouper = Callable[[Iterable[Row]], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Job:
    """Rows to be grouped, by whom and how."""

    method: str
    rows: str
    groups: str
    workers: int = WORKERS
    threshold: float = 0.0
    weights: splink_link.Weights | None = None


@dataclass(frozen=True, slots=True)
class Grouped:
    """What came of a job: the group of each row, the seconds between reading and writing, the most MB."""

    groups: dict[str, str]
    seconds: float
    megabytes: float

    @property
    def rate(self) -> float:
        return len(self.groups) / self.seconds


def measure(installation: Installation, sizes: Sizes) -> Iterator[Figure]:
    """Group the reports of Bangkok, where they are at hand, and those of a made-up city."""
    weights = None
    if is_at_hand(SHARED):
        pairs = read_pairs(SHARED / PAIRS)
        rows = {row.row_id: row for row in read_rows(SHARED / REPORTS)}
        weights = splink_link.weights_from(pairs, rows)
        yield from _real(installation.folder.path, pairs, weights)
    else:
        for name in REAL:
            yield Figure(name, None, remark="the real data is not at hand")
    yield from _city(installation.folder.path, dense_city.ROWS if sizes == FULL else FEW, weights)


def _real(folder: Path, pairs: Sequence[Pair], weights: splink_link.Weights) -> Iterator[Figure]:
    def judged(groups: Mapping[str, str]) -> Measured:
        return of_pairs(groups, pairs)

    place = SHARED / REPORTS
    name, threshold = best_splink(place, weights, judged)
    ours = done(Job("prasan", str(place), str(folder / "ours.csv")), folder)
    theirs = done(splink_job(place, folder, name, threshold, weights), folder)
    remark = f"{len(ours.groups):,} rows; Splink with weights {name}, threshold {threshold:g}"
    yield Figure("match-batch", ours.rate, theirs.rate, remark=remark)
    yield _f1("match-batch-f1", judged(ours.groups), judged(theirs.groups))
    yield Figure("match-batch-memory", ours.megabytes, theirs.megabytes)


def _city(folder: Path, count: int, weights: splink_link.Weights | None) -> Iterator[Figure]:
    place, truth = dense_city.write_city(folder / "city", count)
    problems = dense_city.problems_of(truth)
    name, threshold = best_splink(place, weights, lambda groups: of_problems(groups, problems))
    theirs = done(splink_job(place, folder, name, threshold, weights), folder)
    all_ours = {
        workers: done(Job("prasan", str(place), str(folder / f"city-{workers}.csv"), workers), folder)
        for workers in MANY_WORKERS
    }
    ours = all_ours[WORKERS]
    rates = ", ".join(f"{workers}: {each.rate:,.0f}" for workers, each in all_ours.items())
    remark = f"{count:,} rows; by workers {rates}; Splink with weights {name}, threshold {threshold:g}"
    yield Figure("match-city", ours.rate, theirs.rate, remark=remark)
    yield _f1("match-city-f1", of_problems(ours.groups, problems), of_problems(theirs.groups, problems))
    yield Figure("match-city-memory", ours.megabytes, theirs.megabytes)
    alone = all_ours[MANY_WORKERS[0]].groups
    other = sum(moved(alone, each.groups) for each in all_ours.values())
    yield Figure("match-workers", other, remark=f"{count:,} rows by {MANY_WORKERS} workers")


def _f1(name: str, ours: Measured, theirs: Measured) -> Figure:
    remark = (
        f"precision {100 * ours.precision:.1f}, recall {100 * ours.recall:.1f}; "
        f"Splink {100 * theirs.precision:.1f} and {100 * theirs.recall:.1f}"
    )
    return Figure(name, 100 * ours.f1, 100 * theirs.f1, remark=remark)


# Judging


def of_pairs(groups: Mapping[str, str], pairs: Sequence[Pair]) -> Measured:
    """How well the groups agree with people about the judged pairs."""
    calls = [groups[pair.row_a] == groups[pair.row_b] for pair in pairs]
    return of_calls(calls, [pair.is_same for pair in pairs])


def of_problems(groups: Mapping[str, str], problems: Mapping[str, str]) -> Measured:
    """How well the groups are the planted problems, over all pairs of rows."""
    if groups.keys() != problems.keys():
        raise ValueError(f"{len(groups)} rows were grouped, {len(problems)} were given")
    return of_groups(groups.values(), (problems[row] for row in groups))


def moved(groups: Mapping[str, str], others: Mapping[str, str]) -> int:
    """How many rows are in a group of another name, or in none."""
    return sum(groups.get(row) != others.get(row) for row in groups.keys() | others.keys())


# Splink


def best_splink(
    place: Path,
    weights: splink_link.Weights | None,
    judged: Callable[[Mapping[str, str]], Measured],
) -> tuple[str, float]:
    """The weights and the threshold with which Splink groups the rows of this file best, in hindsight."""
    found = []
    for name, thresholds in THRESHOLDS.items():
        if name == "from labels" and weights is None:
            continue
        told = weights if name == "from labels" else None
        answer = splink_link.run(read_rows(place), thresholds=thresholds, weights=told, memory=MOST_MEMORY)
        for threshold, groups in zip(thresholds, answer.groups, strict=True):
            found.append((judged(groups).f1, name, threshold))
    _f1, name, threshold = max(found)
    return name, threshold


def splink_job(
    place: Path, folder: Path, name: str, threshold: float, weights: splink_link.Weights | None
) -> Job:
    """Splink's job as it was found to be best."""
    told = weights if name == "from labels" else None
    return Job("splink", str(place), str(folder / "splink.csv"), WORKERS, threshold, told)


# Jobs


def done(job: Job, folder: Path) -> Grouped:
    """Have a process of its own do the job, and watch what it and its children hold."""
    place = folder / "job.json"
    place.write_text(json.dumps(asdict(job)))
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.match_batch", str(place)], cwd=SOURCE, stdout=subprocess.PIPE, text=True
    )
    with Watch(process.pid) as watch:
        told, _nothing = process.communicate()
    if process.returncode:
        raise RuntimeError(f"grouping by {job.method} failed with {process.returncode}")
    with Path(job.groups).open(encoding="utf-8", newline="") as stream:
        groups = {row["row_id"]: row["problem"] for row in csv.DictReader(stream)}
    return Grouped(groups, float(told.splitlines()[-1]), watch.megabytes)


class Watch:
    """Looks again and again at the memory of a process and all below it, and keeps the most."""

    def __init__(self, pid: int) -> None:
        self.megabytes = 0.0
        self._pid = pid
        self._ended = threading.Event()
        self._watcher = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Watch:
        self._watcher.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._ended.set()
        self._watcher.join()

    def _look(self) -> None:
        while not self._ended.is_set():
            self.megabytes = max(self.megabytes, sum(resident(pid) for pid in tree(self._pid)))
            time.sleep(WATCHED_EVERY)


def resident(pid: int) -> float:
    """The megabytes that a process holds in memory, 0 where it has ended."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    return 0.0


class Reading:
    """Rows as they are read, and how many seconds the reading itself took."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self.seconds = 0.0
        self._rows = rows

    def __iter__(self) -> Reading:
        return self

    def __next__(self) -> Row:
        began = perf_counter()
        try:
            return next(self._rows)
        finally:
            self.seconds += perf_counter() - began


def carry_out(job: Job, grouper: Grouper) -> float:
    """Read the rows, group them and write the groups; the seconds that the grouping took."""
    rows = Reading(read_rows(Path(job.rows)))
    began = perf_counter()
    groups = grouper(rows)
    seconds = perf_counter() - began - rows.seconds
    with Path(job.groups).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("row_id", "problem"))
        writer.writerows(groups.items())
    return seconds


def by_ourselves(job: Job, rows: Iterable[Row]) -> dict[str, str]:
    """Our own groups."""
    # only the process that groups has need of it
    from prasan.matching import Report, group

    ids: list[str] = []

    def reports() -> Iterator[Report]:
        waiting = list(rows)  # read before anything is grouped, so that the one does not hide in the other
        waiting.reverse()
        while waiting:
            row = waiting.pop()
            ids.append(row.row_id)
            yield Report(*row)

    groups = group(reports(), workers=job.workers)
    return dict(zip(ids, groups, strict=True))


def by_splink(job: Job, rows: Iterable[Row]) -> dict[str, str]:
    """Splink's groups."""
    answer = splink_link.run(
        rows, thresholds=[job.threshold], weights=job.weights, workers=job.workers, memory=MOST_MEMORY
    )
    return answer.groups[0]


METHODS = {"prasan": by_ourselves, "splink": by_splink}


def main() -> None:
    """Do the job that the file describes and print its seconds."""
    job = Job(**json.loads(Path(sys.argv[1]).read_text()))
    print(carry_out(job, partial(METHODS[job.method], job)))


if __name__ == "__main__":
    main()
