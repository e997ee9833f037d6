"""Weighing of evidence: a few small networks whose mean says how likely two reports are one problem."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from prasan.matching.numbers import Floats

_KEPT = Path(__file__).parent / "networks.npz"


@dataclass(frozen=True, slots=True)
class Networks:
    """Networks of one hidden layer, fitted from different beginnings: (networks, evidence, hidden) numbers.

    Evidence is put on a logarithmic scale, then on its usual mean and spread, before it is weighed.
    """

    mean: Floats
    spread: Floats
    first: Floats
    first_bias: Floats
    second: Floats
    second_bias: Floats

    def likeness(self, evidence: Floats) -> Floats:
        """The probability for each row of evidence, 0 to 1: the mean of what the networks say.

        A row gets the same number, to the last bit, alone or among others: each is multiplied alone, since a
        product of whole matrices adds in blocks that depend on how many rows there are.
        """
        scaled = ((on_scale(evidence) - self.mean) / self.spread).astype(np.float32)
        networks, width, hidden = self.first.shape
        first = self.first.transpose(1, 0, 2).reshape(width, -1).astype(np.float32)
        told = np.matmul(scaled[:, None, :], first)[:, 0, :] + self.first_bias.reshape(-1).astype(np.float32)
        told = np.maximum(told, np.float32(0)).reshape(-1, networks, hidden)
        odds = np.einsum("ink,nk->in", told, self.second.astype(np.float32)) + self.second_bias
        return logistic(odds).mean(axis=1)


def on_scale(evidence: Floats) -> Floats:
    """Evidence on a scale on which the second bit weighs more than the two-hundredth."""
    return np.sign(evidence) * np.log1p(np.abs(evidence))


def logistic(odds: Floats) -> Floats:
    """Probabilities of logarithms of odds."""
    return 1.0 / (1.0 + np.exp(-np.clip(odds, -30.0, 30.0)))


@cache
def networks() -> Networks:
    """The networks of this release."""
    with np.load(_KEPT) as kept:
        return Networks(**{name: kept[name].astype(np.float64) for name in kept.files})
