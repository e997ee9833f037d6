"""The pages of routing rules: drafting, changing, trying, putting in force, and what the desk is proposed."""

import pytest
from django.urls import reverse

from prasan.complaints import actions
from prasan.complaints.models import RuleBook
from tests.factories.agencies import make_area, make_holder
from tests.factories.complaints import PROVINCE, VILLAGE, make_centre, make_referred, make_screened

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    return make_centre()


def at(name, *args):
    return reverse(f"complaints:{name}", args=args)


def test_officer_drafts_tries_and_the_head_puts_in_force(client, centre):
    make_referred(centre)
    client.force_login(centre.officer)
    assert "ยังไม่มีหลักเกณฑ์" in client.get(at("book-list")).content.decode()
    client.post(at("book-new"), {"area": PROVINCE})
    book = RuleBook.objects.get()
    for given in (
        {"kind": "lighting", "area": "", "words": "", "agency": centre.other.pk, "part": "lead"},
        {"kind": "lighting", "area": VILLAGE, "words": "เสา", "agency": centre.agency.pk, "part": "lead"},
        {"kind": "", "area": "", "words": "ไฟ, เสา", "agency": centre.agency.pk, "part": "help"},
    ):
        assert client.post(at("rule-new", book.pk), given).status_code == 302
    page = client.get(at("book", book.pk)).content.decode()
    assert "ไม่มีโอกาสใช้" in page
    client.post(at("rule-act", book.pk, book.rows.get(position=2).pk, "up"))
    assert "ไม่มีโอกาสใช้" not in client.get(at("book", book.pk)).content.decode()

    tried = {"try": "1", "kind": "lighting", "area": VILLAGE, "text": "เสาไฟล้ม"}
    assert centre.agency.name_th in client.get(at("book", book.pk), tried).content.decode()
    past = client.get(at("book", book.pk), {"past": "1"}).content.decode()
    assert centre.other.name_th in past
    assert client.post(at("book-act", book.pk, "put_in_force")).status_code == 422
    book.refresh_from_db()
    assert book.state == "draft"

    client.force_login(make_holder("provincial_head", make_area(PROVINCE)))
    assert client.post(at("book-act", book.pk, "put_in_force"), {}).status_code == 302
    book.refresh_from_db()
    assert book.state == "in_force"

    client.force_login(centre.officer)
    complaint = make_screened(centre)
    form = client.get(at("act", complaint.pk, "refer"))
    assert form.context["form"].initial["lead"] == centre.other
    assert "หลักเกณฑ์ข้อ 2" in form.content.decode()


def test_a_rule_is_changed_in_a_form_that_shows_how_it_is(client, centre):
    book = actions.draft_rules(make_area(PROVINCE), by=centre.officer)
    words = actions.RuleWords(make_area(VILLAGE), words="ไฟ", agency=centre.agency, is_lead=False)
    line = actions.add_rule(book, words, by=centre.officer)
    client.force_login(centre.officer)

    form = client.get(at("rule-change", book.pk, line.pk)).context["form"]
    assert form.initial == {
        "kind": None,
        "area": make_area(VILLAGE),
        "words": "ไฟ",
        "agency": centre.agency.pk,
        "is_local": False,
        "part": "help",
        "reason": "",
    }
    given = {"kind": "road", "area": VILLAGE, "words": "หลุม", "agency": centre.other.pk, "part": "lead"}
    assert client.post(at("rule-change", book.pk, line.pk), {**given, "agency": 10**9}).status_code == 422
    both = client.post(at("rule-change", book.pk, line.pk), {**given, "is_local": "on"})
    assert (both.status_code, "หลุม" in both.content.decode()) == (422, True)
    assert client.post(at("rule-change", book.pk, line.pk), given).status_code == 302
    line.refresh_from_db()
    assert (line.kind_id, line.words, line.agency, line.is_lead) == ("road", "หลุม", centre.other, True)

    other = actions.draft_rules(make_area(PROVINCE), by=centre.officer)
    for number in (line.pk, 10**30):
        assert client.get(at("rule-change", other.pk, number)).status_code == 404
        client.post(at("rule-act", other.pk, number, "remove"))
    assert book.rows.count() == 1

    actions.put_rules_in_force(book, by=make_holder("provincial_head", make_area(PROVINCE)))
    late = client.post(at("rule-change", book.pk, line.pk), {**given, "words": "พิมพ์ไว้นาน"})
    assert late.status_code == 422
    assert "พิมพ์ไว้นาน" in late.content.decode()


def test_agency_that_hands_on_is_proposed_the_next_with_the_reason(client, centre):
    book = actions.draft_rules(make_area(PROVINCE), by=centre.officer)
    for agency in (centre.agency, centre.other):
        words = actions.RuleWords(make_area(PROVINCE), agency=agency, reason="ตามคำสั่งจังหวัด")
        actions.add_rule(book, words, by=centre.officer)
    actions.put_rules_in_force(book, by=centre.governor)
    _complaint, referral = make_referred(centre)
    client.force_login(centre.handler)

    page = client.get(at("referral-act", referral.pk, "refer_on"))

    assert page.context["form"].initial["agency"] == centre.other
    assert "หลักเกณฑ์ข้อ 2" in page.content.decode()
    assert "ตามคำสั่งจังหวัด" in page.content.decode()


def test_rules_are_taken_home_as_a_table_by_those_who_may_see_them(client, centre):
    book = actions.draft_rules(make_area(PROVINCE), by=centre.officer)
    for agency, reason in ((centre.agency, "=1+1"), (None, "")):
        words = actions.RuleWords(make_area(PROVINCE), words="ไฟ", agency=agency, reason=reason)
        actions.add_rule(book, words, by=centre.officer)
    client.force_login(centre.governor)

    lines = b"".join(client.get(at("book", book.pk), {"export": "csv"})).decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert centre.agency.name_th in lines[1]
    assert ",=1+1" not in lines[1]
    assert client.get(at("book", book.pk), {"export": "exe"}).status_code == 200

    client.force_login(centre.handler)
    assert client.get(at("book", book.pk), {"export": "csv"}).status_code == 404


def test_others_see_nothing_and_wrong_input_changes_nothing(client, centre):
    book = actions.draft_rules(make_area(PROVINCE), by=centre.officer)
    for user in (centre.handler, make_holder("complaint_officer", make_area("33"))):
        client.force_login(user)
        assert client.get(at("book", book.pk)).status_code == 404
        assert client.post(at("rule-new", book.pk), {"part": "lead"}).status_code == 404
    client.force_login(centre.governor)
    assert client.get(at("book", book.pk)).status_code == 200
    assert client.get(at("rule-new", book.pk)).status_code == 404
    assert client.get(at("book-new")).status_code == 404
    client.force_login(centre.officer)
    for given in ({"part": "x"}, {"part": "lead", "agency": 10**9}, {"part": "lead", "words": "ก" * 300}):
        assert client.post(at("rule-new", book.pk), given).status_code == 422
    assert client.post(at("rule-act", book.pk, 1, "sideways")).status_code == 404
    client.post(at("rule-act", book.pk, 1, "remove"))
    for query in ({"try": "1"}, {"try": "1", "area": "99", "kind": "x"}, {"past": "1"}):
        assert client.get(at("book", book.pk), query).status_code == 200
    assert not book.rows.exists()
