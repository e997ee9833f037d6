import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from prasan.complaints import actions
from prasan.complaints.models import Complaint, Referral
from prasan.web.complaints.urls import urlpatterns
from tests.factories.agencies import make_area, make_holder
from tests.factories.complaints import (
    PROVINCE,
    VILLAGE,
    WORDS,
    make_centre,
    make_complaint,
    make_referred,
    make_screened,
    tell,
)

pytestmark = pytest.mark.django_db

PUBLIC = {"new", "track", "sender-act", "followed", "followed-thumbnail", "public-figures", "public-province"}
LIST = reverse("complaints:list")


def act(client, complaint, code, **given):
    return client.post(reverse("complaints:act", args=[complaint.pk, code]), given)


def address_of(pattern):
    values = {"pk": 1, "code": "screen", "field": "name", "number": 1, "rule": 1}
    return reverse(
        f"complaints:{pattern.name}", kwargs={key: values[key] for key in pattern.pattern.converters}
    )


@pytest.mark.parametrize("pattern", urlpatterns, ids=lambda pattern: pattern.name)
def test_stranger_is_asked_to_sign_in(client, pattern):
    answers = [client.get(address_of(pattern)), client.post(address_of(pattern))]

    asked = [answer.headers.get("Location", "").startswith("/accounts/login/") for answer in answers]
    assert all(asked) == (pattern.name not in PUBLIC)


def test_desk_screens_sends_and_closes(client):
    centre = make_centre()
    complaint = make_complaint()
    client.force_login(centre.officer)

    act(client, complaint, "screen", title="ไฟทางดับ", kind="lighting", area="")
    act(client, complaint, "refer", lead=centre.agency.pk, helpers=[centre.other.pk])
    client.force_login(centre.handler)
    lead = Referral.objects.get(is_lead=True)
    for code, given in (("acknowledge", {"own_number": "๑๒"}), ("work", {}), ("answer", {"note": "ซ่อมแล้ว"})):
        client.post(reverse("complaints:referral-act", args=[lead.pk, code]), given)
    client.force_login(centre.officer)
    act(client, complaint, "close", reason="solved", note="ซ่อมแล้ว")

    complaint.refresh_from_db()
    assert (complaint.state, complaint.closing_reason) == ("closed", "solved")
    assert sorted(Referral.objects.values_list("state", flat=True)) == ["answered", "recalled"]


def test_complaint_is_joined_by_the_number_of_the_other(client):
    centre = make_centre()
    main, other = make_screened(centre), make_screened(centre)
    client.force_login(centre.officer)

    wrong = act(client, other, "join", main="69-0000-0000", note="เรื่องเดียวกัน")
    act(client, other, "join", main=main.number, note="เรื่องเดียวกัน")

    assert "ไม่มีเรื่องที่กำลังดำเนินการเลขที่นี้ในจังหวัด" in wrong.content.decode()
    assert Complaint.objects.get(pk=other.pk).problem.main == main


def test_page_shows_what_is_likely_the_same(client):
    centre = make_centre()
    main = make_screened(centre, latitude=13.75, longitude=99.5)
    twin = make_complaint(latitude=13.7501, longitude=99.5)
    client.force_login(centre.officer)

    page = client.get(reverse("complaints:complaint", args=[twin.pk])).content.decode()

    assert "น่าจะเป็นปัญหาเดียวกัน" in page
    assert main.number in page


def test_look_at_the_sender_is_shown_once_and_recorded(client):
    centre = make_centre()
    complaint = actions.take_in(
        tell(), manner="confidential", sender=actions.SenderFields(name="สมชาย ใจดี")
    ).complaint
    client.force_login(centre.officer)
    page = reverse("complaints:complaint", args=[complaint.pk])

    before = client.get(page).content.decode()
    looked = client.post(reverse("complaints:sender-field", args=[complaint.pk, "name"])).content.decode()
    after = client.get(page).content.decode()

    assert "สมชาย" in looked
    assert "สมชาย" not in before + after
    assert "เปิดดูข้อมูลผู้ร้อง" in after


def test_officer_takes_a_complaint_in_at_the_counter(client):
    centre = make_centre()
    client.force_login(centre.officer)

    make_area(VILLAGE)
    told = {"channel": "phone", "words": WORDS, "area": VILLAGE, "manner": "anonymous"}

    answer = client.post(reverse("complaints:take-in"), told)

    assert answer.status_code == 200
    assert Complaint.objects.get(channel="phone").created_by == centre.officer


@pytest.mark.parametrize("role", ["village_head", "tambon_secretary", "analyst", "judge"])
def test_others_find_no_complaints(client, role):
    complaint = make_complaint()
    client.force_login(make_holder(role, PROVINCE))

    pages = [client.get(LIST), client.get(reverse("complaints:complaint", args=[complaint.pk]))]

    assert [page.status_code for page in pages] == [404, 404]


def test_list_asks_the_same_number_of_questions_for_one_and_for_three(client):
    centre = make_centre()
    client.force_login(centre.officer)
    make_screened(centre)
    client.get(LIST)

    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    make_screened(centre), make_screened(centre)
    with CaptureQueriesContext(connection) as three:
        client.get(LIST)

    assert len(three) == len(one)


def test_inbox_holds_what_was_sent_to_the_agency_only(client):
    centre = make_centre()
    make_referred(centre)
    client.force_login(centre.other_handler)
    empty = client.get(reverse("complaints:referral-list")).content.decode()
    client.force_login(centre.handler)
    full = client.get(reverse("complaints:referral-list")).content.decode()

    assert "ยังไม่มีเรื่องส่งถึงหน่วยงานของท่าน" in empty
    assert "ไฟทางดับ" in full


def test_my_work_holds_what_the_centre_and_the_agency_owe(client):
    centre = make_centre()
    make_complaint()
    make_referred(centre, "ถนนเป็นหลุม", latitude=13.75, longitude=99.5)
    my = reverse("shell:my")

    client.force_login(centre.officer)
    desk = client.get(my).content.decode()
    client.force_login(centre.handler)
    agency = client.get(my).content.decode()

    assert (desk.count("คัดกรองเรื่องร้องเรียน"), desk.count("รับเรื่องร้องเรียนจากศูนย์")) == (1, 0)
    assert (agency.count("คัดกรองเรื่องร้องเรียน"), agency.count("รับเรื่องร้องเรียนจากศูนย์")) == (0, 1)
