"""What a mention came to, and how sure each way of coming to it is."""

from __future__ import annotations

from dataclasses import dataclass, field

from prasan.kernel.sentence import Sentence

SURE = 1.0
BY_SURROUNDINGS = 0.95
ALONE_IN_THE_COUNTRY = 0.85
MISSPELT = 0.88
RUNS_ON = 0.85
OLD_NAME = 0.85
ONLY_THE_AMPHOE = 0.8
CONTRADICTED = 0.5
ONE_OF_SEVERAL = 0.5
SHORTEST_RUNNING_ON = 4
"""Letters of the shortest name that is still believed when other words follow it without a space."""
A_BODY = 0.05
"""What is taken off where the text names the local government of a place instead of the place."""


@dataclass(slots=True)
class Answer:
    """What one mention came to: a single code that is certain, or several that are not."""

    codes: tuple[str, ...]
    score: float
    words: list[str]
    remarks: list[Sentence] = field(default_factory=list)
