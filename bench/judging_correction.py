"""Whether adjusting scores for the strictness of judges brings the order of entries nearer to the true one.

Editions of contests are made up, in which the true quality of every entry is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

import numpy as np
from numpy.typing import NDArray

from bench.figure import Figure
from bench.installation import Installation
from bench.sizes import Sizes
from prasan.judging.adjustment import Adjustment, adjust
from prasan.judging.assignment import Seat, assign
from prasan.judging.scores import Score

QUALITY = 8.0
"""Points between entries (standard deviation), on a sheet of 100 points with a mean of 70."""
MATTERS = "very different strictness, random panels"

Panels = Mapping[str, Sequence[str]]
Dice = np.random.Generator


@dataclass(frozen=True, slots=True)
class Design:
    """How an edition is judged: who sees what, and how far strictness and single scores vary, in points."""

    name: str
    panels: Callable[[Dice], Panels]
    strictness: float
    error: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the editions of a design; `gain` is in tau, give or take `reach` (95 %)."""

    design: Design
    raw: float
    adjusted: float
    gain: float
    reach: float
    applied: float
    covered: float

    @property
    def is_worse(self) -> bool:
        """Whether adjusting did harm that chance does not explain."""
        return self.gain + self.reach < 0


def random_panels(entries: int, judges: int, size: int) -> Callable[[Dice], Panels]:
    """Panels of the least busy judges, chance deciding among them."""

    def made(dice: Dice) -> Panels:
        loads = np.zeros(judges)
        panels = {}
        for entry in range(entries):
            panel = np.argsort(loads + dice.random(judges))[:size]
            loads[panel] += 1
            panels[f"e{entry:02}"] = [f"j{judge:02}" for judge in panel]
        return panels

    return made


def assigned_panels(entries: int, judges: int, size: int) -> Callable[[Dice], Panels]:
    """Panels as our own assignment draws them."""
    wanted = {f"e{entry:02}": size for entry in range(entries)}
    seats = [Seat(f"j{judge:02}", None, 0, entries) for judge in range(judges)]
    return lambda dice: assign(wanted, seats, [], str(dice.integers(10**9))).panels


def clustered_panels(entries: int, judges: int, size: int, shared: int) -> Callable[[Dice], Panels]:
    """Two halves of judges with entries of their own, but for so many that have a judge of the other half."""

    def made(dice: Dice) -> Panels:
        halves = np.array_split(np.arange(judges), 2)
        panels = {
            f"e{entry:02}": list(dice.choice(halves[entry % 2], size, replace=False))
            for entry in range(entries)
        }
        for entry in dice.choice(entries, shared, replace=False):
            panels[f"e{entry:02}"][0] = dice.choice(halves[1 - entry % 2])
        return {entry: [f"j{judge:02}" for judge in panel] for entry, panel in panels.items()}

    return made


def all_see_all(entries: int, judges: int) -> Callable[[Dice], Panels]:
    """Every judge sees every entry."""
    return random_panels(entries, judges, judges)


def balanced_blocks(times: int) -> Callable[[Dice], Panels]:
    """Nine judges in twelve panels of three, each two meeting once (the plane of order 3), so many times."""
    points = list(product(range(3), repeat=2))
    lines = [
        [point for point in points if (rise * point[0] + run * point[1]) % 3 == start]
        for (rise, run), start in product([(0, 1), (1, 0), (1, 1), (1, 2)], range(3))
    ]
    panels = {
        f"e{time * len(lines) + number:02}": [f"j{3 * x + y:02}" for x, y in line]
        for time in range(times)
        for number, line in enumerate(lines)
    }
    return lambda _dice: panels


DESIGNS = (
    Design("all see all, different strictness", all_see_all(20, 6), 5, 4),
    Design("balanced blocks, different strictness", balanced_blocks(3), 5, 4),
    Design("equal strictness, random panels", random_panels(40, 12, 3), 0, 4),
    Design("little different strictness, random panels", random_panels(40, 12, 3), 1.5, 4),
    Design("different strictness, random panels", random_panels(40, 12, 3), 3, 4),
    Design("different strictness, panels as assigned", assigned_panels(40, 12, 3), 3, 4),
    Design(MATTERS, random_panels(40, 12, 3), 8, 4),
    Design("very different strictness, two judges each", random_panels(40, 20, 2), 8, 4),
    Design("panels that share one entry", clustered_panels(40, 12, 3, 1), 5, 4),
    Design("panels that share six entries", clustered_panels(40, 12, 3, 6), 5, 4),
    Design("heavy noise, different strictness", random_panels(40, 12, 3), 5, 12),
    Design("heavy noise, equal strictness", random_panels(40, 12, 3), 0, 12),
    Design("few entries, different strictness", random_panels(8, 5, 3), 5, 4),
    Design("few entries, equal strictness", random_panels(8, 5, 3), 0, 4),
)


def measure(_installation: Installation, sizes: Sizes) -> Iterator[Figure]:
    """Judge the made-up editions of all designs; tell what matters most and what got worse."""
    outcomes = [simulated(design, sizes.judged_editions) for design in DESIGNS]
    print(table_of(outcomes))
    matters = next(outcome for outcome in outcomes if outcome.design.name == MATTERS)
    remark = "; ".join(f"{each.design.name} {each.gain:+.3f} ± {each.reach:.3f}" for each in outcomes)
    yield Figure(
        "judging-correction",
        matters.adjusted,
        matters.raw,
        remark=f"{sizes.judged_editions} editions a design; gain in tau: {remark}",
    )
    yield Figure(
        "judging-correction-worse",
        sum(outcome.is_worse for outcome in outcomes),
        remark=f"of {len(outcomes)} designs",
    )


def simulated(design: Design, editions: int) -> Outcome:
    """So many editions of a design, each from a seed of its own, the same in every run."""
    raw, adjusted, applied, covered = [], [], [], []
    for number in range(editions):
        dice = np.random.default_rng(number)
        panels = design.panels(dice)
        judges = sorted({judge for panel in panels.values() for judge in panel})
        quality = dict(zip(panels, dice.normal(70, QUALITY, len(panels)), strict=True))
        strictness = dict(zip(judges, dice.normal(0, design.strictness, len(judges)), strict=True))
        found = adjust(
            Score(judge, entry, points(quality[entry] - strictness[judge] + dice.normal(0, design.error)))
            for entry, panel in panels.items()
            for judge in panel
        )
        true = np.array([quality[each.entry] for each in found.estimates])
        raw.append(tau(np.array([float(each.raw) for each in found.estimates]), true))
        adjusted.append(tau(np.array([float(each.counts) for each in found.estimates]), true))
        applied.append(found.reason is None)
        covered.append(share_covered(found, true - np.mean(list(strictness.values()))))
    gains = np.array(adjusted) - np.array(raw)
    return Outcome(
        design,
        raw=float(np.mean(raw)),
        adjusted=float(np.mean(adjusted)),
        gain=float(np.mean(gains)),
        reach=1.96 * float(np.std(gains, ddof=1)) / editions**0.5,
        applied=float(np.mean(applied)),
        covered=float(np.mean(covered)),
    )


def points(value: float) -> Decimal:
    """A whole number of points on a sheet of 100."""
    return Decimal(round(min(max(value, 0), 100)))


def tau(order: NDArray[np.float64], true: NDArray[np.float64]) -> float:
    """Kendall's tau: pairs in the same order less pairs in the other, by all; ties count for neither."""
    pairs = np.triu_indices(len(true), 1)
    same = np.sign(order[:, None] - order) * np.sign(true[:, None] - true)
    return float(same[pairs].mean())


def share_covered(found: Adjustment, true: NDArray[np.float64]) -> float:
    """The share of entries whose interval holds what all judges together would give on average."""
    held = [
        each.low is not None and each.high is not None and float(each.low) <= value <= float(each.high)
        for each, value in zip(found.estimates, true, strict=True)
    ]
    return sum(held) / len(held)


def table_of(outcomes: Sequence[Outcome]) -> str:
    """All designs for a person to read."""
    lines = [f"{'design':<44} {'raw':>6} {'adjusted':>9} {'gain':>15} {'adjusted in':>12} {'covered':>8}"]
    lines += [
        f"{each.design.name:<44} {each.raw:>6.3f} {each.adjusted:>9.3f} {each.gain:>+7.4f} ± "
        f"{each.reach:.4f} {100 * each.applied:>10.1f} % {100 * each.covered:>6.1f} %"
        for each in outcomes
    ]
    return "\n".join(lines)
