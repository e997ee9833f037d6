"""What a real browser loads for a first visit and for a further page."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

from bench.figure import Figure
from bench.installation import Installation
from bench.signing_in import FORM, demo_login
from bench.sizes import Sizes
from prasan.cli.run import HOST

OF_THE_MAP = ("maplibre", "/js/map", "outlines.json", "points.json")
LATER = ("/my/", "/places/", "/places/find/")


def measure(installation: Installation, sizes: Sizes) -> Iterator[Figure]:
    """Open the front page in a fresh browser, sign in, and go on to other pages."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        yield from _not_measured("playwright is not installed")
        return
    installation.run()
    login = demo_login("village_head")
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium-headless-shell") or shutil.which("chromium"),
                args=["--no-sandbox"],
            )
        except Error as error:
            yield from _not_measured(str(error).splitlines()[0])
            return
        site = f"http://{HOST}:{installation.port}"
        page = browser.new_page()
        loaded = Loaded(page)
        first = loaded.by(f"{site}/")
        page.goto(f"{site}{FORM}", wait_until="networkidle")
        page.fill("input[name=login]", login["username"])
        page.fill("input[name=password]", login["password"])
        page.click("main button[type=submit]")
        page.wait_for_url("**/my/**")
        area = login["area"]
        pages = (*LATER, *(f"/places/{area[:digits]}/" for digits in (2, 4, 6, 8)))
        later = {path: loaded.by(f"{site}{path}") for path in pages}
        browser.close()
    heaviest = max(later, key=lambda path: later[path])
    yield Figure("first-visit", first)
    yield Figure("later-visit", later[heaviest], remark=f"{heaviest}, heaviest of {len(later)}")


class Loaded:
    """Counts the bytes that come over the wire for one page, without those of the map."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self._addresses: dict[str, str] = {}
        self._bytes: dict[str, float] = {}
        session = page.context.new_cdp_session(page)
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.loadingFinished", self._finished)
        session.send("Network.enable")

    def by(self, address: str) -> float:
        """Kilobytes that opening this address loads."""
        self._addresses.clear()
        self._bytes.clear()
        self._page.goto(address, wait_until="networkidle")
        counted = (
            size
            for number, size in self._bytes.items()
            if not any(word in self._addresses.get(number, "") for word in OF_THE_MAP)
        )
        return sum(counted) / 1000

    def _asked(self, event: dict[str, Any]) -> None:
        self._addresses[event["requestId"]] = event["request"]["url"]

    def _finished(self, event: dict[str, Any]) -> None:
        self._bytes[event["requestId"]] = event["encodedDataLength"]


def _not_measured(why: str) -> Iterator[Figure]:
    for name in ("first-visit", "later-visit"):
        yield Figure(name, None, remark=why)
