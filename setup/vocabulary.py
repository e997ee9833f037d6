"""Reads the vocabulary of titles once and keeps what came of it, so that no process has to.

    python setup/vocabulary.py

Reading takes seconds, loading what was kept a part of one.
"""

from __future__ import annotations

from prasan.matching.ontology import forget, keep, ontology, packed
from prasan.matching.title_guess import listed, traits_of_services


def main() -> None:
    """Read anew, also where only the reading has changed and not the words."""
    forget("ontology")
    keep("ontology", packed(ontology()))
    keep("traits", listed(traits_of_services()))


if __name__ == "__main__":
    main()
