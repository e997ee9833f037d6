from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prasan.judging.draw import drawn
from prasan.judging.levels import Level, award
from prasan.judging.ranking import Broken, Contender, Standing, TieRule, rank

USE = TieRule("criterion", "use")
FIRSTS = TieRule("first_places")
SPREAD = TieRule("smaller_spread")
EARLIER = TieRule("earlier")
DRAW = TieRule("draw", "seed 7")
NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


def contender(entry, value, use=None, **others):
    criteria = {} if use is None else {"use": Fraction(use)}
    return Contender(entry, Fraction(value), criteria, **others)


def places(standings):
    return [(each.entry, each.place) for each in standings]


def test_equal_values_share_a_place_and_the_next_is_passed_over():
    found = rank([contender("d", 1), contender("c", 2), contender("b", 2), contender("a", 3)], [])

    assert found == [
        Standing("a", 1, Fraction(3)),
        Standing("b", 2, Fraction(2), ("c",)),
        Standing("c", 2, Fraction(2), ("b",)),
        Standing("d", 4, Fraction(1)),
    ]


def test_every_tie_that_is_broken_says_by_which_rule_and_with_whom():
    tied = [
        contender("a", 5, use=1, first_places=Fraction(1)),
        contender("b", 5, use=1, first_places=Fraction(3, 2)),
        contender("c", 5, use=2, first_places=Fraction(0)),
    ]

    found = rank([*tied, contender("z", 9, use=0)], [USE, FIRSTS])

    assert places(found) == [("z", 1), ("c", 2), ("b", 3), ("a", 4)]
    assert {each.entry: each.broken for each in found} == {
        "z": (),
        "c": (Broken(USE, ("a", "b"), ()),),
        "b": (Broken(USE, (), ("c",)), Broken(FIRSTS, ("a",), ())),
        "a": (Broken(USE, (), ("c",)), Broken(FIRSTS, (), ("b",))),
    }
    assert [each.tied_with for each in found] == [(), (), (), ()]


@pytest.mark.parametrize(
    ("rule", "better", "worse"),
    [
        (USE, {"use": 2}, {"use": 1}),
        (FIRSTS, {"first_places": Fraction(1)}, {"first_places": Fraction(1, 2)}),
        (SPREAD, {"spread": Fraction(1)}, {"spread": Fraction(2)}),
        (
            EARLIER,
            {"handed_in": NOON.astimezone(timezone(timedelta(hours=7)))},
            {"handed_in": NOON + timedelta(microseconds=1)},
        ),
    ],
)
def test_rule_puts_the_better_first_and_is_passed_over_where_one_is_not_known(rule, better, worse):
    told_apart = rank([contender("a", 1, **worse), contender("b", 1, **better)], [rule])
    unknown = rank([contender("a", 1, **worse), contender("b", 1, **better), contender("c", 1)], [rule])

    assert places(told_apart) == [("b", 1), ("a", 2)]
    assert places(unknown) == [("a", 1), ("b", 1), ("c", 1)]


def test_draw_leaves_no_tie_and_follows_the_published_lots():
    found = rank([contender(entry, 1) for entry in "abcde"], [USE, DRAW])

    assert [each.entry for each in found] == drawn("seed 7", "abcde")
    assert [each.place for each in found] == [1, 2, 3, 4, 5]
    assert [each.entry for each in found] != drawn("seed 8", "abcde")


@pytest.mark.parametrize(("kind", "of"), [("beauty", ""), ("criterion", ""), ("draw", ""), ("earlier", "x")])
def test_rule_for_ties_says_what_it_needs(kind, of):
    with pytest.raises(ValueError, match=kind):
        TieRule(kind, of)


def test_moment_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        contender("a", 1, handed_in=datetime(2026, 7, 1, 12))


def test_entry_stands_once():
    with pytest.raises(ValueError, match="once"):
        rank([contender("a", 1), contender("a", 2)], [])


contenders = st.lists(
    st.builds(
        contender,
        st.sampled_from("abcdefgh"),
        st.integers(0, 2),
        st.none() | st.integers(0, 2),
        first_places=st.none() | st.integers(0, 2).map(Fraction),
        spread=st.none() | st.integers(0, 2).map(Fraction),
        handed_in=st.none() | st.integers(0, 2).map(lambda hours: NOON + timedelta(hours=hours)),
    ),
    unique_by=lambda each: each.entry,
    max_size=8,
)
rules = st.lists(st.sampled_from([USE, FIRSTS, SPREAD, EARLIER, DRAW]), unique=True)


@given(contenders, rules, st.randoms())
def test_order_of_contenders_changes_nothing(given_contenders, given_rules, dice):
    shuffled = list(given_contenders)
    dice.shuffle(shuffled)

    assert rank(shuffled, given_rules) == rank(given_contenders, given_rules)


@given(contenders, rules)
def test_places_follow_values_and_only_equal_ones_are_told_apart(given_contenders, given_rules):
    found = rank(given_contenders, given_rules)

    values = {each.entry: each.value for each in found}
    for number, each in enumerate(found):
        assert each.place == 1 + sum(other.place < each.place for other in found)
        assert all(values[each.entry] >= later.value for later in found[number:])
        others = [name for broken in each.broken for name in (*broken.ahead_of, *broken.behind)]
        same = [other.entry for other in found if other.value == each.value and other is not each]
        assert sorted([*others, *each.tied_with]) == sorted(same)
    assert sorted(values) == sorted(each.entry for each in given_contenders)
    if DRAW in given_rules:
        assert [each.place for each in found] == list(range(1, len(found) + 1))


@given(contenders, rules)
def test_names_are_only_names(given_contenders, given_rules):
    without_draw = [rule for rule in given_rules if rule != DRAW]
    renamed = [
        Contender(
            f"z{104 - ord(each.entry)}",
            each.value,
            each.criteria,
            each.first_places,
            each.spread,
            each.handed_in,
        )
        for each in given_contenders
    ]

    assert {each.entry: each.place for each in rank(renamed, without_draw)} == {
        f"z{104 - ord(each.entry)}": each.place for each in rank(given_contenders, without_draw)
    }


def standings(*values):
    return rank([contender(f"{number:02}", value) for number, value in enumerate(values)], [])


def test_places_are_given_from_the_highest_level_down():
    found = award(standings(9, 8, 7, 6, 5), [Level("gold", 1), Level("silver", 2), Level("bronze", 1)])

    assert list(found.levels.values()) == ["gold", "silver", "silver", "bronze", None]
    assert found.undecided == {}
    assert found.lines == {"gold": Fraction(17, 2), "silver": Fraction(13, 2), "bronze": Fraction(11, 2)}


def test_those_who_share_a_place_across_a_line_are_left_to_people():
    found = award(standings(9, 8, 8, 8, 7, 6), [Level("gold", 2), Level("silver", 1), Level("bronze")])

    assert found.levels == {"00": "gold", "04": "bronze", "05": "bronze"}
    assert found.undecided == dict.fromkeys(("01", "02", "03"), ("gold", "silver", "bronze"))
    assert found.lines == {"gold": 8, "silver": 8}


def test_tie_that_leaves_some_without_an_award_says_so():
    found = award(standings(9, 8, 8), [Level("gold", 2)])

    assert found.levels == {"00": "gold"}
    assert found.undecided == {"01": ("gold", None), "02": ("gold", None)}


def test_threshold_is_a_line_and_its_empty_places_are_not_handed_down():
    levels = [
        Level("gold", 2, Fraction(90)),
        Level("silver", 2, Fraction(80)),
        Level("merit", None, Fraction(60)),
    ]

    found = award(standings(95, 85, 84, 83, 59), levels)

    assert list(found.levels.values()) == ["gold", "silver", "silver", "merit", None]
    assert found.lines == {"gold": 90, "silver": Fraction(167, 2), "merit": 60}


def test_line_lies_where_places_ran_out_though_more_reached_the_threshold():
    found = award(standings(90, 85), [Level("gold", 1, Fraction(85))])

    assert (found.levels, found.lines) == ({"00": "gold", "01": None}, {"gold": Fraction(175, 2)})


def test_value_at_the_threshold_reaches_it():
    found = award(standings(90, 89), [Level("gold", threshold=Fraction(90))])

    assert found.levels == {"00": "gold", "01": None}
    assert found.lines == {"gold": 90}


def test_level_for_all_the_rest_has_no_line():
    found = award(standings(2, 1), [Level("gold", 1), Level("thanks")])

    assert found.levels == {"00": "gold", "01": "thanks"}
    assert found.lines == {"gold": Fraction(3, 2)}


def test_nobody_gets_nothing():
    found = award([], [Level("gold", 1), Level("silver", 1, Fraction(5))])

    assert (found.levels, found.undecided, found.lines) == ({}, {}, {"silver": 5})


@pytest.mark.parametrize(
    ("levels", "words"),
    [
        ([Level("gold"), Level("gold", 1)], "once"),
        ([Level("gold", threshold=Fraction(5)), Level("silver", threshold=Fraction(6))], "no more"),
    ],
)
def test_levels_that_contradict_each_other_are_refused(levels, words):
    with pytest.raises(ValueError, match=words):
        award([], levels)


def test_level_has_a_place():
    with pytest.raises(ValueError, match="at least one place"):
        Level("gold", 0)


@given(
    st.lists(st.integers(0, 4), max_size=8),
    st.lists(st.tuples(st.none() | st.integers(1, 3), st.none() | st.integers(0, 4)), max_size=3),
)
def test_no_level_is_overfull_nor_given_below_its_threshold_nor_out_of_order(values, given_levels):
    asked = sorted((threshold for _places, threshold in given_levels if threshold is not None), reverse=True)
    levels = [
        Level(f"{number}", count, None if threshold is None else Fraction(asked.pop(0)))
        for number, (count, threshold) in enumerate(given_levels)
    ]

    found = award(standings(*values), levels)

    order = [level.code for level in levels]
    given_codes = {
        each.entry: found.undecided.get(each.entry) or (found.levels[each.entry],)
        for each in standings(*values)
    }
    ranks = [[order.index(code) if code else len(order) for code in codes] for codes in given_codes.values()]
    assert all(before[-1] <= after[0] or before == after for before, after in pairwise(ranks))
    for level in levels:
        certain = [entry for entry, codes in given_codes.items() if codes == (level.code,)]
        assert level.places is None or len(certain) <= level.places
        for each in standings(*values):
            assert level.code not in given_codes[each.entry] or each.value >= (level.threshold or 0)
    for code, line in found.lines.items():
        for each in standings(*values):
            numbers = [order.index(one) if one else len(order) for one in given_codes[each.entry]]
            assert each.value >= line or numbers[0] != order.index(code)
            assert each.value <= line or numbers[0] <= order.index(code)
