"""Pages as people of every role see them: within their reach, at every width, in both languages."""

import pytest

from tests.journeys.walking import faults_of, read_in

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]


def test_proposal_outside_ones_reach_is_not_found(as_person):
    headman = as_person("headman-32030501")
    headman.goto("/proposals/?state=submitted")
    first = headman.locator("table a[href^='/proposals/']").first.get_attribute("href")

    elsewhere = as_person("governor-45")

    assert headman.goto(first).status == 200
    assert elsewhere.goto(first).status == 404


@pytest.mark.parametrize(
    "username",
    ["", "headman-32030501", "governor-32", "admin-32"],
)
def test_pages_are_free_of_faults_at_every_width_and_in_both_languages(as_person, username):
    page = as_person(username)
    addresses = ["/", "/places/", "/places/3203/", "/places/find/?q=ตำบลท่าตูม", "/plan/"]
    if username:
        addresses = ["/my/", "/needs/", "/proposals/", "/accounts/me/"]
    if username == "admin-32":
        addresses += ["/people/"]

    for width, language in ((360, "th"), (1440, "en")):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(addresses[0])
        read_in(page, language)
        for address in addresses:
            answer = page.goto(address)
            assert answer.status == 200, address
            assert page.locator("html").get_attribute("lang") == language, address
            assert faults_of(page, contrast=width == 360) == [], (address, width)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
            assert page.locator("h1").count() == 1, address
    read_in(page, "th")
