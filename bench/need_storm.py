"""Needs handed in at a steady rate while everything is killed twice: what was acknowledged is there, once.

Each client is a browser with a form of its own, which it sends anew with the same key whenever it got no
answer, as the outbox of the page does. New ones come at the rate whatever became of those before.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import psycopg

from bench.figure import Figure
from bench.installation import Installation
from bench.percentiles import percentile
from bench.sizes import Sizes
from bench.telling import Form, opened_form
from prasan.cli.run import HOST
from prasan.config import postgres

MARK = "ขุดลอกหนองน้ำพายุ"
PAUSE = 1.0
"""Seconds after which a browser that got no answer sends again; the page waits longer."""
LONGEST_WAIT = 60.0
"""Seconds after which a browser takes an answer as not coming."""
PATIENCE = 600.0

KEPT = """
SELECT need.title, need.id, need.form_key, need.state,
       (SELECT count(*) FROM ledger_entry WHERE subject_kind = 'planning.need' AND subject_id = need.id::text)
FROM planning_need AS need WHERE need.title LIKE %s
"""


@dataclass(slots=True)
class Sending:
    """One form: when it was first sent, how often, and where the redirect led."""

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


def measure(installation: Installation, sizes: Sizes) -> Iterator[Figure]:
    """Send for a time, kill at one and at two thirds of it, send until all is answered, and count."""
    installation.stop()
    installation.run()
    form = opened_form(installation.port)
    total = round(sizes.storm_rate * sizes.storm_seconds)
    sendings = [Sending(f"{MARK} {number}") for number in range(total)]
    storm = Storm(installation, form, sendings, sizes)
    asyncio.run(storm.rage())
    found = findings(sendings, _kept(installation))
    installation.stop()
    waits = [each.answered - each.began for each in sendings if each.answered is not None]
    offered = (total - 1) / (sendings[-1].began - sendings[0].began)
    served = len(waits) / (max(each.answered or 0.0 for each in sendings) - sendings[0].began)
    yield Figure(
        "need-submit-storm",
        found.wrong,
        remark=(
            f"{total:,} forms, {offered:.0f} new ones a second, all killed {len(storm.outages)} times and "
            f"back after {' and '.join(f'{seconds:.1f}' for seconds in storm.outages)} s; {len(waits):,} "
            f"acknowledged at {served:.0f} a second, {sum(each.times for each in sendings) - total:,} sent "
            f"again; median wait {percentile(waits, 0.5):.1f} s, longest {max(waits):.1f} s; "
            f"lost {found.lost}, kept twice {found.doubled}, not whole {found.unfinished}, "
            f"never sent {found.strangers}"
        ),
    )


def findings(sendings: list[Sending], kept: list[tuple[str, int, UUID, str, int]]) -> Findings:
    """Hold what was acknowledged against the rows; a whole one is entered and has the entries of two acts."""
    rows = {title: (pk, key, state, entries) for title, pk, key, state, entries in kept}
    counted = Counter(title for title, *_rest in kept)
    lost = unfinished = 0
    for each in sendings:
        pk, key, state, entries = rows.get(each.title, (0, None, "", 0))
        if each.address != f"/needs/{pk}/" or key != each.form_key:
            lost += 1
        elif state != "entered" or entries != 2:
            unfinished += 1
    return Findings(
        lost=lost,
        doubled=sum(times - 1 for times in counted.values()),
        unfinished=unfinished,
        strangers=len(counted.keys() - {each.title for each in sendings}),
    )


class Storm:
    """All browsers at once, and the hand that kills."""

    def __init__(self, installation: Installation, form: Form, sendings: list[Sending], sizes: Sizes) -> None:
        self._installation = installation
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
        """Where the redirect leads; empty where the site fell while it answered."""
        address, body, headers = self._form.filled(sending.title, sending.form_key)
        reader, writer = await asyncio.open_connection(HOST, self._installation.port)
        try:
            lines = [
                f"POST {address} HTTP/1.1",
                f"Host: {HOST}:{self._installation.port}",
                "Connection: close",
            ]
            lines += [f"{name}: {value}" for name, value in headers.items()]
            writer.write("\r\n".join([*lines, "", ""]).encode() + body)
            await writer.drain()
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        finally:
            writer.close()
        status = int(head.split(" ", 2)[1])
        if status >= 500:
            raise ConnectionError(f"answered {status}")
        found = [
            line.partition(":")[2].strip() for line in head.split("\r\n") if line[:9].lower() == "location:"
        ]
        if status != 302 or not found or not found[0].startswith("/needs/"):
            raise RuntimeError(f"the form of a need was turned away: {head}")
        return found[0]


def _kept(installation: Installation) -> list[tuple[str, int, UUID, str, int]]:
    with psycopg.connect(postgres.database_url(installation.folder.path)) as connection:
        return connection.execute(KEPT, [f"{MARK} %"]).fetchall()
