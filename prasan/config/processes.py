"""Starting programs that cannot outlive us, and finding those that an earlier crash left behind."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

LEASH = Path(__file__).with_name("leash.py")
MARK = "PRASAN_STARTED_FOR"
Pause = Callable[[float], None]


def leashed(command: Sequence[str | Path], death_signal: signal.Signals = signal.SIGTERM) -> list[str]:
    """The command, made to receive `death_signal` when this process ends, even by SIGKILL."""
    leash = [sys.executable, "-I", "-S", str(LEASH), str(int(death_signal)), str(os.getpid())]
    return leash + [str(word) for word in command]


def start(
    command: Sequence[str], *, log: Path | None, environment: Mapping[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own, so that Ctrl-C in the terminal reaches only its supervisor."""
    if log is None:
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, env=environment, start_new_session=True)
    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
            start_new_session=True,
        )


def stop(process: subprocess.Popen[bytes], *signals: tuple[signal.Signals, float]) -> None:
    """End a program and all it started: each signal in turn with seconds to obey, then SIGKILL."""
    for number, seconds in signals:
        if process.poll() is not None:
            break
        with contextlib.suppress(ProcessLookupError, PermissionError):
            process.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def all_pids() -> Iterable[int]:
    return (int(entry) for entry in os.listdir("/proc") if entry.isdigit())


def is_marked(pid: int, folder: Path) -> bool:
    """Was this process started by a supervisor of this data folder?"""
    with contextlib.suppress(OSError):
        return f"{MARK}={folder}".encode() in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    return False


def is_postgres_of(pid: int, cluster: Path) -> bool:
    """Is this a server process of this cluster? They all work inside its folder."""
    with contextlib.suppress(OSError):
        return (
            Path(f"/proc/{pid}/comm").read_text().strip() == "postgres"
            and Path(f"/proc/{pid}/cwd").readlink() == cluster
        )
    return False


def end(pids: Iterable[int], number: signal.Signals) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, number)


def end_leftovers(
    find: Callable[[], list[int]], asking: signal.Signals, seconds: float, pause: Pause
) -> None:
    """Ask what `find` finds to end, wait for it, and kill what is still there."""
    end(find(), asking)
    deadline = time.monotonic() + seconds
    while (left := find()) and time.monotonic() < deadline + 5:
        if time.monotonic() > deadline:
            end(left, signal.SIGKILL)
        pause(0.05)
