"""The inbox of an agency and the page on which an officer writes what the agency thinks."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from prasan.planning import actions
from prasan.planning.models import Assessment, AssessmentVersion, Attachment
from tests.at_once import meeting
from tests.factories.agencies import make_agency, make_holder
from tests.factories.documents import make_file
from tests.factories.planning import PROVINCE, World, assessment_words

INBOX = reverse("planning:routing-list")
INSIDE = "ผู้รับเหมารายเดิมเคยทิ้งงาน"


def typed(key: object = None, **fields: object) -> dict[str, object]:
    return {
        "power": "yes",
        "mandate": "พระราชบัญญัติการชลประทานหลวง พ.ศ. ๒๔๘๕",
        "feasibility": "usual",
        "design": "there",
        "land": "there",
        "permits": "not_needed",
        "estimate": "๑,๕๐๐,๐๐๐",
        "recommendation": "accept",
        "note": "ทำได้ในปีเดียว",
        "internal_note": INSIDE,
        "since": "0",
        "form_key": key or uuid4(),
        **fields,
    }


@pytest.fixture
def routing(world):
    proposal = world.proposal("forwarded")
    world._receive(proposal)
    return world.lead(proposal)


def page_of(routing, name="routing-assessment"):
    return reverse(f"planning:{name}", args=[routing.pk])


def test_officer_writes_the_assessment_and_each_page_shows_it_as_far_as_it_may(world, browser, routing):
    client = browser("agency_officer")

    answer = client.post(page_of(routing), typed())

    assert answer.headers["Location"] == page_of(routing, "routing")
    proposal = reverse("planning:proposal", args=[routing.proposal_id])
    for role, reads in (("agency_officer", True), ("village_head", False), ("governor", False)):
        page = browser(role).get(proposal).content.decode()
        assert "ทำได้ในปีเดียว" in page
        assert "มากกว่าที่ขอ 250,000 บาท" in re.sub(r"\s+", " ", page).replace("฿", "")
        assert (INSIDE in page) is reads
    step = client.get(reverse("planning:routing-act", args=[routing.pk, "accept"])).content.decode()
    assert INSIDE in step
    assert "หน่วยงานของท่านยังไม่ได้ให้ความเห็น" not in step


def test_answer_without_an_assessment_is_asked_about_and_not_refused(world, browser, routing):
    client = browser("agency_officer")
    accept = reverse("planning:routing-act", args=[routing.pk, "accept"])

    asked = client.get(accept).content.decode()
    answer = client.post(accept, {"note": ""})

    assert page_of(routing) in asked
    assert answer.status_code == 302
    routing.refresh_from_db()
    assert routing.state == "accepted"


def test_form_begins_with_what_the_files_of_the_proposal_tell(world, browser, routing):
    Attachment.objects.create(proposal=routing.proposal, file=make_file(), kind="drawing", name="แบบ")

    form = browser("agency_officer").get(page_of(routing), follow=True).context["form"]

    assert (form.initial["design"], form.initial["land"]) == ("there", "lacking")


def test_form_comes_back_with_what_is_missing(world, browser, routing):
    answer = browser("agency_officer").post(
        page_of(routing), typed(mandate="", feasibility="hard", recommendation="return", note="")
    )

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"mandate", "feasibility_words", "note"}
    assert not Assessment.objects.exists()


def test_form_sent_again_is_answered_alike_and_kept_once(world, browser, routing):
    client, key = browser("agency_officer"), uuid4()

    first, again = (client.post(page_of(routing), typed(key)) for _twice in range(2))

    assert first.headers["Location"] == again.headers["Location"]
    assert AssessmentVersion.objects.count() == 1


def test_second_version_begins_with_the_answers_of_the_first(world, browser, routing):
    client = browser("agency_officer")
    client.post(page_of(routing), typed(recommendation="return"))

    form = client.get(page_of(routing), follow=True).context["form"]
    client.post(page_of(routing), typed(since=form.initial["since"]))

    assert (form.initial["recommendation"], form.initial["since"]) == ("return", 1)
    assert (form.initial["note"], form.initial["internal_note"]) == ("ทำได้ในปีเดียว", INSIDE)
    numbers = AssessmentVersion.objects.values_list("number", "recommendation")
    assert list(numbers) == [(1, "return"), (2, "accept")]


@pytest.mark.parametrize("role", ["village_head", "amphoe_secretary", "governor", "local_officer"])
def test_form_and_inbox_are_of_the_agency_alone(world, browser, routing, role):
    client = browser(role)

    assert client.get(page_of(routing)).status_code == 404
    assert client.post(page_of(routing), typed()).status_code == 404
    if role != "local_officer":
        assert client.get(INBOX).status_code == 404


def test_officer_of_another_agency_finds_neither_the_page_nor_the_line(world, routing):
    client = Client()
    client.force_login(make_holder("agency_officer", PROVINCE, agency=make_agency(PROVINCE)))

    assert client.get(page_of(routing)).status_code == 404
    assert list(client.get(INBOX).context["frame"].rows) == []


def test_what_cannot_be_assessed_now_leads_back_to_its_page(world, browser):
    answered = world.lead(world.proposal("accepted"))

    answer = browser("agency_officer").get(page_of(answered), follow=True)

    assert answer.redirect_chain[-1][0] == page_of(answered, "routing")
    assert "ขอคืนคำตอบก่อน" in answer.content.decode()


def test_inbox_is_narrowed_searched_and_taken_home(world, browser, routing):
    other = world.lead(world.proposal("accepted", name="ถนนคอนกรีตบ้านโนน"))
    client = browser("agency_officer")

    def shown(**asked: str) -> list[int]:
        return [row.pk for row in client.get(INBOX, asked).context["frame"].rows]

    assert shown() == [routing.pk, other.pk]
    assert shown(order="new") == [other.pk, routing.pk]
    assert (shown(state="received"), shown(assessment="none")) == ([routing.pk], [routing.pk, other.pk])
    assert (shown(days="7"), shown(province="32"), shown(part="helps")) == ([], [routing.pk, other.pk], [])
    assert shown(q="ถนนคอนกรีต") == [other.pk]
    routing.__class__.objects.filter(pk=routing.pk).update(created_at="2026-10-01T00:00:00+07:00")
    assert shown(days="7") == [routing.pk]
    file = client.get(INBOX, {"export": "csv"})
    assert "ถนนคอนกรีตบ้านโนน" in file.getvalue().decode("utf-8-sig")


def test_inbox_takes_as_many_queries_for_three_as_for_one(world, browser, queries_of):
    client = browser("agency_officer")
    world.proposal("forwarded")
    one = queries_of(client, INBOX)
    for _more in range(2):
        proposal = world.proposal("forwarded")
        world._receive(proposal)
        actions.write_assessment(
            world.lead(proposal), assessment_words(), by=world.person("agency_officer"), note="ทำได้"
        )

    assert queries_of(client, INBOX) == one <= 12


def test_page_takes_as_many_queries_for_three_versions_as_for_one(world, browser, queries_of, routing):
    client, officer = browser("governor"), world.person("agency_officer")
    own = [world.proposal("accepted") for _each in range(2)]
    address = reverse("planning:proposal", args=[routing.proposal_id])

    def write(since: int) -> None:
        words = assessment_words(duplicates=tuple(own))
        actions.write_assessment(routing, words, since=since, by=officer, note="ก", internal_note="ข")

    write(0)
    one = queries_of(client, address)
    write(1)
    write(2)

    assert queries_of(client, address) == one <= 46


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_officers_who_write_at_once_one_is_told():
    world = World()
    proposal = world.proposal("forwarded")
    world._receive(proposal)
    routing = world.lead(proposal)
    officers = [world.person("agency_officer"), make_holder("agency_officer", PROVINCE, agency=world.agency)]

    made, told = meeting(
        *(
            lambda officer=officer: actions.write_assessment(routing, assessment_words(), by=officer)
            for officer in officers
        )
    )

    assert "ฉบับที่ 1" in str(told)
    assert AssessmentVersion.objects.get().assessment == made
