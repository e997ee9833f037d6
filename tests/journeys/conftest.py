"""The installation of this run, started as anyone starts one, and real browsers to walk it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

from tests import browsers
from tests.journeys.acting import Acting
from tests.plugin_site import SITE, Site


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--pictures", metavar="FOLDER", help="keep a picture of each step of the tutorial")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """It goes with its module: while playwright runs, Django takes the whole process for asynchronous."""
    with sync_playwright() as playwright:
        started = browsers.start(playwright)
        yield started
        started.close()


@pytest.fixture(scope="session")
def site() -> Site:
    """The installation of this run, serving."""
    SITE.wait_until_it_serves()
    return SITE


@pytest.fixture
def as_person(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Open a browser of their own for a person, signed in; an empty name is the public.

    The form of signing in is walked where that is what a journey begins with.
    """
    contexts = []

    def sign_in(
        username: str = "", *, width: int = 1440, language: str = "th-TH", by_form: bool = False
    ) -> Page:
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
        if username and by_form:
            page.goto("/accounts/login/")
            page.locator("main input[name=login]").fill(username)
            page.locator("main input[name=password]").fill(site.password)
            page.locator("main form button[type=submit]").last.click()
            page.wait_for_url("**/my/")
        elif username:
            _sign_in(context, username, site.password)
        return page

    yield sign_in
    for context in contexts:
        context.close()


@pytest.fixture
def acting(site: Site) -> Iterator[Acting]:
    """What the rooms do themselves where no browser can or should: see `acts_of_awards`."""
    acts = Acting(site, "tests.journeys.acts_of_awards")
    yield acts
    acts.end()


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


def _sign_in(context: BrowserContext, username: str, password: str) -> None:
    """Send the form of signing in without drawing it."""
    form = context.request.get("/accounts/login/")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form.text())
    assert token is not None
    words = {"login": username, "password": password, "csrfmiddlewaretoken": token[1]}
    answer = context.request.post("/accounts/login/", form=words, headers={"Referer": form.url})
    assert answer.url.endswith("/my/"), answer.url
