"""Appraising on the page, who reads what was found, and setting the criteria."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from prasan.cases.actions import move
from prasan.innovations import actions
from prasan.innovations.models import Appraisal, CriteriaSet, Criterion
from tests.factories.innovations import appraise, make_innovation, make_owner

pytestmark = pytest.mark.django_db

CRITERIA, SETTING = reverse("innovations:criteria"), reverse("innovations:criteria-new")


def page_of(innovation, name="innovation"):
    return reverse(f"innovations:{name}", args=[innovation.pk])


def found(form, **other):
    given = {name: 4 for name in form.fields if name.startswith("mark_")}
    given |= {name: "passed" for name in form.fields if name.startswith("gate_")}
    given |= {name: "เหตุผลครบ" for name in form.fields if name.startswith("reason_")}
    return {**given, "version": form.initial["version"], "form_key": form.initial["form_key"], **other}


def opened(client, innovation):
    answer = client.get(page_of(innovation, "appraisal-new"), follow=True)
    return answer.context["form"]


def test_assessor_marks_on_the_page_the_total_follows_and_it_is_registered(client):
    owner = make_owner()
    innovation = make_innovation(owner, "proposed")
    client.force_login(owner.ministry)
    before = client.get(page_of(innovation)).content.decode()
    form = opened(client, innovation)

    for _twice in range(2):
        client.post(page_of(innovation, "appraisal-new"), found(form, mark_benefit=0, total="100"))
    shown = client.get(page_of(innovation)).content.decode()
    client.post(reverse("innovations:act", args=[innovation.pk, "register"]), {"note": ""})
    innovation.refresh_from_db()

    assert "กรุณาประเมินก่อน" in before
    assert Appraisal.objects.count() == 1
    assert "72.00" in shown
    assert "กรุณาประเมินก่อน" not in shown
    assert innovation.state == "registered"


def test_marks_stand_when_something_is_wrong_and_nothing_is_kept(client):
    owner = make_owner()
    innovation = make_innovation(owner, "proposed")
    client.force_login(owner.ministry)
    form = opened(client, innovation)

    answers = [
        client.post(page_of(innovation, "appraisal-new"), found(form, **wrong))
        for wrong in (
            {"mark_benefit": "6"},
            {"mark_benefit": "ดี"},
            {"mark_benefit": ""},
            {"gate_new": ""},
            {"gate_new": "maybe"},
            {"reason_new": ""},
            {"version": 9},
        )
    ]

    assert [answer.status_code for answer in answers] == [422] * 7
    assert all("เหตุผลครบ" in answer.content.decode() for answer in answers)
    assert not Appraisal.objects.exists()


def test_marks_reach_neither_owner_before_it_is_decided_nor_the_public_ever(client):
    owner, other = make_owner(), make_owner("40")
    innovation = make_innovation(owner, "proposed")
    appraise(innovation, by=owner.ministry, benefit=1, remark="ความเห็นผู้ประเมิน")

    def readers():
        found = {}
        for name, who in {"owner": owner.writer, "other": other.writer, "ministry": owner.ministry}.items():
            client.force_login(who)
            page = client.get(page_of(innovation))
            listed = client.get(page_of(innovation, "appraisals"))
            found[name] = ("74.00" in page.content.decode(), listed.status_code)
        client.logout()
        found["public"] = (
            "74.00" in client.get(page_of(innovation)).content.decode(),
            client.get(page_of(innovation, "appraisals")).status_code,
        )
        return found

    waiting = readers()
    actions.register_innovation(innovation, by=owner.ministry)
    decided = readers()

    assert waiting == {
        "owner": (False, 404),
        "other": (False, 404),
        "ministry": (True, 200),
        "public": (False, 302),
    }
    assert decided == {
        "owner": (True, 200),
        "other": (False, 404),
        "ministry": (True, 200),
        "public": (False, 302),
    }
    client.force_login(owner.writer)
    assert "ความเห็นผู้ประเมิน" in client.get(page_of(innovation, "appraisals")).content.decode()
    form = client.get(page_of(innovation, "appraisal-new"))
    assert form.status_code == 404


def test_correction_stands_beside_what_it_corrects(client):
    owner = make_owner()
    innovation = make_innovation(owner, "registered")
    client.force_login(owner.ministry)
    form = opened(client, innovation)

    refused = client.post(page_of(innovation, "appraisal-new"), found(form))
    client.post(page_of(innovation, "appraisal-new"), found(form, mark_benefit=5, remark="คะแนนเดิมกรอกผิด"))
    shown = client.get(page_of(innovation, "appraisals"))

    assert refused.status_code == 422
    told = [(each.appraisal.number, each.total) for each in shown.context["results"]]
    assert told == [(2, 82), (1, 80)]
    assert "คะแนนเดิมกรอกผิด" in shown.content.decode()


def test_what_went_on_meanwhile_is_not_appraised(client):
    owner = make_owner()
    innovation = make_innovation(owner, "proposed")
    client.force_login(owner.ministry)
    form = opened(client, innovation)
    move(innovation, "take_back", by=owner.writer)

    gone = client.post(page_of(innovation, "appraisal-new"), found(form))

    assert gone.status_code in (404, 422)
    assert not Appraisal.objects.exists()


def test_appraisals_ask_the_database_no_more_with_three_than_with_one(client):
    owner = make_owner()
    innovation = make_innovation(owner, "registered")
    client.force_login(owner.ministry)
    counts = []
    for more in (0, 2):
        for _again in range(more):
            appraise(innovation, by=owner.ministry)
        client.get(page_of(innovation, "appraisals"))
        with CaptureQueriesContext(connection) as asked:
            client.get(page_of(innovation, "appraisals"))
        counts.append(len(asked))

    assert counts[0] == counts[1]


def weighing(form, **other):
    given = {f"weight_{each.code}": "10" for each in form.weighed}
    given |= {"weight_benefit": "๑๕", "weight_aspect": "5", "gates": ["new", "finished"], "scale": "5"}
    return {**given, "fiscal_year": "2572", "remark": "มติคณะกรรมการ", **other}


def test_ministry_sets_a_dated_version_that_everybody_reads(client, time_machine):
    time_machine.move_to("2026-11-28")
    owner = make_owner()
    client.force_login(owner.ministry)
    form = client.get(SETTING).context["form"]

    answer = client.post(
        SETTING,
        weighing(form, new_gate_th="มีผู้ใช้จริง", new_gate_en="Somebody uses it", scale="10"),
    )
    client.logout()
    shown = client.get(CRITERIA).content.decode()

    assert answer.status_code == 302
    assert [str(each) for each in CriteriaSet.objects.order_by("pk")] == ["2561", "2572"]
    for words in (
        "ใช้ตั้งแต่วันที่ 1 ตุลาคม 2560 ถึงวันที่ 30 กันยายน 2571",
        "ใช้ตั้งแต่วันที่ 1 ตุลาคม 2571 จนกว่าจะมีฉบับใหม่",
        "น้ำหนัก 10 → 15",
        "มีผู้ใช้จริง: เพิ่มเข้ามา",
        "คะแนนเต็มข้อละ 5 → 10",
        "มติคณะกรรมการ",
    ):
        assert words in shown
    assert SETTING not in shown


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"weight_benefit": "16"}, "น้ำหนักรวมกันได้ 101"),
        ({"weight_benefit": "-5"}, "0 ขึ้นไป"),
        ({"weight_benefit": "มาก"}, "มาก"),
        ({"weight_benefit": "14.999", "weight_aspect": "5.001"}, "ทศนิยมไม่เกินสองตำแหน่ง"),
        ({"weight_benefit": ""}, "จำเป็น"),
        ({"fiscal_year": "2570"}, "2570"),
        ({"fiscal_year": "x"}, "x"),
        ({"gates": []}, "อย่างน้อย 1 ข้อ"),
        ({"gates": ["rationale"]}, "rationale"),
        ({"scale": "11"}, "10"),
        ({"remark": ""}, "จำเป็น"),
    ],
)
def test_bad_weights_are_refused_and_what_was_typed_stays(client, time_machine, wrong, said):
    time_machine.move_to("2026-11-28")
    owner = make_owner()
    client.force_login(owner.ministry)
    form = client.get(SETTING).context["form"]

    answer = client.post(SETTING, weighing(form, **{"remark": "มติของคณะกรรมการ", **wrong}))

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert said in shown
    assert "remark" in wrong or "มติของคณะกรรมการ" in shown
    assert CriteriaSet.objects.count() == 1


def test_nobody_else_sets_criteria(client):
    owner = make_owner()
    client.force_login(owner.writer)

    assert client.get(SETTING).status_code == client.post(SETTING, {}).status_code == 404
    assert SETTING not in client.get(CRITERIA).content.decode()


def test_versions_ask_the_database_no_more_with_three_than_with_one(client):
    counts = []
    for year in (2561, 2601, 2602):
        criteria, _new = CriteriaSet.objects.get_or_create(fiscal_year_from=year)
        if year > 2561:
            Criterion.objects.create(
                criteria=criteria, code="x", group="part", position=1, weight=100, scale=5
            )
        client.get(CRITERIA)
        with CaptureQueriesContext(connection) as asked:
            client.get(CRITERIA)
        counts.append(len(asked))

    assert counts[0] == counts[2]


def test_what_waits_stands_in_the_work_of_the_ministry_and_of_nobody_else(client):
    owner = make_owner()
    waiting = make_innovation(owner, "proposed")
    make_innovation(owner, "registered", title="ขึ้นทะเบียนแล้ว")
    found = {}
    for who in (owner.ministry, owner.writer):
        client.force_login(who)
        work = client.get("/my/").content.decode()
        gallery = client.get(reverse("innovations:gallery")).content.decode()
        found[who] = (f'href="/innovations/{waiting.pk}/"' in work, "รอกระทรวง" in gallery)

    assert found == {owner.ministry: (True, True), owner.writer: (False, False)}
