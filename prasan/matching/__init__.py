"""How alike two short Thai texts are: whether two reports tell of one problem, or two titles of one service.

A pure library: it knows reports as words, a point, a moment and kinds, titles of innovations as concepts of
public service, keeps nothing and knows no database, rights or workflow. What it weighs with was fitted once
and is fixed at release (`setup/fit_matching.py`, `setup/fit_titles.py`). Titles are read and compared by
`title_reading`, `title_likeness` and `title_index`; what public services there are stands in `concepts/`.
"""

from prasan.matching.grouping import SAME, group
from prasan.matching.packing import VERSION, packed_reading
from prasan.matching.reports import Report
from prasan.matching.scoring import Explanation, explain, problems_alike

__all__ = [
    "SAME",
    "VERSION",
    "Explanation",
    "Report",
    "explain",
    "group",
    "packed_reading",
    "problems_alike",
]
