import csv
import io

import pytest
from django.utils import translation

from prasan.places.models import ProvinceCluster
from prasan.planning.models import Need, Proposal
from prasan.sheets.reading import open_sheet
from tests.factories.agencies import make_area, make_holder
from tests.factories.planning import PROVINCE, make_issue
from tests.web.planning.test_plans import bill_line, waiting_line

AREA = "บ้าน 32030501 หมู่ที่ 1"


def csv_of(client, address):
    text = client.get(f"{address}?export=csv").getvalue().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))[1:]


def xlsx_of(client, address):
    with open_sheet(io.BytesIO(client.get(f"{address}?export=xlsx").getvalue())) as sheet:
        return [list(row.cells.values()) for row in sheet.rows()]


def test_needs_are_taken_home_without_names_of_people(world, browser):
    need = world.need(title="ขุดลอกหนองแวง", description="ตื้นเขิน", households=40)
    client = browser("analyst")

    (row,), (same,) = csv_of(client, "/needs/"), xlsx_of(client, "/needs/")

    day = row[-1]
    assert row == [
        str(need.pk),
        "ขุดลอกหนองแวง",
        "ตื้นเขิน",
        str(need.sector),
        "40",
        need.area_id,
        need.area.full_name,
        "เสนอแล้ว",
        day,
    ]
    assert same[:-1] == row[:-1]


def test_proposals_are_taken_home_without_names_of_people(world, browser):
    proposal = world.proposal("forwarded", name="โครงการขุดลอกหนองแวง")
    client = browser("governor")

    (row,), (same,) = csv_of(client, "/proposals/"), xlsx_of(client, "/proposals/")

    assert row == [
        str(proposal.pk),
        "โครงการขุดลอกหนองแวง",
        str(proposal.sector),
        str(proposal.fiscal_year),
        str(proposal.budget_asked),
        str(proposal.households),
        proposal.area_id,
        proposal.area.full_name,
        str(proposal.state_now.label),
        str(proposal.get_doer_display()),
        str(proposal.issue or ""),
        str(proposal.lead_agency),
    ]
    assert same[:4] == row[:4]
    assert same[5:] == row[5:]


def test_items_are_taken_home_with_the_line_they_were_read_from(world, browser):
    item = bill_line(make_area(PROVINCE))
    address = f"/plan/versions/{item.version_id}/"

    (row,), (same,) = csv_of(browser("public"), address), xlsx_of(browser("public"), address)

    assert row[4:8] == ["ถนนสายที่ 1", "1000000.00", PROVINCE, item.area.full_name]
    assert row[9:] == same[9:] == ["x", "7", "1"]


def test_nobody_takes_home_what_he_may_not_see(world, browser):
    world.need(title="ขุดลอกหนองแวง")
    outside = make_holder("village_head", "45010101")
    client = browser("public")

    assert client.get("/needs/?export=csv").status_code == 302
    client.force_login(outside)
    assert csv_of(client, "/needs/") == []


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_needs_take_as_many_queries_for_three_places_as_for_one(world, browser, queries_of, kind):
    client = browser("governor")
    needs = [world.need() for _ in range(3)]
    Need.objects.exclude(pk=needs[0].pk).update(state="draft")
    one = queries_of(client, f"/needs/?export={kind}&state=entered")

    for need, village in zip(needs, ("32030501", "32030502", "32040101"), strict=True):
        Need.objects.filter(pk=need.pk).update(state="entered", area=make_area(village))

    assert len(csv_of(client, "/needs/")) == 3
    assert queries_of(client, f"/needs/?export={kind}&state=entered") == one


def test_proposals_take_as_many_queries_for_three_as_for_one(world, browser, queries_of):
    client = browser("governor")
    world.proposal("forwarded")
    one = queries_of(client, "/proposals/?export=csv")

    world.proposal("accepted")
    Proposal.objects.filter(pk=world.proposal("forwarded").pk).update(
        area=make_area("32040101"), serves="issue", issue=make_issue()
    )

    assert len(csv_of(client, "/proposals/")) == 3
    assert queries_of(client, "/proposals/?export=csv") == one


def test_lines_to_place_take_as_many_queries_for_three_as_for_one(world, browser, queries_of):
    cluster = ProvinceCluster.objects.create(code="T1", name_th="กลุ่มทดสอบ", name_en="Test")
    client = browser("analyst")
    waiting_line(make_area(PROVINCE))
    one = queries_of(client, "/plan/lines/?export=csv")

    waiting_line(make_area("40"), "2")
    waiting_line(cluster, "3")

    assert queries_of(client, "/plan/lines/?export=csv") == one


def test_state_and_place_are_told_in_the_readers_language(world, browser):
    world.need()
    person = world.person("analyst")
    person.language = "en"
    person.save()

    (row,) = csv_of(browser("analyst"), "/needs/")

    with translation.override("en"):
        assert row[6:8] == [world.village.full_name, "Entered"]
