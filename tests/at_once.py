"""Acts that meet, each on a connection and in a transaction of its own."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection, transaction

from prasan.kernel.refusals import Refused

S = TypeVar("S")
T = TypeVar("T")

_SOMEBODY_WAITS_FOR_ME = """
SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))
"""


def at_once(*acts: Callable[[], T]) -> list[T | Refused]:
    """What each act gave, or the refusal it met, all of them begun together."""
    start = Barrier(len(acts))

    def begun_together(act: Callable[[], T]) -> T:
        start.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(lambda act: _answer(lambda: begun_together(act)), acts))


def meeting(first: Callable[[], S], second: Callable[[], T]) -> tuple[S, T | Refused]:
    """What both acts gave; the first is ended only when the second has come to wait for it, or is done."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            given = first()
            answer = pool.submit(_answer, second)
            with connection.cursor() as cursor:
                waits = False
                while not (waits or answer.done()):
                    time.sleep(0.005)
                    cursor.execute(_SOMEBODY_WAITS_FOR_ME)
                    waits = cursor.fetchone()[0]
        return given, answer.result()


def _answer(act: Callable[[], T]) -> T | Refused:
    try:
        return act()
    except Refused as refused:
        return refused
    finally:
        connection.close()
