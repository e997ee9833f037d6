from decimal import Decimal, localcontext
from itertools import combinations
from random import Random

import numpy as np
import pytest

from prasan.judging.chances import beyond
from prasan.judging.comparing import comparability, parts
from prasan.judging.equations import WORKING, inverse, settled, tridiagonal


def panels_of(dice, entries, judges, size):
    return {
        f"e{number}": tuple(f"j{judge}" for judge in dice.sample(range(judges), size))
        for number in range(entries)
    }


def test_judges_who_share_no_entry_even_by_third_ones_are_parts():
    assert parts({"a": ("j", "k"), "b": ("k", "l"), "c": ("m",), "d": ("n", "m"), "e": ()}) == [
        ("j", "k", "l"),
        ("m", "n"),
    ]
    assert parts({}) == []


@pytest.mark.parametrize(
    ("panels", "expected"),
    [
        ({}, "1.00"),
        ({"a": ("j",)}, "1.00"),
        ({"a": ("j", "k"), "b": ("j", "k")}, "1.00"),
        ({"a": ("j", "k"), "b": ("l", "m")}, "0.00"),
        # balanced incomplete blocks: judges × (size − 1) ÷ (size × (judges − 1))
        ({"".join(pair): pair for pair in combinations("jklm", 2)}, "0.66"),
        ({"".join(panel): panel for panel in combinations("jklm", 3)}, "0.88"),
        ({"".join(panel): panel for panel in combinations("jklmn", 4)}, "0.93"),
        # each judge shares one entry with the next: (1 − cos(2π ÷ 6)) ÷ 2
        ({f"{number}": (f"{number}", f"{(number + 1) % 6}") for number in range(6)}, "0.25"),
    ],
)
def test_comparability_is_that_of_known_designs(panels, expected):
    assert comparability(panels) == Decimal(expected)


@pytest.mark.parametrize("number", range(20))
def test_comparability_is_the_smallest_efficiency_factor(number):
    dice = Random(number)
    panels = panels_of(dice, dice.randint(6, 15), dice.randint(3, 7), dice.randint(2, 3))
    judges = sorted({judge for panel in panels.values() for judge in panel})
    seen = np.array([[judge in panel for judge in judges] for panel in panels.values()], float)
    told = np.diag(seen.sum(axis=0)) - seen.T @ np.diag(1 / seen.sum(axis=1)) @ seen
    scale = np.diag(seen.sum(axis=0) ** -0.5)
    second = np.linalg.eigvalsh(scale @ told @ scale)[1]

    assert comparability(panels) == Decimal(int(100 * second + 1e-9)).scaleb(-2)


@pytest.mark.parametrize("number", range(5))
def test_equations_are_solved_as_by_others(number):
    dice = np.random.default_rng(number)
    square = dice.normal(size=(6, 6))
    matrix, vector = square @ square.T, dice.normal(size=6)
    with localcontext(WORKING):
        exact = [[Decimal(float(value)) for value in row] for row in matrix]
        turned = tridiagonal(exact, [Decimal(float(value)) for value in vector])
        solved, trace = turned.solved(Decimal(2)), turned.trace_of_inverse(Decimal(2))
        found = np.array(inverse(exact), float)
        counts = [turned.eigenvalues_below(Decimal(bound)) for bound in (0, 1, 5, 100)]
    values = np.linalg.eigvalsh(matrix)

    assert np.allclose(found @ matrix, np.eye(6))
    assert np.isclose(
        float(sum(x * x for x in solved)), np.sum(np.linalg.solve(matrix + 2 * np.eye(6), vector) ** 2)
    )
    assert np.isclose(float(trace), np.sum(1 / (values + 2)))
    assert counts == [int(np.sum(values < bound)) for bound in (0, 1, 5, 100)]


def test_matrix_that_is_turned_already_stays_as_it_is():
    with localcontext(WORKING):
        turned = tridiagonal([[Decimal(2), Decimal(0)], [Decimal(0), Decimal(3)]], [Decimal(1), Decimal(1)])

    assert (turned.diagonal, turned.turned) == ([2, 3], [1, 1])


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("0.0000005", "0.000000"),
        ("0.0000015", "0.000002"),
        ("-0.0000005", "0.000000"),
        ("0.00000049999999999999999999999999999999999999999", "0.000000"),
        ("0.00000149999999999999999999999999999999999999999", "0.000002"),
        ("0.00000050000000000000000000001", "0.000001"),
        ("70", "70.000000"),
    ],
)
def test_halves_are_halves_whatever_rounding_made_of_them(value, expected):
    assert str(settled(Decimal(value))) == expected


@pytest.mark.parametrize(
    ("ratio", "above", "below", "expected"),
    [
        ("161.4476", 1, 1, 0.05),
        ("3.3258", 5, 10, 0.05),
        ("4.7351", 10, 5, 0.05),
        ("3.6987", 7, 20, 0.01),
        ("1", 3, 3, 0.5),
        ("0", 2, 2, 1),
    ],
)
def test_chances_are_those_of_the_printed_tables(ratio, above, below, expected):
    with localcontext(WORKING):
        found = beyond(Decimal(ratio), above, below)

    assert float(found) == pytest.approx(expected, abs=2e-6)


@pytest.mark.parametrize(("above", "below"), [(1, 4), (3, 8), (11, 30), (6, 6), (59, 340)])
def test_chances_of_a_ratio_and_its_inverse_add_up(above, below):
    with localcontext(WORKING):
        for ratio in map(Decimal, ("0.01", "0.5", "1", "1.3", "4", "50")):
            both = beyond(ratio, above, below) + beyond(1 / ratio, below, above)

            assert abs(both - 1) < Decimal("1E-25")
