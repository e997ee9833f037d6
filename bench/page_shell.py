"""Area pages a second for people who have signed in, against a plain page of the same site."""

from __future__ import annotations

import http.client
from collections.abc import Iterator, Mapping
from itertools import cycle

from bench.clients import OURS, REFERENCE, Act, Clients
from bench.figure import Figure
from bench.installation import Installation
from bench.signing_in import demo_login, signed_in
from bench.sizes import Sizes
from prasan.cli.run import HOST

SETTINGS = "bench.reference_settings"
PLAIN = "/bench/plain/"


def measure(installation: Installation, sizes: Sizes) -> Iterator[Figure]:
    """Let several browsers, each signed in, ask for either kind of page as fast as they are served."""
    installation.stop()
    installation.run(SETTINGS)
    login = demo_login("village_head")
    village = login["area"]
    pages = [f"/places/{village[:digits]}/" for digits in (2, 4, 6, 8)]
    cookie = signed_in(installation.port, login)
    arguments = [{"port": installation.port, "cookie": cookie, "pages": pages}] * sizes.clients
    with Clients("bench.page_shell:acts", arguments) as clients:
        ours, reference = clients.compare(sizes.rounds, sizes.round_seconds)
    installation.stop()
    yield Figure("page-shell", ours, reference, remark=f"{sizes.clients} clients; {', '.join(pages)} in turn")


def acts(port: int, cookie: str, pages: list[str]) -> Mapping[str, Act]:
    """What one browser asks for, over one connection that stays open."""
    return asking(http.client.HTTPConnection(HOST, port, timeout=60), cookie, pages)


def asking(connection: http.client.HTTPConnection, cookie: str, pages: list[str]) -> Mapping[str, Act]:
    """Ask for the next of the pages, or for the plain one; anything but the page is a fault."""
    headers = {"Cookie": cookie, "Accept-Encoding": "gzip"}
    turns = cycle(pages)

    def fetch(page: str) -> None:
        connection.request("GET", page, headers=headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{page} answered {answer.status}")

    return {OURS: lambda: fetch(next(turns)), REFERENCE: lambda: fetch(PLAIN)}
