"""From a village's need to the public plan, walked by seven people in a real browser."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from prasan.demo.pictures import landscape

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(280)]

NEED = "ขุดลอกหนองน้ำสาธารณะที่แห้งทุกเดือนมีนาคม"
PROJECT = "ขุดลอกหนองน้ำสาธารณะพร้อมอาคารระบายน้ำ"
VILLAGE = "32030501"


def faults_of(page):
    violations = Axe().run(page).response["violations"]
    return [(fault["id"], fault["nodes"][0]["html"][:120]) for fault in violations] + page.faults


def choose(page, name, text):
    """Choose the option of a list whose words hold the text."""
    box = page.locator(f"select[name={name}]")
    box.select_option(box.locator("option", has_text=text).first.get_attribute("value"))


def take(page, code):
    """Open a step that needs no form of its own and take it."""
    step = page.locator("details.step", has=page.locator(f"form[action$='/steps/{code}/']"))
    step.locator("summary").click()
    step.locator("button[type=submit]").click()
    page.wait_for_load_state("networkidle")


def read_in(page, language):
    """Switch the language by the button in the head of the page, where it is another."""
    if page.locator("html").get_attribute("lang") != language:
        page.locator(f"header button[name=language][value={language}]").first.click()
        page.wait_for_load_state("networkidle")


def open_work(page, text):
    page.goto("/my/")
    page.get_by_role("link", name=re.compile(re.escape(text))).first.click()
    page.wait_for_load_state("networkidle")


def enter_need(page):
    page.goto("/needs/new/")
    page.locator("main input[name=title]").fill(NEED)
    choose(page, "sector", "แหล่งน้ำ")
    page.locator("input[name=households]").fill("๘๔")
    page.locator("textarea[name=description]").fill("หนองน้ำตื้นเขิน ชาวบ้านต้องซื้อน้ำใช้ในฤดูแล้ง")
    photograph = {"name": "หนองน้ำ.jpg", "mimeType": "image/jpeg", "buffer": landscape(7).read()}
    page.locator("input[name=taken]").set_input_files(photograph)
    page.locator("input[name^=point] >> nth=0").fill("15.32")
    page.locator("input[name^=point] >> nth=1").fill("103.68")
    assert faults_of(page) == []
    page.locator("main form button.btn-primary").click()
    page.wait_for_url(re.compile(r"/needs/\d+/$"))
    expect(page.locator("h1")).to_have_text(NEED)
    assert faults_of(page) == []


def propose(page):
    page.locator("a[href^='/proposals/new/']").first.click()
    page.locator("input[name=name]").fill(PROJECT)
    page.locator("textarea[name=rationale]").fill("หนองน้ำตื้นเขิน เก็บน้ำได้ไม่ถึงครึ่ง")
    page.locator("textarea[name=objective]").fill("ให้ 84 ครัวเรือนมีน้ำใช้ตลอดปี")
    page.locator("input[name=budget_asked]").fill("๑,๒๕๐,๐๐๐")
    assert faults_of(page) == []
    page.locator("main form button.btn-primary").click()
    page.wait_for_url(re.compile(r"/proposals/\d+/$"))
    expect(page.locator("h1")).to_have_text(PROJECT)
    return page.url


def classify(page):
    open_work(page, PROJECT)
    take(page, "review")
    page.locator("a.step-link[href*='/acts/classify/']").click()
    page.locator("input[name=doer][value=refer]").check()
    page.locator("select[name=level]").select_option("provincial")
    page.locator("input[name=serves]").first.check()
    page.locator("select[name=resolution]").select_option(index=1)
    assert faults_of(page) == []
    page.locator("main form button.btn-primary").last.click()
    page.wait_for_url(re.compile(r"/proposals/\d+/$"))
    take(page, "pass_on")


def forward(page):
    open_work(page, PROJECT)
    page.locator("a.step-link[href*='/acts/forward/']").click()
    choose(page, "lead", "โครงการชลประทาน")
    assert faults_of(page) == []
    page.locator("main form button.btn-primary").last.click()
    page.wait_for_url(re.compile(r"/proposals/\d+/$"))


def accept(page):
    open_work(page, PROJECT)
    take(page, "receive")
    page.locator("a.step-link[href*='/acts/accept/']").click()
    page.locator("textarea[name=note]").fill("พื้นที่เหมาะสม เข้าแผนงานได้")
    page.locator("main form button.btn-primary").last.click()
    page.wait_for_url(re.compile(r"/routings/\d+/$"))


def include(page):
    open_work(page, PROJECT)
    assert faults_of(page) == []
    page.locator("a.step-link[href*='/acts/include/']").click()
    version = page.locator("select[name=version]")
    if version.count():
        version.select_option(index=1)
    page.locator("main form button.btn-primary").last.click()
    page.wait_for_url(re.compile(r"/proposals/\d+/$"))
    return page.locator("a[href^='/plan/items/']").first.get_attribute("href")


def test_need_of_a_village_reaches_the_public_plan_with_its_history(as_person):
    headman = as_person(f"headman-{VILLAGE}", width=360)
    enter_need(headman)
    proposal = propose(headman)

    classify(as_person("tambon-320305"))
    forward(as_person("amphoe-3203"))
    accept(as_person("irrigation-32"))
    analyst = as_person("analyst-32")
    assert analyst.goto(proposal).status == 200
    assert analyst.locator("a.step-link[href*='/acts/include/']").count() == 0
    item = include(as_person("governor-32"))

    public = as_person(width=360)
    public.goto("/plan/")
    assert public.goto(item).status == 200
    expect(public.locator("h1")).to_have_text(PROJECT)
    history = public.locator("main").inner_text()
    for act in (
        "ผู้ใหญ่บ้าน หมู่ 1 ตำบลเมืองแก",
        "เลขานุการ กบต.",
        "เลขานุการ กบอ.",
        "ผู้อำนวยการโครงการชลประทาน",
        "ผู้ว่าราชการจังหวัดสุรินทร์",
    ):
        assert act in history
    assert "พื้นที่เหมาะสม เข้าแผนงานได้" in history
    assert "15.32" not in history
    assert public.locator("img[src*='/photos/']").count() == 0
    assert faults_of(public) == []


def test_proposal_outside_ones_reach_is_not_found(as_person):
    headman = as_person("headman-32030501")
    headman.goto("/proposals/?state=submitted")
    first = headman.locator("table a[href^='/proposals/']").first.get_attribute("href")

    elsewhere = as_person("governor-45")

    assert headman.goto(first).status == 200
    assert elsewhere.goto(first).status == 404


@pytest.mark.parametrize(
    "username",
    ["", "headman-32030501", "tambon-320305", "amphoe-3203", "irrigation-32", "governor-32", "admin-32"],
)
def test_pages_are_free_of_faults_at_every_width_and_in_both_languages(as_person, username):
    page = as_person(username)
    addresses = ["/", "/places/", "/places/3203/", "/places/find/?q=ตำบลท่าตูม", "/plan/"]
    if username:
        addresses = ["/my/", "/needs/", "/proposals/", "/accounts/me/"]
    if username == "admin-32":
        addresses += ["/people/"]

    for width, language in ((360, "th"), (1440, "th"), (768, "en")):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(addresses[0])
        read_in(page, language)
        for address in addresses:
            answer = page.goto(address)
            page.wait_for_load_state("networkidle")
            assert answer.status == 200, address
            assert page.locator("html").get_attribute("lang") == language, address
            assert faults_of(page) == [], (address, width)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
            assert page.locator("h1").count() == 1, address
    read_in(page, "th")
