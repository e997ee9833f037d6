from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest

from prasan.cases.words import findable
from prasan.kernel.order import thai_sort_key
from prasan.kernel.refusals import Refused
from prasan.ledger.models import Entry
from prasan.places.models import PlaceSource, ProvinceCluster
from prasan.planning import actions
from prasan.planning.imports import BudgetReport, import_budget_lines
from prasan.planning.models import BudgetUnitAlias, ClusterRun, ImportBatch, Plan, PlanItem, PlanVersion
from prasan.planning.queries import (
    cluster_items_below,
    cluster_runs_for,
    clusters_for_label,
    items_below,
    totals_below,
    totals_of,
    unplaced_items,
    work_pieces,
)
from tests.factories.agencies import make_area, make_holder

pytestmark = pytest.mark.django_db

HEADINGS = (
    "ITEM_ID,REF_DOC,REF_PAGE_NO,BUDGETARY_UNIT,PROJECT,CATEGORY_LV1,ITEM_DESCRIPTION,FISCAL_YEAR,AMOUNT"
)
EAST_1, EAST_2 = "กลุ่มจังหวัดภาคตะวันออก", "กลุ่มจังหวัดภาคตะวันออก"
LINES = (
    ("1", "588", EAST_1, "ขุดคลอง ตำบลละหาร อำเภอปลวกแดง จังหวัดระยอง", "50,000,000"),
    ("2", "589", EAST_1, "ค่าจ้างเหมาบริการ", "1,000"),
    ("3", "600", "จังหวัดระยอง", "วัสดุสำนักงาน", "2,500"),
    ("4", "601", "จังหวัดระยอง", "ถนน ตำบลละหาร อำเภอปลวกแดง", "3,000,000"),
    ("5", "664", EAST_2, "ค่าโฆษณาและเผยแพร่", "70"),
    ("6", "700", "จังหวัดสระแก้ว", "ถนน ตำบลที่ไม่มีอยู่ อำเภอที่ไม่มีอยู่", "8"),
)
TOTAL = Decimal(53_003_578)
_PLACES = {
    "21": ("ระยอง", "Rayong", "C08"),
    "2106": ("ปลวกแดง", "Pluak Daeng", None),
    "210603": ("ละหาร", "Lahan", None),
    "27": ("สระแก้ว", "Sa Kaeo", "C09"),
    "24": ("ฉะเชิงเทรา", "Chachoengsao", "C08"),
    "10": ("กรุงเทพมหานคร", "Bangkok", None),
    "17": ("สิงห์บุรี", "Sing Buri", None),
    "84": ("สุราษฎร์ธานี", "Surat Thani", None),
}


@pytest.fixture(autouse=True)
def east() -> None:
    from prasan.places import names

    # the finder keeps names for as long as the gazetteer has the same version
    PlaceSource.objects.create(kind=PlaceSource.Kind.GAZETTEER, version=uuid4().hex, count=len(_PLACES))
    for code, number in (("C08", 1), ("C09", 2)):
        ProvinceCluster.objects.create(code=code, name_th=f"ภาคตะวันออก {number}", name_en=f"East {number}")
    for code, (name_th, name_en, cluster) in _PLACES.items():
        area = make_area(code)
        area.name_th, area.name_en, area.cluster_id = name_th, name_en, cluster
        area.sort_key = thai_sort_key(name_th)
        area.search_key, area.search_key_en = names.name_key(name_th), names.name_key(name_en)
        area.save()


@pytest.fixture
def budget(tmp_path: Path):
    def write(*lines: tuple[str, ...], year: str = "2022", name: str = "budget.csv") -> Path:
        path = tmp_path / name
        with path.open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(HEADINGS.split(","))
            for code, page, unit, title, amount in lines or LINES:
                project = "โครงการพัฒนา"
                writer.writerow([code, "2022.3.13(1)", page, unit, project, "งบลงทุน", title, year, amount])
        return path

    return write


def with_line(number: int, **changed: str) -> list[tuple[str, ...]]:
    names = ("code", "page", "unit", "title", "amount")
    lines = [dict(zip(names, line, strict=True)) for line in LINES]
    lines[number].update(changed)
    return [tuple(line.values()) for line in lines]


def sentences(report: BudgetReport) -> str:
    return "\n".join(sentence.th for sentence in report.sentences())


def items() -> dict[str, PlanItem]:
    rows = PlanItem.objects.select_related("area", "version__plan__area", "version__plan__cluster")
    return {item.source_line: item for item in rows}


def test_every_line_becomes_an_item_of_its_unit_and_the_sum_is_the_files(budget) -> None:
    report = import_budget_lines(budget())

    assert (report.is_applied, report.faults) == (True, [])
    assert {code: item.version.plan.owner.pk for code, item in items().items()} == {
        "1": "C08",
        "2": "C08",
        "3": "21",
        "4": "21",
        "5": "C09",
        "6": "27",
    }
    assert sum(item.amount for item in items().values()) == report.amount == TOTAL
    assert set(PlanVersion.objects.values_list("state", "source", "plan__first_year")) == {
        ("in_bill", "bill", 2565)
    }


def test_lines_stand_where_their_words_say(budget) -> None:
    import_budget_lines(budget())

    assert {code: (item.area_id, item.placing, item.doubt) for code, item in items().items()} == {
        "1": ("210603", "text", ""),
        "2": (None, "whole", ""),
        "3": ("21", "whole", ""),
        "4": ("210603", "text", ""),
        "5": (None, "whole", ""),
        "6": ("27", "unplaced", "not_found"),
    }


def test_same_label_is_told_apart_by_the_provinces_that_follow(budget) -> None:
    report = import_budget_lines(budget())

    runs = ClusterRun.objects.order_by("first_page").values_list(
        "first_page", "last_page", "cluster", "followed_by", "confirmed_at"
    )
    assert list(runs) == [(588, 589, "C08", "21", None), (664, 664, "C09", "27", None)]
    assert [run.owner.pk for run in report.to_confirm] == ["C08", "C09"]
    assert "รอการยืนยัน" in sentences(report)


def test_clusters_are_confirmed_at_the_import_when_asked(budget) -> None:
    path = budget()
    import_budget_lines(path)

    report = import_budget_lines(path, confirm_clusters=True)

    assert report.to_confirm == []
    assert not ClusterRun.objects.filter(confirmed_at=None).exists()
    assert "ไม่มีอะไรเปลี่ยนแปลง" in sentences(report)


def test_label_that_nothing_tells_apart_is_refused_not_guessed(budget) -> None:
    path = budget(("1", "588", EAST_1, "ค่าจ้าง", "10"), ("2", "600", "จังหวัดสิงห์บุรี", "ค่าจ้าง", "10"))

    report = import_budget_lines(path)

    assert report.is_refused
    assert "หมายถึงได้หลายกลุ่มจังหวัด" in sentences(report)
    assert PlanItem.objects.count() == 0


def test_misspelt_unit_is_known_by_the_table_of_names_and_told(budget) -> None:
    report = import_budget_lines(budget(("1", "10", "จังหวัดสิงค์บุรี", "ค่าจ้าง", "10")))

    assert items()["1"].version.plan.area_id == "17"
    assert "“จังหวัดสิงค์บุรี” ถือเป็น “สิงห์บุรี”" in sentences(report)


def test_unknown_unit_is_refused_with_the_nearest_name(budget) -> None:
    path = budget(("1", "10", "จังหวัดระย่อง", "ค่าจ้าง", "10"))

    report = import_budget_lines(path)
    actions.explain_unit("จังหวัดระย่อง", make_area("21"), by=None)
    again = import_budget_lines(path)

    assert "ใกล้เคียงกับ “จังหวัดระยอง”" in sentences(report)
    assert again.is_applied
    assert items()["1"].version.plan.area_id == "21"


def test_name_changed_by_a_person_is_not_changed_back(budget) -> None:
    import_budget_lines(budget(("1", "10", "จังหวัดสิงค์บุรี", "ค่าจ้าง", "10")))
    actions.explain_unit("จังหวัดสิงค์บุรี", make_area("21"), by=None)

    import_budget_lines(budget(("2", "10", "จังหวัดสิงค์บุรี", "ค่าจ้าง", "10"), name="more.csv"))

    assert BudgetUnitAlias.objects.get(label="จังหวัดสิงค์บุรี").area_id == "21"


def test_provinces_without_lines_are_told_and_bangkok_is_not_missed(budget) -> None:
    report = import_budget_lines(budget())

    assert [area.name_th for area in report.provinces_without] == ["ฉะเชิงเทรา", "สิงห์บุรี", "สุราษฎร์ธานี"]


def test_second_import_repeats_nothing(budget) -> None:
    path = budget()
    import_budget_lines(path)
    entries = Entry.objects.count()

    report = import_budget_lines(path)

    assert (report.is_applied, report.differs) == (False, False)
    assert (PlanItem.objects.count(), ImportBatch.objects.count(), Entry.objects.count()) == (6, 1, entries)


def test_changed_file_tells_its_differences_and_applies_them_when_asked(budget) -> None:
    import_budget_lines(budget())
    changed = budget(*with_line(2, amount="9,999")[:5], ("7", "701", "จังหวัดสระแก้ว", "ค่าจ้าง", "1"))

    told = import_budget_lines(changed)
    before = items()["3"].amount
    applied = import_budget_lines(changed, apply=True)

    assert (told.new, [line.code for line in told.changed], told.gone) == (1, ["3"], ["6"])
    assert (told.is_applied, before) == (False, Decimal(2500))
    assert applied.is_applied
    assert items()["3"].amount == Decimal(9999)
    assert sorted(items()) == ["1", "2", "3", "4", "5", "7"]


def test_place_given_by_an_officer_survives_the_next_import(budget) -> None:
    import_budget_lines(budget())
    actions.place_item(items()["3"], make_area("2106"), by=make_holder("analyst", "21"))

    import_budget_lines(budget(*with_line(2, amount="9,999")), apply=True)

    item = items()["3"]
    assert (item.area_id, item.placing, item.amount) == ("2106", "person", Decimal(9999))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"amount": "ห้าร้อย"}, "บรรทัดที่ 4"),
        ({"amount": "-5"}, "บรรทัดที่ 4"),
        ({"amount": "1.005"}, "บรรทัดที่ 4"),
        ({"amount": ""}, "บรรทัดที่ 4"),
        ({"amount": "9" * 20}, "บรรทัดที่ 4"),
        ({"page": "หน้าแรก"}, "บรรทัดที่ 4"),
        ({"page": "0"}, "บรรทัดที่ 4"),
        ({"title": ""}, "บรรทัดที่ 4"),
        ({"title": "ก" * 2001}, "บรรทัดที่ 4"),
        ({"code": "1"}, "ซ้ำกับบรรทัดที่ 2"),
    ],
)
def test_one_bad_row_stops_everything_and_is_named(budget, changed: dict[str, str], words: str) -> None:
    report = import_budget_lines(budget(*with_line(2, **changed)))

    assert words in sentences(report)
    assert (report.is_refused, PlanItem.objects.count(), Plan.objects.count()) == (True, 0, 0)


def test_two_years_in_one_file_are_refused(budget, tmp_path: Path) -> None:
    path = budget()
    path.write_text(path.read_text("utf-8-sig").replace("2022,8\n", "2023,8\n"), "utf-8-sig")

    report = import_budget_lines(path)

    assert "ต่างจากบรรทัดแรก" in sentences(report)
    assert PlanItem.objects.count() == 0


def test_amount_with_misplaced_commas_is_counted_by_its_digits_and_shown(budget) -> None:
    report = import_budget_lines(budget(*with_line(2, amount="300,0")))

    item = items()["3"]
    assert (item.amount, item.amount_written) == (Decimal(3000), "300,0")
    assert "บรรทัดที่ 4: จำนวนเงินเขียนว่า “300,0”" in sentences(report)


def test_line_that_names_a_place_outside_its_unit_waits_and_is_told(budget) -> None:
    outside = "ถนน ตำบลละหาร อำเภอปลวกแดง จังหวัดระยอง"

    report = import_budget_lines(budget(*with_line(5, title=outside)))

    assert (items()["6"].placing, items()["6"].doubt, items()["6"].area_id) == ("unplaced", "outside", "27")
    assert "นอกหน่วยของตน" in sentences(report)


def test_line_is_never_placed_at_a_village_made_up_for_the_demonstration(budget) -> None:
    village = make_area("21060303")
    village.name_th, village.moo, village.is_made_up = "บ้านสมมุติ 3", 3, True
    village.save()
    title = "ถนน หมู่ที่ 3 ตำบลละหาร อำเภอปลวกแดง จังหวัดระยอง"

    import_budget_lines(budget(*with_line(3, title=title)))

    assert (items()["4"].area_id, items()["4"].placing) == ("210603", "text")


def test_thai_digits_and_buddhist_years_are_read(budget) -> None:
    report = import_budget_lines(budget(("๑", "๑๐", "จังหวัดระยอง", "ค่าจ้าง", "๑,๕๐๐.๕๐"), year="๒๕๖๕"))

    assert (report.fiscal_year, report.amount) == (2565, Decimal("1500.50"))


def test_file_without_the_columns_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n", "utf-8")

    report = import_budget_lines(path)

    assert report.is_refused
    assert "จำนวนเงิน" in sentences(report)


def test_cluster_money_is_told_apart_and_part_of_no_province(budget) -> None:
    import_budget_lines(budget())
    rayong = make_area("21")

    totals = totals_below(rayong)

    assert (totals.in_bill, totals.bill_lines) == (Decimal(3_002_500), 2)
    assert totals.cluster_money == Decimal(50_000_000)
    assert [item.source_line for item in items_below(rayong)] == ["3", "4"]
    assert [item.source_line for item in cluster_items_below(rayong)] == ["1"]
    country = totals_below(make_area("TH"))
    assert country.in_bill + country.cluster_money == TOTAL


def test_unplaced_lines_wait_for_the_analyst_of_their_province(budget) -> None:
    import_budget_lines(budget())

    assert [item.source_line for item in unplaced_items(make_holder("analyst", "27"))] == ["6"]
    assert list(unplaced_items(make_holder("analyst", "21"))) == []
    assert list(unplaced_items(make_holder("governor", "27"))) == []
    assert list(unplaced_items(None)) == []


def test_analyst_finds_on_the_desk_what_the_bill_leaves_open(budget) -> None:
    import_budget_lines(budget())

    waiting = {
        code: {(str(piece.waiting.icon), piece.case.plan.owner.pk) for piece in work_pieces(person)}
        for code, person in (
            ("27", make_holder("analyst", "27")),
            ("21", make_holder("analyst", "21")),
            ("17", make_holder("analyst", "17")),
        )
    }
    for run in ClusterRun.objects.all():
        actions.confirm_cluster_run(run, run.cluster, by=None)

    assert waiting["27"] == {("question-circle", "C09"), ("geo-alt", "27")}
    assert (waiting["21"], waiting["17"]) == ({("question-circle", "C08")}, set())
    assert [piece.waiting.icon for piece in work_pieces(make_holder("analyst", "27"))] == ["geo-alt"]


def test_officer_places_a_line_and_takes_it_back(budget) -> None:
    import_budget_lines(budget())
    analyst, item, place = make_holder("analyst", "27"), items()["6"], make_area("2701")

    placed = actions.place_item(item, place, by=analyst)
    back = actions.put_item_back(placed, by=analyst)

    assert (placed.area, placed.placing) == (place, "person")
    assert (back.area_id, back.placing, back.doubt) == ("27", "unplaced", "not_found")
    assert [entry.after["area"] for entry in Entry.objects.filter(kind="planning.item.placed")] == [
        "2701",
        "27",
    ]
    with pytest.raises(Refused):
        actions.put_item_back(back, by=analyst)


def test_officer_may_say_that_a_line_is_for_the_whole_province(budget) -> None:
    import_budget_lines(budget())

    placed = actions.place_item(items()["6"], None, by=make_holder("analyst", "27"))

    assert (placed.area_id, placed.placing) == ("27", "person")
    assert totals_of(placed.version).unplaced == 0


def test_place_outside_the_plan_is_refused(budget) -> None:
    import_budget_lines(budget())

    with pytest.raises(Refused):
        actions.place_item(items()["6"], make_area("2106"), by=make_holder("analyst", "27"))
    with pytest.raises(Refused):
        actions.place_item(items()["6"], make_area("2701"), by=make_holder("analyst", "21"))

    assert items()["6"].placing == "unplaced"


def test_line_of_a_cluster_is_placed_in_any_of_its_provinces(budget) -> None:
    import_budget_lines(budget())

    placed = actions.place_item(items()["2"], make_area("24"), by=make_holder("analyst", "21"))

    assert placed.area_id == "24"
    with pytest.raises(Refused):
        actions.place_item(placed, make_area("27"), by=make_holder("analyst", "21"))


def test_person_confirms_a_run_or_moves_it_with_its_lines(budget) -> None:
    import_budget_lines(budget())
    analyst = make_holder("analyst", "21")
    run = cluster_runs_for(analyst).get()
    assert [cluster.code for cluster in clusters_for_label(run.label)] == ["C08", "C09"]
    placed = items()["1"]
    assert placed.place_score is not None
    assert placed.search_key == findable(make_area("210603"), placed.title, placed.source_project)
    money = totals_of(placed.version).amount

    moved = actions.confirm_cluster_run(run, ProvinceCluster.objects.get(code="C09"), by=analyst)

    assert (moved.cluster_id, moved.confirmed_by) == ("C09", analyst)
    assert {code: items()[code].version.plan.cluster_id for code in ("1", "2", "5")} == dict.fromkeys(
        ("1", "2", "5"), "C09"
    )
    lost = items()["1"]
    assert (lost.area_id, lost.placing, lost.place_score) == (None, "unplaced", None)
    assert lost.search_key == findable(None, lost.title, lost.source_project)
    assert totals_of(items()["1"].version).amount == money + 70
    again = import_budget_lines(budget())
    assert not again.differs


def test_label_cannot_be_moved_to_a_cluster_of_another_name(budget) -> None:
    import_budget_lines(budget())
    other = ProvinceCluster.objects.create(code="C03", name_th="ภาคกลางตอนล่าง 1", name_en="Lower Central 1")

    with pytest.raises(Refused):
        actions.confirm_cluster_run(ClusterRun.objects.first(), other, by=make_holder("analyst", "21"))


def test_nobody_but_a_ministry_officer_or_the_system_imports(budget) -> None:
    with pytest.raises(Refused):
        import_budget_lines(budget(), by=make_holder("governor", "21"))

    assert (PlanItem.objects.count(), Plan.objects.count()) == (0, 0)
    assert import_budget_lines(budget(), by=make_holder("ministry_officer", "TH")).is_applied


def test_import_is_one_entry_with_its_figures(budget) -> None:
    import_budget_lines(budget())

    entry = Entry.objects.get(kind="planning.lines.imported")

    assert {**entry.after, "sha256": len(entry.after["sha256"])} == {
        "sha256": 64,
        "fiscal_year": 2565,
        "new": 6,
        "changed": 0,
        "gone": [],
        "amount": "53003578",
    }


def test_unplaced_lines_are_written_as_a_sheet(budget) -> None:
    table = import_budget_lines(budget()).unplaced_table()

    assert [row[2] for row in table.rows] == ["6"]
