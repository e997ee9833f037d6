"""A resident is shown the right earlier complaint; the centre sorts twenty; the governor sees the figures."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from prasan.demo.pictures import landscape
from tests.journeys.walking import ask_for, choose, faults_of, send

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]

VILLAGE, NEIGHBOUR = "32030501", "32030502"
TROUBLES = (
    ("flood", "น้ำท่วมขังหน้าตลาดเช้า", "น้ำท่วมขังหน้าตลาดเช้าทุกครั้งที่ฝนตก ท่อระบายน้ำตัน"),
    ("road", "ฝาท่อข้างโรงเรียนแตก", "ฝาท่อระบายน้ำข้างโรงเรียนแตก เด็กตกลงไปเมื่อวาน"),
    ("lighting", "ไฟสนามกีฬาดับ", "ไฟสนามกีฬาหมู่บ้านดับทั้งแถว ออกกำลังกายตอนเย็นไม่ได้"),
    ("garbage", "ขยะล้นศาลารอรถ", "ถังขยะข้างศาลารอรถล้นมาห้าวัน ส่งกลิ่นเหม็น"),
    ("tree", "ต้นไม้ล้มขวางคลอง", "ต้นไม้ใหญ่ล้มขวางคลองหลังวัด น้ำไหลไม่ได้"),
)
ALIKE = ("{}", "แจ้งซ้ำครับ {}", "{} ช่วยมาดูด้วย", "เรื่องเดิม {} ยังไม่มีใครมา")


def test_resident_on_a_phone_is_shown_the_earlier_complaint_and_joins_it(as_person):
    page = as_person(width=360)
    page.goto("/")
    page.locator("a[href='/complaints/new/']").first.click()
    page.locator("textarea[name=words]").fill("ไฟปากทางเข้าหมู่บ้านดับ กลางคืนมืดมาก เด็กกลับบ้านลำบาก")
    page.locator("input[name=area]").fill(VILLAGE)
    choose(page, "kind", "ไฟส่องสว่าง")
    page.locator("input[name=pictures]").set_input_files(
        {"name": "เสาไฟ.jpg", "mimeType": "image/jpeg", "buffer": landscape(3).read()}
    )
    assert faults_of(page) == []
    send(page)

    earlier = page.get_by_label(re.compile("ไฟสาธารณะปากทางเข้าหมู่บ้านดับ"))
    expect(earlier).to_be_visible()
    assert "ชาวบ้าน" not in page.locator("main").inner_text()
    assert faults_of(page) == []
    earlier.check()
    send(page)

    number, secret = (each.inner_text() for each in page.locator("main dd strong").all())
    expect(page.locator("figure.receipt-code svg")).to_be_visible()
    assert faults_of(page) == []
    page.goto("/complaints/track/")
    page.locator("input[name=receipt]").fill(number)
    page.locator("input[name=secret]").fill(secret)
    send(page)
    expect(page.locator("main")).to_contain_text("สั่งโคมไฟแล้ว")
    expect(page.locator("ul.photos img")).to_have_count(1)
    assert faults_of(page) == []


def test_centre_sorts_twenty_agencies_answer_and_the_governor_sees_it(as_person):
    officer = as_person("complaints-32")
    told_before = told_now(as_person("governor-32"))
    for wording in ALIKE:
        for kind, _title, words in TROUBLES:
            take_in(officer, kind, wording.format(words))
    officer.goto("/complaints/?state=received&order=new")
    twenty = [link.get_attribute("href") for link in officer.locator("tbody th a").all()][:20]
    assert faults_of(officer) == []
    mains = sort(officer, list(reversed(twenty)))

    page = as_person("irrigation-32", width=360)
    page.goto("/referrals/")
    page.get_by_role("link", name=TROUBLES[0][1]).click()
    assert faults_of(page) == []
    ask_for(page, "acknowledge")
    page.locator("input[name=own_number]").fill("ชป ๑๒/๒๕๖๙")
    send(page)
    ask_for(page, "answer")
    page.locator("textarea[name=note]").fill("ลอกท่อและเปลี่ยนฝาแล้ว")
    page.locator("input[name=pictures]").set_input_files(
        {"name": "หลังซ่อม.jpg", "mimeType": "image/jpeg", "buffer": landscape(7).read()}
    )
    assert faults_of(page) == []
    send(page)

    officer.goto(mains[0])
    expect(officer.locator("main")).to_contain_text("ลอกท่อและเปลี่ยนฝาแล้ว")
    ask_for(officer, "close")
    officer.locator("select[name=reason]").select_option("solved")
    officer.locator("textarea[name=note]").fill("แก้ไขแล้ว ขอบคุณที่แจ้ง")
    send(officer)
    expect(officer.locator("main")).to_contain_text("ยุติ")

    governor = as_person("governor-32")
    assert told_now(governor) == told_before + 20
    assert faults_of(governor) == []
    governor.locator("section[aria-labelledby=kinds] a", has_text="น้ำท่วมขัง").click()
    link = governor.locator("dl.figures a").first
    counted = int(link.inner_text().replace(",", ""))
    link.click()
    expect(governor.locator("main")).to_contain_text(TROUBLES[0][1])
    assert governor.locator("tbody tr").count() == counted
    governor.set_viewport_size({"width": 360, "height": 800})
    governor.goto("/complaints/figures/32/")
    assert faults_of(governor, contrast=False) == []


def take_in(page, kind, words):
    """Write a complaint down at the counter, as the form sends it."""
    key = str(uuid4())
    form = page.context.request.get(f"/complaints/take-in/?form_key={key}")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form.text())
    told = {
        "csrfmiddlewaretoken": token[1],
        "form_key": key,
        "channel": "counter",
        "words": words,
        "area": NEIGHBOUR,
        "kind": kind,
        "manner": "anonymous",
        "seen": "1",
    }
    answer = page.context.request.post(
        f"/complaints/take-in/?form_key={key}", form=told, headers={"Referer": form.url}
    )
    assert answer.status == 200


def sort(page, twenty):
    """Screen the first of each trouble and send it on, one of them to two agencies; join the others to it."""
    mains, numbers = twenty[:5], []
    for (kind, title, _words), address in zip(TROUBLES, mains, strict=True):
        page.goto(f"{address}acts/screen/")
        page.locator("input[name=title]").fill(title)
        page.locator("select[name=kind]").select_option(kind)
        send(page)
        numbers.append(re.search(r"\d\d-\d{4}-\d{4}", page.locator("main").inner_text())[0])
        ask_for(page, "refer")
        if kind == "flood":
            expect(page.locator("main")).to_contain_text("เสนอตามหลักเกณฑ์ข้อ 3")
            assert page.locator("input[name=helpers]:checked").count() == 1
            assert faults_of(page) == []
        send(page)
    for position, address in enumerate(twenty[5:]):
        page.goto(f"{address}acts/join/")
        page.locator("input[name=main]").fill(numbers[position % 5])
        page.locator("textarea[name=note]").fill("เรื่องเดียวกัน")
        send(page)
    expect(page.locator("main")).to_contain_text("รวมกับเรื่องที่แจ้งไว้ก่อน")
    return mains


def told_now(page):
    page.goto("/complaints/figures/32/")
    return int(page.locator("dl.figures a").first.inner_text().replace(",", ""))
