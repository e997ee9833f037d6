"""Keeping child programs alive until a signal asks to stop."""

from __future__ import annotations

import contextlib
import os
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from prasan.config import processes
from prasan.config.faults import Fault
from prasan.config.folder import MEGABYTE

LOG_LIMIT = 5 * MEGABYTE
TOO_MANY, WITHIN = 5, 60.0  # so many deaths of one child in so many seconds: it cannot live


class Stopped(Exception):
    """A signal asked us to stop."""


class Stopping:
    """Turns signals into `Stopped`, raised at the next pause only, so that no clean-up is torn."""

    def __init__(self) -> None:
        self._asked = False
        self._ear, self._mouth = socket.socketpair()
        self._ear.setblocking(False)
        self._mouth.setblocking(False)
        self._news = select.poll()
        self._news.register(self._ear, select.POLLIN)

    @contextlib.contextmanager
    def listening(self) -> Iterator[None]:
        """Heed Ctrl-C, SIGTERM and the closing of the terminal, unless started with nohup."""
        signal.set_wakeup_fd(self._mouth.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)  # only to wake up
        signal.signal(signal.SIGINT, self._ask)
        signal.signal(signal.SIGTERM, self._ask)
        if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:
            signal.signal(signal.SIGHUP, self._ask)
            if holds_terminal():
                self._news.register(sys.stdin, 0)  # make keeps the signal to itself, but not the closing
        with contextlib.suppress(Stopped):
            yield

    def pause(self, seconds: float) -> None:
        """Wait so long, or less where a child ended."""
        for source, _ in self._news.poll(seconds * 1000):
            if source == self._ear.fileno():
                self._ear.recv(4096)
            else:
                self._asked = True
        if self._asked:
            raise Stopped

    def _ask(self, number: int, frame: object) -> None:
        self._asked = True


def holds_terminal() -> bool:
    """Is this program in the foreground of a terminal, and not put aside by the shell?"""
    return sys.stdin.isatty() and os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()


class Child:
    """A program that is started again when it ends by itself, until it plainly cannot live."""

    def __init__(
        self, th: str, en: str, command: list[str], log: Path, environment: Mapping[str, str]
    ) -> None:
        self.th, self.en = th, en
        self.log = log
        self._command = command
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None
        self._deaths: list[float] = []
        self._next_start = 0.0

    def start(self) -> None:
        command = processes.leashed(self._command)
        self._process = processes.start(command, log=self.log, environment=self._environment)

    def ask_to_stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def stop(self) -> None:
        if self._process is not None:
            processes.stop(self._process, (signal.SIGTERM, 6.0))
            self._process = None

    def has_died(self) -> bool:
        """Notice a death, once, and plan the next start."""
        if self._process is None or self._process.poll() is None:
            return False
        self.stop()  # what it had started itself
        now = time.monotonic()
        self._deaths = [*(death for death in self._deaths if now - death < WITHIN), now]
        if len(self._deaths) >= TOO_MANY:
            raise Fault(
                f"{self.th}หยุดเองซ้ำหลายครั้ง กรุณาดูสาเหตุใน {self.log} ({last_words(self.log)})",
                f"The {self.en} keeps ending by itself; please see {self.log} ({last_words(self.log)}).",
            )
        self._next_start = now + 0.25 * 2 ** len(self._deaths)
        return True

    def start_when_due(self) -> None:
        if self._process is None and time.monotonic() >= self._next_start:
            self.start()


def last_words(log: Path) -> str:
    """The last line of a log that tells of an error, for a person who will not open it."""
    lines = log.read_text(errors="replace").splitlines()[-200:]
    telling = [
        line.strip() for line in lines if re.match(r"[\w.]*(Error|Exception|Fault)\b|.*\bFATAL\b", line)
    ]
    return (telling or lines or ["-"])[-1][:300]


def bound(log: Path) -> None:
    """Keep a log from growing without end: the earlier part moves aside, once."""
    if not log.exists() or log.stat().st_size <= LOG_LIMIT:
        return
    with contextlib.suppress(OSError):  # a full disk keeps no old log
        shutil.copyfile(log, log.with_suffix(".log.1"))
    with log.open("r+b") as file:
        file.truncate()  # the writers append, so they go on at the new end
