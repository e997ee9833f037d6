from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prasan.judging import scores
from prasan.judging.scores import Criterion, Mark, Score, Unfinished

USE = Criterion("use", Decimal("0.6"), Decimal(10))
NEW = Criterion("new", Decimal("0.4"), Decimal(5))


def mark(judge, entry, criterion, value):
    return Mark(judge, entry, criterion, Decimal(value))


def score(judge, entry, total):
    return Score(judge, entry, Decimal(total))


def test_total_is_weight_times_mark_and_exact():
    found = scores.totals([USE, NEW], [mark("j", "e", "use", "7.1"), mark("j", "e", "new", "3.3")])

    assert found.scores == (score("j", "e", "5.58"),)
    assert found.unfinished == ()


def test_sheet_without_a_mark_has_no_total_and_is_named():
    found = scores.totals([USE, NEW], [mark("j", "e", "new", "0"), *whole("k", "e")])

    assert found.scores == (score("k", "e", "1.0"),)
    assert found.unfinished == (Unfinished("j", "e", ("use",)),)


def whole(judge, entry):
    return [mark(judge, entry, "use", "1"), mark(judge, entry, "new", "1")]


@pytest.mark.parametrize(
    ("criteria", "marks"),
    [
        ([USE, USE], []),
        ([Criterion("use", Decimal(0), Decimal(10))], []),
        ([USE], [mark("j", "e", "new", 1)]),
        ([USE], [mark("j", "e", "use", "10.01")]),
        ([USE], [mark("j", "e", "use", -1)]),
        ([USE], [mark("j", "e", "use", "NaN")]),
        ([USE], [mark("j", "e", "use", 1), mark("j", "e", "use", 1)]),
    ],
)
def test_marks_and_criteria_that_cannot_be_are_refused(criteria, marks):
    with pytest.raises(ValueError, match=r"once|weight|no mark|twice"):
        scores.totals(criteria, marks)


@pytest.mark.parametrize(("weight", "most"), [("-1", "5"), ("NaN", "5"), ("1", "0"), ("1", "Infinity")])
def test_criterion_has_a_weight_and_a_highest_mark(weight, most):
    with pytest.raises(ValueError, match="a number"):
        Criterion("use", Decimal(weight), Decimal(most))


def test_means_and_spreads_are_exact_fractions():
    given_scores = [score("j", "e", "1"), score("k", "e", "2"), score("l", "e", "2"), score("j", "f", "0.1")]

    assert scores.raw_means(given_scores) == {"e": Fraction(5, 3), "f": Fraction(1, 10)}
    assert scores.spreads(given_scores) == {"e": Fraction(1, 3), "f": None}
    assert scores.criterion_means([mark("j", "e", "use", 1), mark("k", "e", "use", 2)]) == {
        "e": {"use": Fraction(3, 2)}
    }


def test_who_puts_two_first_shares_his_vote():
    given_scores = [
        *(score("j", "e", 5), score("j", "f", 5), score("j", "g", 1)),
        *(score("k", "e", 3), score("k", "g", 2)),
    ]

    assert scores.first_places(given_scores) == {"e": Fraction(3, 2), "f": Fraction(1, 2), "g": Fraction(0)}


@pytest.mark.parametrize("total", ["NaN", "Infinity", "1E9", "-1E9"])
def test_totals_are_numbers_of_a_size_that_can_be_reckoned_with(total):
    with pytest.raises(ValueError, match="no total"):
        scores.by_entry([score("j", "e", total)])


def test_judge_scores_an_entry_once():
    with pytest.raises(ValueError, match="twice"):
        scores.by_entry([score("j", "e", 1), score("j", "e", 1)])


@given(
    st.lists(
        st.tuples(
            st.sampled_from("jkl"),
            st.sampled_from("efg"),
            st.decimals(0, 10, places=2),
            st.decimals(0, 5, places=3),
        ),
        unique_by=lambda given: given[:2],
    ),
    st.randoms(),
)
def test_order_of_marks_changes_nothing_and_nothing_is_rounded(given_sheets, dice):
    marks = [
        each
        for judge, entry, use, new in given_sheets
        for each in (mark(judge, entry, "use", use), mark(judge, entry, "new", new))
    ]
    shuffled = list(marks)
    dice.shuffle(shuffled)

    found = scores.totals([USE, NEW], marks)

    assert scores.totals([USE, NEW], shuffled) == found
    assert {(each.judge, each.entry): Fraction(each.total) for each in found.scores} == {
        (judge, entry): Fraction(3, 5) * Fraction(use) + Fraction(2, 5) * Fraction(new)
        for judge, entry, use, new in given_sheets
    }
