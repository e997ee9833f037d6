"""A whole Prasan for the time of the measuring: a data folder, a port, a database, a site and a worker.

Either `prasan run` runs on it, or its database alone and this process works with that; never both.
"""

from __future__ import annotations

import contextlib
import gc
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from prasan.cli.run import HOST, answers
from prasan.config.folder import SOURCE, DataFolder
from prasan.config.postgres import Server
from prasan.config.processes import all_pids

PATIENCE = 600.0
SETTINGS = "prasan.config.settings"
SHARED = Path(os.environ.get("PRASAN_SHARED_DATA", "") or SOURCE.parent / "shared" / "data")
"""Where the optional real data lies; it need not be there."""


class Installation:
    """An installation below var/, whose disk is the one that a real one would have; gone at the end."""

    def __init__(self) -> None:
        var = SOURCE / "var"
        var.mkdir(exist_ok=True)
        self.folder = DataFolder(Path(tempfile.mkdtemp(prefix="bench-", dir=var)))
        self.port = _free_port()
        self._stack: subprocess.Popen[bytes] | None = None
        self._database: ExitStack | None = None
        os.environ.pop("DATABASE_URL", None)
        os.environ |= {
            "PRASAN_DATA": str(self.folder.path),
            "PRASAN_MODE": "demo",
            "PORT": str(self.port),
            "PYTHONPATH": str(SOURCE),
        }

    def close(self) -> None:
        """Stop everything and remove the folder."""
        self.kill()
        self._stop_database()
        shutil.rmtree(self.folder.path)

    def run(self, settings: str = SETTINGS) -> float:
        """Have `prasan run` run and answer; the seconds that took, or 0 where it did so already."""
        self._stop_database()
        if self._stack is not None:
            return 0.0
        log = (self.folder.path / "run.log").open("ab")
        began = time.perf_counter()
        with log:
            self._stack = subprocess.Popen(
                [sys.executable, "-m", "prasan.cli.main", "run"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=os.environ | {"DJANGO_SETTINGS_MODULE": settings},
                start_new_session=True,
            )
        while not answers(self.port):
            if self._stack.poll() is not None or time.perf_counter() - began > PATIENCE:
                words = (self.folder.path / "run.log").read_text(errors="replace")
                raise RuntimeError(f"prasan run did not start: {words[-2000:]}")
            time.sleep(0.02)
        return time.perf_counter() - began

    def stop(self) -> None:
        """Stop `prasan run` as Ctrl-C does."""
        if self._stack is not None:
            self._stack.send_signal(signal.SIGINT)
            self._stack.wait(PATIENCE)
            self._stack = None

    def kill(self) -> None:
        """Kill every process of `prasan run` at once, as a power cut does."""
        if self._stack is None:
            return
        for pid in self.processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._stack.wait()
        self._stack = None

    def processes(self) -> list[int]:
        """`prasan run` and everything that it started."""
        return [] if self._stack is None else tree(self._stack.pid)

    def database(self) -> None:
        """Have the database run, made ready with places and demonstration, and Django here work with it."""
        if self._database is not None:
            return
        self.stop()
        self.folder.make()
        with ExitStack() as stack:
            stack.enter_context(self.folder.held())
            server = Server(self.folder)
            stack.callback(server.stop)
            server.start()
            subprocess.run(
                [sys.executable, "-m", "prasan.cli.main", "prepare"], check=True, stdout=subprocess.DEVNULL
            )
            self._database = stack.pop_all()
        set_up_django()

    def _stop_database(self) -> None:
        if self._database is not None:
            from django.db import connection

            connection.close()
            connection.close_pool()
            self._database.close()
            self._database = None


def set_up_django() -> None:
    """Make models usable in this process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django

    django.setup()
    gc.freeze()  # as the site does when it starts


def get(port: int, path: str) -> bytes:
    """Fetch one page as anybody may."""
    import urllib.request

    with urllib.request.urlopen(f"http://{HOST}:{port}{path}", timeout=60) as answer:
        return bytes(answer.read())


def tree(root: int) -> list[int]:
    """A process and all below it."""
    children: dict[int, list[int]] = {}
    for pid in all_pids():
        with contextlib.suppress(OSError):
            state = Path(f"/proc/{pid}/stat").read_text()
            children.setdefault(int(state.rpartition(")")[2].split()[1]), []).append(pid)
    found = [root]
    for pid in found:
        found += children.get(pid, [])
    return found


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind((HOST, 0))
        return int(trial.getsockname()[1])
