import csv
import subprocess
import sys
from types import SimpleNamespace

import pytest

from bench import dense_city, match_batch
from bench.__main__ import BENCHMARKS
from bench.match_batch import Grouped, Job, Watch
from bench.match_measures import Measured
from bench.match_reference.splink_link import Answer
from bench.match_rows import Pair, read_rows
from bench.sizes import QUICK

NAMES = next(names for place, _inside, names in BENCHMARKS if place == "bench.match_batch:measure")


def in_one(rows):
    return {row.row_id: "M0000001" for row in rows}


def by_text(rows):
    first = {}
    return {row.row_id: first.setdefault(row.text, row.row_id) for row in rows}


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    return dense_city.write_city(tmp_path_factory.mktemp("city"), 3_000, seed=3)


def test_judged_pairs_are_compared_with_the_groups():
    groups = {"a": "1", "b": "1", "c": "1", "d": "2"}
    pairs = [Pair("a", "b", True), Pair("b", "c", False), Pair("a", "d", True), Pair("c", "d", False)]

    assert match_batch.of_pairs(groups, pairs) == Measured(1 / 2, 1 / 2)


def test_planted_problems_are_compared_over_all_rows(city):
    problems = dense_city.problems_of(city[1])

    assert match_batch.of_problems(problems, problems) == Measured(1.0, 1.0)
    everything = match_batch.of_problems(in_one(read_rows(city[0])), problems)
    assert everything.recall == 1.0
    assert 0 < everything.precision < 0.01
    copies = match_batch.of_problems(by_text(read_rows(city[0])), problems)
    assert 0.02 < copies.recall < 0.5
    assert 0.02 < copies.precision < 0.5


def test_groups_that_lack_a_row_are_not_judged(city):
    problems = dense_city.problems_of(city[1])

    with pytest.raises(ValueError, match="2999 rows were grouped, 3000 were given"):
        match_batch.of_problems(dict(list(problems.items())[1:]), problems)


def test_rows_grouped_otherwise_are_counted():
    assert match_batch.moved({"a": "1", "b": "1", "c": "3"}, {"a": "1", "b": "2", "d": "4"}) == 3


def test_job_reads_groups_and_writes(city, tmp_path):
    job = Job("prasan", str(city[0]), str(tmp_path / "groups.csv"))

    seconds = match_batch.carry_out(job, by_text)

    assert 0 < seconds < 2
    with (tmp_path / "groups.csv").open(encoding="utf-8", newline="") as stream:
        written = {row["row_id"]: row["problem"] for row in csv.DictReader(stream)}
    assert written == by_text(read_rows(city[0]))


def test_job_that_fails_is_a_fault(tmp_path):
    job = Job("prasan", str(tmp_path / "missing.csv.gz"), str(tmp_path / "groups.csv"))

    with pytest.raises(RuntimeError, match="grouping by prasan failed with 1"):
        match_batch.done(job, tmp_path)


def test_memory_of_a_child_of_a_child_is_seen():
    child = "held = b'x' * 150_000_000; print(len(held), flush=True); input()"
    nested = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    process = subprocess.Popen([sys.executable, "-c", nested], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with process, Watch(process.pid) as watch:
        process.stdout.readline()
        match_batch.time.sleep(3 * match_batch.WATCHED_EVERY)
        process.communicate(b"\n")

    assert 140 < watch.megabytes < 400


def test_best_threshold_and_weights_of_splink_are_taken(city, monkeypatch):
    asked = []

    def run(rows, *, thresholds, weights, memory):
        assert len(list(rows)) == 3_000
        asked.append(weights)
        return Answer({}, [{"a": str(threshold + bool(weights))} for threshold in thresholds], {})

    monkeypatch.setattr(match_batch.splink_link, "run", run)

    wanted = "10"  # of the labels, whose groups are called one more here

    def judged(groups):
        return Measured(1.0, 1.0 if groups == {"a": wanted} else 0.5)

    monkeypatch.setattr(match_batch, "THRESHOLDS", {"unsupervised": (0, 5, 3, 4), "from labels": (1, 2, 9)})
    weights = {"text": [(0.5, 0.5)]}
    assert match_batch.best_splink(city[0], weights, judged) == ("from labels", 9)
    assert asked == [None, weights]
    wanted = "3"
    assert match_batch.best_splink(city[0], None, judged) == ("unsupervised", 3)
    assert len(asked) == 3


def test_city_is_grouped_by_both_and_by_several_workers(monkeypatch, tmp_path):
    def done(job, folder):
        rows = list(read_rows(match_batch.Path(job.rows)))
        problems = dense_city.problems_of(match_batch.Path(job.rows).with_name("truth.csv.gz"))
        groups = by_text(rows) if job.method == "splink" else problems
        if job.workers == 4:
            groups = groups | {rows[0].row_id: "M9999999"}
        return Grouped(groups, 2.0 if job.method == "splink" else 1.0, 100.0)

    monkeypatch.setattr(match_batch, "FEW", 2_000)
    monkeypatch.setattr(match_batch, "SHARED", tmp_path / "none")
    monkeypatch.setattr(match_batch, "done", done)
    monkeypatch.setattr(match_batch, "best_splink", lambda *_asked: ("unsupervised", 0))
    here = SimpleNamespace(folder=SimpleNamespace(path=tmp_path))

    figures = {figure.name: figure for figure in match_batch.measure(here, QUICK)}

    assert tuple(figures) == NAMES
    assert [name for name, figure in figures.items() if figure.ours is None] == list(match_batch.REAL)
    assert (figures["match-city"].ours, figures["match-city"].reference) == (2_000, 1_000)
    assert figures["match-city-f1"].ours == 100.0
    assert 0 < figures["match-city-f1"].reference < 50
    assert figures["match-workers"].ours == 1
