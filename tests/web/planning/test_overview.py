"""The page of an overview: every figure is that of the list it leads to, and rows sum to the whole."""

import csv
import io
import re
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings

from prasan.kernel.calendar import today
from prasan.kernel.digits import to_thai
from prasan.places.models import Area, Shape
from prasan.planning.models import Need, Proposal
from prasan.planning.queries import Progress, figures_of
from prasan.sheets.reading import open_sheet
from prasan.web.planning.overview import LATE, MEASURES, Lists, table_of
from prasan.web.planning.work import beginnings_for
from tests.factories.agencies import make_area, make_holder, make_posting
from tests.factories.places import make_village
from tests.factories.planning import AMPHOE, PROVINCE, TAMBON, VILLAGE, YEAR, make_call
from tests.made_once import made_once
from tests.planning.test_overview import PLACES, filled, rows

STATES = (
    "draft",
    "submitted",
    "tambon_review",
    "classified",
    "handed_over",
    "taken_up",
    "amphoe_review",
    "forwarded",
    "accepted",
    "declined",
    "ranked",
    "reserve",
    "included",
    "refused",
    "withdrawn",
    "merged",
    "split",
)


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer


def text_of(answer):
    return answer.content.decode()


def busy_village(world):
    """A village with a proposal in every state, needs told twice, an open call and one that is over."""
    for code in ("32070402", "32080101"):
        make_area(code)
    with time_machine.travel(today() - timedelta(days=200)):
        world.proposal("submitted")
    for state in STATES:
        world.proposal(state)
    for state in ("draft", "entered", "withdrawn", "joined"):
        world.need(state)
    make_call(world)
    with time_machine.travel(today() - timedelta(days=20)):
        make_call(world, opens=today(), closes=today() + timedelta(days=5), fiscal_year=YEAR + 1)
    return world


@pytest.fixture
def busy(world):
    return made_once(busy_village, on=world)


def figures_with_lists(context):
    """Every figure of a page that leads to a list: its value, its address, and whether it is money."""
    told = [(each.value, each.address, each.is_money) for each in context["headline"]]
    told += [(share.number, address, False) for share, address in context["needs"]]
    for strip in context["stages"]:
        told.append((strip.share.number, strip.address, False))
        told += [(part.share.number, part.address, False) for part in strip.parts]
    for call in context["calls"]:
        told.append((call.owed.missing, call.address, False))
        told += [(kind.value, kind.address, False) for kind in call.kinds]
    told += [(each.waits.number, each.address, False) for each in context["waits"]]
    return told


def cells_with_lists(table):
    """Every figure of the rows of a table that leads to a list, in the same way."""
    return [
        (cell.value, cell.address, measure.is_money)
        for _row, cells in table.cells
        for measure, cell in zip(table.measures, cells, strict=True)
        if cell.address
    ]


@pytest.mark.parametrize(
    ("role", "code"),
    [
        ("village_head", VILLAGE),
        ("kamnan", TAMBON),
        ("tambon_secretary", TAMBON),
        ("amphoe_secretary", AMPHOE),
        ("amphoe_secretary", VILLAGE),
        ("analyst", PROVINCE),
        ("governor", PROVINCE),
        ("governor", AMPHOE),
        ("auditor", PROVINCE),
        ("local_officer", VILLAGE),
        ("ministry_officer", "TH"),
    ],
)
def test_every_figure_is_that_of_the_list_it_leads_to(busy, client, role, code):
    person = make_holder(role) if code == "TH" else busy.person(role)
    client.force_login(person)
    address = "/places/overview/" if code == "TH" else f"/places/{code}/overview/"

    context = page(client, address).context
    told = [each for each in figures_with_lists(context) if each[1] != "#late"]
    cells = cells_with_lists(context["table"])

    assert len(told) > 12
    assert len(cells) == 0 if code == VILLAGE else len(cells) >= 4
    for value, list_address, is_money in (*told, *cells):
        found = page(client, list_address).context["frame"].found
        if is_money:
            assert sum((row.budget_asked for row in found), Decimal(0)) == value, list_address
        else:
            assert found.count() == value, list_address


def test_figure_of_several_calls_leads_to_the_place_that_parts_them(busy, browser):
    answer = page(browser("governor"), f"/places/{PROVINCE}/overview/")

    late = next(each for each in answer.context["headline"] if each.address == "#late")
    assert late.value == sum(call.owed.missing for call in answer.context["calls"])
    assert len(answer.context["calls"]) == 2
    assert 'id="late"' in text_of(answer)
    assert "เลยกำหนดแล้ว 15 วัน" in text_of(answer)
    assert "เหลือ 8 วัน" in text_of(answer)


def test_figure_of_a_row_leads_to_who_has_not_answered_the_only_call(world, browser):
    for code in ("32070402", "32080101"):
        make_area(code)
    make_call(world)
    world.need()
    reader = browser("governor")

    table = page(reader, f"/places/{PROVINCE}/overview/").context["table"]
    late = {row.area.code: cells[-1] for row, cells in table.cells}

    assert {code: cell.value for code, cell in late.items()} == {AMPHOE: 2, "3208": 2}
    for cell in late.values():
        assert page(reader, cell.address).context["frame"].found.count() == cell.value


def test_what_waits_stands_by_hand_with_its_list_and_the_case_that_waits_longest(busy, browser):
    reader = browser("governor")
    answer = page(reader, f"/places/{PROVINCE}/overview/")

    waits, shown = answer.context["waits"], text_of(answer)
    assert {each.waits.hand.code: each.waits.number for each in waits} == {
        "tambon": Proposal.objects.filter(state__in=("submitted", "tambon_review", "classified")).count(),
        "local": 1,
        "amphoe": 1,
        "agency": 1,
        "office": 1,
        "governor": 1,
        "village": Need.objects.filter(state="entered").count(),
    }
    assert waits[0].waits.hand.code == "tambon"
    assert "เรื่องค้างอยู่ที่ใคร: นานที่สุด 200 วัน" in shown
    assert [each.body for each in waits if each.body] == [str(busy.local), str(busy.agency)]
    for each in waits:
        assert each.title in text_of(page(reader, each.page))
        assert f'href="{each.page}"' in shown


def test_public_sees_the_figures_and_neither_lists_nor_who_is_late(busy, client):
    answer = page(client, f"/places/{PROVINCE}/overview/")

    figures = {str(each.label): each.value for each in answer.context["headline"]}
    assert (
        figures["ข้อเสนอโครงการ"] == Proposal.objects.exclude(state__in=("draft", "merged", "split")).count()
    )
    assert {address for _value, address, _money in figures_with_lists(answer.context)} == {""}
    assert cells_with_lists(answer.context["table"]) == []
    assert (answer.context["calls"], answer.context["waits"]) == ([], [])
    assert 'id="waits"' not in text_of(answer)
    assert re.findall(r'href="/(?:needs|proposals|calls)/', text_of(answer)) == []
    assert [each.code for each in answer.context["table"].measures] == [
        "needs",
        "proposals",
        "asked",
        "included",
    ]


def test_officer_of_another_province_sees_what_the_public_sees(busy, client):
    client.force_login(make_holder("governor", "45"))

    answer = page(client, f"/places/{PROVINCE}/overview/")

    assert {address for _value, address, _money in figures_with_lists(answer.context)} == {""}
    assert cells_with_lists(answer.context["table"]) == []
    assert (answer.context["calls"], answer.context["waits"]) == ([], [])


@pytest.mark.django_db
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows)
def test_rows_and_what_lies_in_none_of_them_sum_to_the_whole(drawn):
    with filled(drawn):
        Area.objects.filter(code="3208").update(is_abolished=True)
        for code in PLACES:
            area = Area.objects.get(code=code)
            children = list(Area.objects.filter(parent=area, is_abolished=False))
            owed = {child.code: Progress(None, 3, 1) for child in children}
            owed |= {area.code: Progress(None, 5, 0), "3208": Progress(None, 2, 1)}

            lists = Lists(None, area)
            table = table_of(area, children, figures_of(area), owed, lists, shows_owed=True)

            for measure in (*MEASURES, LATE):
                parts = [measure.of(row.totals, row.owed) for row in (*table.rows, *table.others)]
                assert sum(parts) == measure.of(table.whole.totals, table.whole.owed)


def test_what_lies_at_the_area_itself_stands_in_a_row_of_its_own(world, browser):
    own = world.proposal("submitted")
    Proposal.objects.filter(pk=own.pk).update(area=make_area(AMPHOE))
    world.proposal("submitted")

    table = page(browser("governor"), f"/places/{AMPHOE}/overview/").context["table"]

    assert [(row.title, row.totals.all_proposals) for row in table.others] == [
        (f"ระดับอำเภอพื้นที่ {AMPHOE}โดยตรง", 1)
    ]
    assert [(row.area.code, row.totals.all_proposals) for row in table.rows] == [(TAMBON, 1)]


@pytest.mark.parametrize(
    "asked",
    [
        {"measure": "late"},
        {"measure": "'; DROP TABLE planning_tally; --"},
        {"measure": "needs", "sort": "<script>alert(1)</script>"},
        {"sort": "late"},
        {"sort": "--asked"},
        {"sort": "-"},
        {"sort": "title", "measure": "__class__"},
        {"measure": "\x00", "sort": "\x00"},
        {"measure": "ก" * 5000, "export": "exe"},
        {"export": "../../etc/passwd"},
    ],
)
def test_questions_that_nobody_would_ask_show_the_usual_page(busy, client, asked):
    answer = client.get(f"/places/{PROVINCE}/overview/", asked)

    table = answer.context["table"]
    assert (answer.status_code, table.measure.code, table.order) == (200, "needs", "name")
    assert "<script>alert" not in text_of(answer)


@pytest.mark.parametrize("code", ["99", "9999", "32070499", "320704019"])
def test_area_that_does_not_exist_has_no_overview(world, client, code):
    assert client.get(f"/places/{code}/overview/").status_code == 404


def test_thai_digits_in_the_address_lead_to_the_page(world, client):
    answer = client.get("/places/๓๒/overview/")

    assert (answer.status_code, answer["Location"]) == (301, "/places/32/overview/")


def compared_amphoe(world):
    """Three amphoe with one, three and two proposals."""
    for code, number in (("3201", 1), ("3202", 3), ("3203", 2)):
        make_area(code)
        for each in range(number):
            proposal = world.proposal("included" if each else "submitted")
            Proposal.objects.filter(pk=proposal.pk).update(area_id=code)
    return world


@pytest.fixture
def compared(world):
    return made_once(compared_amphoe, on=world)


@pytest.mark.parametrize(
    ("order", "codes", "aria"),
    [
        ("", ["3201", "3202", "3203", "3207"], "ascending"),
        ("-name", ["3207", "3203", "3202", "3201"], "descending"),
        ("proposals", ["3207", "3201", "3203", "3202"], "ascending"),
        ("-proposals", ["3202", "3203", "3201", "3207"], "descending"),
        ("-included", ["3202", "3203", "3201", "3207"], "descending"),
    ],
)
def test_table_is_sorted_on_the_server(compared, client, order, codes, aria):
    answer = page(client, f"/places/{PROVINCE}/overview/?sort={order}&measure=proposals")

    assert [row.area.code for row in answer.context["table"].rows] == codes
    assert re.findall(r'data-code="(\d+)"', text_of(answer)) == codes
    assert re.findall(r'aria-sort="(\w+)"', text_of(answer)) == [aria]
    assert "measure=proposals" in re.search(r'href="(\?[^"]*sort=-?asked[^"]*)"', text_of(answer))[1]


def test_rows_carry_the_shade_of_the_measure_for_map_and_swatch(compared, client):
    shown = text_of(page(client, f"/places/{PROVINCE}/overview/?measure=proposals"))

    shades = dict(re.findall(r'data-code="(\d+)" data-shade="(\d)"', shown))
    assert shades == {"3201": "2", "3203": "3", "3202": "5", "3207": "1"}
    for code, shade in shades.items():
        row = shown[shown.index(f'data-code="{code}"') :].split("</tr>")[0]
        assert f'class="swatch shade-{shade}"' in row


def test_nothing_told_is_hatched_and_told_apart_from_nothing_in_the_plan(compared, client):
    Need.objects.update(state="draft")
    table = page(client, f"/places/{PROVINCE}/overview/?measure=included").context["table"]

    shades = {row.area.code: row.shade for row in table.rows}
    assert shades == {"3201": 1, "3202": 5, "3203": 3, "3207": 0}
    assert (table.shading.unknown, [each.number for each in table.shading.classes]) == (1, [1, 1, 1])


def test_area_without_anything_says_what_to_do(world, client, browser):
    for address in (f"/places/{PROVINCE}/overview/", f"/places/{VILLAGE}/overview/"):
        answer = page(client, address)
        assert "ยังไม่มีปัญหา/ความต้องการหรือข้อเสนอโครงการจากพื้นที่นี้" in text_of(answer)
        assert "/needs/new/" not in text_of(answer)
        assert answer.context["is_empty"]

    assert 'href="/needs/new/"' in text_of(page(browser("village_head"), f"/places/{VILLAGE}/overview/"))


def test_village_has_figures_and_nothing_to_compare(busy, client):
    answer = page(client, f"/places/{VILLAGE}/overview/")

    assert answer.context["table"].rows == []
    assert "data-map" not in text_of(answer)
    assert answer.context["totals"].all_proposals > 0


def test_map_is_told_of_where_outlines_are_missing_and_shown_where_they_are(busy, client):
    country = text_of(page(client, "/places/overview/"))
    without = text_of(page(client, f"/places/{PROVINCE}/overview/"))
    square = {"type": "Polygon", "coordinates": [[[103, 15], [103.5, 15], [103.5, 15.5], [103, 15]]]}
    Shape.objects.create(
        area_id=AMPHOE, geometry=square, west=103, south=15, east=103.5, north=15.5, source="x"
    )
    drawn = text_of(page(client, f"/places/{PROVINCE}/overview/"))

    assert 'data-rows="areas-table"' in country
    assert 'data-outlines="/places/outlines.json"' in country
    assert "data-map" not in without
    assert "ยังไม่ได้นำเข้าแนวเขตของพื้นที่เหล่านี้" in without
    assert 'data-outlines="/places/32/outlines.json"' in drawn
    assert "ยังไม่ได้นำเข้าแนวเขต" not in drawn


def test_villages_with_a_known_point_are_dots_on_the_map(world, client):
    make_village("32070105", latitude=15.25, longitude=103.125)
    answer = text_of(page(client, "/places/320701/overview/"))

    assert 'data-longitude="103.125000" data-latitude="15.250000"' in answer
    assert 'data-rows="areas-table"' in answer


def test_table_is_taken_home_with_codes_and_sums(compared, client):
    asked = client.get(f"/places/{PROVINCE}/overview/?export=csv&sort=-proposals")
    table = list(csv.reader(io.StringIO(asked.getvalue().decode("utf-8-sig"))))
    workbook = client.get(f"/places/{PROVINCE}/overview/?export=xlsx").getvalue()

    assert table[0] == ["รหัสพื้นที่", "พื้นที่", "ปัญหา/ความต้องการ", "ข้อเสนอโครงการ", "งบประมาณที่ขอ", "บรรจุในแผนแล้ว"]
    assert [row[0] for row in table[1:]] == ["3202", "3203", "3201", AMPHOE, ""]
    assert [int(row[3]) for row in table[1:]] == [3, 2, 1, 0, 6]
    assert Decimal(table[-1][4]) == sum(Decimal(row[4]) for row in table[1:-1])
    with open_sheet(io.BytesIO(workbook)) as sheet:
        assert len(list(sheet.rows())) >= 5


def test_thai_digits_are_shown_to_whoever_chose_them(busy, client):
    client.cookies["digits"] = "thai"

    answer = page(client, f"/places/{PROVINCE}/overview/")
    shown = text_of(answer)

    figures = re.search(r'<dl class="figures">(.*?)</dl>', shown, re.DOTALL)[1]
    row = shown[shown.index(f'data-code="{AMPHOE}"') :].split("</tr>")[0]
    assert re.findall(r"<dd>([๐-๙,]+)", figures)[1] == to_thai(str(answer.context["totals"].all_proposals))
    assert re.findall(r">[^<]*[0-9][^<]*<", figures) == []
    assert re.findall(r"<td[^>]*>[^<]*[0-9][^<]*</td>", row) == []


def test_page_is_complete_in_english(busy, client):
    client.cookies["language"] = "en"

    shown = text_of(page(client, f"/places/{PROVINCE}/overview/"))

    assert "under consideration" in shown
    assert "In the plan, waiting for money" in shown
    words = re.findall(r"<(h2|h3|caption|dt|dd|summary|thead|nav)\b[^>]*>(.*?)</\1>", shown, re.DOTALL)
    assert len(words) > 15
    assert [text for _tag, text in words if re.search("[ก-๙]", text.replace("ภาษาไทย", ""))] == []


@pytest.mark.parametrize(
    ("role", "address", "most"),
    [
        (None, "/places/overview/", 2),
        (None, f"/places/{PROVINCE}/overview/", 2),
        ("village_head", f"/places/{VILLAGE}/overview/", 17),
        ("governor", f"/places/{PROVINCE}/overview/", 17),
        ("governor", f"/places/{TAMBON}/overview/", 17),
    ],
)
def test_page_takes_as_many_queries_for_much_as_for_little(
    world, client, browser, queries_of, role, address, most
):
    """Eight of those of an officer say who he is and which posts he holds."""
    make_call(world)
    reader = browser(role) if role else client
    world.proposal("submitted")
    world.need()
    one = queries_of(reader, address)

    for code in ("3201", "320701", "32070107", "40"):
        make_area(code)
    for state in ("included", "declined", "submitted"):
        world.proposal(state)
    make_call(world, fiscal_year=YEAR + 1)

    assert queries_of(reader, address) == one
    assert one <= most


def test_pages_of_an_area_lead_to_its_overview(world, client):
    assert f'href="/places/{PROVINCE}/overview/"' in text_of(page(client, f"/places/{PROVINCE}/"))
    assert 'href="/places/overview/"' in text_of(page(client, "/places/"))
    assert f'href="/places/{AMPHOE}/overview/"' in text_of(page(client, f"/places/{PROVINCE}/overview/"))


@pytest.mark.parametrize(
    ("role", "address"),
    [
        ("governor", f"/places/{PROVINCE}/overview/"),
        ("amphoe_secretary", f"/places/{AMPHOE}/overview/"),
        ("tambon_secretary", f"/places/{TAMBON}/overview/"),
        ("public", "/places/overview/"),
    ],
)
def test_menu_leads_everybody_to_the_overview_of_his_own_area(world, browser, role, address):
    assert browser(role).get("/overview/")["Location"] == address


def test_of_several_posts_the_widest_area_is_shown(world, client):
    person = world.person("tambon_secretary")
    make_posting("amphoe_secretary", "3208", person=person)
    client.force_login(person)

    assert client.get("/overview/")["Location"] == "/places/3208/overview/"


def test_overview_stands_in_the_menu_and_on_the_desk_of_those_who_oversee_an_area(world, browser):
    def marked(role, address):
        shown = browser(role).get(address).context["navigation"]
        return [str(link.label) for link in shown if link.is_here]

    assert marked("governor", f"/places/{PROVINCE}/overview/") == ["ภาพรวม"]
    assert marked("village_head", f"/places/{PROVINCE}/overview/") == ["พื้นที่"]
    assert marked("governor", f"/places/{PROVINCE}/") == ["พื้นที่"]
    assert "/overview/" in [each.address for each in beginnings_for(world.person("amphoe_secretary"))]
    assert "/overview/" not in [each.address for each in beginnings_for(world.person("village_head"))]


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_overview_is_only_read(world, client, method):
    assert getattr(client, method)(f"/places/{PROVINCE}/overview/").status_code == 405
