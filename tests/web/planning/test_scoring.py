from decimal import Decimal

import pytest
from django.urls import reverse

from prasan.planning import actions
from prasan.planning.models import Mark, Proposal, ScoreSheet
from tests.factories.agencies import make_holder
from tests.factories.planning import PROVINCE, YEAR
from tests.made_once import made_once
from tests.planning.test_scoring import give, make_sheet


@pytest.fixture
def sheet(world):
    return made_once(make_sheet, on=world)


def address(sheet, name="sheet", *more):
    return reverse(f"planning:{name}", args=[sheet.pk, *more])


def test_analyst_prepares_opens_and_marks_and_the_head_freezes(world, browser):
    proposal = world.proposal("accepted")
    analyst, head = browser("analyst"), browser("provincial_head")
    form = {"title": "แบบให้คะแนนปี ๒๕๗๑", "area": PROVINCE, "fiscal_year": YEAR, "rows": 8}
    rows = {"name_th_1": "ความพร้อม", "weight_1": "๖๐", "scale_1": 5, "name_th_4": "คุ้มค่า", "weight_4": "40"}

    analyst.post(reverse("planning:sheet-new"), form | rows)
    sheet = ScoreSheet.objects.get()
    analyst.post(address(sheet, "sheet-act", "open"))
    first, second = sheet.criteria.all()
    marks = {f"value_{first.pk}": 4, f"reason_{first.pk}": "ที่ดินพร้อม", f"value_{second.pk}": 5}
    marked = analyst.post(address(sheet, "marks", proposal.pk), marks)
    head.post(address(sheet, "sheet-act", "freeze"))

    assert [(str(each), each.weight, each.scale) for each in (first, second)] == [
        ("ความพร้อม", Decimal(60), 5),
        ("คุ้มค่า", Decimal(40), 5),
    ]
    assert marked.headers["Location"] == address(sheet)
    assert [(row.place, row.points) for row in sheet.ranking.all()] == [(1, Decimal(88))]
    assert Proposal.objects.get(pk=proposal.pk).state == "ranked"


def test_sheet_sent_again_is_answered_alike_and_prepared_once(world, browser):
    analyst = browser("analyst")
    key = analyst.get(reverse("planning:sheet-new"), follow=True).context["form"]["form_key"].value()
    form = {"title": "แบบให้คะแนน", "area": PROVINCE, "fiscal_year": YEAR, "rows": 5, "form_key": key}
    rows = {"name_th_1": "ความพร้อม", "weight_1": "1", "scale_1": 5}

    answers = [analyst.post(reverse("planning:sheet-new"), form | rows) for _time in range(2)]

    assert [answer.headers["Location"] for answer in answers] == [reverse("planning:sheet-list")] * 2
    assert ScoreSheet.objects.get().criteria.count() == 1


def test_page_shows_the_ranking_with_other_weights_without_saving(world, browser, sheet):
    fits, ready = world.proposal("accepted"), world.proposal("accepted")
    give(sheet, fits, 5, 0, world.person("analyst"))
    give(sheet, ready, 0, 10, world.person("analyst"))
    second = sheet.criteria.last()

    shown = browser("governor").get(address(sheet), {f"w{second.pk}": "90"})

    assert [row.proposal for row in shown.context["rows"]] == [ready, fits]
    assert "ขึ้น 1 ลำดับ" in shown.content.decode()
    assert [each.weight for each in sheet.criteria.all()] == [Decimal(60), Decimal(40)]


@pytest.mark.parametrize("weight", ["-1", "0", "abc", "1e999", "99999999999"])
def test_weight_that_cannot_be_is_told_and_the_ranking_stays(world, browser, sheet, weight):
    proposal = world.proposal("accepted")
    give(sheet, proposal, 5, 0, world.person("analyst"))

    shown = browser("analyst").get(address(sheet), {f"w{sheet.criteria.last().pk}": weight})

    assert (shown.status_code, shown.context["tries"]) == (200, False)
    assert len(shown.context["weights_form"].errors) == 1


def test_after_marking_the_next_one_that_waits_is_shown(world, browser, sheet):
    first, second = world.proposal("accepted"), world.proposal("accepted")
    marks = {f"value_{each.pk}": 1 for each in sheet.criteria.all()}

    answer = browser("analyst").post(address(sheet, "marks", first.pk), marks)

    assert answer.headers["Location"] == address(sheet, "marks", second.pk)


def test_mark_beyond_the_scale_is_told_and_nothing_is_kept(world, browser, sheet):
    proposal = world.proposal("accepted")
    marks = {f"value_{each.pk}": 11 for each in sheet.criteria.all()}

    answer = browser("analyst").post(address(sheet, "marks", proposal.pk), marks)

    assert (answer.status_code, Mark.objects.count()) == (422, 0)


@pytest.mark.parametrize("role", ["village_head", "tambon_secretary", "amphoe_secretary", "agency_officer"])
def test_sheet_is_hidden_from_whom_it_does_not_concern(world, browser, sheet, role):
    client = browser(role)

    assert {
        client.get(address(sheet)).status_code,
        client.get(address(sheet, "sheet-criteria")).status_code,
    } == {404}
    assert reverse("planning:sheet-list") not in client.get(reverse("planning:plan-list")).content.decode()


def test_analyst_of_another_province_finds_no_sheet(world, client, sheet):
    client.force_login(make_holder("analyst", "40"))

    assert client.get(address(sheet)).status_code == 404
    assert client.get(reverse("planning:sheet-list")).context["frame"].count == 0


def test_governor_reads_marks_but_cannot_give_them(world, browser, sheet):
    proposal = world.proposal("accepted")
    marks = {f"value_{each.pk}": 1 for each in sheet.criteria.all()}

    shown = browser("governor").get(address(sheet, "marks", proposal.pk))
    answer = browser("governor").post(address(sheet, "marks", proposal.pk), marks)

    assert (shown.status_code, answer.status_code, Mark.objects.count()) == (200, 404, 0)


def test_page_takes_as_many_queries_for_three_proposals_as_for_one(world, browser, sheet, queries_of):
    give(sheet, world.proposal("accepted"), 1, 1, world.person("analyst"))
    client = browser("analyst")
    for_one = queries_of(client, address(sheet))

    for _number in range(2):
        give(sheet, world.proposal("accepted"), 1, 1, world.person("analyst"))

    assert queries_of(client, address(sheet)) == for_one


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_ranking_is_exported(world, browser, sheet, kind):
    give(sheet, world.proposal("accepted"), 1, 1, world.person("analyst"))

    answer = browser("analyst").get(address(sheet), {"export": kind})

    assert answer.getvalue()
    assert "ranking" in answer.headers["Content-Disposition"]


def test_marks_wait_on_the_desk_until_they_are_given(world, browser, sheet):
    proposal = world.proposal("accepted")
    desk = browser("analyst")

    before = desk.get("/my/").content.decode()
    give(sheet, proposal, 1, 1, world.person("analyst"))
    after = desk.get("/my/").content.decode()

    assert [address(sheet) in page for page in (before, after)] == [True, False]


def test_criteria_are_changed_while_the_sheet_is_prepared(world, browser):
    draft = make_sheet(world, "draft")
    client = browser("analyst")

    assert client.get(reverse("planning:sheet-new"), follow=True).status_code == 200
    shown = client.get(address(draft, "sheet-criteria"))
    client.post(address(draft, "sheet-criteria"), {"name_th_1": "ความพร้อม", "weight_1": "1", "rows": "5"})

    assert shown.status_code == 200
    assert [(str(each), each.scale) for each in draft.criteria.all()] == [("ความพร้อม", 5)]
    assert actions.open_sheet(draft, by=world.person("provincial_head")).state == "open"


def test_marks_of_several_are_given_in_one_table_and_reasons_stay(world, browser, sheet):
    first, second, third = (world.proposal("accepted") for _number in range(3))
    fits, ready = sheet.criteria.all()
    analyst = browser("analyst")
    words = {fits.pk: actions.MarkWords(1, "ตรงเป้าหมาย"), ready.pk: actions.MarkWords(1, "")}
    actions.give_marks(sheet, first, words, by=world.person("analyst"))
    cells = {f"value_{first.pk}_{fits.pk}": "๕", f"value_{first.pk}_{ready.pk}": 10}
    cells |= {f"value_{second.pk}_{fits.pk}": 3, f"value_{second.pk}_{ready.pk}": 0}

    shown = analyst.get(address(sheet, "marks-table"))
    saved = analyst.post(
        address(sheet, "marks-table"), {"proposal": [first.pk, second.pk, third.pk], **cells}
    )

    assert [each for each, _boxes in shown.context["form"].lines] == [second, third]
    assert saved.headers["Location"] == address(sheet, "marks-table")
    found = Mark.objects.order_by("proposal", "criterion").values_list("proposal", "value", "reason")
    assert list(found) == [
        (first.pk, 5, "ตรงเป้าหมาย"),
        (first.pk, 10, ""),
        (second.pk, 3, ""),
        (second.pk, 0, ""),
    ]


@pytest.mark.parametrize("wrong", ["6", "-1", "สาม", ""])
def test_one_wrong_mark_in_the_table_keeps_none(world, browser, sheet, wrong):
    first, second = world.proposal("accepted"), world.proposal("accepted")
    fits, ready = sheet.criteria.all()
    cells = {f"value_{first.pk}_{fits.pk}": 5, f"value_{first.pk}_{ready.pk}": 10}
    cells |= {f"value_{second.pk}_{fits.pk}": wrong, f"value_{second.pk}_{ready.pk}": 0}

    answer = browser("analyst").post(
        address(sheet, "marks-table"), {"proposal": [first.pk, second.pk], **cells}
    )

    assert list(answer.context["form"].errors) == [f"value_{second.pk}_{fits.pk}"]
    assert not Mark.objects.exists()


@pytest.mark.parametrize("role", ["governor", "provincial_head"])
def test_table_of_marks_is_hidden_from_who_gives_none(world, browser, sheet, role):
    world.proposal("accepted")

    assert browser(role).get(address(sheet, "marks-table")).status_code == 404


def test_proposal_of_another_sheet_is_not_marked_in_the_table(world, browser, sheet):
    here, elsewhere = world.proposal("accepted"), world.proposal("accepted", fiscal_year=YEAR + 1)
    fits, ready = sheet.criteria.all()
    cells = {f"value_{elsewhere.pk}_{fits.pk}": 5, f"value_{elsewhere.pk}_{ready.pk}": 10}

    answer = browser("analyst").post(
        address(sheet, "marks-table"), {"proposal": [here.pk, elsewhere.pk], **cells}
    )

    assert (answer.status_code, Mark.objects.exists()) == (422, False)
