from itertools import combinations
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prasan.matching import SAME, group
from prasan.matching.candidates import DAYS, FAR, NEAR, TELLING, candidate_pairs
from prasan.matching.grouping import join
from prasan.matching.table import tabulate
from prasan.matching.troubles import SETTINGS
from prasan.matching.working import _read
from tests.matching.reports import street, told


def slowly_joined(rows, likeness):
    """Average linkage as the books have it: over and over the two groups most alike on the mean."""
    groups = [{row} for row in range(rows)]

    def mean(a, b):
        return sum(likeness.get((min(i, j), max(i, j)), 0.0) for i in a for j in b) / (len(a) * len(b))

    while len(groups) > 1:
        best = max(combinations(groups, 2), key=lambda two: (mean(*two), *(-min(one) for one in two)))
        if mean(*best) < SAME:
            break
        groups = [one for one in groups if one not in best] + [best[0] | best[1]]
        groups.sort(key=min)
    return [min(next(one for one in groups if row in one)) for row in range(rows)]


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**9), st.integers(2, 12))
def test_join_equals_the_slow_obvious_way(seed, rows):
    chance = Random(seed)
    # sums of such numbers are exact, so that both ways see the same ties
    likeness = {
        pair: chance.randrange(20, 65) / 64 for pair in combinations(range(rows), 2) if chance.random() < 0.4
    }
    left, right = (np.array([pair[side] for pair in likeness], np.int64) for side in (0, 1))

    joined = join(rows, [(left, right, np.array(list(likeness.values())))])

    assert joined == slowly_joined(rows, likeness)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6))
def test_candidates_are_all_near_pairs_and_those_told_alike(seed):
    table = tabulate(street(seed, 60))
    words = [
        set(table.words.keys[a:b]) for a, b in zip(table.words.starts, table.words.starts[1:], strict=False)
    ]
    telling = set(table.words.keys[table.information >= TELLING])

    def is_candidate(a, b):
        metres = np.hypot(table.east[a] - table.east[b], table.north[a] - table.north[b])
        in_time = abs(table.day[a] - table.day[b]) <= DAYS
        told = [int(table.troubles[row] & ~SETTINGS) for row in (a, b)]
        may_be_one = not all(told) or bool(told[0] & told[1])
        told_alike = metres <= FAR and bool(words[a] & words[b] & telling) and may_be_one
        return in_time and (metres <= NEAR or told_alike)

    found = [pair for left, right in candidate_pairs(table) for pair in zip(left, right, strict=True)]

    assert sorted(found) == [pair for pair in combinations(range(60), 2) if is_candidate(*pair)]


@pytest.mark.slow
def test_groups_are_the_same_in_any_order_and_with_any_number_of_workers():
    reports = street(7, 400)
    shuffled = Random(1).sample(reports, len(reports))

    groups = dict(zip([report.row_id for report in reports], group(reports), strict=True))
    of_shuffled = dict(zip([report.row_id for report in shuffled], group(shuffled), strict=True))
    of_workers = [group(reports, workers=workers) for workers in (2, 4)]

    assert of_shuffled == groups
    assert of_workers == [list(groups.values())] * 2
    assert 1 < len(set(groups.values())) < len(reports)
    assert all(problem <= row for row, problem in groups.items())


def test_the_same_letter_many_times_is_one_problem():
    reports = [told("ขอให้ซ่อมฝาท่อแตกปากซอยทุ่งทอง 5", row_id=f"r{n:03}", day=n / 10) for n in range(234)]

    assert set(group(reports)) == {"r000"}


def test_a_row_id_that_stands_twice_is_refused():
    with pytest.raises(ValueError, match="twice"):
        group([told("ไฟดับ"), told("ไฟดับ")])


def test_nothing_makes_no_groups():
    assert group([]) == []


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.floats(0, 1), st.integers(1, 3))
def test_grouping_what_is_new_gives_what_grouping_all_gives(seed, share, steps):
    chance = Random(seed)
    reports = chance.sample(street(seed, 90), 90)
    in_step = [chance.randrange(steps) if chance.random() < share else 0 for _ in reports]

    known = {}
    for step in range(steps):
        so_far = [report for report, when in zip(reports, in_step, strict=True) if when <= step]
        known = dict(zip((report.row_id for report in so_far), group(so_far, known=known), strict=True))

    assert known == dict(zip((report.row_id for report in reports), group(reports), strict=True))


def test_reports_far_from_all_that_is_new_are_not_read_again(monkeypatch):
    was_read = []
    monkeypatch.setattr(
        "prasan.matching.working._read",
        lambda told: was_read.extend(told[0]) or _read(told),
    )
    old = [
        told("ไฟดับ", row_id="a"),
        told("ไฟดับที่ไกล", row_id="b", north=9_000),
        told("ไฟดับนานแล้ว", row_id="c", day=200),
    ]
    new = told("ไฟทางดับ", row_id="d")

    problems = group([*old, new], known={"a": "a", "b": "b", "c": "c"})

    assert sorted(was_read) == ["ไฟดับ", "ไฟทางดับ"]
    assert problems == group([*old, new])


def test_a_known_row_that_is_not_among_the_reports_is_refused():
    with pytest.raises(ValueError, match="not among"):
        group([told("ไฟดับ")], known={"z": "z"})
