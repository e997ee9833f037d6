"""Heavy work in a process of its own: whatever memory it took is given back when it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

_WORKBENCH: Final = "prasan.sheets.workbench"
_LAST_WORDS: Final = 500


class NotDone(Exception):
    """The process ended without an answer; says how, and its last words."""


def write_order(path: Path, order: Mapping[str, object]) -> None:
    """Lay down what is to be done, whole or not at all."""
    draft = path.with_name(path.name + ".draft")
    draft.write_text(json.dumps(order, ensure_ascii=False), encoding="utf-8")
    draft.replace(path)


def apart(work: str, order: Path) -> Any:
    """Do work of the workbench as ordered, on one core, and give its answer.

    Should this process be killed, the other ends its one order and goes, too.
    """
    done = subprocess.run(
        [sys.executable, "-m", _WORKBENCH, work, str(order)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=os.environ | {"RAYON_NUM_THREADS": "1"},
        check=False,
    )
    if done.returncode:
        words = done.stderr.decode(errors="replace")[-_LAST_WORDS:]
        raise NotDone(f"{work} ended with {done.returncode}: {words}")
    return json.loads(done.stdout)
