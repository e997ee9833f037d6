"""Complaints taken in a second over HTTP, beside a plain view of the same site that inserts the same rows."""

from __future__ import annotations

import http.client
from collections.abc import Iterator, Mapping
from itertools import count

from bench.clients import OURS, REFERENCE, Act, Clients
from bench.complaint_telling import ComplaintForm, opened_complaint_form, receipt_shown
from bench.figure import Figure
from bench.installation import Installation
from bench.page_shell import SETTINGS
from bench.sizes import Sizes
from prasan.cli.run import HOST

PLAIN = "/bench/complaint/"


def measure(installation: Installation, sizes: Sizes) -> Iterator[Figure]:
    """Let several browsers of an officer send the form of a complaint, each time a new one."""
    installation.stop()
    installation.run(SETTINGS)
    forms = [opened_complaint_form(installation.port) for _client in range(sizes.clients)]
    arguments = [
        {"port": installation.port, "form": form, "name": f"{number}"} for number, form in enumerate(forms)
    ]
    with Clients("bench.complaint_submit:acts", arguments) as clients:
        ours, reference = clients.compare(sizes.rounds, sizes.round_seconds)
    installation.stop()
    yield Figure("complaint-submit", ours, reference, remark=f"{sizes.clients} clients, fsync on")


def acts(port: int, form: ComplaintForm, name: str) -> Mapping[str, Act]:
    """What one browser sends over one connection that stays open; anything but a receipt is a fault."""
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    numbers = count(1)

    def send(address: str, body: bytes, headers: dict[str, str]) -> None:
        connection.request("POST", address, body, headers)
        answer = connection.getresponse()
        page = answer.read()
        if answer.status != 200 or not receipt_shown(page):
            raise RuntimeError(f"{address} answered {answer.status}: {page.decode(errors='replace')[-2000:]}")

    def ours() -> None:
        send(*form.filled(f"เสาที่ {name}.{next(numbers)}"))

    def plain() -> None:
        _address, body, headers = form.filled(f"เสาที่ {name}.{next(numbers)}")
        send(PLAIN, body, headers)

    return {OURS: ours, REFERENCE: plain}
