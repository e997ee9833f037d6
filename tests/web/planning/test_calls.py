from datetime import timedelta

import pytest
from django.urls import reverse

from prasan.agencies.models import Call
from prasan.kernel.calendar import FiscalYear, today
from prasan.kernel.dates import format_date
from prasan.planning import actions
from prasan.planning.models import CallException, CallTerms, NothingToReport
from tests.factories.agencies import make_area, make_holder
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
        *(address(call, f"call-{name}") for name in ("terms", "extend", "exception")),
    ]

    assert [person.get(page).status_code for page in pages] == [404] * 4
    assert [person.post(page).status_code for page in pages] == [404] * 4


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
