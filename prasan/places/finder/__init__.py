"""Finding places in what people write: text to codes, with a score and what is uncertain."""

from prasan.places.finder.bodies import find_local_governments, speaks_of_local_government
from prasan.places.finder.finding import CERTAIN, Candidate, Doubt, Finding
from prasan.places.finder.searching import find_place
from prasan.places.finder.suggesting import suggest

__all__ = [
    "CERTAIN",
    "Candidate",
    "Doubt",
    "Finding",
    "find_local_governments",
    "find_place",
    "speaks_of_local_government",
    "suggest",
]
