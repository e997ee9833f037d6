"""`python -m bench.match_reference`: the references alone on the labelled pairs, in one table."""

from __future__ import annotations

import sys

from bench.installation import SHARED, Installation
from bench.match_rows import is_at_hand


def main() -> int:
    """1 where the real data is missing."""
    if not is_at_hand(SHARED):
        print(f"the real data is not at hand ({SHARED})", file=sys.stderr)
        return 1
    installation = Installation()
    try:
        installation.database()
        # after the database, whose settings Django must know
        from bench.match_quality import REFERENCES, judged_pairs, reference_results, table_of

        print(table_of(reference_results(REFERENCES, *judged_pairs(SHARED))))
    finally:
        installation.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
