from decimal import Decimal
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prasan.judging.adjustment import Adjustment, Estimate, Leaning, adjust
from prasan.judging.agreement import Talk, alpha, to_talk_about
from prasan.judging.scores import Score

# K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011): observers by units, a dot is missing
SECTION_A = ("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0")
SECTION_B = ("1 1 2 2 4 3 3 3 5 4 4 1", "2 1 2 2 2 3 3 3 5 4 4 4")
SECTION_C = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)


def units(observers):
    rows = [row.split() for row in observers]
    return [[int(value) for value in column if value != "."] for column in zip(*rows, strict=True)]


@pytest.mark.parametrize(
    ("observers", "level", "published"),
    [
        (SECTION_A, "nominal", "0.095"),
        (SECTION_B, "nominal", "0.692"),
        (SECTION_C, "nominal", "0.743"),
        (SECTION_C, "ordinal", "0.815"),
        (SECTION_C, "interval", "0.849"),
    ],
)
def test_alpha_is_that_of_the_published_examples(observers, level, published):
    assert f"{float(alpha(units(observers), level)):.3f}" == published


def test_nothing_to_agree_about_has_no_alpha():
    assert alpha([[1, 1], [1]], "nominal") is None
    assert alpha([[1], [2]], "interval") is None
    assert alpha([], "ordinal") is None


def test_level_is_one_of_three():
    with pytest.raises(ValueError, match="ratio is no level"):
        alpha([[1, 2]], "ratio")


def apart(low, high, level, every):
    if level == "nominal":
        return Fraction(low != high)
    if level == "interval":
        return Fraction(high - low) ** 2
    low, high = sorted((low, high))
    between = sum(low <= value <= high for value in every)
    return (between - Fraction(every.count(low) + every.count(high), 2)) ** 2 if low != high else Fraction(0)


def alpha_by_pairs(all_units, level):
    """The definition, word by word: disagreement within units by that of all values with each other."""
    pairable = [unit for unit in all_units if len(unit) > 1]
    every = [value for unit in pairable for value in unit]
    within = sum(
        apart(one, other, level, every) / (len(unit) - 1)
        for unit in pairable
        for one, other in permutations(unit, 2)
    )
    among = sum(apart(one, other, level, every) for one, other in permutations(every, 2))
    return 1 - within * (len(every) - 1) / among if among else None


some_units = st.lists(st.lists(st.integers(0, 4), max_size=4), max_size=6)
levels = st.sampled_from(["nominal", "ordinal", "interval"])


@given(some_units, levels)
def test_alpha_is_what_its_definition_says(given_units, level):
    assert alpha(given_units, level) == alpha_by_pairs(given_units, level)


@given(some_units, levels, st.randoms())
def test_order_of_units_and_values_changes_nothing(given_units, level, dice):
    shuffled = [dice.sample(unit, len(unit)) for unit in given_units]
    dice.shuffle(shuffled)

    assert alpha(shuffled, level) == alpha(given_units, level)


def scores(**by_entry):
    return [
        Score(judge, entry, Decimal(total))
        for entry, totals in by_entry.items()
        for judge, total in zip("jklm", totals, strict=False)
        if total is not None
    ]


def estimate(entry, low=None, high=None, count=3):
    bounds = [None if bound is None else Decimal(bound) for bound in (low, high)]
    return Estimate(entry, count, Fraction(5), None, None, *bounds)


def adjustment(*estimates, leanings=()):
    return Adjustment(None, estimates, leanings, None, None, Decimal(1), ())


def test_entries_whose_judges_are_unusually_apart_come_first_the_worst_before():
    given_scores = scores(a=[5, 6, 7], b=[1, 5, 9], c=[5, 5, 6], d=[0, 5, 9], e=[5, 6, 6], f=[6, 6, 7])

    alike = adjustment(*(estimate(entry) for entry in "abcdef"))

    found = to_talk_about(given_scores, alike, {}, Decimal("1.9"))

    # by hand: variances 1, 16, 1/3, 61/3, 1/3, 1/3; d: √(61/3 ÷ (18/5)), b: √(16 ÷ (22.333…/5))
    assert found == [Talk("d", "judges_disagree", Decimal("2.37"))]
    assert to_talk_about(given_scores, alike, {}, Decimal("1.8")) == [
        *found,
        Talk("b", "judges_disagree", Decimal("1.89")),
    ]


def test_leanings_are_taken_out_before_judges_are_held_to_disagree():
    given_scores = scores(a=[5, 6, 7], b=[1, 5, 9])
    leanings = tuple(
        Leaning(judge, 2, Decimal(points), Decimal(1)) for judge, points in (("j", -4), ("k", 0), ("l", 4))
    )

    found = to_talk_about(given_scores, adjustment(estimate("a"), estimate("b"), leanings=leanings), {})

    assert found == [Talk("a", "judges_disagree")]


def test_judges_of_one_entry_alone_differ_from_nothing_usual():
    given_scores = scores(a=[1, 5, 9], b=[3])

    assert to_talk_about(given_scores, adjust(given_scores), {}) == []


def test_entry_is_near_a_line_that_its_interval_crosses():
    given_scores = scores(a=[5, 5, 5], b=[5, 5, 5], c=[5, 5, 5], d=[5, 5, 5])
    estimates = [
        estimate("a", "4.0", "6.0"),
        estimate("b", "5.5", "6.5"),
        estimate("c", "4.0", "5.0"),
        estimate("d"),
    ]

    found = to_talk_about(given_scores, adjustment(*estimates), {"gold": Fraction(6), "silver": Fraction(5)})

    assert found == [Talk("b", "near_line", line="gold"), Talk("a", "near_line", line="silver")]


def test_adjustment_of_other_scores_is_refused():
    with pytest.raises(ValueError, match="other scores"):
        to_talk_about(scores(a=[5]), adjust(scores(a=[5, 6])), {})
