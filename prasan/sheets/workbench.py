"""`python -m prasan.sheets.workbench WORK ORDER`: does one order and prints its answer; see `apart`."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from prasan.sheets.binding import bind
from prasan.sheets.pdf import set_pages
from prasan.sheets.spool import write_tables

WORK: Final[dict[str, Callable[..., Any]]] = {"bind": bind, "set": set_pages, "tables": write_tables}


def main(work: str, order: str) -> None:
    """Do what the order says, bring its target there whole, and print the answer as JSON.

    It is made in a folder of its own: where whoever ordered it was killed, another may be at the same by now.
    """
    told = json.loads(Path(order).read_text(encoding="utf-8"))
    target = Path(told["target"])
    with TemporaryDirectory(dir=target.parent, prefix=f"{target.stem}-") as folder:
        own = Path(folder, target.name)
        answer = WORK[work](**told | {"target": str(own)})
        own.replace(target)
    print(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
