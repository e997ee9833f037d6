"""The contest of 2564 run again, from the call to the ceremony: 45 entries, ten bodies in two panels."""

import hashlib
import os
import re
import subprocess
import sys
import tomllib
from collections import defaultdict
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

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

REGISTER = files("prasan.innovations.registers") / "local-digital-2564.toml"
SOURCE = tomllib.loads(REGISTER.read_text(encoding="utf-8"))["entry"]
OFFICIALS = {
    "opm": "สำนักนายกรัฐมนตรี",
    "opdc": "สำนักงานคณะกรรมการพัฒนาระบบราชการ",
    "dla": "กรมส่งเสริมการปกครองท้องถิ่น",
    "cdd": "กรมการพัฒนาชุมชน",
    "dga": "สำนักงานพัฒนารัฐบาลดิจิทัล (องค์การมหาชน)",
}
EXPERTS = {
    "depa": "สำนักงานส่งเสริมเศรษฐกิจดิจิทัล",
    "nia": "สำนักงานนวัตกรรมแห่งชาติ",
    "tdri": "สถาบันวิจัยเพื่อการพัฒนาประเทศไทย",
    "atsi": "สมาคมอุตสาหกรรมซอฟต์แวร์ไทย",
    "ttsa": "สมาคมการค้าเพื่อส่งเสริมผู้ประกอบการเทคโนโลยีรายใหม่",
}
JURY = [*OFFICIALS, *EXPERTS]
"""The ten bodies that the news release of 2564 names."""
PHUKET, SAENSUK = (25, 24), 5
"""Numbers in the source of what is entered by hand: both of Phuket, and that of Saen Suk."""
ENTERED = [*PHUKET, SAENSUK, *(row["number"] for row in reversed(SOURCE) if row["number"] not in (5, 24, 25))]
"""The numbers of the source in the order of entering: not its own, so that sorting has something to do."""
KHON_KAEN = "เทศบาลนครขอนแก่น"
DISPUTED = 11
"""The number of the entry on which two judges are far apart in the last round."""
CRITERIA = "use | ประโยชน์ต่อประชาชน | 3 | 10\ncopy | ขยายผลได้ | 2 | 10"
AWARDS = ["ยอดเยี่ยม"] * 3 + ["ดีเด่น"] * 7
"""The names of the awards that are won, from the first place on."""


def test_contest_of_2564_runs_again_from_call_to_ceremony(as_person, acting, site):
    """It is held as a programme of its own.

    The real edition of 2564 stands as its source tells it, and marks that a test makes up must not stand as
    its results. The acts that people take once are taken by hand; a browser waits for no midnight and does
    not repeat what it showed, so that is left to the same acts without pages.
    """
    bring_people(acting)
    organiser = as_person("organiser-2564")
    edition = prepare(as_person("award-ministry"), organiser)
    entrant = enter_by_hand(as_person, acting, edition, organiser)
    seat_jury(acting, organiser, edition)
    state_tie(as_person("juror-tdri", width=360))
    acting("let_days_pass", edition=edition, days=2)
    screen(acting, organiser, entrant, edition)

    take_step_of_edition(organiser, edition, "judge")
    given = score(as_person, acting, organiser, edition, blind=True)
    assert len(given) == len(SOURCE) * 2
    organiser.goto(f"/awards/editions/{edition}/")
    organiser.locator("form[action$='/next-round/'] button").click()
    organiser.wait_for_load_state()
    put_on_timetable(acting, organiser, edition)
    given = score(as_person, acting, organiser, edition, blind=False)

    take_step_of_edition(organiser, edition, "deliberate")
    order = compare_with_own_count(acting, organiser, edition, given)
    digest = decide_and_announce(as_person, organiser, edition)
    read_results(as_person, acting, edition, order)
    check_certificates(as_person, acting, organiser, edition)
    recounted = subprocess.check_output(
        [Path(sys.executable).with_name("prasan"), "awards", "recount", str(edition)],
        env=os.environ | {"PRASAN_DATA": str(site.folder)},
    )
    assert hashlib.sha256(recounted).hexdigest() == digest


def bring_people(acting):
    acting("employ_in", code="moi", role="ministry_officer", username="award-ministry", title="เจ้าหน้าที่รางวัล")
    acting("employ_in", code="dga", role="agency_officer", username="organiser-2564", title="ผู้จัดการประกวด")
    for code, name in (OFFICIALS | EXPERTS).items():
        acting("employ_in", code=code, role="judge", username=f"juror-{code}", title="กรรมการ", name=name)
    for number, username in ((PHUKET[0], "clerk-phuket"), (SAENSUK, "clerk-saensuk")):
        code = SOURCE[number - 1]["owner"]
        acting("employ_in", code=code, role="local_officer", username=username, title="ปลัดเทศบาล")


def prepare(ministry, organiser):
    """The ministry enters the programme; its organiser writes rules and terms and opens the edition."""
    ministry.goto("/awards/programmes/new/")
    fill(ministry, code="local-digital-again", name_th="การประกวดนวัตกรรมท้องถิ่นดิจิทัล (จัดซ้ำ)", organiser="dga")
    send(ministry)

    organiser.goto("/awards/programmes/local-digital-again/")
    organiser.locator("a[href$='/rules/new/']").click()
    fill(organiser, year_from="2564", source="ข่าวประชาสัมพันธ์ วันที่ 21 กันยายน 2564")
    organiser.locator("input[name=levels][value=local]").check()
    send(organiser)
    organiser.locator("a[href$='/editions/new/']").click()
    fill(
        organiser,
        year="2564",
        theme_th="ท้องถิ่นดิจิทัล เปลี่ยนแนวคิด พลิกรูปแบบการทำงาน",
        opens=thai(date.today()),
        closes=thai(date.today() + timedelta(days=1)),
        categories="นวัตกรรมท้องถิ่นดิจิทัล",
        round_1="รอบพิจารณาเอกสาร",
        criteria_1=f"digital | ใช้เทคโนโลยีดิจิทัล | ผ่าน\n{CRITERIA}",
        goes_on_1=str(len(SOURCE)),
        round_2="รอบนำเสนอออนไลน์",
        criteria_2=CRITERIA,
        places_excellent="3",
        places_distinguished="7",
        draw="835492",
        judges_wanted="1",
    )
    choose(organiser, "rule_set", "2564")
    organiser.locator("input[name=blind_1]").check()
    assert faults_of(organiser, contrast=False) == []
    send(organiser)
    edition = int(re.search(r"/editions/(\d+)/", organiser.url)[1])
    take_step_of_edition(organiser, edition, "open")
    expect(organiser.locator("main")).to_contain_text("เปิดรับผลงาน")
    assert faults_of(organiser, contrast=False) == []
    return edition


def enter_by_hand(as_person, acting, edition, organiser):
    """Phuket enters twice, Saen Suk once from a phone; the others follow. The page of Saen Suk's clerk."""
    for username, numbers, width in (("clerk-phuket", PHUKET, 1440), ("clerk-saensuk", (SAENSUK,), 360)):
        page = as_person(username, width=width)
        for number in numbers:
            page.goto(f"/awards/editions/{edition}/")
            page.locator(f"a[href='/awards/editions/{edition}/enter/']").click()
            choose(page, "innovation", SOURCE[number - 1]["title"])
            send(page)
            ask_for(page, "submit")
            expect(page.locator("main")).to_contain_text("หน่วยงานระดับนี้ส่งผลงานได้")
            send(page)
            expect(page.locator("main")).to_contain_text("รอตรวจคุณสมบัติ")
    acting("enter", edition=edition, numbers=ENTERED[3:])
    organiser.goto(f"/awards/editions/{edition}/entries/")
    assert faults_of(organiser, contrast=False) == []
    return page


def seat_jury(acting, organiser, edition):
    """Two panels; two judges are seated by hand, the others by the same act."""
    for name in ("คณะหน่วยงานรัฐ", "คณะผู้เชี่ยวชาญ"):
        organiser.goto(f"/awards/editions/{edition}/panels/new/")
        fill(organiser, name=name)
        send(organiser)
    panels = [
        int(re.search(r"/panels/(\d+)/", link.get_attribute("href"))[1])
        for link in organiser.locator("main a[href$='/judges/new/']").all()
    ]
    for code in ("dga", "opdc"):
        organiser.goto(f"/awards/editions/{edition}/panels/{panels[0]}/judges/new/")
        fill(organiser, person=f"juror-{code}", body=OFFICIALS[code])
        send(organiser)
    for panel, codes in zip(panels, (OFFICIALS.keys() - {"dga", "opdc"}, EXPERTS), strict=True):
        judges = [(f"juror-{code}", code) for code in sorted(codes)]
        acting("seat", panel=panel, judges=judges, by="organiser-2564")
    organiser.goto(f"/awards/editions/{edition}/panels/")
    assert faults_of(organiser, contrast=False) == []


def state_tie(juror):
    juror.goto("/awards/judging/")
    assert faults_of(juror, contrast=False) == []
    juror.locator("a[href$='/tie/']").click()
    fill(juror, body=KHON_KAEN, why="เป็นที่ปรึกษาแผนดิจิทัลของเทศบาลจนถึงปีที่แล้ว")
    send(juror)


def screen(acting, organiser, entrant, edition):
    """One entry goes back and comes again with the body that supported it; the first is admitted by hand."""
    take_step_of_edition(organiser, edition, "screen")
    organiser.goto(f"/awards/editions/{edition}/entries/")
    organiser.get_by_role("link", name=SOURCE[SAENSUK - 1]["title"]).click()
    ask_for(organiser, "return")
    fill(organiser, note="กรุณาระบุหน่วยงานที่สนับสนุนผลงาน")
    send(organiser)
    organiser.goto(f"/awards/editions/{edition}/entries/")
    returned = organiser.locator("section", has=organiser.get_by_role("heading", name="ยังไม่ได้ส่งกลับมา"))
    expect(returned).to_contain_text("กรุณาระบุหน่วยงานที่สนับสนุนผลงาน")
    returned.locator("button").click()
    organiser.wait_for_load_state()

    open_work(entrant, SOURCE[SAENSUK - 1]["title"])
    expect(entrant.locator("main")).to_contain_text("กรุณาระบุหน่วยงานที่สนับสนุนผลงาน")
    entrant.locator("a[href$='/change/']").click()
    fill(entrant, supporters=EXPERTS["depa"])
    send(entrant)
    ask_for(entrant, "submit")
    send(entrant)
    assert faults_of(entrant, contrast=False) == []

    organiser.goto(f"/awards/editions/{edition}/entries/")
    organiser.get_by_role("link", name=SOURCE[PHUKET[0] - 1]["title"]).click()
    ask_for(organiser, "admit")
    send(organiser)
    expect(organiser.locator(".lead")).to_contain_text("มีคุณสมบัติ")
    assert acting("admit", edition=edition, by="organiser-2564") == len(SOURCE) - 1


def score(as_person, acting, organiser, edition, *, blind):
    """Assign, keep conflicts off, score one sheet on a phone and the rest without pages; the marks given."""
    assign_entries(organiser, edition)
    conflicts = organiser.locator("section", has=organiser.get_by_role("heading", name="ส่วนได้เสีย"))
    expect(conflicts.locator("li", has_text=SOURCE[SAENSUK - 1]["title"])).to_contain_text(EXPERTS["depa"])
    expect(conflicts.locator("li", has_text=SOURCE[1]["title"])).to_contain_text(KHON_KAEN)
    waiting = acting("sheets", edition=edition)
    kept_off = {(number_of(SAENSUK), "juror-depa"), (number_of(2), "juror-tdri")}
    assert kept_off.isdisjoint((number, judge) for _key, number, judge in waiting)
    given = marks_of(waiting, is_last=not blind)

    told = SOURCE[PHUKET[1] - 1]
    key, judge = next((key, judge) for key, number, judge in waiting if number == number_of(told["number"]))
    juror = as_person(judge, width=360)
    juror.goto("/awards/judging/")
    assert (told["owner_th"] in juror.locator("main").inner_text()) == (not blind)
    assert faults_of(juror, contrast=False) == []
    juror.locator(f"main a[href='/awards/sheets/{key}/']").click()
    hidden = told["title"].replace(told["owner_th"], "■■■")
    expect(juror.locator("h1")).to_have_text(hidden if blind else told["title"])
    assert (told["owner_th"] in juror.locator("main").inner_text()) == (not blind)
    mark = str(given[number_of(told["number"]), judge])
    if blind:
        juror.locator("input[name=mark_digital][value='1']").check()
    else:
        expect(juror.locator("main")).to_contain_text("ห้องประชุมออนไลน์ 1")
    fill(juror, mark_use=mark, mark_copy=mark)
    assert faults_of(juror) == []
    juror.locator("button[name=hand_in]").click()
    expect(juror.locator("main")).to_contain_text("ส่งคะแนนแล้ว ขอบคุณ")

    gate = {"digital": "1"} if blind else {}
    marks = {
        str(sheet): {"use": str(given[told, judge]), "copy": str(given[told, judge]), **gate}
        for sheet, told, judge in waiting
        if sheet != key
    }
    acting("hand_in", marks=marks)
    return given


def put_on_timetable(acting, organiser, edition):
    organiser.goto(f"/awards/editions/{edition}/timetable/new/")
    day = thai(date.today() + timedelta(days=3))
    fill(organiser, day=day, begins="9.00", ends="9.15", place="ห้องประชุมออนไลน์ 1")
    send(organiser)
    acting("present", edition=edition, by="organiser-2564")


def compare_with_own_count(acting, organiser, edition, given):
    """The page says what the test counts itself, by means taken in turn; the numbers in their order."""
    organiser.goto(f"/awards/editions/{edition}/scores/")
    assert faults_of(organiser, contrast=False) == []
    keys = {int(key): number for key, number in acting("numbers", edition=edition).items()}
    rows = [(keys[key], cells[2], cells[-1]) for key, cells in rows_of(organiser)]
    points = {pair: 5 * mark for pair, mark in given.items()}
    worth = without_leaning(points)
    order = sorted(worth, key=worth.get, reverse=True)
    raw = means(points, 0)
    assert [number for number, *_rest in rows] == order
    assert order != sorted(raw, key=raw.get, reverse=True)
    assert [shown for _number, shown, _award in rows] == [f"{raw[number]:.2f}" for number in order]
    assert [award for *_rest, award in rows] == AWARDS + ["–"] * (len(SOURCE) - len(AWARDS))
    told = organiser.locator("main").inner_text()
    assert f"คริปเพนดอร์ฟ): {agreement(points):.2f}" in told
    disputed = SOURCE[ENTERED[DISPUTED - 1] - 1]["title"]
    expect(organiser.locator("main li", has_text=disputed)).to_have_count(1)
    return order


def decide_and_announce(as_person, organiser, edition):
    """The decision with its minutes, which nobody outside sees; then the announcement, then the ceremony."""
    take_step_of_edition(
        organiser,
        edition,
        "decide",
        minutes="กรรมการสิบหน่วยงานเห็นชอบตามคะแนน หลังหารือผลงานที่เห็นต่างกัน",
    )
    organiser.goto(f"/awards/editions/{edition}/scores/")
    digest = organiser.locator("main code").inner_text()
    reader = as_person("")
    reader.goto(f"/awards/editions/{edition}/")
    expect(reader.locator("main tbody")).to_have_count(0)
    take_step_of_edition(organiser, edition, "announce")
    organiser.goto(f"/awards/editions/{edition}/ceremony/")
    fill(organiser, ceremony_on=thai(date.today() + timedelta(days=30)))
    send(organiser)
    assert faults_of(organiser, contrast=False) == []
    return digest


def read_results(as_person, acting, edition, order):
    """Anybody reads the results: by province as the source orders them, then by number; with their awards."""
    provinces = list(dict.fromkeys(row["province"] for row in SOURCE))
    expected = sorted(
        range(1, len(SOURCE) + 1),
        key=lambda number: (provinces.index(SOURCE[ENTERED[number - 1] - 1]["province"]), number),
    )
    won = dict(zip(order, AWARDS, strict=False))
    keys = {int(key): number for key, number in acting("numbers", edition=edition).items()}
    reader = as_person("", width=360)
    reader.goto(f"/awards/editions/{edition}/")
    read = [(keys[key], cells[-1]) for key, cells in rows_of(reader)]
    assert read == [(number, won.get(number, "–")) for number in expected]
    assert faults_of(reader) == []
    for width in (768, 1440):
        reader.set_viewport_size({"width": width, "height": 800})
        assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth")


def check_certificates(as_person, acting, organiser, edition):
    """A winner's certificate is a PDF whose square the public page finds genuine; all come as one file."""
    reader = as_person("", width=360)
    reader.goto(f"/awards/editions/{edition}/")
    reader.locator("main table").first.locator("tr", has_text="ยอดเยี่ยม").first.locator("a").click()
    title = reader.locator("h1").inner_text()
    key = int(re.search(r"/entries/(\d+)/", reader.url)[1])
    assert reader.context.request.get(f"/awards/entries/{key}/certificate/").body().startswith(b"%PDF")
    reader.goto("/awards/check/" + acting("square_on", entry=key).partition("/awards/check/")[2])
    expect(reader.locator("main")).to_contain_text(title)
    expect(reader.locator("main")).to_contain_text("เกียรติบัตรนี้เป็นของจริง")
    assert faults_of(reader) == []
    organiser.goto(f"/awards/editions/{edition}/")
    organiser.locator("#certificates").get_by_role("button", name="จัดทำไฟล์").first.click()
    link = organiser.locator("#certificates a[download]").first  # the page looks again by itself
    expect(link).to_be_visible(timeout=30_000)
    assert organiser.context.request.get(link.get_attribute("href")).body().startswith(b"PK")


def thai(day):
    return f"{day.day}/{day.month}/{day.year + 543}"


def number_of(number):
    """Under which number something of the source was entered."""
    return ENTERED.index(number) + 1


def rows_of(page):
    """The rows of the first table of the page: the key of the entry to which each leads, and its words."""
    rows = (
        page.locator("main table")
        .first.locator("tbody tr")
        .evaluate_all(
            """rows => rows.map(row => [
            row.querySelector("a[href^='/awards/entries/']").getAttribute("href"),
            [...row.cells].map(cell => cell.innerText.trim()),
        ])"""
        )
    )
    return [(int(re.search(r"/entries/(\d+)/", address)[1]), cells) for address, cells in rows]


def marks_of(waiting, *, is_last):
    """What each judge gives each entry: what it is worth, and how far the judge is strict or generous."""
    by_number = defaultdict(list)
    for _key, number, judge in waiting:
        by_number[number].append(judge)
    given = {}
    for number, judges in by_number.items():
        for judge in judges:
            leaning = JURY.index(judge.removeprefix("juror-")) * 7 % 10 - 4.5
            given[number, judge] = round(3 + number * 29 % 45 / 10 + leaning * 0.4, 2)
    if is_last:
        given[DISPUTED, by_number[DISPUTED][0]] += 0.6
        given[DISPUTED, by_number[DISPUTED][-1]] -= 0.6
    return {pair: round(mark, 2) for pair, mark in given.items()}


def means(points, place):
    """The plain mean of points by the entry (0) or by the judge (1)."""
    found = defaultdict(list)
    for pair, value in points.items():
        found[pair[place]].append(value)
    return {name: sum(values) / len(values) for name, values in found.items()}


def without_leaning(points):
    """What entries are worth by means taken in turn: of entries without leanings, of judges without worth."""
    leaning = dict.fromkeys((judge for _number, judge in points), 0.0)
    for _turn in range(200):
        worth = means({pair: value - leaning[pair[1]] for pair, value in points.items()}, 0)
        leaning = means({pair: value - worth[pair[0]] for pair, value in points.items()}, 1)
    return worth


def agreement(points):
    """Krippendorff's alpha for intervals, by its definition."""
    values = list(points.values())
    by_number = defaultdict(list)
    for (number, _judge), value in points.items():
        by_number[number].append(value)
    observed = sum(
        (one - other) ** 2 / (len(each) - 1) for each in by_number.values() for one in each for other in each
    )
    expected = sum((one - other) ** 2 for one in values for other in values) / (len(values) - 1)
    return 1 - observed / expected
