"""Forms sent at a steady rate while everything is killed twice.

Each client is a browser with a form of its own, which it sends anew with the same key whenever it got no
answer, as the outbox of the page does. New ones come at the rate whatever became of those before.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID, uuid4

from bench.installation import Installation
from bench.percentiles import percentile
from bench.sizes import Sizes
from prasan.cli.run import HOST

PAUSE = 1.0
"""Seconds after which a browser that got no answer sends again; the page waits longer."""
LONGEST_WAIT = 60.0
"""Seconds after which a browser takes an answer as not coming."""
PATIENCE = 600.0


class Form(Protocol):
    """What a browser that has opened a form fills in."""

    def filled(self, title: str, form_key: UUID | None = None) -> tuple[str, bytes, dict[str, str]]:
        """The address, the body and the headers of one sending; the same key makes it the same form."""


@dataclass(slots=True)
class Sending:
    """One form: when it was first sent, how often, and by what the answer acknowledged it."""

    title: str
    form_key: UUID = field(default_factory=uuid4)
    began: float = 0.0
    times: int = 0
    answered: float | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    """What became of the forms."""

    lost: int
    doubled: int
    unfinished: int
    strangers: int

    @property
    def wrong(self) -> int:
        """Anything but each form once, whole."""
        return self.lost + self.doubled + self.unfinished + self.strangers


def sendings_of(mark: str, sizes: Sizes) -> list[Sending]:
    """As many as the storm sends, each with a title of its own."""
    return [Sending(f"{mark} {number}") for number in range(round(sizes.storm_rate * sizes.storm_seconds))]


Kept = tuple[str, str, UUID, bool]
"""A row that is there: its title, by what an answer acknowledges it, the form's key, whether it is whole."""


def findings(sendings: Sequence[Sending], kept: Sequence[Kept]) -> Findings:
    """Hold what was acknowledged against the rows."""
    rows = {title: (known, key, is_whole) for title, known, key, is_whole in kept}
    counted = Counter(title for title, *_rest in kept)
    lost = unfinished = 0
    for each in sendings:
        known, key, is_whole = rows.get(each.title, ("", None, False))
        if not each.address or each.address != known or key != each.form_key:
            lost += 1
        elif not is_whole:
            unfinished += 1
    return Findings(
        lost=lost,
        doubled=sum(times - 1 for times in counted.values()),
        unfinished=unfinished,
        strangers=len(counted.keys() - {each.title for each in sendings}),
    )


def told(sendings: Sequence[Sending], outages: Iterable[float], found: Findings) -> str:
    """What happened, in a sentence."""
    total = len(sendings)
    outages = list(outages)
    waits = [each.answered - each.began for each in sendings if each.answered is not None]
    offered = (total - 1) / (sendings[-1].began - sendings[0].began)
    served = len(waits) / (max(each.answered or 0.0 for each in sendings) - sendings[0].began)
    return (
        f"{total:,} forms, {offered:.0f} new ones a second, all killed {len(outages)} times and "
        f"back after {' and '.join(f'{seconds:.1f}' for seconds in outages)} s; {len(waits):,} "
        f"acknowledged at {served:.0f} a second, {sum(each.times for each in sendings) - total:,} sent "
        f"again; median wait {percentile(waits, 0.5):.1f} s, longest {max(waits):.1f} s; "
        f"lost {found.lost}, kept twice {found.doubled}, not whole {found.unfinished}, "
        f"never sent {found.strangers}"
    )


class Storm:
    """All browsers at once, and the hand that kills."""

    def __init__(
        self,
        installation: Installation,
        form: Form,
        sendings: Sequence[Sending],
        sizes: Sizes,
        acknowledged: Callable[[str, bytes], str],
    ) -> None:
        self._installation = installation
        self._acknowledged = acknowledged
        self._form = form
        self._sendings = sendings
        self._rate, self._seconds = sizes.storm_rate, sizes.storm_seconds
        self._deadline = time.perf_counter() + self._seconds + PATIENCE
        self.outages: list[float] = []

    async def rage(self) -> None:
        """Until each form is answered."""
        killing = asyncio.create_task(self._kill_twice())
        began = time.perf_counter()
        async with asyncio.TaskGroup() as browsers:
            for number, sending in enumerate(self._sendings):
                await asyncio.sleep(began + number / self._rate - time.perf_counter())
                browsers.create_task(self._insist(sending))
        await killing

    async def _kill_twice(self) -> None:
        for _time in range(2):
            await asyncio.sleep(self._seconds / 3)
            began = time.perf_counter()
            await asyncio.to_thread(self._installation.kill)
            await asyncio.to_thread(self._installation.run)
            self.outages.append(time.perf_counter() - began)

    async def _insist(self, sending: Sending) -> None:
        """Send the same form until it is answered."""
        sending.began = time.perf_counter()
        while not sending.address:
            sending.times += 1
            try:
                async with asyncio.timeout(LONGEST_WAIT):
                    sending.address = await self._send(sending)
            except (OSError, TimeoutError, asyncio.IncompleteReadError):
                if time.perf_counter() > self._deadline:
                    raise
                await asyncio.sleep(PAUSE)
        sending.answered = time.perf_counter()

    async def _send(self, sending: Sending) -> str:
        """By what the answer, its head and body, acknowledges the form; one that it turns away is a fault."""
        address, sent, headers = self._form.filled(sending.title, sending.form_key)
        reader, writer = await asyncio.open_connection(HOST, self._installation.port)
        try:
            lines = [
                f"POST {address} HTTP/1.1",
                f"Host: {HOST}:{self._installation.port}",
                "Connection: close",
            ]
            lines += [f"{name}: {value}" for name, value in headers.items()]
            writer.write("\r\n".join([*lines, "", ""]).encode() + sent)
            await writer.drain()
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            body = await reader.read()
        finally:
            writer.close()
        status = int(head.split(" ", 2)[1])
        if status >= 500:
            raise ConnectionError(f"answered {status}")
        if not (known := self._acknowledged(head, body)):
            raise RuntimeError(f"the form was turned away: {head}")
        return known
