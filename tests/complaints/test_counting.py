"""Percentiles of counts, and small counts that nobody can subtract back."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from prasan.complaints.counting import SMALL, percentile, publishable


@given(st.dictionaries(st.integers(0, 40), st.integers(0, 6)), st.sampled_from((0.1, 0.5, 0.9, 1.0)))
def test_percentile_is_the_first_case_that_closes_the_part(counts, part):
    cases = sorted(days for days, number in counts.items() for _case in range(number))

    expected = next((days for n, days in enumerate(cases, 1) if n / len(cases) >= part), None)

    assert percentile(counts, part) == expected


CELLS = st.dictionaries(
    st.tuples(st.sampled_from(("3201", "3202", "3203")), st.sampled_from(("road", "tree"))),
    st.integers(0, 9),
    max_size=6,
)


@given(CELLS)
def test_an_attacker_finds_no_hidden_number(cells):
    """Tries every way in which the hidden cells could stand that fits all that is told."""
    told = publishable(cells)
    hidden = sorted(told.hidden)
    worlds = [
        dict(zip(hidden, numbers, strict=True))
        for numbers in product(range(1, SMALL), repeat=len(hidden))
        if told.rest is None or sum(numbers) == told.rest
    ]

    assert {cell for cell, number in cells.items() if 0 < number < SMALL} == told.hidden
    assert all(told.shown[cell] == cells[cell] for cell in told.shown)
    assert {cell: cells[cell] for cell in hidden} in worlds
    for cell in hidden:
        assert len({world[cell] for world in worlds}) > 1


@given(st.lists(CELLS, min_size=1, max_size=3))
def test_sums_over_provinces_tell_no_more(provinces):
    """The country tells the sum of what each province tells: what one withholds is in no sum at all."""
    told = [publishable(cells) for cells in provinces]

    assert sum(each.total for each in told) == sum(
        sum(each.shown.values()) + (each.rest or 0) for each in told
    )
    for cells, each in zip(provinces, told, strict=True):
        whole = sum(cells.values())
        assert each.total == (whole if each.rest is not None else whole - sum(cells[c] for c in each.hidden))
