"""Acts on the installation of a run which no browser takes, one after the other in a process of its own.

Django stays out of the process of the tests while playwright runs, and there it is set up for other tables.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prasan.cli.main import set_up_django
from prasan.config.database import database_at_hand

if TYPE_CHECKING:  # it chooses a data folder when it is imported, and here one is chosen
    from tests.plugin_site import Site

TREE = Path(__file__).parents[2]


class Acting:
    """The functions of a module, run where the installation keeps its tables."""

    def __init__(self, site: Site, module: str) -> None:
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__, module],
            cwd=TREE,
            env=environment | {"PRASAN_DATA": str(site.folder), "PRASAN_MODE": "demo"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __call__(self, act: str, **told: object) -> Any:
        """What the function returns; what it raises stands in the output of the test."""
        assert self._process.stdin
        assert self._process.stdout
        print(json.dumps([act, told]), file=self._process.stdin, flush=True)
        answer = self._process.stdout.readline()
        assert answer, f"{act} failed; see what it printed"
        return json.loads(answer)

    def end(self) -> None:
        """Let it go."""
        self._process.communicate(timeout=30)


def answer_until_the_end(module: str) -> None:
    """Run what is asked on the input, a line each."""
    with database_at_hand():
        set_up_django()
        acts = import_module(module)
        for line in sys.stdin:
            act, told = json.loads(line)
            print(json.dumps(getattr(acts, act)(**told)), flush=True)


if __name__ == "__main__":
    answer_until_the_end(sys.argv[1])
