"""How much is measured: enough for a figure, or just enough to see that everything works."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sizes:
    """Numbers of rounds, rows and seconds."""

    starts: int = 3
    villages: int = 75_000  # where the real list is not at hand
    subtree_questions: int = 500
    rights_questions: int = 50_000
    proposals: int = 1_000_000
    photographs: int = 1_000_000
    titles: int = 100_000
    complaints: int = 5_000_000
    innovations: int = 100_000
    list_questions: int = 400
    stored_before: int = 1_000_000  # complaints stored when one is asked for before filing; one in five open
    before_questions: int = 600
    book_projects: int = 10_000
    book_reference: int = 200
    judged_editions: int = 400
    rounds: int = 5
    round_seconds: float = 3.0
    clients: int = 4
    storm_rate: float = 100.0
    storm_seconds: float = 60.0
    entries: int = 1_000_000
    idle_seconds: float = 10.0


FULL = Sizes()
QUICK = Sizes(
    starts=1,
    villages=3_000,
    subtree_questions=50,
    rights_questions=500,
    proposals=5_000,
    photographs=5_000,
    titles=2_000,
    complaints=5_000,
    innovations=2_000,
    list_questions=8,
    stored_before=5_000,
    before_questions=40,
    book_projects=150,
    book_reference=10,
    judged_editions=20,
    rounds=2,
    round_seconds=0.5,
    clients=2,
    storm_rate=20.0,
    storm_seconds=6.0,
    entries=20_000,
    idle_seconds=1.0,
)
