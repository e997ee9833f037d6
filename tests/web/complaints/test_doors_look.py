"""The pages of further doors in a real browser: whole on a telephone and on a desk, nothing refused."""

import os

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse

from prasan.complaints.actions.listing import confirm_list, order_list
from prasan.complaints.jobs import take_in
from prasan.linkage.actions import take_in_letter
from tests.complaints.test_lists import ROWS, sheet
from tests.factories.agencies import make_area
from tests.factories.complaints import PROVINCE, VILLAGE, make_centre, make_complaint_list
from tests.factories.linkage import letter, raw_letter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def centre():
    make_area(VILLAGE)
    return make_centre()


@pytest.fixture
def page(browser, live_server, settings, centre):
    settings.STATICFILES_DIRS = [settings.STATIC_ROOT]
    client = Client()
    client.force_login(centre.officer)
    context = browser.new_context(viewport={"width": 360, "height": 800}, reduced_motion="reduce")
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    opened = context.new_page()
    opened.said = []
    opened.on("console", lambda m: opened.said.append(m.text) if m.type == "error" else None)
    opened.on("pageerror", lambda fault: opened.said.append(str(fault)))
    yield opened
    context.close()


def faults(page, address):
    page.goto(address)
    found = []
    for width in (1440, 360):
        page.set_viewport_size({"width": width, "height": 800})
        found += [each["id"] for each in Axe().run(page).response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1"):
            found.append(f"wider than {width}")
        if folder := os.environ.get("PICTURES"):
            name = address.split("/", 3)[3].replace("/", "_").partition("?")[0]
            page.screenshot(path=f"{folder}/{name}{width}.png", full_page=True)
    return found + page.said


def test_pages_of_a_list_are_whole_from_the_file_to_the_end(page, live_server, centre):
    listing = make_complaint_list(centre, sheet(*ROWS))
    base = live_server.url
    address = base + reverse("complaints:list-page", args=[listing.pk])

    seen = {"form": faults(page, base + reverse("complaints:list-new"))}
    seen["columns"] = faults(page, base + reverse("complaints:list-columns", args=[listing.pk]))
    confirm_list(listing, listing.columns, manner="confidential", by=centre.officer)
    seen["rows"] = faults(page, address)
    order_list(listing, by=centre.officer)
    seen["waiting"] = faults(page, address)
    take_in(listing.pk, centre.officer.pk)
    page.locator("text=4, 5, 6, 7, 8").wait_for(timeout=10_000)  # the page looks again by itself
    seen["done"] = faults(page, address)
    seen["lists"] = faults(page, base + reverse("complaints:list-list"))
    seen["complaints"] = faults(page, base + reverse("complaints:list"))

    assert {name: each for name, each in seen.items() if each} == {}


def test_pages_of_letters_are_whole(page, live_server):
    area = make_area(PROVINCE)
    take_in_letter(letter(), area=area)
    waits = take_in_letter(
        raw_letter("น้ำท่วม".encode(), "In-Reply-To: <receipt-1@x.y>", key="<2@x>"), area=area
    )
    address = live_server.url + reverse("linkage:letter", args=[waits.pk])

    seen = {"list": faults(page, live_server.url + reverse("linkage:letters"))}
    seen["letter"] = faults(page, address)
    page.locator("main form button.btn-primary").click()
    page.locator("text=น้ำท่วม").wait_for()

    assert {name: each for name, each in seen.items() if each} == {}
