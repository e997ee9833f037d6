"""Several processes that act at the same time, so that one Python does not hold the others up."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from multiprocessing.connection import Connection
from statistics import median
from typing import Any

Act = Callable[[], None]
OURS, REFERENCE = "ours", "reference"


class Clients:
    """One process for each set of arguments; each calls the maker that is named, which gives its acts."""

    def __init__(self, maker: str, arguments: Sequence[Mapping[str, Any]]) -> None:
        context = multiprocessing.get_context("spawn")
        self._lines: list[Connection] = []
        self._processes = []
        for given in arguments:
            here, there = context.Pipe()
            process = context.Process(target=_serve, args=(there, maker, given), daemon=True)
            process.start()
            there.close()
            self._lines.append(here)
            self._processes.append(process)
        self._answers()

    def __enter__(self) -> Clients:
        return self

    def __exit__(self, *fault: object) -> None:
        for line in self._lines:
            line.close()
        for process in self._processes:
            process.join(10)
            process.terminate()

    def rate(self, act: str, seconds: float) -> float:
        """How many acts a second all of them do together."""
        for line in self._lines:
            line.send((act, seconds))
        return sum(self._answers())

    def compare(self, rounds: int, seconds: float) -> tuple[float, float]:
        """Median rates of ours and of the reference, taken in turns after one warm turn of each."""
        rates: dict[str, list[float]] = {OURS: [], REFERENCE: []}
        for act in rates:
            self.rate(act, seconds / 2)
        for _round in range(rounds):
            for act, found in rates.items():
                found.append(self.rate(act, seconds))
        return median(rates[OURS]), median(rates[REFERENCE])

    def _answers(self) -> list[float]:
        try:
            answers = [line.recv() for line in self._lines]
        except EOFError:
            raise RuntimeError("a client ended; its words stand above") from None
        return answers


def _serve(line: Connection, maker: str, arguments: Mapping[str, Any]) -> None:
    module, _, name = maker.partition(":")
    acts: Mapping[str, Act] = getattr(import_module(module), name)(**arguments)
    line.send(0.0)
    while True:
        try:
            act, seconds = line.recv()
        except EOFError:
            return
        line.send(_rate(acts[act], seconds))


def _rate(act: Act, seconds: float) -> float:
    count, began = 0, time.perf_counter()
    while (passed := time.perf_counter() - began) < seconds:
        act()
        count += 1
    return count / passed
