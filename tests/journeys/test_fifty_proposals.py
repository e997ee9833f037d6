"""Fifty proposals of one tambon on their way together: merged, one returned, ranked and decided."""

import pytest
from playwright.sync_api import expect

from tests.journeys.walking import ask_for, choose, faults_of, hold_meeting, open_work, send

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(280)]

TAMBON = "ตำบลวังหลวง"
RETURNED = "ลานตากผลผลิตของหมู่บ้าน"
WHY = "กรุณาระบุจำนวนครัวเรือนที่ใช้ลานตาก"
LISTED = 49
MERGED = {"รวมขุดลอกหนองน้ำสามแห่ง": (1, 2, 3), "รวมขุดลอกหนองน้ำสองแห่ง": (4, 5)}


def name_of(number):
    return f"ขุดลอกหนองน้ำแห่งที่ {number:02}"


def listed():
    """A list as a province keeps it: one project a row, two budgets that end in satang."""
    rows = ["ชื่อโครงการ,ตำบล,อำเภอ,งบประมาณ,ด้าน,หลักการและเหตุผล,วัตถุประสงค์"]
    for number in range(1, LISTED + 1):
        budget = f"{100_000 + number * 1000}.{25 * (number % 4):02}"
        rows.append(f"{name_of(number)},วังหลวง,เสลภูมิ,{budget},แหล่งน้ำ,น้ำแห้งทุกปี,มีน้ำใช้ตลอดปี")
    return "\n".join(rows).encode()


def bring_list(page):
    page.goto("/proposals/lists/new/")
    page.locator("input[name=file]").set_input_files(
        {"name": "บัญชีโครงการ.csv", "mimeType": "text/csv", "buffer": listed()}
    )
    send(page)
    page.locator("input[name=standing][value=submitted]").check()
    send(page)
    assert faults_of(page) == []
    page.locator("form[action$='/take/'] button").click()
    expect(page.locator("main")).to_contain_text(f"นำเข้าแล้ว {LISTED} โครงการ", timeout=40_000)


def propose_own(page):
    page.goto("/needs/new/")
    page.locator("main input[name=title]").fill(RETURNED)
    choose(page, "sector", "เกษตร")
    page.locator("input[name=households]").fill("35")
    send(page)
    page.locator("a[href^='/proposals/new/']").first.click()
    page.locator("textarea[name=rationale]").fill("ตากข้าวบนถนน เกิดอุบัติเหตุ")
    page.locator("textarea[name=objective]").fill("มีลานตากกลางของหมู่บ้าน")
    page.locator("input[name=budget_asked]").fill("450000")
    send(page)


def open_board(page, code):
    page.goto(f"/boards/{code}/")


def merge(page):
    for name, numbers in MERGED.items():
        for number in numbers:
            page.get_by_label(f"เลือก {name_of(number)}", exact=False).check()
        page.locator("button[formaction$='/merge/']").click()
        page.locator("input[name=name]").fill(name)
        page.locator("textarea[name=note]").fill("หนองน้ำติดกัน ทำสัญญาเดียว")
        send(page)
    assert faults_of(page) == []


def return_one(page):
    page.get_by_role("link", name=RETURNED).click()
    step = page.locator("details.step", has=page.locator("form[action$='/steps/return_to_author/']"))
    step.locator("summary").click()
    step.locator("textarea").fill(WHY)
    step.locator("button[type=submit]").click()
    page.wait_for_load_state("networkidle")


def answer_return(page):
    open_work(page, RETURNED)
    expect(page.locator("main")).to_contain_text(WHY)
    page.locator("a[href$='/edit/']").click()
    page.locator("input[name=households]").fill("35")
    page.locator("textarea[name=rationale]").fill("ตากข้าวบนถนน เกิดอุบัติเหตุ มี 35 ครัวเรือนใช้ร่วมกัน")
    send(page)
    if page.locator("a.step-link[href*='/acts/submit/']").count():
        ask_for(page, "submit")
        send(page)
    assert faults_of(page) == []


def tick_all(page, column):
    page.locator(f"section[aria-labelledby=column-{column}] [data-tick-all]").click()


def classify_all(page):
    tick_all(page, "submitted")
    tick_all(page, "tambon_review")
    page.locator("button[formaction$='/classify/']").click()
    choose(page, "doer_all", "ส่งต่อ")
    page.locator("select[name=level_all]").select_option("provincial")
    page.locator("select[name=issue_all]").select_option(index=1)
    choose(page, "resolution", "มติใหม่")
    page.locator("textarea[name=words]").fill("เห็นชอบผลการจำแนกข้อเสนอโครงการทั้งหมด")
    assert faults_of(page) == []
    send(page)


def walk(as_person, picture):
    bring_list(as_person("head-45"))
    headman = as_person("headman-45100601", width=360)
    propose_own(headman)
    tambon = as_person("tambon-451006")
    open_board(tambon, "451006")
    merge(tambon)
    return_one(tambon)
    answer_return(headman)
    hold_meeting(tambon, "วังหลวง")
    open_board(tambon, "451006")
    classify_all(tambon)
    tick_all(tambon, "classified")
    tambon.locator("button[formaction$='/pass-on/']").click()
    send(tambon)
    amphoe = as_person("amphoe-4510")
    open_board(amphoe, "4510")
    tick_all(amphoe, "amphoe_review")
    amphoe.locator("button[formaction$='/forward/']").click()
    choose(amphoe, "lead", "โครงการชลประทาน")
    assert faults_of(amphoe) == []
    send(amphoe)
