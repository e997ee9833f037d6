import gzip
from datetime import UTC, datetime
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from bench.match_folds import ALIKE, COUNT, NEAR, bare, families_of, folds_of
from bench.match_measures import (
    Measured,
    average_precision,
    best_threshold,
    of_calls,
    of_counts,
    of_groups,
)
from bench.match_rows import PAIRS, REPORTS, Pair, Row, is_at_hand, metres_between, read_pairs, read_rows

judged = st.lists(st.tuples(st.sampled_from([0.0, 0.2, 0.5, 0.9]), st.booleans()), min_size=1).filter(
    lambda pairs: any(truth for _score, truth in pairs)
)
partitions = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=12)


@given(partitions)
def test_groups_by_counts_are_what_looking_at_every_pair_gives(rows):
    groups, problems = zip(*rows, strict=True)
    pairs = list(combinations(range(len(rows)), 2))
    called = [groups[one] == groups[other] for one, other in pairs]
    same = [problems[one] == problems[other] for one, other in pairs]

    assert of_groups(groups, problems) == of_calls(called, same)


def test_groups_may_have_any_names():
    assert of_groups(["a", "a", "a", "b"], [1, 1, 2, 2]) == Measured(1 / 3, 1 / 2)


@given(judged)
def test_average_precision_is_the_area_under_the_steps(pairs):
    scores, truths = zip(*pairs, strict=True)
    area, before = 0.0, 0.0
    for threshold in sorted(set(scores), reverse=True):
        reached = of_calls([score >= threshold for score in scores], truths)
        area += (reached.recall - before) * reached.precision
        before = reached.recall

    assert average_precision(scores, truths) == pytest.approx(area)


def test_average_precision_of_a_known_ranking():
    assert average_precision([0.9, 0.8, 0.7, 0.6], [True, False, True, False]) == pytest.approx(5 / 6)
    assert average_precision([0.5, 0.5, 0.5, 0.5], [True, False, True, False]) == pytest.approx(1 / 2)


@given(judged)
def test_no_other_threshold_reaches_a_better_f1(pairs):
    scores, truths = zip(*pairs, strict=True)

    threshold, f1 = best_threshold(scores, truths)

    def at(place):
        return of_calls([score >= place for score in scores], truths).f1

    assert at(threshold) == pytest.approx(f1)
    assert f1 == pytest.approx(max(at(place) for place in (-1.0, *scores, 2.0)))


def test_nothing_called_is_all_right_but_finds_nothing():
    assert of_counts(0, 0, 5) == Measured(1.0, 0.0)
    assert of_counts(0, 0, 5).f1 == 0.0


def row(row_id, text, latitude=13.7, longitude=100.5):
    return Row(row_id, text, latitude, longitude, datetime(2023, 1, 1, tzinfo=UTC), ())


def known(*rows):
    return {each.row_id: each for each in rows}


FAR = {number: 13.0 + number / 10 for number in range(40)}


def test_pairs_that_share_a_row_a_place_or_a_text_are_one_family():
    rows = known(
        row("a", "ไฟดับหน้าตลาด", FAR[1]),
        row("b", "ถนนเป็นหลุมใหญ่", FAR[2]),
        row("c", "หมาจรจัดไล่กัด", FAR[3]),  # shares the row b
        row("d", "ท่อระบายน้ำตัน", FAR[1] + (NEAR - 5) / 111_195),  # near a
        row("e", "ขายของบนทางเท้า", FAR[4]),
        row("f", "ไฟดับ  หน้าตลาด 2", FAR[5]),  # nearly the text of a
        row("g", "ต้นไม้ล้มขวางถนน", FAR[6]),
        row("h", "คลองเน่าเหม็นมาก", FAR[1] + (NEAR + 500) / 111_195),  # not so near
        row("i", "เสียงดังทุกคืนวันศุกร์", FAR[8]),
    )
    pairs = [Pair("a", "b", True), Pair("c", "b", False), Pair("d", "e", True), Pair("f", "g", True)]

    one, two, three, four, apart = families_of([*pairs, Pair("h", "i", False)], rows)

    assert one == two == three == four != apart


def test_rows_without_a_point_are_near_to_none():
    assert metres_between(row("a", "x", None, None), row("b", "y")) is None
    assert metres_between(row("a", "x", 13.0), row("b", "y", 13.001)) == pytest.approx(111.2, abs=0.1)


def test_bare_text_is_without_what_a_copy_may_have_otherwise():
    assert bare("ซอย 12/3  น้ำท่วม, ๒๕ ซม.!") == "ซอยน้ำท่วมซม"


def test_families_are_dealt_out_evenly():
    far = [row(f"r{number}", chr(0x0E01 + number) * 9, FAR[number]) for number in range(40)]
    pairs = [Pair(f"r{number}", f"r{number + 1}", True) for number in range(0, 40, 2)]

    folds = folds_of(pairs, known(*far), count=4)

    assert sorted(folds.count(fold) for fold in range(4)) == [5, 5, 5, 5]


def test_no_near_copy_stands_on_both_sides_of_a_fold(shared_data):
    if not is_at_hand(shared_data):
        pytest.skip("the reports and their pairs are not there")
    rows = {each.row_id: each for each in read_rows(shared_data / REPORTS)}
    pairs = read_pairs(shared_data / PAIRS)

    folds = folds_of(pairs, rows)

    assert set(folds) == set(range(COUNT))
    assert max(map(folds.count, folds)) < 2 * len(pairs) / COUNT
    places = {}
    for pair, fold in zip(pairs, folds, strict=True):
        for row_id in (pair.row_a, pair.row_b):
            assert places.setdefault(row_id, fold) == fold
    used = [rows[row_id] for row_id in places]
    texts = {row_id: bare(rows[row_id].text) for row_id in places}
    leaks = [
        (one.row_id, other.row_id)
        for one, other in combinations(used, 2)
        if places[one.row_id] != places[other.row_id]
        and (
            fuzz.ratio(texts[one.row_id], texts[other.row_id]) >= ALIKE
            or ((metres := metres_between(one, other)) is not None and metres <= NEAR)
        )
    ]
    assert leaks == []


def test_rows_and_pairs_are_read_as_they_are(tmp_path):
    with gzip.open(tmp_path / "rows.csv.gz", "wt", encoding="utf-8") as stream:
        stream.write("row_id,timestamp,type,comment,lon,lat\n")
        stream.write('C1,2022-04-05 13:46:27.891344+00,"ถนน,น้ำท่วม",ไฟดับ,100.5,13.7\n')
        stream.write("C2,,,มืด,,\n")
    (tmp_path / "pairs.csv").write_text(
        "pair,row_a,row_b,metres,days,label,why\np1,C1,C2,5,1,2,x\np2,C2,C1,5,1,1,x\np3,C1,C2,5,1,0,x\n",
        encoding="utf-8",
    )

    rows = list(read_rows(tmp_path / "rows.csv.gz"))

    at = datetime(2022, 4, 5, 13, 46, 27, 891344, tzinfo=UTC)
    assert rows == [
        Row("C1", "ไฟดับ", 13.7, 100.5, at, ("ถนน", "น้ำท่วม")),
        Row("C2", "มืด", None, None, None, ()),
    ]
    assert read_pairs(tmp_path / "pairs.csv") == [Pair("C1", "C2", True), Pair("C1", "C2", False)]
