"""The frame in a real browser: no sideways scroll, no accessibility fault, nothing our own policy refuses."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client

from tests.factories.accounts import make_person
from tests.factories.agencies import make_area

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def open_page(browser, live_server, settings):
    settings.STATICFILES_DIRS = [
        settings.STATIC_ROOT
    ]  # the test server looks for files in folders of sources
    said, contexts = [], []

    def opened(path, *, width=1440, person=None, language="th", **options):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, reduced_motion="reduce", **options
        )
        contexts.append(context)
        cookies = {"language": language}
        if person:
            client = Client()
            client.force_login(person)
            cookies["sessionid"] = client.cookies["sessionid"].value
        context.add_cookies([{"name": k, "value": v, "url": live_server.url} for k, v in cookies.items()])
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda fault: said.append(str(fault)))
        page.goto(live_server.url + path, wait_until="load")
        return page

    opened.said = said
    yield opened
    for context in contexts:
        context.close()


CONTRAST = "color-contrast"
FORM = {"rules": {CONTRAST: {"enabled": False}}}
COLOURS = {"runOnly": [CONTRAST]}


def too_wide(page):
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1")
    return ["wider than the screen"] if wide else []


def faults(page, options=None):
    """What axe finds; colours are looked at once in light and once in dark, since no width changes them."""
    violations = Axe().run(page, options=options).response["violations"]
    found = [f"{each['id']}: {each['nodes'][0]['html']}" for each in violations]
    return found + too_wide(page)


OPEN_PAGES = ["/", "/accounts/login/", "/nothing/here/"]
OWN_PAGES = ["/my/", "/accounts/me/", "/accounts/sessions/", "/accounts/2fa/", "/accounts/password/change/"]


@pytest.mark.parametrize("paths", [OPEN_PAGES, OWN_PAGES], ids=["open", "own"])
def test_pages_are_whole_at_every_width_in_both_languages_and_in_the_dark(open_page, paths):
    make_area("32")
    person = make_person(name="ผู้ใหญ่บ้าน หมู่ที่ 1") if paths is OWN_PAGES else None
    found = {}

    for path in paths:
        page = open_page(path, person=person)
        found[path, "desk"] = faults(page)
        page.set_viewport_size({"width": 768, "height": 800})
        found[path, "tablet"] = too_wide(page)
        page.set_viewport_size({"width": 360, "height": 800})
        found[path, "phone"] = faults(page, FORM)
        page.emulate_media(color_scheme="dark")
        found[path, "dark"] = faults(page, COLOURS)
        page.context.close()
        page = open_page(path, width=360, person=person, language="en")
        found[path, "english"] = faults(page, FORM)
        page.context.close()

    assert {how: each for how, each in found.items() if each} == {}
    assert [words for words in open_page.said if "404" not in words] == []


def test_page_that_follows_the_device_is_dark_on_a_dark_device(open_page):
    def ground(scheme):
        page = open_page("/accounts/login/", color_scheme=scheme)
        return page.evaluate("getComputedStyle(document.body).backgroundColor")

    assert ground("light") == "rgb(245, 247, 247)"
    assert ground("dark") == "rgb(15, 22, 22)"


def test_first_key_leads_past_the_navigation(open_page):
    page = open_page("/")

    page.keyboard.press("Tab")
    words = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")

    assert words == "ข้ามไปยังเนื้อหา"
    assert page.evaluate("document.activeElement.id") == "content"


def test_menu_opens_by_key_and_closes_by_escape(open_page):
    page = open_page("/", width=360)
    menu = page.locator("details.menu", has_text="เมนู")

    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    opened = menu.get_attribute("open")
    page.keyboard.press("Escape")

    assert opened == ""
    assert menu.get_attribute("open") is None
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


@pytest.mark.parametrize("scripts", [True, False])
def test_language_is_switched_with_and_without_scripts(open_page, scripts):
    page = open_page("/", java_script_enabled=scripts)

    page.get_by_role("button", name="English").first.click()
    page.wait_for_load_state()

    assert page.locator("h1").inner_text() == "From a village's need to a plan everybody can follow"


def test_form_in_error_puts_the_cursor_on_what_went_wrong(open_page):
    page = open_page("/accounts/login/")
    page.get_by_label("ชื่อผู้ใช้").fill("nobody")
    page.get_by_label("รหัสผ่าน").fill("nothing")

    page.locator("main button[type=submit]").click()
    page.wait_for_load_state()

    assert "กรุณาแก้ไขข้อมูลต่อไปนี้" in page.evaluate("document.activeElement.textContent")
    assert page.get_by_label("ชื่อผู้ใช้").input_value() == "nobody"
    assert faults(page) == []
