"""A village head tells of needs where there is no signal, and finds nothing lost or doubled."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from prasan.demo.pictures import landscape

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]

HEAD = "headman-40070102"
"""Nobody else walks as this head: the language of a person is the same in all his browsers."""


def fill(page, title):
    page.locator("main input[name=title]").fill(title)
    sector = page.locator("select[name=sector]")
    sector.select_option(sector.locator("option").nth(1).get_attribute("value"))
    page.locator("input[name=households]").fill("๑๒")


def open_form(page):
    page.goto("/needs/new/")
    page.wait_for_selector("form[data-ready=yes]")


def told(page, title):
    page.goto(f"/needs/?q={title}")
    return page.locator("main tbody tr").count()


def test_need_told_without_a_signal_is_sent_once_when_it_is_back(as_person):
    page = as_person(HEAD, width=360)
    open_form(page)
    page.evaluate("navigator.serviceWorker.ready")
    open_form(page)  # seen by the worker, which keeps it
    page.context.set_offline(True)

    open_form(page)
    fill(page, "สะพานขาดช่วงน้ำหลาก")
    photograph = {"name": "สะพาน.jpg", "mimeType": "image/jpeg", "buffer": landscape(3).read()}
    page.locator("input[name=taken]").set_input_files(photograph)
    page.locator("main form button.btn-primary").click()
    expect(page.locator("[data-outbox]")).to_contain_text("เก็บไว้ในเครื่องนี้")
    assert [fault["id"] for fault in Axe().run(page).response["violations"]] == []
    page.close()
    again = page.context.new_page()
    again.context.set_offline(False)
    again.goto("/my/")
    expect(again.locator("[data-outbox]")).to_contain_text("ส่งแล้ว", timeout=15_000)
    again.locator("[data-outbox] a").click()

    expect(again.locator("h1")).to_have_text("สะพานขาดช่วงน้ำหลาก")
    expect(again.locator("main .photos img")).to_have_count(1)
    assert told(again, "สะพานขาดช่วงน้ำหลาก") == 1


def test_two_needs_told_without_a_signal_are_two(as_person):
    page = as_person(HEAD, width=360)
    open_form(page)
    page.evaluate("navigator.serviceWorker.ready")
    open_form(page)
    page.context.set_offline(True)

    for title in ("บ่อบาดาลแห้ง", "ไฟถนนดับ"):
        open_form(page)
        fill(page, title)
        page.locator("main form button.btn-primary").click()
        expect(page.locator("[data-outbox]")).to_contain_text("เก็บไว้ในเครื่องนี้")
    page.context.set_offline(False)
    page.goto("/my/")
    expect(page.locator("[data-outbox]")).to_contain_text("ส่งแล้ว", timeout=15_000)
    page.wait_for_timeout(1500)

    assert [told(page, title) for title in ("บ่อบาดาลแห้ง", "ไฟถนนดับ")] == [1, 1]


def test_what_was_typed_is_there_again_after_the_browser_was_closed(as_person):
    page = as_person(HEAD, width=360)
    open_form(page)
    fill(page, "ประปาหมู่บ้านไหลอ่อน")
    page.wait_for_timeout(800)
    page.close()

    again = page.context.new_page()
    open_form(again)

    expect(again.locator("main input[name=title]")).to_have_value("ประปาหมู่บ้านไหลอ่อน")
    again.locator("main form button.btn-primary").click()
    again.wait_for_url(re.compile(r"/needs/\d+/$"))
    open_form(again)
    expect(again.locator("main input[name=title]")).to_have_value("")


def test_form_of_one_person_is_not_shown_to_the_next_on_the_same_device(as_person, site):
    page = as_person(HEAD, width=360)
    open_form(page)
    page.evaluate("navigator.serviceWorker.ready")
    open_form(page)
    fill(page, "เรื่องของคนแรก")
    page.wait_for_timeout(800)
    page.locator("header details.menu > summary").first.click()
    page.locator("header form[action='/accounts/logout/'] button").first.click()
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)

    with pytest.raises(Exception, match="ERR_"):
        page.goto("/needs/new/")
