"""One whole installation for all journeys of a run, started by whoever holds the run, gone at the end.

It starts as soon as it is known that a journey will be walked, so that it is being filled while other tests
run; with xdist all workers walk on the one that the controller started.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.plugin_database import IS_WORKER

PRASAN = Path(sys.executable).with_name("prasan")
TIME_TO_SERVE = 170.0


@dataclass(frozen=True)
class Site:
    """An installation on its way or running: its data folder, and from there its address and its people."""

    folder: Path

    @property
    def console(self) -> Path:
        return self.folder / "console"

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{(self.folder / 'port').read_text(encoding='ascii')}"

    @property
    def passwords(self) -> dict[str, str]:
        known = json.loads((self.folder / "demo_logins.json").read_text(encoding="utf-8"))
        return {login["username"]: login["password"] for login in known}

    @property
    def password(self) -> str:
        """The one password of all people of a demonstration, also of those whom a journey brings along."""
        return next(iter(self.passwords.values()))

    def start(self) -> subprocess.Popen[bytes]:
        """`prasan run` on a fresh folder."""
        self.folder.mkdir()
        port = _free_port()
        (self.folder / "port").write_text(str(port), encoding="ascii")
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        environment |= {"PORT": str(port), "PRASAN_DATA": str(self.folder), "PRASAN_MODE": "demo"}
        with open(self.console, "wb") as console:
            return subprocess.Popen(
                [PRASAN, "run"], env=environment, stdout=console, stderr=subprocess.STDOUT
            )

    def wait_until_it_serves(self) -> None:
        until = time.monotonic() + TIME_TO_SERVE
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.address}/health/", timeout=2) as answer:  # noqa: S310 - our own
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.3)
        pytest.fail(f"prasan run did not serve in time: {self.console.read_text(encoding='utf-8')[-2000:]}")


SITE = Site(Path(os.environ["PRASAN_DATA"]) / "site")
_running: list[subprocess.Popen[bytes]] = []


def pytest_collection_finish(session: pytest.Session) -> None:
    if not IS_WORKER:
        _start_for(item.nodeid for item in session.items)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_node_collection_finished(node: Any, ids: list[str]) -> None:
    _start_for(ids)


def pytest_unconfigure() -> None:
    """Stop it as Ctrl-C stops it."""
    for running in _running:
        running.send_signal(signal.SIGINT)
        running.wait(timeout=30)


def _start_for(ids: Iterable[str]) -> None:
    if not _running and any(each.startswith("tests/journeys/") for each in ids):
        _running.append(SITE.start())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
