import pytest

from prasan.cases.actions import begin, move
from prasan.places.models import Area, ProvinceCluster, Shape
from prasan.planning import actions
from prasan.planning.models import ClusterRun, ImportBatch, Plan, PlanItem, PlanVersion, StrategicIssue
from prasan.web.planning.work import work_for
from tests.factories.agencies import make_area, make_holder
from tests.factories.documents import picture
from tests.factories.planning import AMPHOE, PROVINCE, TAMBON, make_resolution
from tests.made_once import made_once


@pytest.fixture
def cluster(world):
    clusters = [
        ProvinceCluster.objects.create(
            code=f"T{number}", name_th=f"กลุ่มทดสอบ {number}", name_en=f"Test {number}"
        )
        for number in (1, 2)
    ]
    Area.objects.filter(code=PROVINCE).update(cluster=clusters[0])
    return clusters[0]


def bill_line(owner, number="1", **fields):
    """A line of an imported bill in the yearly plan of a province or cluster."""
    column = {"area": owner} if isinstance(owner, Area) else {"cluster": owner}
    plan, made = Plan.objects.get_or_create(kind="yearly", first_year=2565, last_year=2565, **column)
    if made:
        version = begin(PlanVersion(plan=plan, number=1, source="bill"), by=None)
        move(version, "publish_bill", by=None)
    batch, _made = ImportBatch.objects.get_or_create(
        sha256="0" * 64, defaults={"file_name": "x", "fiscal_year": 2565, "lines": 1, "amount": 1}
    )
    return PlanItem.objects.create(
        **{
            "version": plan.versions.get(),
            "batch": batch,
            "title": f"ถนนสายที่ {number}",
            "amount": "1000000.00",
            "placing": "whole",
            "area": owner if isinstance(owner, Area) else None,
            "source_document": "x",
            "source_page": 7,
            "source_line": number,
            **fields,
        }
    )


def waiting_line(owner, number="1", **fields):
    return bill_line(owner, number, placing="unplaced", doubt="ambiguous", **fields)


def page(client, address):
    return client.get(address).content.decode()


def test_public_list_takes_as_many_queries_for_three_plans_as_for_one(world, browser, queries_of, cluster):
    client = browser("public")
    world.proposal("included")
    one = queries_of(client, "/plan/")
    bill_line(make_area(PROVINCE))
    bill_line(cluster, "2")

    assert queries_of(client, "/plan/") == one <= 8


@pytest.mark.parametrize("view", ["", "?view=issue", "?view=area"])
def test_plan_takes_as_many_queries_for_three_items_as_for_one(world, browser, queries_of, view):
    world.proposal("included")
    version, client = world.version(), browser("public")
    one = queries_of(client, f"/plan/versions/{version.pk}/{view}")
    world.proposal("included")
    world.proposal("included")

    assert queries_of(client, f"/plan/versions/{version.pk}/{view}") == one


def of_one_and_of_three_needs(world):
    return [world.proposal("included", needs=told_needs(world, number)) for number in (1, 3)]


@pytest.mark.parametrize("role", ["public", "village_head", "agency_officer", "governor"])
def test_item_takes_as_many_queries_for_three_needs_as_for_one(world, browser, queries_of, role):
    few, many = made_once(of_one_and_of_three_needs, on=world)
    client = browser(role)

    taken = [queries_of(client, f"/plan/items/{each.plan_items.get().pk}/") for each in (few, many)]

    assert taken[0] == taken[1] <= 23


def told_needs(world, number):
    """Needs that each show a released photograph."""
    needs = [world.need() for _each in range(number)]
    for need in needs:
        photograph = actions.attach(need, picture(), name="สระน้ำ", by=world.person("village_head"))
        actions.show_file(photograph, by=world.person("tambon_secretary"), public=True)
    return needs


def test_everybody_reads_the_plan_by_issue_and_by_area_with_its_sums(world, browser):
    world.proposal("included", name="โครงการขุดลอกหนองแวง")
    world.proposal("included")
    version, client = world.version(), browser("public")

    by_issue = client.get(f"/plan/versions/{version.pk}/?view=issue").context["groups"]
    by_area = client.get(f"/plan/versions/{version.pk}/?view=area").context["groups"]

    assert [(group.key, group.amount) for group in by_issue] == [("none", 2_500_000)]
    assert [(group.key, group.amount) for group in by_area] == [(AMPHOE, 2_500_000)]
    assert "2,500,000 บาท" in page(client, f"/plan/versions/{version.pk}/")
    assert "โครงการขุดลอกหนองแวง" in page(client, f"/plan/versions/{version.pk}/")


def test_item_tells_its_whole_history_without_a_name_or_an_internal_word(world, browser):
    proposal = world.proposal("forwarded")
    routing, officer = world.lead(proposal), world.person("agency_officer")
    move(routing, "receive", by=officer)
    actions.accept_routing(routing, by=officer, note="ทำได้ในปีแรก", internal_note="ราคาสูงผิดปกติ")
    actions.include_in_plan(proposal, world.version(), by=world.person("governor"))

    seen = page(browser("public"), f"/plan/items/{proposal.plan_items.get().pk}/")

    assert "ทำได้ในปีแรก" in seen
    assert "ราคาสูงผิดปกติ" not in seen
    for role in ("village_head", "tambon_secretary", "amphoe_secretary", "agency_officer", "governor"):
        assert world.person(role).name not in seen
        assert world.person(role).username not in seen


def test_item_in_force_tells_the_public_nothing_of_a_proposal_taken_back_into_work(world, browser):
    proposal = world.proposal("included", rationale="น้ำท่วมถนนทุกปี")
    item, governor = proposal.plan_items.get(), world.person("governor")
    head = world.person("provincial_head")
    actions.endorse_version(item.version, resolution=make_resolution(PROVINCE, "province"), by=head)
    actions.adopt_version(item.version, by=governor)
    actions.draft_next_version(item.version.plan, by=head)
    assert "น้ำท่วมถนนทุกปี" in page(browser("public"), f"/plan/items/{item.pk}/")

    actions.take_out_of_plan(proposal, by=governor, note="ทบทวนแบบ")

    seen = page(browser("public"), f"/plan/items/{item.pk}/")
    assert item.title in seen
    assert "น้ำท่วมถนนทุกปี" not in seen
    assert "ทบทวนแบบ" not in seen
    assert "น้ำท่วมถนนทุกปี" in page(browser("governor"), f"/plan/items/{item.pk}/")


@pytest.mark.parametrize(
    ("role", "empty"), [("provincial_head", 1), ("governor", 1), ("public", 0), ("analyst", 0)]
)
def test_empty_draft_is_listed_only_for_those_who_keep_or_adopt_it(world, browser, role, empty):
    version, client = world.version(), browser(role)

    def listed():
        return list(client.get("/plan/").context["frame"].rows)

    found = [len(listed())]
    proposal = world.proposal("included")
    found.append(len(listed()))
    actions.take_out_of_plan(proposal, by=world.person("governor"), note="ทบทวนแบบ")
    found.append(len(listed()))

    assert found == [empty, 1, empty]
    assert client.get(f"/plan/versions/{version.pk}/").status_code == 200


def test_empty_draft_of_another_province_is_listed_for_nobody_else(world, browser, client):
    world.version()
    client.force_login(make_holder("provincial_head", "45"))

    assert list(client.get("/plan/").context["frame"].rows) == []


NOT_ADOPTED = {
    "th": {"draft": "ร่างแผน ยังไม่ได้ประกาศใช้", "endorsed": "กบจ. ให้ความเห็นชอบแล้ว ยังไม่ได้ประกาศใช้"},
    "en": {"draft": "A draft, not yet adopted", "endorsed": "Endorsed, not yet adopted"},
}


@pytest.mark.parametrize("language", ["th", "en"])
def test_plan_and_item_say_plainly_that_they_are_not_adopted_until_they_are(world, browser, language):
    item, client = world.proposal("included").plan_items.get(), browser("public")
    client.cookies["language"] = language

    def said():
        pages = [
            page(client, f"/plan/{address}/")
            for address in (f"items/{item.pk}", f"versions/{item.version_id}")
        ]
        return [
            {state for state, words in NOT_ADOPTED[language].items() if words in shown} for shown in pages
        ]

    told = [said()]
    resolution = make_resolution(PROVINCE, "province")
    actions.endorse_version(item.version, resolution=resolution, by=world.person("provincial_head"))
    told.append(said())
    actions.adopt_version(item.version, by=world.person("governor"))
    told.append(said())

    assert told == [[{"draft"}] * 2, [{"endorsed"}] * 2, [set()] * 2]


def test_photograph_appears_on_the_item_only_once_released(world, browser):
    need = world.need()
    photograph = actions.attach(need, picture(), name="สระน้ำ", by=world.person("village_head"))
    item = world.proposal("included", needs=[need]).plan_items.get()
    address, client = f"/plan/items/{item.pk}/", browser("public")
    before = f"/needs/{need.pk}/photos/{photograph.pk}/" in page(client, address)

    actions.show_file(photograph, by=world.person("tambon_secretary"), public=True)

    assert before is False
    assert f"/needs/{need.pk}/photos/{photograph.pk}/" in page(client, address)


VERY_POINT = {"latitude": 15.123457, "longitude": 103.765433}


@pytest.fixture
def village_on_the_map(world):
    Area.objects.filter(pk=world.village.pk).update(latitude=15.2, longitude=103.6)


def points(client, item):
    """Where the map of an item puts its pins, and whether each is the very point."""
    features = client.get(f"/plan/items/{item.pk}/points.json").json()["features"]
    return [(*each["geometry"]["coordinates"], each["properties"]["is_exact"]) for each in features]


@pytest.mark.parametrize("role", ["public", "village_head", "tambon_secretary", "governor"])
def test_point_of_a_need_is_on_the_map_of_its_item_only_while_released(
    world, browser, village_on_the_map, role
):
    need, client = world.need(**VERY_POINT), browser(role)
    item, secretary = (
        world.proposal("included", needs=[need]).plan_items.get(),
        world.person("tambon_secretary"),
    )
    address = f"/plan/items/{item.pk}/"

    told = []
    for public in (False, True, False):
        actions.show_point(need, by=secretary, public=public)
        shown = page(client, address) + page(client, f"{address}points.json")
        told.append((points(client, item), "15.123457" in shown, "103.765433" in shown))

    village, very = (103.6, 15.2, False), (103.765433, 15.123457, True)
    assert told == [([village], False, False), ([very], True, True), ([village], False, False)]


def test_map_names_what_stands_for_a_village_and_keeps_no_point(world, browser, village_on_the_map):
    released, other = world.need(title="สระน้ำ", **VERY_POINT), world.need(title="ถนน", **VERY_POINT)
    actions.show_point(released, by=world.person("tambon_secretary"), public=True)
    item = world.proposal("included", needs=[released, other]).plan_items.get()

    answer = browser("public").get(f"/plan/items/{item.pk}/points.json")

    assert [each["properties"]["name"] for each in answer.json()["features"]] == [
        "สระน้ำ",
        "ถนน (แสดงตำแหน่งของหมู่บ้าน)",
    ]
    assert answer.headers["Content-Type"] == "application/geo+json"
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_map_shows_the_area_of_the_item_and_every_pin(world, browser, village_on_the_map):
    bounds = {"west": 103.5, "south": 15.15, "east": 103.7, "north": 15.25}
    Shape.objects.create(area=make_area(AMPHOE), geometry={}, source="survey", **bounds)
    need = world.need(**VERY_POINT)
    actions.show_point(need, by=world.person("tambon_secretary"), public=True)
    item = world.proposal("included", needs=[need, world.need()]).plan_items.get()

    shown = browser("public").get(f"/plan/items/{item.pk}/").context["around"]

    assert shown == "103.5000,15.1235,103.7654,15.2500"


def test_item_without_a_known_place_has_no_map(world, browser):
    item = world.proposal("included", needs=[world.need(**VERY_POINT)]).plan_items.get()
    line, client = bill_line(make_area(PROVINCE)), browser("public")

    assert points(client, item) == points(client, line) == []
    assert "data-map" not in page(client, f"/plan/items/{item.pk}/")


def test_points_of_a_proposal_taken_back_into_work_are_no_longer_public(world, browser, village_on_the_map):
    need = world.need(**VERY_POINT)
    actions.show_point(need, by=world.person("tambon_secretary"), public=True)
    proposal = world.proposal("included", needs=[need])
    item, governor = proposal.plan_items.get(), world.person("governor")
    head = world.person("provincial_head")
    actions.endorse_version(item.version, resolution=make_resolution(PROVINCE, "province"), by=head)
    actions.adopt_version(item.version, by=governor)
    actions.draft_next_version(item.version.plan, by=head)
    before = points(browser("public"), item)

    actions.take_out_of_plan(proposal, by=governor, note="ทบทวนแบบ")

    assert before == [(103.765433, 15.123457, True)]
    assert points(browser("public"), item) == []
    assert "15.123457" not in page(browser("public"), f"/plan/items/{item.pk}/")
    assert points(browser("governor"), item) == before


def test_map_takes_as_many_queries_for_three_needs_as_for_one(world, browser, queries_of, village_on_the_map):
    client = browser("public")
    few, many = (
        world.proposal("included", needs=[world.need(**VERY_POINT) for _each in range(number)])
        for number in (1, 3)
    )

    taken = [
        queries_of(client, f"/plan/items/{each.plan_items.get().pk}/points.json") for each in (few, many)
    ]

    assert taken[0] == taken[1] <= 4


def test_imported_line_says_that_its_result_is_unknown_and_where_it_stands(world, browser):
    item = bill_line(make_area(PROVINCE))

    seen = page(browser("public"), f"/plan/items/{item.pk}/")

    assert "งบประมาณตามร่างพระราชบัญญัติ ยังไม่ทราบผล" in seen
    assert "เอกสาร x หน้า 7 รหัสรายการ 1" in seen


def test_money_of_a_cluster_is_shown_as_such_and_not_in_the_sum_of_the_province(world, browser, cluster):
    province = make_area(PROVINCE)
    own, shared = (
        bill_line(province),
        bill_line(cluster, "2", amount="9000000.00", area=province, placing="text"),
    )
    client = browser("public")

    of_province = client.get(f"/plan/versions/{own.version_id}/")
    of_cluster = page(client, f"/plan/versions/{shared.version_id}/")

    assert of_province.context["totals"].amount == 1_000_000
    assert "ไม่นำไปรวมกับยอดของจังหวัดใด" in of_cluster
    assert "ไม่นำไปรวมกับยอดของจังหวัดใด" not in of_province.content.decode()


def test_plans_are_found_by_the_name_of_their_province_or_cluster(world, browser, cluster):
    Area.objects.filter(code=PROVINCE).update(name_th="สุรินทร์", search_key="สุรินทร")
    own, shared = bill_line(make_area(PROVINCE)), bill_line(cluster, "2")
    client = browser("public")

    def found(asked):
        return {version.pk for version in client.get(f"/plan/{asked}").context["frame"].rows}

    assert found("?q=จังหวัดสุรินทร์") == {own.version_id}
    assert found("?q=กลุ่มทดสอบ") == {shared.version_id}
    assert found(f"?area={PROVINCE}") == {own.version_id, shared.version_id}


@pytest.mark.parametrize("address", ["/plan/versions/999999/", "/plan/items/999999/"])
def test_plan_that_is_not_there_is_not_found(db, client, address):
    assert client.get(address).status_code == 404


def test_plan_is_opened_endorsed_and_adopted_through_the_pages(world, browser):
    make_area(PROVINCE)
    head, governor = browser("provincial_head"), browser("governor")
    typed = {"kind": "five_year", "area": PROVINCE, "first_year": "๒๕๗๑", "last_year": "2575"}
    head.post("/plan/new/", typed)
    version = PlanVersion.objects.get()
    world.proposal("included")
    resolution = make_resolution(PROVINCE, "province")

    head.post(f"/plan/versions/{version.pk}/acts/endorse/", {"resolution": resolution.pk})
    governor.post(f"/plan/versions/{version.pk}/acts/adopt/", {})
    head.post(f"/plan/versions/{version.pk}/next/")

    assert list(PlanVersion.objects.order_by("number").values_list("state", flat=True)) == [
        "adopted",
        "draft",
    ]


def test_governor_returns_an_endorsed_plan_with_a_reason(world, browser):
    world.proposal("included")
    version = world.version()
    resolution = make_resolution(PROVINCE, "province")
    actions.endorse_version(version, resolution=resolution, by=world.person("provincial_head"))

    browser("governor").post(f"/plan/versions/{version.pk}/steps/return/", {"note": "ขอทบทวนลำดับ"})

    version.refresh_from_db()
    assert version.state == "draft"


def test_strategic_issue_is_declared(world, browser):
    make_area(PROVINCE)
    typed = {
        "number": "1",
        "name_th": "การบริหารจัดการน้ำ",
        "area": PROVINCE,
        "first_year": "2571",
        "last_year": "2575",
    }

    browser("provincial_head").post("/plan/issues/new/", typed)

    assert StrategicIssue.objects.get().name_th == "การบริหารจัดการน้ำ"


@pytest.mark.parametrize("role", ["village_head", "governor", "analyst"])
@pytest.mark.parametrize("address", ["/plan/new/", "/plan/issues/new/"])
def test_only_who_keeps_plans_opens_them(world, browser, role, address):
    assert browser(role).get(address).status_code == 404


def test_stranger_adopts_nothing(world, browser):
    world.proposal("included")
    version = world.version()

    response = browser("village_head").post(f"/plan/versions/{version.pk}/acts/adopt/", {})

    version.refresh_from_db()
    assert (response.status_code, version.state) == (422, "draft")


def test_waiting_line_is_placed_and_taken_back(world, browser):
    make_area(TAMBON)
    item, client = waiting_line(make_area(PROVINCE)), browser("analyst")
    assert [line.pk for line in client.get("/plan/lines/").context["frame"].rows] == [item.pk]

    client.post(f"/plan/items/{item.pk}/place/", {"place": "other", "other": TAMBON})
    item.refresh_from_db()
    placed = (item.area_id, item.placing)
    client.post(f"/plan/items/{item.pk}/put-back/")

    item.refresh_from_db()
    assert placed == (TAMBON, "person")
    assert item.placing == "unplaced"


def test_place_outside_the_plan_is_refused_and_what_was_typed_stays(world, browser):
    other, item = make_area("450101"), waiting_line(make_area(PROVINCE))

    response = browser("analyst").post(f"/plan/items/{item.pk}/place/", {"place": "other", "other": other.pk})

    item.refresh_from_db()
    assert (response.status_code, item.placing) == (422, "unplaced")
    assert 'value="450101"' in response.content.decode()


def test_list_of_waiting_lines_takes_as_many_queries_for_three_as_for_one(world, browser, queries_of):
    province, client = make_area(PROVINCE), browser("analyst")
    waiting_line(province)
    one = queries_of(client, "/plan/lines/")
    waiting_line(province, "2")
    waiting_line(province, "3")

    assert queries_of(client, "/plan/lines/") == one <= 14


@pytest.mark.parametrize("address", ["/plan/lines/", "/plan/clusters/"])
@pytest.mark.parametrize("role", ["village_head", "governor", "agency_officer"])
def test_lists_of_bills_are_for_those_who_place_lines(world, browser, role, address):
    waiting_line(make_area(PROVINCE))

    assert browser(role).get(address).status_code == 404


def test_line_of_another_province_is_placed_by_its_own_officer_only(world, browser, client):
    item = waiting_line(make_area(PROVINCE))
    client.force_login(make_holder("analyst", "45"))

    answers = (client.get(f"/plan/items/{item.pk}/place/"), client.post(f"/plan/items/{item.pk}/put-back/"))

    assert [answer.status_code for answer in answers] == [404, 404]


def test_pages_of_a_cluster_are_confirmed(world, browser, cluster):
    item = bill_line(cluster)
    run = ClusterRun.objects.create(
        batch=item.batch,
        label="กลุ่มจังหวัดกลุ่มทดสอบ",
        document="x",
        first_page=1,
        last_page=2,
        cluster=cluster,
        followed_by=f"{PROVINCE} 99",
    )
    Area.objects.filter(pk=PROVINCE).update(name_th="สุรินทร์")
    PlanItem.objects.filter(pk=item.pk).update(run=run)
    client = browser("analyst")
    listed = page(client, "/plan/clusters/")
    waiting = [each.address for each in work_for(world.person("analyst"))]
    offered = list(client.get(f"/plan/clusters/{run.pk}/").context["form"].fields["cluster"].queryset)

    client.post(f"/plan/clusters/{run.pk}/", {"cluster": cluster.pk})

    run.refresh_from_db()
    assert "สุรินทร์, 99" in listed
    assert "/plan/clusters/" in waiting
    assert [each.code for each in offered] == ["T1", "T2"]
    assert run.confirmed_by == world.person("analyst")
    assert "ยืนยันแล้ว" in page(client, "/plan/clusters/")
