"""A report as it is compared with others: its own columns and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody told of: words, the point in degrees, the moment (with its zone), kinds by name.

    A point has both coordinates or neither; what is not known is None or empty.
    """

    row_id: str
    text: str
    latitude: float | None = None
    longitude: float | None = None
    at: datetime | None = None
    kinds: tuple[str, ...] = ()
