"""Notes, pauses, hurrying, assigning, time limits and texts for answers, as officers and senders see them."""

import pytest
from django.urls import reverse

from prasan.complaints import actions
from prasan.complaints.models import Complaint, ReplyTemplate, TimeLimit
from prasan.kernel.calendar import today
from tests.factories.agencies import make_area, make_holder
from tests.factories.complaints import PROVINCE, make_centre, make_referred, make_screened, make_taken_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    return make_centre()


def page(client, user, name, /, *args, **query):
    client.force_login(user)
    return client.get(reverse(f"complaints:{name}", args=args), query)


def post(client, user, name, /, *args, **sent):
    client.force_login(user)
    return client.post(reverse(f"complaints:{name}", args=args), sent)


def test_clocks_stand_on_both_pages_with_what_was_counted(client, centre):
    complaint, referral = make_referred(centre)

    for user, name, key in (
        (centre.officer, "complaint", complaint.pk),
        (centre.handler, "referral", referral.pk),
    ):
        told = page(client, user, name, key).content.decode()
        assert "รับเรื่องไปดำเนินการ" in told
        assert "วันเริ่มต้น ไม่นับ" in told
        assert "ครบกำหนด" in told


def test_question_to_the_sender_is_answered_on_his_page_and_the_words_stay_inside(client, centre):
    taken = make_taken_in()
    complaint = actions.screen_complaint(
        taken.complaint, kind=make_screened(centre).kind, title="ไฟดับ", by=centre.officer
    )
    answer = post(
        client, centre.officer, "beside", complaint.pk, "pause", waits_for="sender", note="เสาต้นที่เท่าใด"
    )
    assert answer.status_code == 302

    client.logout()
    both = {"receipt": complaint.number, "secret": taken.secret}
    shown = client.post(reverse("complaints:track"), both).content.decode()
    assert "เสาต้นที่เท่าใด" in shown
    assert "มีคำถามถึงท่าน" in shown

    done = client.post(reverse("complaints:sender-act", args=["answer"]), {**both, "words": "ต้นที่สาม บ้านลุงมี"})
    assert "มีคำถามถึงท่าน" not in done.content.decode()
    assert "ผู้ร้อง" in done.content.decode()
    assert "ลุงมี" not in done.content.decode()
    assert "ลุงมี" in page(client, centre.officer, "complaint", complaint.pk).content.decode()


def test_acts_beside_are_offered_to_those_who_may_and_refused_to_others(client, centre):
    complaint, _referral = make_referred(centre)

    assert page(client, centre.governor, "beside", complaint.pk, "urge").status_code == 200
    assert page(client, centre.governor, "beside", complaint.pk, "pause").status_code == 404
    assert page(client, centre.handler, "beside", complaint.pk, "urge").status_code == 404
    assert page(client, centre.other_handler, "beside", complaint.pk, "note").status_code == 404
    assert page(client, centre.officer, "beside", complaint.pk, "resume").status_code == 302
    assert page(client, centre.officer, "beside", complaint.pk, "nothing").status_code == 404
    assert post(client, centre.governor, "beside", complaint.pk, "urge", note="เร่ง").status_code == 302
    assert "เร่ง" in page(client, centre.handler, "complaint", complaint.pk).content.decode()


def test_officer_is_named_and_finds_his_own(client, centre):
    _complaint, referral = make_referred(centre)
    stranger = make_holder("agency_officer", make_area(PROVINCE))

    assert post(client, centre.handler, "assign", referral.pk, officer=stranger.pk).status_code == 422
    assert page(client, centre.other_handler, "assign", referral.pk).status_code == 404
    assert post(client, centre.handler, "assign", referral.pk, officer=centre.handler.pk).status_code == 302
    mine = page(client, centre.handler, "referral-list", officer="mine").content.decode()
    assert centre.handler.name in mine
    nobodys = page(client, centre.handler, "referral-list", officer="nobody").content.decode()
    assert reverse("complaints:referral", args=[referral.pk]) not in nobodys


def test_late_ones_are_found_by_the_list_and_by_whoever_was_told(client, centre):
    complaint = make_screened(centre)
    assert str(complaint) not in page(client, centre.officer, "list", due="late").content.decode()
    Complaint.objects.filter(pk=complaint.pk).update(due_on=today().replace(year=2020), escalated=7)

    late = page(client, centre.officer, "list", due="late").content.decode()
    assert reverse("complaints:complaint", args=[complaint.pk]) in late
    client.force_login(centre.governor)
    assert "เกินกำหนด โปรดติดตาม" in client.get(reverse("shell:my")).content.decode()


def test_head_sets_a_limit_for_his_province_alone(client, centre):
    head = make_holder("provincial_head", make_area(PROVINCE))
    sent = {
        "clock": "answer",
        "kind": "",
        "days": 7,
        "valid_from": today().strftime("%d/%m/%Y"),
        "area": PROVINCE,
    }

    assert page(client, centre.officer, "limit-set").status_code == 404
    assert post(client, head, "limit-set", **{**sent, "area": make_area("33").pk}).status_code == 422
    assert post(client, head, "limit-set", **{**sent, "days": 0}).status_code == 422
    assert post(client, head, "limit-set", **sent).status_code == 302
    assert TimeLimit.objects.filter(area=PROVINCE, days=7).count() == 1
    assert "7" in page(client, centre.officer, "limit-list").content.decode()
    assert page(client, make_holder("village_head", make_area("32070401")), "limit-list").status_code == 404


def test_text_of_an_agency_fills_the_answer(client, centre):
    complaint, referral = make_referred(centre)
    actions.acknowledge_referral(referral, by=centre.handler)
    assert "ยังไม่มีข้อความ" in page(client, centre.handler, "template-list").content.decode()
    for text in ("เรื่อง {number} {kind} ที่{place} แก้ไขแล้ว {x}", ""):
        post(client, centre.handler, "template-new", name="แก้ไขแล้ว", text=text)
    template = ReplyTemplate.objects.get()

    form = page(
        client, centre.handler, "referral-act", referral.pk, "answer", text=template.pk
    ).content.decode()
    assert f"เรื่อง {complaint.number} ไฟส่องสว่างสาธารณะ ที่" in form
    assert "{x}" in form
    for text in ("0", "-1", "๑", "9" * 40, "x"):
        assert (
            page(client, centre.handler, "referral-act", referral.pk, "answer", text=text).status_code == 200
        )

    assert page(client, centre.other_handler, "template", template.pk).status_code == 404
    assert post(client, centre.other_handler, "template-remove", template.pk).status_code == 404
    assert page(client, centre.governor, "template-list").status_code == 404
    post(client, centre.handler, "template", template.pk, name="แก้ไขแล้ว", text="สั้น ๆ")
    post(client, centre.handler, "template-new", name="แก้ไขแล้ว", text="อีกข้อความ")
    assert [each.text for each in ReplyTemplate.objects.all()] == ["สั้น ๆ"]
    post(client, centre.handler, "template-remove", template.pk)
    assert not ReplyTemplate.objects.exists()
