"""What every journey does on a page: choose, take a step, open what waits, look for faults."""

from __future__ import annotations

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def faults_of(page: Page, *, contrast: bool = True) -> list[object]:
    """What axe and the console find wrong with the page as it stands.

    Contrast takes longer than everything else; where it was looked at in another width it is the same.
    """
    rules = {"rules": {"color-contrast": {"enabled": contrast}}}
    violations = Axe().run(page, options=rules).response["violations"]
    return [(fault["id"], fault["nodes"][0]["html"][:120]) for fault in violations] + page.faults  # type: ignore[attr-defined]


def choose(page: Page, name: str, text: str) -> None:
    """Choose the option of a list whose words hold the text."""
    box = page.locator(f"select[name={name}]")
    box.select_option(box.locator("option", has_text=text).first.get_attribute("value"))


def take(page: Page, code: str) -> None:
    """Open a step that needs no form of its own and take it."""
    step = page.locator("details.step", has=page.locator(f"form[action$='/steps/{code}/']"))
    step.locator("summary").click()
    step.locator("button[type=submit]").click()
    page.wait_for_load_state("networkidle")


def ask_for(page: Page, code: str) -> None:
    """Open the form of a step."""
    with page.expect_navigation():
        page.locator(f"a.step-link[href*='/acts/{code}/']").click()


def send(page: Page) -> None:
    """Press the button of the form and wait for the page that follows."""
    with page.expect_navigation():
        page.locator("main form button.btn-primary").last.click()


def fill(page: Page, **fields: str) -> None:
    """Fill boxes of the form by their names."""
    for name, text in fields.items():
        page.locator(f"main [name={name}]").fill(text)


def take_step_of_edition(page: Page, edition: int, code: str, **fields: str) -> None:
    """Take a step of an edition of an award by its form."""
    page.goto(f"/awards/editions/{edition}/")
    ask_for(page, code)
    fill(page, **fields)
    send(page)


def assign_entries(page: Page, edition: int) -> None:
    """Assign the entries of the round to the judges."""
    page.goto(f"/awards/editions/{edition}/panels/")
    page.locator("form[action$='/assign/'] button").click()
    page.wait_for_load_state()


def read_in(page: Page, language: str) -> None:
    """Switch the language by the button in the head of the page, where it is another."""
    if page.locator("html").get_attribute("lang") != language:
        page.locator(f"header button[name=language][value={language}]").first.click()
        page.wait_for_load_state("networkidle")


def open_work(page: Page, text: str) -> None:
    """Open what waits for the person under these words."""
    page.goto("/my/")
    with page.expect_navigation():
        page.get_by_role("link", name=re.compile(re.escape(text))).first.click()


def hold_meeting(page: Page, place: str) -> None:
    """Convene a meeting of the committee of a place today, with every member present."""
    page.goto("/committees/")
    page.locator("main a[href^='/committees/']", has_text=place).first.click()
    page.locator("a[href$='/convene/']").click()
    page.locator("input[name=venue]").fill("ศาลาประชาคม")
    send(page)
    page.locator("a[href$='/attendance/']").click()
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    send(page)
