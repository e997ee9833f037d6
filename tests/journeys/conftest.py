"""A whole installation of its own, started as anyone starts one, and a real browser to walk it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Error, Locator, Page, Playwright, sync_playwright

PRASAN = Path(sys.executable).with_name("prasan")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
]
TIME_TO_SERVE = 170.0


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--pictures", metavar="FOLDER", help="keep a picture of each step of the tutorial")


@dataclass(frozen=True)
class Site:
    """A running installation: its address, its data folder and the passwords of its people."""

    address: str
    folder: Path
    passwords: dict[str, str]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's chromium, or playwright's own where that was fetched.

    It goes with its module: while playwright runs, Django takes the whole process for an asynchronous one.
    """
    with sync_playwright() as playwright:
        started = _start(playwright)
        yield started
        started.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """`prasan run` on a fresh folder, stopped at the end as Ctrl-C stops it; all journeys walk on one."""
    folder = tmp_path_factory.mktemp("site")
    port = _free_port()
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"PORT": str(port), "PRASAN_DATA": str(folder), "PRASAN_MODE": "demo"}
    with open(folder / "console", "w", encoding="utf-8") as console:
        running = subprocess.Popen([PRASAN, "run"], env=environment, stdout=console, stderr=subprocess.STDOUT)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/health/", running, folder / "console")
            known = json.loads((folder / "demo_logins.json").read_text(encoding="utf-8"))
            yield Site(address, folder, {login["username"]: login["password"] for login in known})
        finally:
            running.send_signal(signal.SIGINT)
            running.wait(timeout=30)


@pytest.fixture
def as_person(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Open a browser of their own for a person, signed in; an empty name is the public."""
    contexts = []

    def sign_in(username: str = "", *, width: int = 1440, language: str = "th-TH") -> Page:
        context = browser.new_context(
            base_url=site.address,
            locale=language,
            timezone_id="Asia/Bangkok",
            viewport={"width": width, "height": 800},
        )
        contexts.append(context)
        context.set_default_timeout(20_000)
        page = context.new_page()
        page.faults = []  # type: ignore[attr-defined]
        page.on("console", lambda m: page.faults.append(m.text) if m.type == "error" else None)  # type: ignore[attr-defined]
        page.on("pageerror", lambda error: page.faults.append(str(error)))  # type: ignore[attr-defined]
        if username:
            page.goto("/accounts/login/")
            page.locator("main input[name=login]").fill(username)
            page.locator("main input[name=password]").fill(site.passwords[username])
            page.locator("main form button[type=submit]").last.click()
            page.wait_for_url("**/my/")
        return page

    yield sign_in
    for context in contexts:
        context.close()


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Keep a picture of the screen, where pictures are asked for; `at` is what it shows on top."""
    folder = request.config.getoption("pictures", None)

    def keep(page: Page, name: str, at: Locator | None = None) -> None:
        if folder is None:
            return
        page.evaluate("window.scrollTo({top: 0, behavior: 'instant'})")
        if at is not None:
            at.evaluate("element => element.scrollIntoView({block: 'start', behavior: 'instant'})")
        taken = Image.open(BytesIO(page.screenshot(animations="disabled", caret="hide")))
        Path(folder).mkdir(parents=True, exist_ok=True)
        taken.convert("RGB").save(Path(folder) / f"{name}.webp", quality=70, method=6)

    return keep


def _start(playwright: Playwright) -> Browser:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    try:
        return playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
    except Error as error:
        if found is None:
            pytest.skip("no chromium on this machine: install Debian's package chromium to run the journeys")
        raise AssertionError(f"{found} does not start") from error


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, running: subprocess.Popen[bytes], console: Path) -> None:
    until = time.monotonic() + TIME_TO_SERVE
    while time.monotonic() < until:
        if running.poll() is not None:
            pytest.fail(f"prasan run ended: {console.read_text(encoding='utf-8')[-2000:]}")
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310 - our own address
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.3)
    pytest.fail(f"prasan run did not serve in time: {console.read_text(encoding='utf-8')[-2000:]}")
