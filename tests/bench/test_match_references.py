import csv
import random
import sys
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from bench import dense_city, match_quality
from bench.match_quality import own_result, reference_results, table_of
from bench.match_reference import distances, splink_link, texts, trigrams
from bench.match_reference.tuning import cross_validated, fixed, learnt, weights_of_levels
from bench.match_rows import Pair, Row, read_rows

START = datetime(2023, 1, 1, tzinfo=UTC)


def row(row_id, text="ไฟดับ", latitude=13.7, days=0.0, kinds=()):
    return Row(row_id, text, latitude, 100.5, START + timedelta(days=days), kinds)


ROWS = {
    each.row_id: each
    for each in (
        row("a", "ไฟถนนดับหน้าตลาด ซอย 5"),
        row("b", "หน้าตลาด ซอย ๕ ไฟถนนดับ", 13.7001, 1.5, ("แสงสว่าง",)),
        row("c", "ท่อระบายน้ำอุดตัน", 13.71, 40.0, ("อื่นๆ",)),
        Row("d", "มืด", None, None, None, ()),
    )
}
PAIRS = [("a", "b"), ("a", "c"), ("d", "a")]


def drawn(count=200):
    dice = random.Random(1)
    truths = [dice.random() < 0.5 for _pair in range(count)]
    return truths, [pair % 5 for pair in range(count)], dice


def test_better_variant_is_chosen_and_its_threshold_found():
    truths, folds, dice = drawn()
    good = [truth + 0.8 * dice.random() for truth in truths]
    poor = [dice.random() for _truth in truths]

    judged = cross_validated({"poor": fixed(poor), "good": fixed(good)}, truths, folds)

    assert judged.chosen == ["good"] * 5
    assert judged.calls == truths
    assert min(value for value, truth in zip(judged.likeness, truths, strict=True) if truth) > max(
        value for value, truth in zip(judged.likeness, truths, strict=True) if not truth
    )


def test_what_is_judged_is_never_learnt_from():
    truths, folds, _dice = drawn()

    def remembers(known):
        return [0.5 if truth is None else float(truth) for truth in known]

    judged = cross_validated({"remembers": remembers}, truths, folds)

    assert len(set(judged.likeness)) <= 5  # one value a fold: nothing told it which pair is which
    assert len({(fold, call) for fold, call in zip(folds, judged.calls, strict=True)}) == 5


def test_levels_weigh_what_the_known_pairs_show():
    levels = [1, 1, 1, 0, 0, -1]
    known = [True, True, False, False, False, None]

    of = learnt(levels, known)

    assert of == {0: (0.5 / 3, 2.5 / 4), 1: (2.5 / 3, 1.5 / 4)}
    scores = weights_of_levels([levels])(known)
    assert scores[0] > 0 > scores[3]
    assert scores[5] == 0.0


def test_text_distance_and_trigrams_find_the_likest_pair(db):
    for variants in (
        texts.variants(ROWS, PAIRS),
        distances.variants(ROWS, PAIRS),
        trigrams.variants(ROWS, PAIRS),
    ):
        for name, variant in variants.items():
            scores = variant([None] * 3)
            assert scores[0] == max(scores), name
    assert len(trigrams.variants(ROWS, PAIRS)) == 4


def test_distance_of_a_pair_without_point_is_the_worst():
    scores = distances.variants(ROWS, PAIRS)["distance"]([None] * 3)

    assert scores == [pytest.approx(-11.1, abs=0.1), pytest.approx(-1111.95, abs=1), -distances.FAR]


def test_rows_for_splink_hold_words_names_numbers_and_days(tmp_path):
    many = [row(f"x{number}", "ไฟถนนดับมาก", days=number) for number in range(30)]

    splink_link.write_rows([*ROWS.values(), *many], tmp_path / "rows.csv")

    with (tmp_path / "rows.csv").open(encoding="utf-8", newline="") as stream:
        told = {each["row_id"]: each for each in csv.DictReader(stream)}
    assert told["b"]["bare"] == "หน้าตลาด ซอย 5 ไฟถนนดับ"
    assert told["b"]["numbers"] == "5"
    assert told["b"]["day"] == "1.5"
    assert told["b"]["kinds"] == "แสงสว่าง"
    assert told["c"]["kinds"] == ""
    assert "ตลาด" in told["a"]["names"].split()
    assert "ดับ" not in told["a"]["words"].split()
    assert (told["d"]["latitude"], told["d"]["day"]) == ("", "")


@pytest.mark.slow
@pytest.mark.skipif(not splink_link.is_made(), reason="the bench has not made Splink's environment yet")
def test_splink_weighs_pairs_and_groups_every_row(tmp_path):
    place, truth = dense_city.write_city(tmp_path, 3_000, seed=3)
    rows = {each.row_id: each for each in read_rows(place)}
    told = defaultdict(list)
    for row_id, problem in dense_city.problems_of(truth).items():
        told[problem].append(row_id)
    same = [Pair(*each[:2], True) for each in told.values() if len(each) > 1]
    strange = [Pair(one.row_a, other.row_b, False) for one, other in pairwise(same)]
    pairs = same + strange

    weights = splink_link.weights_from(pairs, rows)
    answer = splink_link.run(rows.values(), thresholds=[-100.0, 1.0, 100.0], weights=weights)

    assert {name: len(levels) for name, levels in weights.items()} == splink_link.COMPARISONS
    assert weights["latitude_longitude"][0][0] > 5 * weights["latitude_longitude"][0][1]
    for groups in answer.groups:
        assert groups.keys() == rows.keys()
    loose, good, strict = (len(set(groups.values())) for groups in answer.groups)
    assert loose < good < strict == len(rows)


def test_fitting_is_found_where_development_keeps_it(tmp_path, monkeypatch):
    place = tmp_path / "fit_matching.py"
    monkeypatch.setattr(match_quality, "FITTING", place)
    monkeypatch.setitem(sys.modules, "fit_matching", None)  # forgotten when the test ends
    with pytest.raises(FileNotFoundError):
        match_quality.fitting()
    place.write_text(
        "from __future__ import annotations\nfrom dataclasses import dataclass\n\n"
        "@dataclass\nclass Fit:\n    value: float\n\n"
        "def cross_validated(pairs, rows, folds):\n    return [Fit(0.7).value for _pair in pairs]\n",
        encoding="utf-8",
    )

    assert match_quality.fitting()(PAIRS, ROWS, [0, 1, 2]) == [0.7, 0.7, 0.7]


def test_table_tells_ours_beside_the_others():
    truths, folds, _dice = drawn()
    pairs = [Pair(f"l{number}", f"r{number}", truth) for number, truth in enumerate(truths)]
    rows = {row_id: row(row_id) for pair in pairs for row_id in pair[:2]}

    ours = own_result(
        lambda pairs, rows, folds: [0.5 if pair.is_same else 0.4 for pair in pairs], pairs, rows, folds
    )
    (other,) = reference_results(
        {"coin": lambda rows, pairs: {"tossed": fixed([1.0] * len(pairs))}}, pairs, rows, folds
    )

    assert (ours.measured.f1, ours.average_precision) == (1.0, 1.0)
    assert other.measured.recall == 1.0
    assert other.measured.precision == pytest.approx(sum(truths) / len(truths))
    assert [line.split()[0] for line in table_of([ours, other]).splitlines()] == ["method", "Prasan", "coin"]
