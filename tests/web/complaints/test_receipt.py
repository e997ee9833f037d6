"""The receipt with its code, and the tracking page that the code opens, in a real browser."""

import re
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from prasan.complaints.actions import take_in
from prasan.web.complaints.codes import tracking_address, tracking_code
from tests.factories.agencies import make_area
from tests.factories.complaints import VILLAGE, WORDS, make_taken_in, tell

NEW, TRACK = reverse("complaints:new"), reverse("complaints:track")


@pytest.fixture
def page(browser, live_server, settings):
    settings.STATICFILES_DIRS = [settings.STATIC_ROOT]
    context = browser.new_context(viewport={"width": 360, "height": 800}, reduced_motion="reduce")
    opened = context.new_page()
    opened.faults, opened.asked = [], []
    opened.on("console", lambda m: opened.faults.append(m.text) if m.type == "error" else None)
    opened.on("pageerror", lambda fault: opened.faults.append(str(fault)))
    opened.on("request", lambda request: opened.asked.append((request.url, dict(request.headers))))
    yield opened
    context.close()


@pytest.mark.django_db
def test_secret_stands_only_behind_the_hash(rf):
    taken = make_taken_in()

    address = tracking_address(rf.get(NEW), taken)

    before, after = address.split("#")
    assert (before, after) == (f"http://testserver{TRACK}", f"{taken.complaint.receipt}-{taken.secret}")


@pytest.mark.django_db
def test_address_of_the_site_is_the_one_that_is_set(rf, settings):
    settings.SITE_ADDRESS = "https://prasan.example.go.th"

    assert tracking_address(rf.get(NEW), make_taken_in()).startswith(f"https://prasan.example.go.th{TRACK}#")


@pytest.mark.django_db
def test_code_is_a_drawing_that_the_content_policy_allows(rf):
    drawn = tracking_code(rf.get(NEW), make_taken_in())

    assert drawn.startswith("<svg ")
    assert re.findall(r"style=|<script|<style|href", drawn) == []


@pytest.mark.django_db
def test_form_sent_again_shows_a_code_of_the_fresh_secret(client):
    make_area(VILLAGE)
    form = {"words": WORDS, "area": VILLAGE, "manner": "anonymous", "form_key": str(uuid4())}

    first, second = (client.post(NEW, form).content.decode() for _turn in range(2))

    codes = [re.search(r"<svg[^>]*class=\"qr\".*?</svg>", page, re.S)[0] for page in (first, second)]
    assert codes[0] != codes[1]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_code_opens_the_complaint_and_leaves_the_address(page, live_server):
    taken = take_in(tell(), manner="anonymous")

    page.goto(f"{live_server.url}{TRACK}#{taken.complaint.receipt}-{taken.secret}")
    page.wait_for_function("!window.location.hash")

    assert page.url == f"{live_server.url}{TRACK}"
    assert page.locator("input[name=receipt]").input_value() == taken.complaint.receipt
    assert page.locator("input[name=secret]").input_value() == taken.secret
    page.keyboard.press("Enter")
    page.locator("main h2").first.wait_for()
    assert WORDS in page.locator("main").inner_text()
    assert page.faults == []
    told = [url for url, headers in page.asked if taken.secret in url + headers.get("referer", "")]
    assert [url.partition("#")[0] for url in told] in ([], [f"{live_server.url}{TRACK}"])
    page.go_back()
    assert taken.secret not in page.url


@pytest.mark.browser
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize(
    "hostile", ["#'\"><img src=x onerror=alert(1)>-123456789012", "#6800000019-12", "#x" * 50]
)
def test_anything_else_behind_the_hash_fills_nothing(page, live_server, hostile):
    page.goto(f"{live_server.url}{TRACK}{hostile}")
    page.locator("[data-tracking]").wait_for()

    assert page.locator("input[name=receipt]").input_value() == ""
    assert page.locator("input[name=secret]").input_value() == ""
    assert page.faults == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_receipt_shows_number_secret_and_code_also_on_paper(page, live_server):
    make_area(VILLAGE)
    page.goto(live_server.url + NEW)
    page.locator("textarea[name=words]").fill(WORDS)
    page.locator("input[name=area]").fill(VILLAGE)
    page.locator("main form button[type=submit]").last.click()
    page.locator(".receipt-code").wait_for()

    shown = page.locator("dl.facts").inner_text()
    code = page.locator(".receipt-code svg").bounding_box()
    assert code["width"] == code["height"] >= 190
    assert page.locator("[data-print]").is_visible()
    assert Axe().run(page).response["violations"] == []
    page.emulate_media(media="print")
    assert page.locator(".receipt-code svg").is_visible()
    assert not page.locator("[data-print]").is_visible()
    assert re.search(r"[0-9]{2}-[0-9]{4}-[0-9]{4}", shown)
    assert page.faults == []
