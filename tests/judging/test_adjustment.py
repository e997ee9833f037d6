from decimal import ROUND_UP, Decimal, localcontext
from fractions import Fraction
from itertools import combinations
from random import Random

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from prasan.judging.adjustment import FREEDOMS, QUANTILES, Estimate, Leaning, adjust
from prasan.judging.scores import Score


def score(judge, entry, total):
    return Score(judge, entry, Decimal(total))


def scores_of(panels, quality, leaning, dice=None, error=0):
    """What panels would give: quality of the entry and leaning of the judge, and error where there is any."""
    return [
        score(judge, entry, quality[entry] + leaning[judge] + (round(dice.gauss(0, error)) if error else 0))
        for entry, panel in panels.items()
        for judge in panel
    ]


def random_scores(dice, entries=12, judges=5, size=3, between=6, error=3):
    names = [f"j{number}" for number in range(judges)]
    panels = {f"e{number:02}": dice.sample(names, size) for number in range(entries)}
    quality = {entry: 60 + round(dice.gauss(0, 8)) for entry in panels}
    leaning = {judge: round(dice.gauss(0, between)) for judge in names}
    return scores_of(panels, quality, leaning, dice, error)


BLOCKS = {"".join(pair) + time: pair for time in "12" for pair in combinations("jklm", 2)}
"""Each two of four judges see two entries together."""
LEANING = {"j": 3, "k": -3, "l": 1, "m": -1}


def test_what_judges_add_is_taken_out_where_there_is_no_error():
    quality = {entry: 60 + number for number, entry in enumerate(BLOCKS)}

    found = adjust(scores_of(BLOCKS, quality, LEANING))

    assert found.reason is None
    assert {each.entry: each.adjusted for each in found.estimates} == quality
    assert {each.judge: each.points for each in found.leanings} == LEANING
    assert {each.error for each in found.estimates} == {Decimal("0.000000")}
    assert found.chance == 0
    assert found.estimates[0] == Estimate(
        "jk1", 2, Fraction(60), *map(Decimal, ("60.000000", "0.000000", "60.000000", "60.000000"))
    )
    assert found.estimates[2] == Estimate(
        "jl1", 2, Fraction(63), *map(Decimal, ("61.000000", "0.000000", "61.000000", "61.000000"))
    )


def test_leanings_are_drawn_towards_zero_as_the_formula_for_balanced_blocks_says():
    dice = Random(7)
    quality = {entry: 60 + dice.randint(0, 20) for entry in BLOCKS}
    given_scores = scores_of(BLOCKS, quality, LEANING, dice, 1)

    found = adjust(given_scores)

    # textbook: 12 blocks of 2, each judge 6 times; information 4 for each contrast; 9 degrees of freedom
    totals = {(each.entry, each.judge): Fraction(each.total) for each in given_scores}
    means = {entry: sum(totals[entry, judge] for judge in panel) / 2 for entry, panel in BLOCKS.items()}
    sums = {
        judge: sum(totals[entry, judge] - means[entry] for entry, panel in BLOCKS.items() if judge in panel)
        for judge in LEANING
    }
    square = sum((total - means[entry]) ** 2 for (entry, _judge), total in totals.items())
    explained = sum(value**2 for value in sums.values()) / 4
    variance = (square - explained) / 9
    ratio = (explained / 3 / variance - 1) / 4
    points = {judge: value / (4 + 1 / ratio) for judge, value in sums.items()}
    assert found.reason is None
    assert ratio > 0
    assert {each.judge: float(each.points) for each in found.leanings} == pytest.approx(
        {judge: float(value) for judge, value in points.items()}, abs=2e-6
    )
    assert {each.entry: float(each.adjusted) for each in found.estimates} == pytest.approx(
        {
            entry: float(means[entry] - sum(points[judge] for judge in panel) / 2)
            for entry, panel in BLOCKS.items()
        },
        abs=2e-6,
    )
    assert float(found.deviation) == pytest.approx(float(variance) ** 0.5, abs=2e-5)
    assert float(found.between) == pytest.approx(float(variance * ratio) ** 0.5, abs=2e-5)


def dense(given_scores, ratio):
    """The same model solved by numpy, without any of our steps: values, errors, −2 log likelihood."""
    entries = sorted({each.entry for each in given_scores})
    judges = sorted({each.judge for each in given_scores})
    fixed = np.array([[each.entry == entry for entry in entries] for each in given_scores], float)
    chance = np.array([[each.judge == judge for judge in judges] for each in given_scores], float)
    totals = np.array([float(each.total) for each in given_scores])
    cover = np.eye(len(totals)) + ratio * chance @ chance.T
    weighed = fixed.T @ np.linalg.inv(cover)
    values = np.linalg.solve(weighed @ fixed, weighed @ totals)
    left = totals - fixed @ values
    freedom = len(totals) - len(entries)
    variance = left @ np.linalg.inv(cover) @ left / freedom
    both = np.hstack([fixed, chance])
    mixed = both.T @ both + np.diag([0.0] * len(entries) + [1 / ratio] * len(judges))
    aim = np.hstack([np.eye(len(entries)), np.full((len(entries), len(judges)), 1 / len(judges))])
    errors = np.sqrt(variance * np.diag(aim @ np.linalg.inv(mixed) @ aim.T))
    likelihood = freedom * np.log(variance) + sum(
        np.linalg.slogdet(each)[1] for each in (cover, weighed @ fixed)
    )
    return values, errors, likelihood, variance**0.5


@pytest.mark.parametrize("number", range(12))
def test_estimates_are_those_that_numpy_finds_by_another_way(number):
    given_scores = random_scores(Random(number), entries=10 + number, judges=4 + number % 4)

    found = adjust(given_scores)

    assert found.reason is None
    ratio = float((found.between / found.deviation) ** 2)
    values, errors, likelihood, deviation = dense(given_scores, ratio)
    assert [float(each.adjusted) for each in found.estimates] == pytest.approx(list(values), abs=1e-5)
    assert [float(each.error) for each in found.estimates] == pytest.approx(list(errors), abs=1e-5)
    assert float(found.deviation) == pytest.approx(deviation, abs=1e-5)
    assert likelihood < min(dense(given_scores, ratio * step)[2] for step in (0.5, 0.97, 1.03, 2))


def written_scores():
    """Scores that are the same everywhere, since nothing is drawn."""
    return [
        score(
            f"j{judge}", f"e{entry:02}", f"{60 + (7 * entry) % 13 + 4 * judge + (entry * judge) % 5}.{judge}"
        )
        for entry in range(12)
        for judge in {entry % 5, (entry + 1 + entry // 5) % 5, (entry + 3) % 5}
    ]


def test_numbers_are_the_same_to_the_last_digit_everywhere():
    found = adjust(written_scores())

    assert found.reason is None
    assert [f"{each.adjusted} {each.error} {each.low} {each.high}" for each in found.estimates[:3]] == [
        "68.702906 0.809516 67.002114 70.403699",
        "77.145679 0.811958 75.439756 78.851603",
        "70.892092 0.811958 69.186169 72.598016",
    ]
    assert [str(each) for each in (found.deviation, found.between, found.comparability)] == [
        "1.346997",
        "7.135753",
        "0.61",
    ]


def test_numbers_do_not_hang_on_the_precision_of_whoever_asks():
    expected = adjust(written_scores())

    with localcontext(prec=5, rounding=ROUND_UP):
        assert adjust(written_scores()) == expected


def test_interval_is_the_standard_error_times_student_s_t():
    found = adjust(random_scores(Random(1)))
    each = found.estimates[0]

    freedom = 36 - 12 - 5 + 1
    assert QUANTILES[FREEDOMS.index(freedom)] == Decimal("2.086")
    assert float(each.high - each.adjusted) == pytest.approx(2.086 * float(each.error), abs=3e-6)
    assert float(each.adjusted - each.low) == pytest.approx(2.086 * float(each.error), abs=3e-6)


def test_nothing_is_adjusted_where_all_judges_saw_all_entries():
    # residuals by hand: 1, −1, 0, 0 and the like; their squares add up to 8 on 4 degrees of freedom
    rows = {"a": (5, 3, 4), "b": (8, 8, 8), "c": (8, 10, 12)}
    given_scores = [
        score(judge, entry, total)
        for entry, totals in rows.items()
        for judge, total in zip("jkl", totals, strict=True)
    ]

    found = adjust(given_scores)

    assert (found.reason, found.chance, found.between) == ("all_see_all", None, None)
    assert [each.adjusted for each in found.estimates] == [None, None, None]
    assert [each.counts for each in found.estimates] == [4, 8, 10]
    means = {"j": Fraction(21, 3), "k": Fraction(21, 3), "l": Fraction(24, 3)}
    square = sum(
        (total - sum(totals) / Fraction(3) - means[judge] + Fraction(22, 3)) ** 2
        for totals in rows.values()
        for judge, total in zip("jkl", totals, strict=True)
    )
    assert float(found.deviation) == pytest.approx(float(square / 4) ** 0.5, abs=1e-6)
    assert float(found.estimates[0].error) == pytest.approx(float(square / 12) ** 0.5, abs=1e-6)
    assert found.leanings[2] == Leaning(
        "l", 3, Decimal("0.666667"), Decimal(f"{(float(square / 4) * 2 / 9) ** 0.5:.6f}")
    )


def test_judges_who_share_nothing_are_not_compared():
    given_scores = [score(judge, entry, 5) for entry, panel in (("a", "jk"), ("b", "lm")) for judge in panel]

    found = adjust(given_scores)

    assert (found.reason, found.parts, found.comparability) == ("disconnected", (("j", "k"), ("l", "m")), 0)
    assert [each.adjusted for each in found.estimates] == [None, None]


def test_panels_that_hardly_share_entries_are_not_compared():
    dice = Random(3)
    panels = {f"a{number}": ("j", "k", "l") for number in range(10)}
    panels |= {f"b{number}": ("m", "n", "o") for number in range(10)}
    bridge = {**panels, "a0": ("j", "k", "o")}
    quality = dict.fromkeys(panels, 60)
    leaning = dict(zip("jklmno", (9, -9, 5, -5, 2, -2), strict=True))

    found = adjust(scores_of(bridge, quality, leaning, dice, 2))
    better = adjust(
        scores_of({**bridge, "b0": ("j", "n", "o"), "b1": ("m", "k", "o")}, quality, leaning, dice, 2)
    )

    assert (found.reason, found.comparability, found.parts) == (
        "hardly_comparable",
        Decimal("0.04"),
        (tuple("jklmno"),),
    )
    assert (better.reason, better.comparability > found.comparability) == (None, True)


def test_few_scores_do_not_tell_strictness_from_chance():
    few = [
        score(judge, entry, 5) for entry, panel in (("a", "jk"), ("b", "kl"), ("c", "jl")) for judge in panel
    ]

    assert adjust(few).reason == "too_few_scores"
    assert adjust([]).reason == "too_few_scores"


@pytest.mark.parametrize(("entries", "reason"), [(10, "too_few_scores"), (11, None)])
def test_eight_scores_beyond_what_entries_and_judges_use_up_are_enough(entries, reason):
    # entries × 2 − entries − 4 + 1
    panels = dict(list(BLOCKS.items())[:entries])

    assert adjust(scores_of(panels, dict.fromkeys(panels, 60), LEANING)).reason == reason


def test_judges_who_differ_no_more_than_by_chance_are_left_alone():
    found = adjust(random_scores(Random(2), between=0))

    assert found.reason == "judges_alike"
    assert Decimal("0.01") < found.chance <= 1
    assert [each.counts for each in found.estimates] == [each.raw for each in found.estimates]
    assert all(each.low < each.raw < each.high for each in found.estimates)


def test_one_judge_alone_leaves_chance_unknown():
    found = adjust([score("j", "a", 5), score("j", "b", 7)])

    assert found.reason == "all_see_all"
    assert [(each.error, each.low, each.high) for each in found.estimates] == [(None, None, None)] * 2


def test_all_the_same_scores_are_left_alone():
    found = adjust([score(judge, entry, 5) for entry, panel in BLOCKS.items() for judge in panel])

    assert (found.reason, found.chance) == ("judges_alike", 1)
    assert {(each.counts, each.error) for each in found.estimates} == {(5, Decimal("0.000000"))}


@st.composite
def editions(draw):
    judges = draw(st.integers(2, 6))
    size = draw(st.integers(1, min(4, judges)))
    given_scores = []
    for number in range(draw(st.integers(1, 12))):
        panel = draw(st.sets(st.integers(0, judges - 1), min_size=size, max_size=size))
        value = draw(st.integers(0, 20))
        given_scores += [
            score(f"j{judge}", f"e{number:02}", value + 3 * judge + draw(st.integers(0, 3)))
            for judge in panel
        ]
    return given_scores


random_editions = st.integers(0, 10**9).map(lambda seed: random_scores(Random(seed)))


@given(editions(), st.randoms())
def test_order_of_scores_changes_nothing(given_scores, dice):
    shuffled = list(given_scores)
    dice.shuffle(shuffled)

    assert adjust(shuffled) == adjust(given_scores)


def test_what_is_tried_here_is_adjusted_often_enough():
    reasons = [adjust(random_scores(Random(number))).reason for number in range(20)]

    assert reasons.count(None) >= 15


@given(editions() | random_editions, st.permutations(range(12)))
def test_names_are_only_names_to_the_last_digit(given_scores, order):
    judges = {f"j{number}": f"x{order[number]:02}" for number in range(6)}
    entries = {f"e{number:02}": f"y{order[number]:02}" for number in range(12)}

    found = adjust(given_scores)
    renamed = adjust([Score(judges[each.judge], entries[each.entry], each.total) for each in given_scores])

    def numbers(each):
        return each.raw, each.adjusted, each.error, each.low, each.high

    assert (renamed.reason, renamed.deviation, renamed.between, renamed.comparability, renamed.chance) == (
        found.reason,
        found.deviation,
        found.between,
        found.comparability,
        found.chance,
    )
    assert {each.entry: numbers(each) for each in renamed.estimates} == {
        entries[each.entry]: numbers(each) for each in found.estimates
    }
    assert {each.judge: (each.points, each.error) for each in renamed.leanings} == {
        judges[each.judge]: (each.points, each.error) for each in found.leanings
    }


@given(random_editions, st.integers(-50, 50))
def test_what_all_get_more_moves_all_alike(given_scores, more):
    found = adjust(given_scores)
    moved = adjust([Score(each.judge, each.entry, each.total + more) for each in given_scores])

    assert [each.counts + more for each in found.estimates] == [each.counts for each in moved.estimates]
    assert [each.error for each in found.estimates] == [each.error for each in moved.estimates]
    assert found.leanings == moved.leanings


@given(
    st.lists(st.lists(st.integers(0, 20), min_size=4, max_size=4), min_size=2, max_size=6),
    st.integers(0, 3),
    st.integers(-30, 30),
)
def test_a_stricter_judge_changes_no_place_where_all_see_all(rows, stricter, less):
    def order(rows):
        found = adjust(
            score(f"j{judge}", f"e{entry}", total)
            for entry, row in enumerate(rows)
            for judge, total in enumerate(row)
        )
        assert found.reason == "all_see_all"
        return sorted((-each.counts, each.entry) for each in found.estimates)

    moved = [[total - less * (judge == stricter) for judge, total in enumerate(row)] for row in rows]

    assert [entry for _value, entry in order(moved)] == [entry for _value, entry in order(rows)]


@given(st.integers(0, 10**9), st.integers(1, 30))
def test_a_stricter_judge_costs_his_entries_less_than_in_the_means(seed, less):
    given_scores = random_scores(Random(seed), entries=16, error=1)
    stricter = [
        Score(each.judge, each.entry, each.total - less * (each.judge == "j0")) for each in given_scores
    ]
    seen = {each.entry for each in given_scores if each.judge == "j0"}

    def gap(found, value):
        of = {True: [], False: []}
        for each in found.estimates:
            of[each.entry in seen].append(value(each))
        return sum(of[True]) / len(of[True]) - sum(of[False]) / len(of[False])

    assume(0 < len(seen) < 16)
    before, after = adjust(given_scores), adjust(stricter)
    assume(before.reason is None and after.reason is None)
    raw = gap(before, lambda each: each.raw) - gap(after, lambda each: each.raw)
    adjusted = gap(before, lambda each: each.counts) - gap(after, lambda each: each.counts)
    assert raw == Fraction(less, 3)
    assert abs(adjusted) < raw


@given(editions())
def test_estimates_are_whole_and_the_raw_mean_is_exact(given_scores):
    found = adjust(given_scores)

    totals = {}
    for each in given_scores:
        totals.setdefault(each.entry, []).append(Fraction(each.total))
    assert [(each.entry, each.scores, each.raw) for each in found.estimates] == [
        (entry, len(values), sum(values) / len(values)) for entry, values in sorted(totals.items())
    ]
    for each in found.estimates:
        assert (each.adjusted is None) == (found.reason is not None)
        if each.error is not None:
            assert each.low <= each.counts + Fraction(1, 10**6)
            assert each.counts - Fraction(1, 10**6) <= each.high
