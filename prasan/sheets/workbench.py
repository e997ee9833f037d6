"""`python -m prasan.sheets.workbench WORK ORDER`: does one order and prints its answer; see `apart`."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from prasan.sheets.binding import bind
from prasan.sheets.pdf import set_pages
from prasan.sheets.spool import write_tables

WORK: Final[dict[str, Callable[..., Any]]] = {"bind": bind, "set": set_pages, "tables": write_tables}


def main(work: str, order: str) -> None:
    """Do what the order says and print the answer as JSON."""
    told = json.loads(Path(order).read_text(encoding="utf-8"))
    print(json.dumps(WORK[work](**told)))


if __name__ == "__main__":
    main(*sys.argv[1:])
