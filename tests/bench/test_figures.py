import json
import re

import pytest

from bench import performance_page
from bench.__main__ import BENCHMARKS
from bench.figure import PROMISES, Figure, number, table_of
from bench.percentiles import percentile


def test_every_promise_is_measured_once():
    measured = [name for *_rest, names in BENCHMARKS for name in names]

    assert sorted(measured) == sorted(PROMISES)


@pytest.mark.parametrize(
    ("name", "ours", "reference", "is_kept"),
    [
        ("rights", 20.0, 500.0, True),
        ("rights", 20.1, 500.0, False),
        ("page-shell", 50.0, 100.0, True),
        ("page-shell", 49.9, 100.0, False),
        ("page-shell", 49.9, None, None),
        ("place-finder", 94.9, None, False),
        ("place-finder", 95.0, None, True),
        ("restart", None, None, None),
    ],
)
def test_promise_is_kept_up_to_its_limit(name, ours, reference, is_kept):
    assert Figure(name, ours, reference).is_kept is is_kept


def test_json_line_tells_what_was_promised_and_reached():
    line = json.loads(Figure("ledger-write", 400.04, 1000.0, remark="4 clients", load=0.5).as_json())

    assert line == {
        "name": "ledger-write",
        "ours": 400.0,
        "reference": 1000.0,
        "ratio": 0.4,
        "unit": "moves/s",
        "goal": "ratio ≥ 0.35",
        "kept": True,
        "remark": "4 clients",
        "load": 0.5,
    }


def test_table_says_which_promise_falls_short():
    lines = table_of([Figure("restart", 6.0, load=0.1), Figure("first-visit", None, load=0.1)]).splitlines()

    assert [line.split()[0] for line in lines] == ["figure", "restart", "first-visit"]
    assert [re.split(r" {2,}", line)[-2] for line in lines[1:]] == ["short", "not measured"]


def test_page_tells_each_figure_with_its_meaning():
    figure = Figure("rights", 5.04, 412.3, remark="83,647 areas", load=0.2)

    page = performance_page.page_of([performance_page.Measured(figure, "2026-11-28", "2 cores")])

    assert "| `rights` | ≤ 20 µs | 5.04 µs | 412 | 0.0122 | kept | 0.2 | 2026-11-28 |" in page.splitlines()
    assert "Measured on 2 cores." in page.splitlines()
    assert page.splitlines()[-1] == (
        "- `rights`: p50 of “may this person do this here?”, postings loaded; "
        "reference: the same question put to the database (83,647 areas)."
    )


def test_figure_measured_anew_takes_its_own_place_and_no_others(tmp_path):
    page, measured = tmp_path / "page.md", tmp_path / "measured.jsonl"
    performance_page.write([Figure("rights", 5.0), Figure("restart", 1.0)], page, measured)
    old = '{"name": "gone", "ours": 1, "day": "2026-01-01", "where": "x"}'
    measured.write_text(measured.read_text() + old + "\n")

    performance_page.write([Figure("rights", None, remark="it failed")], page, measured)

    kept = {each.figure.name: each.figure.ours for each in performance_page.read(measured)}
    assert kept == {"restart": 1.0, "rights": None}
    assert page.read_text().count("| not measured |") == 1
    assert "gone" not in measured.read_text()


def test_page_is_what_was_measured():
    assert performance_page.PAGE.read_text(encoding="utf-8") == performance_page.page_of(
        performance_page.read()
    )


@pytest.mark.parametrize(("share", "expected"), [(0.5, 50), (0.95, 95), (1.0, 100), (0.001, 1)])
def test_percentile_is_a_value_that_was_measured(share, expected):
    assert percentile(list(range(100, 0, -1)), share) == expected


@pytest.mark.parametrize(
    ("value", "words"), [(None, "–"), (1234.5, "1,234"), (0.4567, "0.457"), (12.0, "12")]
)
def test_numbers_show_what_counts(value, words):
    assert number(value) == words
