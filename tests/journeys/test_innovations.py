"""A province is warned of its own innovation of years ago, mends its proposal, and another copies it."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.walking import ask_for, faults_of, send

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(280)]

OLD = "การสอนทักษะการเอาชีวิตรอดในน้ำ"
"""Of Surin's own innovation in the register of 2562."""
AGAIN = "สอนเด็กว่ายน้ำเอาตัวรอดป้องกันการจมน้ำในสระหมู่บ้าน"
NEW = "รถรับส่งผู้ป่วยล้างไตจองคิวทาง LINE"


def fill(page, **fields):
    for name, text in fields.items():
        page.locator(f"[name={name}]").fill(text)


def test_province_is_warned_mends_proposes_and_another_adopts_by_the_cookbook(as_person):
    author = as_person("head-32", width=360)
    author.goto("/innovations/")
    author.locator("a[href='/innovations/new/']").click()
    fill(author, title=AGAIN, pain_point="เด็กจมน้ำในสระหมู่บ้านทุกปี", finished_on="30 ก.ย. 2569")
    author.locator("input[name=kind][value=service]").check()
    author.locator("select[name=fiscal_year]").select_option("2569")
    assert faults_of(author) == []
    send(author)
    address = author.url

    warned = author.locator("li", has_text="ฝ่ายของท่านเคยเสนอ")
    expect(warned).to_contain_text(OLD)
    assert faults_of(author) == []

    author.locator("a[href$='/edit/']").click()
    fill(
        author,
        title=NEW,
        pain_point="ผู้ป่วยล้างไตไม่มีรถไปโรงพยาบาล",
        solution="รถของท้องถิ่นรับส่งตามคิวที่จองทาง LINE",
        impact="ผู้ป่วยไม่ขาดนัด",
        rationale="ผู้ป่วยอยู่ไกล",
        objective="ลดการขาดนัด",
        work_done="รวมรถของท้องถิ่นเก้าคัน",
        expected_result="ขาดนัดน้อยลง",
        actual_result="ขาดนัดลดลงเหลือร้อยละ 2",
        problem_fit="ผู้ป่วยขาดรถ",
        difference="เดิมต่างคนต่างหารถเอง",
    )
    author.locator("input[name=aspects][value=systems]").check()
    send(author)
    expect(author.locator("main")).not_to_contain_text("ฝ่ายของท่านเคยเสนอ")
    author.locator("a[href$='/figures/new/']").click()
    fill(
        author,
        name="ผู้ป่วยที่ขาดนัด",
        unit="ร้อยละ",
        base_value="๑๒",
        base_year="๒๕๖๗",
        value="2",
        year="2569",
        source="รายงานโรงพยาบาล ปี 2569",
    )
    send(author)
    expect(author.locator("main")).to_contain_text("−83.3 %")
    author.locator("a[href$='/evidence/new/']").click()
    fill(author, title="รายงานโรงพยาบาล ปี 2569")
    send(author)
    ask_for(author, "propose")
    assert faults_of(author) == []
    send(author)

    ministry = as_person("ministry")
    ministry.goto("/innovations/own/")
    ministry.get_by_role("link", name=NEW).click()
    ask_for(ministry, "register")
    send(ministry)
    expect(ministry.locator("main")).to_contain_text("ขึ้นทะเบียนแล้ว")

    author.goto(address)
    author.locator("form[action$='/cookbook/begin/'] button").click()
    author.wait_for_url(re.compile("/cookbook/"))
    if not author.url.endswith("/write/"):
        author.locator("a[href$='/cookbook/write/']").first.click()
    steps = author.locator("#steps")
    steps.locator("textarea").fill("รวมรถของท้องถิ่น\nเปิดจองคิวทาง LINE\nจัดเส้นทางทุกเย็น")
    steps.locator("button[type=submit]").click()
    expect(author.locator("#steps")).to_contain_text("บันทึกแล้ว")
    assert faults_of(author) == []
    author.locator("a[href$='/cookbook/acts/publish/']").click()
    send(author)

    reader = as_person("")
    reader.goto(f"{address}cookbook/")
    expect(reader.locator("main")).to_contain_text("จัดเส้นทางทุกเย็น")
    assert faults_of(reader) == []

    other = as_person("head-40")
    other.goto(f"{address}cookbook/")
    other.goto(f"{address}spread/")
    other.locator("a[href$='/spread/new/']").first.click()
    send(other)
    for code in ("plan", "pilot", "use"):
        ask_for(other, code)
        send(other)
    assert faults_of(other) == []
    reader.goto(f"{address}spread/")
    expect(reader.locator("main")).to_contain_text("สำนักงานจังหวัดขอนแก่น")
    assert faults_of(reader) == []
