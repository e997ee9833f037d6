"""Likeness by distance alone: the nearer, the likelier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bench.match_reference.tuning import Variant, fixed
from bench.match_rows import Row, metres_between

FAR = 100_000.0
"""Metres taken for a pair of which one has no point."""


def variants(rows: Mapping[str, Row], pairs: Sequence[tuple[str, str]]) -> dict[str, Variant]:
    """The distance in metres, negative so that more is more alike."""
    apart = [metres_between(rows[one], rows[other]) for one, other in pairs]
    return {"distance": fixed([-(FAR if metres is None else metres) for metres in apart])}
