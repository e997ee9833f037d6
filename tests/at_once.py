"""Acts begun together, each on a connection and in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

from prasan.kernel.refusals import Refused

T = TypeVar("T")


def at_once(*acts: Callable[[], T]) -> list[T | Refused]:
    """What each act gave, or the refusal it met, all of them begun together."""
    start = Barrier(len(acts))

    def run(act: Callable[[], T]) -> T | Refused:
        try:
            start.wait()
            return act()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))
