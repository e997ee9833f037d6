"""How alike two short Thai texts, places and times are: whether two reports tell of one problem, and why.

A pure library: it knows reports as words, a point, a moment and kinds, keeps nothing and knows no database,
rights or workflow. What it weighs with was fitted once and is fixed at release (`setup/fit_matching.py`).
"""

from prasan.matching.grouping import SAME, group
from prasan.matching.packing import VERSION, packed_reading
from prasan.matching.reports import Report
from prasan.matching.scoring import Explanation, explain, likeness_to_many

__all__ = [
    "SAME",
    "VERSION",
    "Explanation",
    "Report",
    "explain",
    "group",
    "likeness_to_many",
    "packed_reading",
]
