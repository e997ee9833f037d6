"""One need from a village head to the plan book, step by step as the tutorial tells it.

`make pictures` walks the same way and keeps a picture of each step for the tutorial.
"""

import io
import re

import pypdf
import pytest
from playwright.sync_api import expect

from prasan.demo.pictures import landscape
from tests.factories.documents import pdf
from tests.journeys.walking import ask_for, choose, faults_of, hold_meeting, open_work, send, take

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]

NEED = "ซ่อมสะพานข้ามลำห้วยที่ชำรุดจนรถผ่านไม่ได้"
PROJECT = "ก่อสร้างสะพานคอนกรีตเสริมเหล็กข้ามลำห้วย"
ASSESSED = {
    "power": "yes",
    "feasibility": "usual",
    "design": "there",
    "land": "there",
    "permits": "not_needed",
    "recommendation": "accept",
}
PLACED = "เห็นว่าอยู่ในอำนาจหน้าที่ ดำเนินการได้ในปีงบประมาณหน้า"


def walk(as_person, picture):
    """Take the need all the way; gives the address of its line in the plan and the version it stands in."""
    headman = as_person("headman-32030501", width=360, by_form=True)
    tell_need(headman, picture)
    propose(headman, picture)
    tambon = as_person("tambon-320305")
    convene(tambon, picture)
    classify(tambon, picture)
    forward(as_person("amphoe-3203"), picture)
    answer(as_person("rural-roads-32"), picture)
    mark(as_person("analyst-32"), as_person("head-32"), picture)
    governor, head = as_person("governor-32"), as_person("head-32")
    version = decide(governor, picture)
    adopt(governor, head, version, picture)
    order_book(head, version)
    return version


def tell_need(page, picture):
    page.goto("/my/")
    picture(page, "1-village-head-my-work")
    page.goto("/needs/new/")
    page.locator("main input[name=title]").fill(NEED)
    choose(page, "sector", "ถนน")
    page.locator("input[name=households]").fill("๑๒๐")
    page.locator("textarea[name=description]").fill("เสาสะพานทรุดตั้งแต่น้ำหลาก เด็กต้องอ้อมไปโรงเรียน 9 กิโลเมตร")
    page.locator("input[name=taken]").set_input_files(
        {"name": "สะพาน.jpg", "mimeType": "image/jpeg", "buffer": landscape(11).read()}
    )
    page.locator("input[name^=point] >> nth=0").fill("15.33")
    page.locator("input[name^=point] >> nth=1").fill("103.69")
    picture(page, "2-need-form")
    send(page)
    expect(page.locator("h1")).to_have_text(NEED)
    assert faults_of(page) == []


def propose(page, picture):
    page.locator("a[href^='/proposals/new/']").first.click()
    page.locator("input[name=name]").fill(PROJECT)
    page.locator("textarea[name=rationale]").fill("สะพานเดิมรับน้ำหนักไม่ได้ ขนผลผลิตออกไม่ได้")
    page.locator("textarea[name=objective]").fill("ให้ 120 ครัวเรือนเดินทางและขนผลผลิตได้ตลอดปี")
    page.locator("#activities summary").click()
    page.locator("input[name=activity_1_name]").fill("ก่อสร้างสะพาน")
    page.locator("input[name=activity_1_year_1]").fill("๑,๙๐๐,๐๐๐")
    page.locator("input[name=activity_2_name]").fill("ถนนเชื่อมคอสะพาน")
    page.locator("input[name=activity_2_year_1]").fill("600000.50")
    expect(page.locator("output[data-total]")).to_contain_text("2,500,000.50")
    picture(page, "3-proposal-form", at=page.locator("#activities"))
    assert faults_of(page) == []
    page.locator("main form button[name=draft]").click()
    page.wait_for_url(re.compile(r"/proposals/\d+/$"))
    page.locator("details.step", has=page.locator("input[name=file]")).locator("summary").click()
    page.locator("select[name=kind]").select_option("cost_estimate")
    page.locator("input[name=file]").set_input_files(
        {"name": "ปร.4.pdf", "mimeType": "application/pdf", "buffer": pdf().read()}
    )
    page.locator("form[action$='/files/'] button").click()
    page.wait_for_load_state("networkidle")
    ask_for(page, "submit")
    send(page)
    picture(page, "4-proposal-page")
    assert faults_of(page) == []


def convene(page, picture):
    hold_meeting(page, "เมืองแก")
    page.locator("a[href$='/minutes/']").click()
    page.locator("textarea[name=text]").fill("ระเบียบวาระที่ 3 พิจารณาจำแนกข้อเสนอโครงการ")
    send(page)
    picture(page, "5-meeting")
    assert faults_of(page) == []


def classify(page, picture):
    page.goto("/boards/320305/")
    picture(page, "6-board")
    page.get_by_label(re.compile(PROJECT)).check()
    page.locator("button[formaction$='/classify/']").click()
    choose(page, "doer_all", "ส่งต่อ")
    page.locator("select[name=level_all]").select_option("provincial")
    page.locator("select[name=issue_all]").select_option(index=1)
    choose(page, "resolution", "มติใหม่")
    page.locator("textarea[name=words]").fill("เห็นชอบผลการจำแนกโครงการก่อสร้างสะพาน")
    picture(page, "7-classify")
    assert faults_of(page) == []
    send(page)
    page.get_by_label(re.compile(PROJECT)).check()
    page.locator("button[formaction$='/pass-on/']").click()
    send(page)
    assert faults_of(page) == []


def forward(page, picture):
    open_work(page, PROJECT)
    ask_for(page, "forward")
    choose(page, "lead", "แขวงทางหลวงชนบท")
    picture(page, "8-forward")
    assert faults_of(page) == []
    send(page)


def answer(page, picture):
    open_work(page, PROJECT)
    take(page, "receive")
    page.locator("a[href$='/assessment/']").first.click()
    for question, said in ASSESSED.items():
        page.locator(f"input[name={question}][value={said}]").check()
    page.locator("textarea[name=mandate]").fill("พระราชบัญญัติทางหลวง พ.ศ. 2535")
    page.locator("input[name=estimate]").fill("2,480,000")
    page.locator("textarea[name=note]").fill("แบบก่อสร้างครบ พื้นที่พร้อม")
    assert faults_of(page) == []
    send(page)
    picture(page, "9-agency")
    ask_for(page, "accept")
    page.locator("textarea[name=note]").fill(PLACED)
    send(page)
    assert faults_of(page) == []


def mark(analyst, head, picture):
    open_work(analyst, "แบบให้คะแนน")
    analyst.locator("a[href$='/marks/']").click()
    boxes = analyst.locator("main table input[inputmode=numeric]")
    for number, box in enumerate(boxes.all()):
        box.fill(str(3 + number % 3))
    picture(analyst, "10-marks")
    assert faults_of(analyst) == []
    send(analyst)
    picture(analyst, "11-ranking")
    assert faults_of(analyst) == []
    head.goto(analyst.url)
    ask_for(head, "freeze")
    send(head)
    assert faults_of(head) == []


def decide(page, picture):
    page.goto("/plan/?state=draft&area=32")
    page.locator("main a[href^='/plan/versions/']", has_text="ประจำปี").first.click()
    version = page.url
    page.locator("a[href$='/decide/']").click()
    page.get_by_label(f"การตัดสินใจเรื่อง “{PROJECT}”").select_option("include")
    picture(page, "12-decisions")
    assert faults_of(page) == []
    send(page)
    return version


def adopt(governor, head, version, picture):
    head.goto(version)
    ask_for(head, "endorse")
    head.locator("select[name=resolution]").select_option(index=1)
    send(head)
    governor.goto(version)
    ask_for(governor, "adopt")
    send(governor)
    picture(governor, "13-plan")
    assert faults_of(governor) == []


def order_book(page, version):
    page.goto(version)
    page.locator("form[action$='/book/order/'] button").click()
    expect(page.locator("#book a[href$='/pdf/']")).to_be_visible(timeout=60_000)
    assert faults_of(page) == []


def test_need_of_a_village_head_reaches_the_plan_book_of_the_governor(as_person, picture):
    version = walk(as_person, picture)

    public = as_person(width=360)
    assert public.goto(version).status == 200
    public.get_by_role("link", name=PROJECT).click()
    expect(public.locator("h1")).to_have_text(PROJECT)
    picture(public, "14-public")
    told = public.locator("main").inner_text()
    for act in (
        "ผู้ใหญ่บ้าน หมู่ 1 ตำบลเมืองแก",
        "เลขานุการ กบต.",
        "เลขานุการ กบอ.",
        "ผู้อำนวยการแขวงทางหลวงชนบท",
        "ผู้ว่าราชการจังหวัดสุรินทร์",
        PLACED,
        "2,500,000.50",
    ):
        assert act in told
    assert "15.33" not in told
    assert public.locator("img[src*='/photos/']").count() == 0
    assert faults_of(public) == []
    public.goto(version)
    book = public.request.get(public.locator("#book a[href$='/pdf/']").get_attribute("href"))
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(book.body())).pages)
    assert "๒,๕๐๐,๐๐๐.๕๐" in text
    governor = as_person("governor-32")
    governor.goto("/places/32/overview/")
    picture(governor, "15-overview")
    assert faults_of(governor) == []
