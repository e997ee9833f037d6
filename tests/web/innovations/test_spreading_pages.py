"""Pages of spreading: sending a cookbook out, who opened it, who uses an innovation, and orders."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from prasan.cases.actions import move
from prasan.innovations import actions
from prasan.innovations.models import Adoption, CookbookDelivery, FollowUpOrder
from prasan.kernel.calendar import today
from prasan.kernel.dates import format_date
from tests.factories.agencies import make_agency, make_area, make_holder, make_posting
from tests.factories.innovations import (
    make_adoption,
    make_cookbook,
    make_innovation,
    make_order,
    make_owner,
    make_provinces,
)

pytestmark = pytest.mark.django_db

MY_WORK = "/my/"


def address(name, *args):
    return reverse(f"innovations:{name}", args=args)


def work_of(client, person):
    client.force_login(person)
    return [(each.title, each.address) for each in client.get(MY_WORK).context["work"]]


def test_ministry_sends_and_an_officer_finds_it_at_work_and_opens_it_once(client):
    owner = make_owner()
    cookbook = make_cookbook(owner, "published")
    agency = make_agency("40")
    posting = make_posting("agency_officer", "40", agency=agency)
    page = address("cookbook", cookbook.innovation_id)
    client.force_login(owner.ministry)

    form = client.get(address("cookbook-send", cookbook.innovation_id)).content.decode()
    nobody = client.post(address("cookbook-send", cookbook.innovation_id), {})
    client.post(address("cookbook-send", cookbook.innovation_id), {"levels": ["provincial"]})
    waiting = work_of(client, posting.person)
    listed = client.get(address("received")).context["frame"].rows
    client.head(page)
    still = CookbookDelivery.objects.get(agency=agency).opened_at
    client.get(page)
    after = work_of(client, posting.person)
    client.force_login(owner.writer)
    sent = client.get(address("deliveries", cookbook.innovation_id))
    written = b"".join(
        client.get(address("deliveries", cookbook.innovation_id), {"export": "csv", "opened": "yes"})
    ).decode("utf-8-sig")

    assert "checked" in form
    assert (nobody.status_code, waiting, still, after) == (422, [(cookbook.innovation.title, page)], None, [])
    assert [each.agency for each in listed] == [agency]
    assert (sent.context["opened"], sent.context["everyone"]) == (1, CookbookDelivery.objects.count())
    assert [agency.name_th in line for line in written.strip().splitlines()] == [False, True]
    assert posting.title_th in written


def test_list_of_deliveries_is_narrowed_by_opening_level_and_name(client):
    owner = make_owner()
    cookbook = make_cookbook(owner, "published")
    first, second = make_agency("40", name_th="สำนักงานน้ำ"), make_agency("45", level="local")
    actions.send_cookbook(cookbook, ["provincial", "local"], by=owner.ministry)
    actions.note_opening(cookbook, by=make_holder("agency_officer", "40", agency=first))
    client.force_login(owner.writer)

    def found(**asked):
        rows = client.get(address("deliveries", cookbook.innovation_id), asked).context["frame"].rows
        return {each.agency_id for each in rows} & {first.pk, second.pk}

    assert found() == {first.pk, second.pk}
    assert found(opened="yes") == {first.pk}
    assert found(opened="no") == {second.pk}
    assert found(level="local") == {second.pk}
    assert found(q="น้ำ") == {first.pk}


def test_withdrawn_cookbook_stays_in_the_list_without_a_way_to_it(client):
    owner = make_owner()
    cookbook = make_cookbook(owner, "published")
    officer = make_holder("agency_officer", "40", agency=make_agency("40"))
    actions.send_cookbook(cookbook, ["provincial"], by=owner.ministry)
    client.force_login(owner.writer)
    client.post(address("cookbook-step", cookbook.innovation_id, "withdraw"), {"note": "ข้อมูลเก่า"})

    work = work_of(client, officer)
    shown = client.get(address("received")).content.decode()

    assert work == []
    assert cookbook.innovation.title in shown
    assert f'href="{address("cookbook", cookbook.innovation_id)}"' not in shown


def test_officer_tells_how_far_his_agency_is_and_what_came_of_it(client):
    owner = make_owner()
    innovation = make_innovation(owner, "registered")
    agency = make_agency("40", name_th="สำนักงานที่ดินจังหวัด")
    officer = make_holder("agency_officer", "40", agency=agency)
    client.force_login(officer)

    client.post(
        address("adoption-new", innovation.pk), {"agency": agency.pk, "step": "plan", "since": "1 มี.ค. 2568"}
    )
    adoption = Adoption.objects.get()
    client.post(address("adoption-act", adoption.pk, "pilot"), {"since": ""})
    lessons = {"result": "เวลารอลดลงครึ่งหนึ่ง", "lessons": "ต้องมีผู้ดูแลระบบ"}
    client.post(address("lessons", adoption.pk), lessons)
    refused = client.post(address("adoption-act", adoption.pk, "drop"), {"since": "", "note": ""})
    again = client.get(address("adoption-new", innovation.pk)).status_code
    listed = [each.pk for each in client.get(address("adoptions")).context["frame"].rows]
    client.force_login(owner.writer)
    read = client.get(address("adoption", adoption.pk)).content.decode()
    written = client.post(address("lessons", adoption.pk), lessons).status_code
    client.logout()
    public = client.get(address("spread", innovation.pk)).content.decode()
    page = client.get(address("innovation", innovation.pk)).content.decode()

    adoption.refresh_from_db()
    assert (adoption.state, listed, again, refused.status_code, written) == (
        "piloted",
        [adoption.pk],
        302,
        422,
        404,
    )
    assert "ต้องมีผู้ดูแลระบบ" in read
    assert "สำนักงานที่ดินจังหวัด" in public
    assert "สำนักงานที่ดินจังหวัด" in page
    assert [words in public + page for words in lessons.values()] == [False, False]


def test_stranger_reads_no_lessons_and_tells_for_no_other_agency(client):
    owner, other = make_owner(), make_owner("45")
    innovation = make_innovation(owner, "registered")
    adoption = make_adoption(innovation, make_agency("40"))
    client.force_login(other.writer)

    answers = [
        client.get(address("adoption", adoption.pk)).status_code,
        client.post(address("adoption-act", adoption.pk, "use"), {}).status_code,
        client.post(address("lessons", adoption.pk), {"result": "x"}).status_code,
        client.post(
            address("adoption-new", innovation.pk), {"agency": adoption.agency_id, "step": "use"}
        ).status_code,
        client.get(address("order-new", innovation.pk)).status_code,
    ]

    assert answers == [404, 404, 404, 422, 404]
    assert list(Adoption.objects.values_list("state", flat=True)) == ["noticed"]


def test_map_of_spread_has_its_table_with_the_furthest_state(client):
    make_provinces()
    innovation = make_innovation(make_owner("32"), "registered")
    for place, step in (("40", ""), ("40", "use"), ("45", "plan"), ("TH", "use")):
        make_adoption(innovation, make_agency(place), step)

    answer = client.get(address("spread", innovation.pk))
    narrowed = client.get(address("spread", innovation.pk), {"province": "45"})
    shown = answer.content.decode()

    assert 'data-rows="provinces-table"' in shown
    assert 'data-code="40" data-shade="5"' in shown
    assert 'data-code="45" data-shade="3"' in shown
    assert [number for _state, number in answer.context["figures"]] == [1, 1, 0, 2, 0]
    assert "ไม่ปรากฏในแผนที่: 1" in shown
    assert len(narrowed.context["frame"].rows) == 1


def test_ministry_orders_the_agency_reports_and_the_ministry_closes(client):
    owner = make_owner()
    innovation = make_innovation(owner, "registered")
    agency = make_agency(name_th="ศูนย์เทคโนโลยีสารสนเทศและการสื่อสาร", level="central")
    officer = make_holder("agency_officer", agency=agency)
    client.force_login(owner.ministry)
    opened = client.get(address("order-new", innovation.pk), follow=True)
    told = {
        "agencies": f"{agency.name_th}\n{agency.code}",
        "words": "เชื่อมแผนงานของ 76 จังหวัด",
        "due_on": format_date(today() + timedelta(days=30), "th", "short"),
        "form_key": opened.context["form"].initial["form_key"],
    }

    for _twice in range(2):
        client.post(opened.request["PATH_INFO"], told)
    order = FollowUpOrder.objects.get()
    page = address("order", order.pk)
    assert work_of(client, officer) == [(innovation.title, page)]
    client.post(address("order-step", order.pk, "acknowledge"), {"note": ""})
    empty = client.post(address("order-act", order.pk, "report"), {"report": " "})
    client.post(address("order-act", order.pk, "report"), {"report": "เชื่อมแล้วทุกจังหวัด"})
    assert work_of(client, officer) == []
    forged = client.post(address("order-step", order.pk, "close"), {"note": ""})
    assert work_of(client, owner.ministry) == [(innovation.title, page)]
    read = client.get(page).content.decode()
    client.post(address("order-step", order.pk, "close"), {"note": ""})

    order.refresh_from_db()
    assert (empty.status_code, forged.status_code, order.state) == (422, 422, "closed")
    assert "เชื่อมแล้วทุกจังหวัด" in read


@pytest.mark.parametrize(
    ("agencies", "said"),
    [
        ("สำนักงานที่ไม่มีอยู่จริง", "ไม่มีหน่วยงานชื่อ"),
        ("สำนักงานซ้ำ", "มีหน่วยงานชื่อ"),
        ("<script>alert(1)</script>", "ไม่มีหน่วยงานชื่อ"),
        ("", "กรุณากรอก"),
    ],
)
def test_name_that_leads_nowhere_is_told_and_nothing_typed_is_lost(client, agencies, said):
    innovation = make_innovation(make_owner("40"), "registered")
    for number in (1, 2):
        make_agency("32", name_th=f"สำนักงานซ้ำ {number}")
    make_agency("45", name_th="สำนักงานซ้ำ 3")
    client.force_login(make_holder("governor", "32"))
    opened = client.get(address("order-new", innovation.pk), follow=True)

    answer = client.post(
        opened.request["PATH_INFO"],
        {"agencies": agencies, "words": "ให้รายงานผล", "due_on": "1/1/2580"},
    )

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "ให้รายงานผล</textarea>" in shown
    assert said in shown
    assert "<script>alert" not in shown
    assert "สำนักงานซ้ำ 3" not in shown
    assert not FollowUpOrder.objects.exists()


def test_stranger_finds_no_order(client):
    owner, other = make_owner(), make_owner("45")
    order = make_order(make_innovation(owner, "registered"), make_agency("40"), by=owner.ministry)
    client.force_login(other.writer)

    listed = client.get(address("orders")).context["frame"].rows
    answers = [
        client.get(address("order", order.pk)).status_code,
        client.post(address("order-step", order.pk, "acknowledge"), {}).status_code,
        client.post(address("order-act", order.pk, "report"), {"report": "x"}).status_code,
    ]

    assert (listed, answers) == ([], [404, 404, 404])


def test_late_order_is_marked_and_found(client):
    owner = make_owner()
    innovation = make_innovation(owner, "registered")
    late = make_order(innovation, make_agency("40"), by=owner.ministry)
    make_order(innovation, make_agency("40"), by=owner.ministry)
    FollowUpOrder.objects.filter(pk=late.pk).update(due_on=today() - timedelta(days=1))
    client.force_login(owner.ministry)

    rows = client.get(address("orders"), {"late": "yes"}).context["frame"].rows

    assert rows == [late]


@pytest.mark.parametrize("name", ["received", "adoptions", "orders", "spread", "deliveries"])
def test_list_asks_the_database_no_more_with_three_than_with_one(client, name):
    owner = make_owner()
    agency = make_agency("40")
    officer = make_holder("agency_officer", "40", agency=agency)
    innovation = make_innovation(owner, "registered")
    of_one = name in ("spread", "deliveries")
    page = address(name, innovation.pk) if of_one else address(name)
    cookbook = make_cookbook(owner, "published", innovation)
    client.force_login(owner.writer if name == "deliveries" else officer)
    counts = []
    for number in range(3):
        other = make_innovation(owner, "registered") if not of_one else innovation
        at = make_agency(make_area(f"40010{number + 1}")) if of_one else agency
        if name in ("received", "deliveries"):
            sent = cookbook if of_one else make_cookbook(owner, "published", other)
            actions.send_cookbook(sent, ["provincial"], by=owner.ministry)
        elif name == "orders":
            make_order(other, at, by=owner.ministry)
        else:
            make_adoption(other, at)
        if number != 1:
            client.get(page)
            with CaptureQueriesContext(connection) as asked:
                answer = client.get(page)
            counts.append((len(asked), len(answer.context["frame"].rows)))

    assert counts[0][0] == counts[1][0]
    assert counts[1][1] == counts[0][1] + 2


def test_whoever_tells_twice_comes_to_what_his_agency_told(client):
    owner = make_owner()
    innovation = make_innovation(owner, "registered")
    agency = make_agency("40")
    client.force_login(make_holder("agency_officer", "40", agency=agency))
    told = {"agency": agency.pk, "step": "use", "since": ""}

    answers = [client.post(address("adoption-new", innovation.pk), told) for _twice in range(2)]

    adoption = Adoption.objects.get()
    assert [answer.headers["Location"] for answer in answers] == [address("adoption", adoption.pk)] * 2
    assert "แจ้งเรื่องนี้แล้ว" in client.get(address("adoption", adoption.pk)).content.decode()


def test_second_of_two_who_write_lessons_finds_both_and_writes_nothing_over(client):
    innovation, agency = make_innovation(make_owner(), "registered"), make_agency("40")
    adoption = make_adoption(innovation, agency)
    client.force_login(make_holder("agency_officer", "40", agency=agency))
    page = address("lessons", adoption.pk)
    read = client.get(page).context["form"]["read"].value()

    client.post(page, {"result": "ของคนแรก", "lessons": "", "read": read})
    refused = client.post(page, {"result": "ของคนที่สอง", "lessons": "", "read": read})
    adoption.refresh_from_db()
    kept, shown = adoption.result, refused.content.decode()
    form = refused.context["form"]
    client.post(page, {"result": "ของทั้งสองคน", "lessons": "", "read": form["read"].value()})
    adoption.refresh_from_db()

    assert (refused.status_code, kept, adoption.result) == (422, "ของคนแรก", "ของทั้งสองคน")
    assert "ของคนแรก</blockquote>" in shown
    assert "ของคนที่สอง</textarea>" in shown
    assert "กรุณารวมเข้าด้วยกัน" in shown


def test_what_was_taken_up_stays_in_the_list_when_it_is_withdrawn_without_a_way_to_it(client):
    owner, agency = make_owner(), make_agency("40")
    innovation = make_innovation(owner, "registered")
    adoption = make_adoption(innovation, agency)
    order = make_order(innovation, agency, by=owner.ministry)
    cookbook = make_cookbook(owner, "published", innovation)
    actions.send_cookbook(cookbook, ["provincial"], by=owner.ministry)
    move(innovation, "withdraw", by=owner.writer, note="ซ้ำกับเรื่องเดิม")
    client.force_login(make_holder("agency_officer", "40", agency=agency))
    pages = [
        client.get(page)
        for page in (
            address("adoptions"),
            address("adoption", adoption.pk),
            address("adoption-act", adoption.pk, "use"),
            address("order", order.pk),
            address("received"),
        )
    ]

    shown = [answer.content.decode() for answer in pages]
    assert [answer.status_code for answer in pages] == [200] * 5
    assert [innovation.title in page for page in shown] == [True, True, False, True, True]
    assert not any(f"/innovations/{innovation.pk}/" in page for page in shown)
    assert "ถอนแล้ว" in shown[4]
