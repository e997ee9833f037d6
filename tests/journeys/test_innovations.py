"""A province is warned of its own earlier innovation, mends its proposal, wins, and another copies it."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.walking import (
    ask_for,
    assign_entries,
    choose,
    faults_of,
    fill,
    open_work,
    send,
    take_step_of_edition,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]

OLD = "การสอนทักษะการเอาชีวิตรอดในน้ำ"
"""Of Surin's own innovation in the register of 2562."""
AGAIN = "สอนเด็กว่ายน้ำเอาตัวรอดป้องกันการจมน้ำในสระหมู่บ้าน"
NEW = "รถรับส่งผู้ป่วยล้างไตจองคิวทาง LINE"
AWARD = "รางวัลจังหวัดนำเรื่องดีไปทำต่อ"


def test_province_is_warned_mends_proposes_wins_and_another_adopts_by_the_cookbook(as_person, acting):
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
    ministry.locator("a[href$='/appraisal/new/']").click()
    for gate in ministry.locator("input[type=radio][value=passed]").all():
        gate.check()
    for mark in ministry.locator("input[name^=mark_]").all():
        mark.fill("4")
    fill(ministry, reason_new="ไม่เคยเสนอมาก่อน", reason_finished="แล้วเสร็จ 30 ก.ย. 2569")
    assert faults_of(ministry) == []
    send(ministry)
    ask_for(ministry, "register")
    send(ministry)
    expect(ministry.locator("main")).to_contain_text("ขึ้นทะเบียนแล้ว")

    win(author, ministry, as_person("judge", width=360), acting)
    reader = as_person("")
    reader.goto("/innovations/?q=" + NEW)
    shown = reader.locator("main tbody tr", has_text=NEW)
    expect(shown).to_contain_text(f"{AWARD} 2569")
    expect(shown).to_contain_text("ยอดเยี่ยม")

    author.goto(address)
    expect(author.locator("main")).to_contain_text(f"{AWARD} 2569 · ยอดเยี่ยม")
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


def win(author, ministry, judge, acting):
    """The province enters it, the ministry screens it, a judge scores it on a phone, and it is announced."""
    edition = acting("open_small", code="good-copy", name=AWARD, judge="judge", by="ministry")
    author.goto(f"/awards/editions/{edition}/")
    author.locator("a[href$='/enter/']").click()
    choose(author, "innovation", NEW)
    send(author)
    ask_for(author, "submit")
    send(author)
    expect(author.locator(".lead")).to_contain_text("รอตรวจคุณสมบัติ")

    acting("let_days_pass", edition=edition, days=2)
    take_step_of_edition(ministry, edition, "screen")
    open_work(ministry, NEW)
    ask_for(ministry, "admit")
    send(ministry)
    take_step_of_edition(ministry, edition, "judge")
    assign_entries(ministry, edition)
    open_work(judge, NEW)
    fill(judge, mark_use="9")
    judge.locator("button[name=hand_in]").click()
    expect(judge.locator("main")).to_contain_text("ส่งคะแนนแล้ว ขอบคุณ")

    take_step_of_edition(ministry, edition, "deliberate")
    take_step_of_edition(ministry, edition, "decide", minutes="กรรมการเห็นชอบตามคะแนน")
    take_step_of_edition(ministry, edition, "announce")
