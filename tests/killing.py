"""Work done in a process of its own against the database of this test, to be killed in the middle."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

from django.db import connection

_BEGIN = """
import json, sys
from django.conf import settings
settings.DATABASES["default"].update(json.loads(sys.stdin.readline()))
import django
django.setup()
"""
TIME_TO_BEGIN = 40.0


def killed_when(program: str, is_time: Callable[[], bool]) -> int:
    """Run a program and kill it, with no chance to tidy up, once it is time; its exit code."""
    process = _started(program)
    try:
        deadline = time.monotonic() + TIME_TO_BEGIN
        while not is_time() and process.poll() is None:
            assert time.monotonic() < deadline, "the program does not come to the point"
            time.sleep(0.005)
    finally:
        process.send_signal(signal.SIGKILL)
        _out, said = process.communicate()
    assert process.returncode == -signal.SIGKILL, said
    return process.returncode


def run_to_its_end(program: str) -> None:
    """Run a program that nobody kills, as after a restart."""
    process = _started(program)
    try:
        _out, said = process.communicate(timeout=2 * TIME_TO_BEGIN)
    finally:
        process.kill()
    assert process.returncode == 0, said


def _started(program: str) -> subprocess.Popen[str]:
    known = {key: connection.settings_dict[key] for key in ("NAME", "HOST", "PORT", "USER", "PASSWORD")}
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "prasan.config.settings"}
    process = subprocess.Popen(
        [sys.executable, "-c", _BEGIN + program],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        text=True,
    )
    process.stdin.write(json.dumps(known) + "\n")
    process.stdin.flush()
    return process
