from collections import Counter
from itertools import combinations

import numpy as np
import pytest

from bench.judging_correction import (
    DESIGNS,
    MATTERS,
    Outcome,
    balanced_blocks,
    clustered_panels,
    random_panels,
    simulated,
    table_of,
    tau,
)


@pytest.mark.parametrize(
    ("order", "expected"),
    [([1, 2, 3, 4], 1), ([4, 3, 2, 1], -1), ([1, 2, 4, 3], 2 / 3), ([1, 1, 1, 1], 0)],
)
def test_tau_is_pairs_in_order_less_pairs_out_of_it(order, expected):
    assert tau(np.array(order, float), np.array([10.0, 20, 30, 40])) == pytest.approx(expected)


def test_two_judges_of_balanced_blocks_meet_once_a_time():
    panels = balanced_blocks(2)(np.random.default_rng(0))

    met = Counter(pair for panel in panels.values() for pair in combinations(sorted(panel), 2))
    assert set(met.values()) == {2}
    assert (len(panels), len(met)) == (24, 36)


def test_halves_share_as_many_entries_as_said():
    panels = clustered_panels(20, 12, 3, 4)(np.random.default_rng(0))

    mixed = [panel for panel in panels.values() if len({int(judge[1:]) < 6 for judge in panel}) == 2]
    assert len(mixed) == 4


def test_random_panels_are_even():
    panels = random_panels(40, 12, 3)(np.random.default_rng(0))

    loads = Counter(judge for panel in panels.values() for judge in panel)
    assert set(loads.values()) == {10}
    assert all(len(set(panel)) == 3 for panel in panels.values())


def test_editions_are_made_up_the_same_every_time_and_adjusting_helps_where_it_matters():
    design = next(design for design in DESIGNS if design.name == MATTERS)

    outcome = simulated(design, 8)

    assert outcome == simulated(design, 8)
    assert outcome.gain > outcome.reach > 0
    assert outcome.adjusted == pytest.approx(outcome.raw + outcome.gain)
    assert table_of([outcome]).splitlines()[1].startswith(MATTERS)


@pytest.mark.parametrize(("gain", "is_worse"), [(-0.02, True), (-0.01, False), (0.02, False)])
def test_design_is_worse_where_chance_does_not_explain_it(gain, is_worse):
    assert Outcome(DESIGNS[0], 0.8, 0.8 + gain, gain, 0.01, 1, 0.95).is_worse is is_worse
