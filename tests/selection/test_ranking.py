from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prasan.selection.ranking import Criterion, Mark, rank

FIT = Criterion("fit", Decimal(60), 5)
READY = Criterion("ready", Decimal(40), 10)
SHEET = (FIT, READY)

marks_of_three = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"), st.integers(0, 5), st.integers(0, 10)),
    max_size=9,
    unique_by=lambda given: given[:2],
)


def marks(*given: tuple[str, str, int, int]) -> list[Mark[str]]:
    return [
        mark
        for case, scorer, fit, ready in given
        for mark in (Mark(case, "fit", scorer, fit), Mark(case, "ready", scorer, ready))
    ]


def test_points_are_the_weighted_mean_of_all_marks() -> None:
    first, second = rank("ab", SHEET, marks(("a", "x", 3, 5), ("b", "x", 5, 10), ("b", "y", 4, 10)))

    assert (first.case, first.place, first.points) == ("b", 1, Fraction(94))
    assert [(share.criterion, share.mean, share.marks, share.points) for share in first.shares] == [
        ("fit", Fraction(9, 2), 2, Fraction(54)),
        ("ready", Fraction(10), 2, Fraction(40)),
    ]
    assert (second.case, second.place, second.points) == ("a", 2, Fraction(56))


def test_equal_points_share_a_place_and_name_each_other() -> None:
    given_marks = (("a", "x", 1, 5), ("b", "x", 3, 5), ("c", "x", 3, 5), ("d", "x", 0, 5))

    found = rank("abcd", SHEET, marks(*given_marks))

    assert [(each.case, each.place, each.tied_with) for each in found] == [
        ("b", 1, ("c",)),
        ("c", 1, ("b",)),
        ("a", 3, ()),
        ("d", 4, ()),
    ]


def test_case_without_a_mark_is_unknown_and_not_zero() -> None:
    known, unknown = rank("ab", SHEET, [*marks(("b", "x", 0, 0)), Mark("a", "fit", "x", 5)])

    assert (known.case, known.place, known.points) == ("b", 1, Fraction(0))
    assert (unknown.case, unknown.place, unknown.points, unknown.missing) == ("a", None, None, ("ready",))


@pytest.mark.parametrize(
    "wrong",
    [
        Mark("a", "fit", "x", 6),
        Mark("a", "fit", "x", -1),
        Mark("a", "beauty", "x", 1),
    ],
)
def test_mark_outside_the_sheet_is_no_mark(wrong: Mark[str]) -> None:
    with pytest.raises(ValueError, match="no mark of this sheet"):
        rank("a", SHEET, [wrong])


def test_same_person_marks_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        rank("a", SHEET, [Mark("a", "fit", "x", 1), Mark("a", "fit", "x", 2)])


def test_weights_that_are_all_zero_rank_nothing() -> None:
    with pytest.raises(ValueError, match="weight"):
        rank("a", [Criterion("fit", Decimal(0), 5)], [])


@given(marks_of_three, st.integers(1, 1000))
def test_only_the_proportion_of_weights_counts(given_marks: list, factor: int) -> None:
    scaled = [Criterion(each.code, each.weight * factor, each.scale) for each in SHEET]

    assert rank("abc", scaled, marks(*given_marks)) == rank("abc", SHEET, marks(*given_marks))


@given(marks_of_three, st.randoms())
def test_order_of_the_marks_changes_nothing(given_marks: list, dice) -> None:
    shuffled = marks(*given_marks)
    dice.shuffle(shuffled)

    assert rank("abc", SHEET, shuffled) == rank("abc", SHEET, marks(*given_marks))


@given(marks_of_three)
def test_place_is_one_more_than_those_with_more_points(given_marks: list) -> None:
    found = rank("abc", SHEET, marks(*given_marks))

    known = [each for each in found if each.points is not None]
    assert [each.place for each in known] == [
        1 + sum(other.points > each.points for other in known) for each in known
    ]
    assert all(0 <= each.points <= 100 for each in known)
    assert sorted(each.case for each in found) == ["a", "b", "c"]


@given(marks_of_three, st.sampled_from("abc"))
def test_a_better_mark_never_lowers_a_place(given_marks: list, case: str) -> None:
    better = [(who, scorer, min(5, fit + (who == case)), ready) for who, scorer, fit, ready in given_marks]

    before = {each.case: each.place for each in rank("abc", SHEET, marks(*given_marks))}
    after = {each.case: each.place for each in rank("abc", SHEET, marks(*better))}

    assert (before[case] is None) == (after[case] is None)
    assert before[case] is None or after[case] <= before[case]
