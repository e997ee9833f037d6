"""Fifty proposals of one tambon on their way together: merged, one returned, ranked and decided."""

import csv
import io
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from tests.journeys.walking import ask_for, choose, faults_of, hold_meeting, open_work, send

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]

TAMBON = "ตำบลวังหลวง"
RETURNED = "ลานตากผลผลิตของหมู่บ้าน"
WHY = "กรุณาระบุจำนวนครัวเรือนที่ใช้ลานตาก"
LISTED = 49
MERGED = {"รวมขุดลอกหนองน้ำสามแห่ง": (1, 2, 3), "รวมขุดลอกหนองน้ำสองแห่ง": (4, 5)}


def name_of(number):
    return f"ขุดลอกหนองน้ำแห่งที่ {number:02}"


def budget_of(number):
    """In satang, so that a sum that rounds is found."""
    return Decimal(f"{100_000 + number * 1000}.{25 * (number % 4):02}")


def listed():
    """A list as a province keeps it: one project a row."""
    rows = ["ชื่อโครงการ,ตำบล,อำเภอ,งบประมาณ,ด้าน,หลักการและเหตุผล,วัตถุประสงค์"]
    for number in range(1, LISTED + 1):
        rows.append(f"{name_of(number)},วังหลวง,เสลภูมิ,{budget_of(number)},แหล่งน้ำ,น้ำแห้งทุกปี,มีน้ำใช้ตลอดปี")
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
    send(page)


def walk(as_person):
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
    accept_all(as_person("irrigation-45"))
    rank_all(as_person("analyst-45"), as_person("head-45"))
    return decide_all(as_person("governor-45"))


def accept_all(page):
    page.goto("/routings/?state=sent")
    while page.locator("input[name=routing]").count():
        page.locator("[data-tick-all]").click()
        page.locator("button[formaction$='/accept/']").click()
        page.locator("textarea[name=note]").fill("อยู่ในแผนงานของโครงการชลประทาน")
        send(page)
        page.goto("/routings/?state=sent")
    assert faults_of(page) == []


def rank_all(analyst, head):
    open_work(analyst, "แบบให้คะแนน")
    sheet = analyst.url
    analyst.goto(f"{sheet}marks/")
    while analyst.url.endswith("/marks/"):
        analyst.locator("main table input[inputmode=numeric]").evaluate_all(
            "boxes => boxes.forEach((box, number) => { box.value = 1 + (number * 7) % 5; })"
        )
        send(analyst)
    head.goto(sheet)
    ask_for(head, "freeze")
    send(head)


def decide_all(page):
    """Include all but two: one kept in reserve, one refused, each with its reason; one resolution for all."""
    page.goto("/plan/?state=draft&area=45")
    page.locator("main a[href^='/plan/versions/']", has_text="ประจำปี").first.click()
    version = page.url
    with page.expect_navigation():
        page.locator("a[href$='/decide/']").click()
    left_out = [name_of(10), name_of(11)]
    page.locator("li.decision select").evaluate_all(
        "boxes => boxes.forEach((box) => { box.value = 'include'; })"
    )
    for name, verdict in zip(left_out, ("reserve", "refuse"), strict=True):
        page.get_by_label(f"การตัดสินใจเรื่อง “{name}”").select_option(verdict)
        page.get_by_label(f"เหตุผล {name}").fill("งบประมาณปีนี้ไม่เพียงพอ")
    page.locator("select[name=resolution]").select_option(index=1)
    if page.locator("input[name=over_ceiling]").count():
        page.locator("input[name=over_ceiling]").check()
    send(page)
    return version, left_out


def expected(left_out):
    """What the plan holds of the fifty: each once, merged ones in one with the sum of their budgets."""
    sums = {name_of(number): budget_of(number) for number in range(1, LISTED + 1)}
    for name, numbers in MERGED.items():
        sums[name] = sum(sums.pop(name_of(number)) for number in numbers)
    sums[RETURNED] = Decimal(450_000)
    return {name: budget for name, budget in sums.items() if name not in left_out}


def test_fifty_proposals_reach_the_plan_and_none_is_lost(as_person):
    version, left_out = walk(as_person)

    public = as_person(width=360)
    public.goto(version)
    table = public.request.get(f"{version}?export=csv").text()
    rows = list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))))
    found = [(row["ชื่อรายการ"], Decimal(row["จำนวนเงิน (บาท)"])) for row in rows]
    wanted = expected(left_out)
    assert sorted(pair for pair in found if pair[0] in wanted) == sorted(wanted.items())
    assert {name for name, _sum in found}.isdisjoint(
        [*left_out, *(name_of(number) for number in (1, 2, 3, 4, 5))]
    )
    tambon = as_person("tambon-451006")
    tambon.goto("/proposals/?state=merged")
    for number in (1, 2, 3, 4, 5):
        expect(tambon.get_by_role("link", name=name_of(number))).to_be_visible()
    assert faults_of(public) == []
