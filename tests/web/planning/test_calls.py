from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from prasan.agencies.models import Call
from prasan.kernel.calendar import FiscalYear, today
from prasan.kernel.dates import format_date
from prasan.notices.models import Letter
from prasan.planning import actions
from prasan.planning.models import Attachment, CallException, CallTerms, NothingToReport, ProjectKind
from tests.factories.agencies import make_area, make_holder
from tests.factories.documents import make_file
from tests.factories.planning import PROVINCE, TAMBON, VILLAGE, YEAR, make_call, make_issue, need_words


@pytest.fixture
def call(world):
    return make_call(world)


def address(call, name="call", *more):
    return reverse(f"planning:{name}", args=[call.pk, *more])


def test_head_opens_a_call_from_the_form(world, browser):
    issue = make_issue()
    closes = format_date(today() + timedelta(days=30), "th", "short")
    form = {
        "title": "รอบเสนอโครงการปี ๒๕๗๑",
        "area": PROVINCE,
        "fiscal_year": YEAR,
        "opens": format_date(today(), "th", "short"),
        "closes": closes,
        "asked": ["villages", "tambon"],
        "note": "โครงการของหมู่บ้าน",
        "ceiling": "๑,๐๐๐,๐๐๐",
        "issues": [issue.pk],
    }

    browser("provincial_head").post(reverse("planning:call-new"), form)

    call, terms = Call.objects.get(), CallTerms.objects.get()
    assert (call.title, call.opens, call.closes) == (form["title"], today(), today() + timedelta(days=30))
    assert (terms.note, terms.ceiling, list(terms.issues.all())) == ("โครงการของหมู่บ้าน", 1_000_000, [issue])
    assert [answer.area_id for answer in call.answers.order_by("pk")] == [VILLAGE, TAMBON]


@pytest.mark.parametrize("role", ["village_head", "tambon_secretary", "analyst", "governor"])
def test_forms_of_the_keeper_are_not_there_for_others(world, browser, call, role):
    person = browser(role)

    pages = [
        reverse("planning:call-new"),
        *(address(call, f"call-{name}") for name in ("terms", "extend", "exception", "remind")),
    ]

    assert [person.get(page).status_code for page in pages] == [404] * 5
    assert [person.post(page).status_code for page in pages] == [404] * 5


def test_stranger_reads_what_is_asked_and_not_who_has_answered(world, client, call):
    secret = world.village.full_name

    shown = client.get(address(call)).content.decode()

    assert call.title in shown
    assert "โครงการที่แก้ความเดือดร้อนของหมู่บ้าน" in shown
    assert secret not in shown
    assert call.title in client.get(reverse("planning:call-list")).content.decode()
    assert b"".join(client.get(address(call), {"export": "csv"})).count(b"\n") == 1


def test_officers_see_who_has_not_answered_and_drill_down(world, browser, call):
    make_area("32080101")
    call.answers.create(area=make_area("32080102"))
    world.need()
    analyst = browser("analyst")

    whole = analyst.get(address(call))
    inside = analyst.get(address(call), {"in": "3207"})
    given = analyst.get(address(call), {"answer": "given"})

    left = [answer.area_id for answer in whole.context["frame"].rows if answer.area_id]
    assert left == [TAMBON, "32080102"]
    assert [(each.area.pk, each.asked, each.answered) for each in whole.context["below"]] == [
        ("3207", 2, 1),
        ("3208", 1, 0),
    ]
    assert [answer.area_id for answer in inside.context["frame"].rows] == [TAMBON]
    assert [(each.area.pk, each.missing) for each in inside.context["below"]] == [(TAMBON, 1)]
    assert [answer.area_id for answer in given.context["frame"].rows] == [VILLAGE]


@pytest.mark.parametrize("place", ["45", "99", "x", "320704019", "๓๒", "-1", "32' OR 1=1"])
def test_place_that_is_not_of_the_call_shows_the_whole(world, browser, call, place):
    shown = browser("analyst").get(address(call), {"in": place})

    assert shown.status_code == 200
    assert shown.context["place"].pk == PROVINCE


def test_head_of_another_province_sees_no_answers(world, client, call):
    client.force_login(make_holder("provincial_head", "45"))

    shown = client.get(address(call))

    assert shown.context["kinds"] == {}
    assert list(shown.context["frame"].rows) == []
    assert client.get(address(call, "call-extend")).status_code == 404


def test_call_is_extended_and_a_late_entry_let_in_from_the_page(world, browser, call):
    head = browser("provincial_head")
    later, latest = (today() + timedelta(days=days) for days in (20, 40))

    head.post(address(call, "call-extend"), {"closes": format_date(later, "th", "short")})
    head.post(
        address(call, "call-exception"),
        {"area": VILLAGE, "until": format_date(latest, "th", "short"), "reason": "ทางขาด"},
    )

    call.refresh_from_db()
    exception = CallException.objects.get()
    assert call.closes == later
    assert (exception.area_id, exception.until, exception.reason) == (VILLAGE, latest, "ทางขาด")
    assert "ทางขาด" in head.get(address(call)).content.decode()


def test_village_head_says_nothing_and_takes_it_back(world, browser, call):
    head = browser("village_head")
    answer = call.answers.get(area=VILLAGE)

    head.post(address(call, "call-nothing", answer.pk), {"reason": "แก้ครบแล้ว"})
    said = NothingToReport.objects.get().reason
    again = head.post(address(call, "call-nothing", answer.pk), {"reason": "อีกครั้ง"})
    head.post(address(call, "call-nothing-back", answer.pk))

    answer.refresh_from_db()
    assert (said, again.status_code, answer.answered_at) == ("แก้ครบแล้ว", 404, None)


def test_village_head_cannot_answer_for_another_village(world, browser, call):
    other = call.answers.create(area=make_area("32070499"))

    answered = browser("village_head").post(address(call, "call-nothing", other.pk), {"reason": "ไม่มี"})

    assert answered.status_code == 404
    assert NothingToReport.objects.count() == 0


def test_need_form_tells_of_the_call_and_my_work_of_the_answer(world, browser, call):
    head = browser("village_head")

    form = head.get(reverse("planning:need-new"), follow=True).content.decode()
    work = head.get(reverse("shell:my")).content.decode()

    assert call.title in form
    assert "เหลือ 8 วัน" in form
    assert call.title in work


def test_late_need_is_kept_as_a_draft_with_the_reason(world, browser, call):
    Call.objects.update(
        opens=today() - timedelta(days=9),
        closes=today() - timedelta(days=1),
        fiscal_year=FiscalYear.of(today()).next.be,
    )
    need = actions.draft_need(world.village, need_words(), by=world.person("village_head"))

    answered = browser("village_head").post(reverse("planning:need-step", args=[need.pk, "enter"]))

    need.refresh_from_db()
    assert (answered.status_code, need.state) == (422, "draft")
    assert str(call.agency) in answered.content.decode()


def test_page_asks_the_same_for_one_and_for_three(world, browser, call, queries_of):
    analyst = browser("analyst")
    one = queries_of(analyst, address(call))
    for code in ("32070411", "32070412", "32080101"):
        call.answers.create(area=make_area(code))

    assert queries_of(analyst, address(call)) == one


def test_list_asks_the_same_for_one_and_for_three(world, browser, call, queries_of):
    public = browser("public")
    one = queries_of(public, reverse("planning:call-list"))
    for year in (1, 2):
        make_call(world, fiscal_year=YEAR + year)

    assert queries_of(public, reverse("planning:call-list")) == one


def test_exception_form_that_is_sent_twice_signs_once(world, browser, call):
    head, form = browser("provincial_head"), address(call, "call-exception")
    key = str(head.get(form, follow=True).context["form"]["form_key"].value())
    until = format_date(today() + timedelta(days=40), "th", "short")
    typed = {"area": VILLAGE, "until": until, "reason": "ทางขาด", "form_key": key}

    first = head.post(form, typed)
    again = head.post(form, {**typed, "reason": ""})
    back = head.get(f"{form}?form_key={key}")

    assert {answer.headers["Location"] for answer in (first, again, back)} == {address(call)}
    assert CallException.objects.count() == 1


def test_exception_is_withdrawn_from_the_page_and_stays_to_be_read(world, browser, call):
    head = browser("provincial_head")
    exception = actions.sign_exception(
        call,
        area=world.village,
        until=today() + timedelta(days=40),
        reason="ทางขาด",
        by=world.person("provincial_head"),
    )
    withdrawing = address(call, "call-exception-withdraw", exception.pk)
    before = head.get(address(call)).content.decode()

    shown = head.get(withdrawing)
    head.post(withdrawing)
    again = head.post(withdrawing)

    exception.refresh_from_db()
    after = head.get(address(call)).content.decode()
    assert (shown.status_code, again.status_code) == (200, 422)
    assert exception.withdrawn_at is not None
    assert (withdrawing in before, withdrawing in after) == (True, False)
    assert "ทางขาด" in after
    assert "เพิกถอนเมื่อ" in after


@pytest.mark.parametrize("role", ["village_head", "analyst", "governor"])
def test_withdrawing_is_not_there_for_others(world, browser, call, role):
    exception = CallException.objects.create(call=call, area=world.village, until=call.closes, reason="x")
    person = browser(role)
    withdrawing = address(call, "call-exception-withdraw", exception.pk)

    assert (person.get(withdrawing).status_code, person.post(withdrawing).status_code) == (404, 404)
    assert withdrawing not in person.get(address(call)).content.decode()


def test_exception_of_another_call_is_not_withdrawn_from_here(world, browser, call):
    other = make_call(world, fiscal_year=YEAR + 1)
    exception = CallException.objects.create(call=other, area=world.village, until=call.closes, reason="x")

    answered = browser("provincial_head").post(address(call, "call-exception-withdraw", exception.pk))

    exception.refresh_from_db()
    assert (answered.status_code, exception.withdrawn_at) == (404, None)


def test_head_reminds_from_the_page_with_how_many_before_and_after(world, browser, call):
    head = browser("provincial_head")
    world.person("kamnan")  # beside the head of the village, the secretary and the officer of the agency

    form = head.get(address(call, "call-remind")).content.decode()
    first = head.post(address(call, "call-remind"), follow=True)
    again = head.post(address(call, "call-remind"))
    page = head.get(address(call)).content.decode()

    assert "ยังไม่ได้เตือน 4 คน" in form
    assert first.redirect_chain == [(address(call), 302)]
    assert "ครั้งนี้ 4 คน" in first.content.decode()
    assert again.status_code == 422
    assert "ไม่มีผู้ที่ต้องเตือนแล้ว" in again.content.decode()
    assert Letter.objects.count() == 4
    assert "ยังไม่ได้เตือน 0 คน" in page
    assert "เตือนแล้ว 4 คน" in page


def test_numbers_of_reminders_are_for_who_keeps_the_call(world, browser, call):
    for role in ("analyst", "governor", "village_head", "public"):
        shown = browser(role).get(address(call)).content.decode()

        assert "ยังไม่ได้เตือน" not in shown
        assert address(call, "call-remind") not in shown


def test_page_of_the_keeper_asks_the_same_for_one_and_for_three(world, browser, call, queries_of):
    head = browser("provincial_head")
    CallException.objects.create(call=call, area=world.village, until=call.closes, reason="x")
    one = queries_of(head, address(call))
    for code in ("32070411", "32070412", "32080101"):
        call.answers.create(area=make_area(code))
        make_holder("village_head", code)
        CallException.objects.create(call=call, area=world.village, until=call.closes, reason="x")

    assert queries_of(head, address(call)) == one


@pytest.fixture
def asked_kind(world):
    """A kind of project with which the open call asks for two files."""
    kind = ProjectKind.objects.get_or_create(
        code="building", defaults={"name_th": "สิ่งก่อสร้าง", "name_en": "Building"}
    )[0]
    make_call(world, words=actions.TermsWords(kinds={kind: ["drawing", "photograph"]}))
    return kind


def test_form_of_a_proposal_tells_which_files_are_asked_and_missing(world, browser, asked_kind):
    head, proposal = browser("village_head"), world.proposal(kind=asked_kind)
    Attachment.objects.create(proposal=proposal, file=make_file(), kind="photograph", name="ภาพ")

    edit = head.get(reverse("planning:proposal-edit", args=[proposal.pk]))
    page = head.get(reverse("planning:proposal", args=[proposal.pk]))

    for shown in (edit, page):
        (asked,) = shown.context["kinds_asked"]
        assert (asked.kind, asked.missing) == (asked_kind, [Attachment.Kind.DRAWING.label])
        words = shown.content.decode()
        assert words.count("ยังขาด") == 1
        assert words.count("แนบแล้ว") == 1


def test_form_of_a_new_proposal_tells_the_files_of_the_year_and_kind_typed(world, browser, asked_kind):
    head, need = browser("village_head"), world.need()
    address = f"{reverse('planning:propose')}?need={need.pk}&form_key={uuid4()}"

    def asked(**typed):
        shown = head.post(address, {"more": "activities", "needs": [need.pk], **typed})
        return [each.is_chosen for each in shown.context.get("kinds_asked") or []]

    assert asked(fiscal_year=YEAR) == [False]
    assert asked(fiscal_year=YEAR, kind=asked_kind.pk) == [True]
    assert asked(fiscal_year=YEAR + 1) == []
    for year, kind in (
        ("", ""),
        ("๒๕๗๑", "²"),
        ("9" * 5000, "9" * 5000),
        ("x", "-1"),
        (str(YEAR), "9" * 5000),
    ):
        assert asked(fiscal_year=year, kind=kind) in ([], [False])


def test_nothing_is_told_of_files_where_no_call_asks(world, browser):
    proposal = world.proposal()

    shown = browser("village_head").get(reverse("planning:proposal-edit", args=[proposal.pk]))

    assert "ไฟล์ที่ต้องแนบ" not in shown.content.decode()
