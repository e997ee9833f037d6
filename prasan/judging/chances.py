"""How often chance alone would do as much: Fisher's F, in decimals of 50 digits."""

from __future__ import annotations

from decimal import Decimal

from prasan.judging.equations import NOISE, ONE, ZERO

PI = Decimal("3.14159265358979323846264338327950288419716939937511")


def beyond(ratio: Decimal, above: int, below: int) -> Decimal:
    """How often the ratio of two like variances is at least so large; degrees of freedom above and below.

    To be called within `localcontext(WORKING)`; ratio ≥ 0, both freedoms ≥ 1.
    """
    part = above * ratio / (above * ratio + below)
    if part * (above + below) <= above:
        return ONE - _share(part, above, below)
    return _share(ONE - part, below, above)


def _share(part: Decimal, first: int, second: int) -> Decimal:
    """The incomplete beta integral up to `part`, as a share of the whole, for halves of the given numbers.

    The series has positive terms only, and is quick where `part` is below first ÷ (first + second).
    """
    if not part:
        return ZERO
    whole = _gamma(first) * _gamma(second) / _gamma(first + second)
    term = _half_power(part, first) * _half_power(ONE - part, second) * 2 / (first * whole)
    total, step = term, 0
    while term > NOISE * total:
        term *= part * (first + second + 2 * step) / (first + 2 + 2 * step)
        total += term
        step += 1
    return total


def _half_power(base: Decimal, halves: int) -> Decimal:
    return base ** (halves // 2) * (base.sqrt() if halves % 2 else ONE)


def _gamma(halves: int) -> Decimal:
    """The gamma function of so many halves."""
    found = PI.sqrt() if halves % 2 else ONE
    for factor in range(1 if halves % 2 else 2, halves, 2):
        found *= Decimal(factor) / 2
    return found
