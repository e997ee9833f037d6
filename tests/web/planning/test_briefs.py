from datetime import UTC, datetime
from decimal import Decimal

import pytest
import time_machine

from prasan.planning.actions import revise_proposal
from prasan.planning.models import Proposal
from prasan.web.planning.work import work_for
from tests.factories.planning import YEAR, make_sector, proposal_words


def typed(need=None, **fields):
    return {
        **({"needs": need.pk} if need else {}),
        "name": "โครงการขุดลอกสระน้ำ",
        "sector": make_sector().pk,
        "fiscal_year": str(YEAR),
        "rationale": "น้ำไม่พอใช้",
        "objective": "มีน้ำใช้ตลอดปี",
        "budget_asked": "300,000",
        "activity_count": "3",
        "indicator_count": "3",
        "years_count": "2",
        **fields,
    }


ROWS = {
    "activity_1_name": "ขุดลอก",
    "activity_1_responsible": "อบต.",
    "activity_1_year_1": "๒๐๐,๐๐๐",
    "activity_3_name": "ปลูกหญ้าแฝก",
    "activity_3_year_2": "100,000",
    "indicator_2_name": "ครัวเรือนที่มีน้ำใช้",
    "indicator_2_target": "ร้อยละ 90",
}


def test_rows_are_kept_and_empty_ones_passed_over(world, browser):
    browser("village_head").post("/proposals/new/", typed(world.need(), starts="1 ต.ค. 70", **ROWS))

    proposal = Proposal.objects.get()
    assert (proposal.state, proposal.starts.isoformat()) == ("submitted", "2027-10-01")
    assert [
        (row.number, row.name, {each.fiscal_year: each.amount for each in row.budgets.all()})
        for row in proposal.activities.all()
    ] == [(1, "ขุดลอก", {YEAR: Decimal(200_000)}), (2, "ปลูกหญ้าแฝก", {YEAR + 1: Decimal(100_000)})]
    assert [(row.name, row.target) for row in proposal.indicators.all()] == [("ครัวเรือนที่มีน้ำใช้", "ร้อยละ 90")]


def test_sum_of_activities_is_asked_where_no_budget_is_given(world, browser):
    browser("village_head").post("/proposals/new/", typed(world.need(), budget_asked="", **ROWS))

    assert Proposal.objects.get().budget_asked == 300_000


def test_sums_that_differ_are_refused_with_both_and_nothing_typed_is_lost(world, browser):
    response = browser("village_head").post(
        "/proposals/new/", typed(world.need(), budget_asked="350,000", **ROWS)
    )

    refusal = str(response.context["refusal"])
    assert (response.status_code, Proposal.objects.count()) == (422, 0)
    assert "300,000" in refusal
    assert "350,000" in refusal
    assert {each for each in ROWS.values() if each not in response.content.decode()} == set()


@pytest.mark.parametrize(
    ("more", "numbers"),
    [("activities", (6, 3, 2)), ("indicators", (3, 6, 2)), ("years", (3, 3, 3)), ("needs", (3, 3, 2))],
)
def test_more_rows_come_with_everything_typed_and_no_judgement(world, browser, more, numbers):
    asked = typed(world.need(), name="", budget_asked="สามแสน", more=more, **ROWS)

    response = browser("village_head").post("/proposals/new/", asked)

    form = response.context["form"]
    assert (response.status_code, Proposal.objects.count()) == (200, 0)
    assert tuple(form.numbers[kind] for kind in ("activities", "indicators", "years")) == numbers
    assert {name: form[name].value() for name in ROWS} == ROWS
    assert (form["budget_asked"].value(), form.total) == ("สามแสน", Decimal(300_000))
    assert "notice-bad" not in response.content.decode()


@pytest.mark.parametrize("count", ["-1", "999999", "๙๙๙", "x", "0"])
def test_number_of_rows_that_a_stranger_sends_stays_within_bounds(world, browser, count):
    asked = typed(world.need(), activity_count=count, years_count=count, more="activities")

    form = browser("village_head").post("/proposals/new/", asked).context["form"]

    assert 1 <= form.numbers["activities"] <= 50
    assert 1 <= form.numbers["years"] <= 10


def test_row_with_money_and_no_name_is_asked_for_it(world, browser):
    response = browser("village_head").post(
        "/proposals/new/", typed(world.need(), activity_2_year_1="300,000")
    )

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["activity_2_name"])


def test_proposal_and_public_item_show_activities_by_year(world, browser):
    proposal = world.proposal("included")

    inside = browser("village_head").get(f"/proposals/{proposal.pk}/")
    public = browser("public").get(f"/plan/items/{proposal.plan_items.get().pk}/")

    for page in (inside, public):
        brief = page.context["brief"]
        assert (brief.years, brief.total) == ([YEAR], Decimal(1_250_000))
        assert "ติดตั้งเครื่องสูบน้ำ" in page.content.decode()


def test_author_revises_and_the_versions_are_compared(world, browser):
    proposal, client = world.proposal("accepted"), browser("village_head")
    client.post(f"/proposals/{proposal.pk}/revise/", typed(rationale="น้ำแห้งทุกปี"))

    page = client.get(f"/proposals/{proposal.pk}/versions/").content.decode()
    told = browser("governor").get(f"/proposals/{proposal.pk}/").content.decode()

    proposal.refresh_from_db()
    assert (proposal.state, proposal.budget_asked) == ("accepted", 300_000)
    assert "<ins>" in page
    assert "<del>" in page
    assert f"/proposals/{proposal.pk}/versions/?from=1&amp;to=2" in told


@pytest.mark.parametrize("address", ["versions/", "revise/", "review/"])
def test_versions_and_reviews_of_others_do_not_exist(world, browser, address):
    proposal = world.proposal("included")
    client = browser("public")
    client.force_login(world.person("village_head").__class__.objects.create(username="somebody"))

    response = (
        client.post(f"/proposals/{proposal.pk}/{address}")
        if address == "review/"
        else client.get(f"/proposals/{proposal.pk}/{address}")
    )

    assert response.status_code == 404


def test_words_of_a_version_are_shown_as_words(world, browser):
    proposal = world.proposal("submitted")
    revise_proposal(
        proposal, proposal_words(rationale="<script>alert(1)</script>"), by=world.person("village_head")
    )

    page = browser("village_head").get(f"/proposals/{proposal.pk}/versions/").content.decode()

    assert "<script>alert" not in page


def test_stale_proposal_is_marked_listed_and_waits_until_it_is_confirmed(world, browser):
    with time_machine.travel(datetime(2026, 9, 30, tzinfo=UTC), tick=False):
        proposal = world.proposal("forwarded")
    client, head = browser("village_head"), world.person("village_head")
    address = f"/proposals/{proposal.pk}/"
    with time_machine.travel(datetime(2026, 11, 1, tzinfo=UTC), tick=False):
        client.force_login(head)
        listed = client.get("/proposals/?review=stale").context["frame"].count
        waits = [item.address for item in work_for(head)]
        asked = client.get(address).context["is_stale"]

        client.post(f"{address}review/")

        after = client.get("/proposals/?review=stale").context["frame"].count
    assert (listed, waits, asked, after) == (1, [address], True, 0)


def test_agency_proposes_its_own_project_and_it_is_ranked_with_the_others(world, browser):
    need, client = world.need(), browser("agency_officer")
    asked = typed(need, agency=world.agency.pk, area=world.village.pk, more="needs")
    offered = list(client.post("/proposals/own/", asked).context["form"]["needs"].field.queryset)

    client.post("/proposals/own/", {name: given for name, given in asked.items() if name != "more"})

    project = Proposal.objects.get()
    listed = client.get("/proposals/?from=agencies&by=me").context["frame"].found
    assert offered == [need]
    assert (project.state, project.own_by, list(project.needs.all())) == ("accepted", world.agency, [need])
    assert list(listed) == [project]


def test_form_of_own_projects_does_not_exist_for_villages(world, browser):
    assert browser("village_head").get("/proposals/own/").status_code == 404
    assert browser("village_head").post("/proposals/own/", typed()).status_code == 404
