"""Of two who do the same thing at once one wins and the other is told; nothing is kept twice."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from prasan.kernel.refusals import Refused
from prasan.places.models import Area, PlaceSource, ProvinceCluster
from prasan.places.names import name_key
from prasan.planning import actions
from prasan.planning.actions.bill import KNOWN_ALIASES, ensure_aliases
from prasan.planning.imports import import_budget_lines
from prasan.planning.imports.lists import take_right_rows
from prasan.planning.models import (
    ClusterRun,
    ImportBatch,
    Plan,
    PlanItem,
    PlanVersion,
    Proposal,
    ScoreSheet,
    StrategicIssue,
)
from tests.at_once import meeting
from tests.factories.agencies import make_area
from tests.factories.planning import PROVINCE, YEAR, World, make_resolution
from tests.planning.test_lists import make_list
from tests.planning.test_scoring import make_sheet

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def province() -> Area:
    """A province known by its name, among those of which the table of names speaks."""
    PlaceSource.objects.create(kind=PlaceSource.Kind.GAZETTEER, version=uuid4().hex, count=1)
    for code in KNOWN_ALIASES.values():
        make_area(code)
    ensure_aliases()
    surin = make_area(PROVINCE)
    surin.name_th, surin.search_key = "สุรินทร์", name_key("สุรินทร์")
    surin.save()
    return surin


@pytest.fixture
def bill(province: Area, tmp_path: Path) -> Path:
    """Three lines of the province."""
    path = tmp_path / "bill.csv"
    headings = (
        "ITEM_ID,REF_DOC,REF_PAGE_NO,BUDGETARY_UNIT,PROJECT,CATEGORY_LV1,ITEM_DESCRIPTION,FISCAL_YEAR,AMOUNT"
    )
    lines = [f"{number},x,{number},จังหวัดสุรินทร์,โครงการ,งบลงทุน,วัสดุ,2028,100" for number in (1, 2, 3)]
    path.write_text("\n".join([headings, *lines]), "utf-8")
    return path


def test_of_two_who_open_a_plan_at_once_the_second_is_told() -> None:
    area, years = make_area(PROVINCE), {"first_year": YEAR, "last_year": YEAR}

    opened, told = meeting(
        *(lambda: actions.open_plan("yearly", area, **years, by=None) for _turn in range(2))
    )

    assert (type(told), str(told)) == (Refused, "มีแผนนี้อยู่แล้ว")
    assert (PlanVersion.objects.get(), Plan.objects.get()) == (opened, opened.plan)


def test_of_two_who_declare_an_issue_of_one_number_at_once_the_second_is_told() -> None:
    area, words = make_area(PROVINCE), {"first_year": YEAR, "last_year": YEAR, "number": 1}

    declared, told = meeting(
        *(lambda name=name: actions.declare_issue(area, name_th=name, **words, by=None) for name in "กข")
    )

    assert type(told) is Refused
    assert StrategicIssue.objects.get() == declared


def test_of_two_sheets_opened_at_once_one_is_open() -> None:
    world = World()
    sheets = [make_sheet(world, "draft"), make_sheet(world, "draft")]

    _opened, told = meeting(*(lambda sheet=sheet: actions.open_sheet(sheet, by=None) for sheet in sheets))

    assert type(told) is Refused
    assert list(ScoreSheet.objects.order_by("pk").values_list("state", flat=True)) == ["open", "draft"]


def test_file_of_budget_lines_sent_by_two_at_once_is_taken_in_once(bill: Path) -> None:
    first, second = meeting(*(lambda: import_budget_lines(bill) for _turn in range(2)))

    assert (first.new, second.new, second.is_refused) == (3, 0, False)
    assert PlanItem.objects.count() == 3


def test_plan_that_is_opened_while_its_bill_is_taken_in_is_one_plan(province: Area, bill: Path) -> None:
    def open_plan() -> PlanVersion:
        return actions.open_plan("yearly", province, first_year=YEAR, last_year=YEAR, by=None)

    opened, report = meeting(open_plan, lambda: import_budget_lines(bill))

    assert report.is_applied
    assert {version.plan for version in PlanVersion.objects.all()} == {opened.plan}


def test_plan_whose_bill_is_taken_in_while_it_is_opened_is_there_already(province: Area, bill: Path) -> None:
    def open_plan() -> PlanVersion:
        return actions.open_plan("yearly", province, first_year=YEAR, last_year=YEAR, by=None)

    report, told = meeting(lambda: import_budget_lines(bill), open_plan)

    assert (report.is_applied, type(told)) == (True, Refused)
    assert PlanVersion.objects.get().plan == Plan.objects.get()


def test_next_version_begun_while_a_bill_is_taken_in_has_a_number_of_its_own(
    province: Area, bill: Path
) -> None:
    plan = Plan.objects.create(kind="yearly", area=province, first_year=YEAR, last_year=YEAR)

    meeting(lambda: actions.draft_next_version(plan, by=None), lambda: import_budget_lines(bill))

    assert list(plan.versions.order_by("number").values_list("number", "source")) == [
        (1, "own"),
        (2, "bill"),
    ]


def test_project_that_stands_in_two_lists_taken_in_at_once_is_taken_in_once() -> None:
    world = World()
    lists = [make_list(world), make_list(world)]

    taken = meeting(*(lambda each=each: take_right_rows(each, by=None) for each in lists))

    assert [len(made) for made in taken] == [2, 0]
    assert Proposal.objects.count() == 2


def test_yearly_plan_made_from_two_versions_at_once_holds_each_project_once() -> None:
    world = World()
    head, governor = world.person("provincial_head"), world.person("governor")
    proposal = world.proposal("included")
    first = actions.endorse_version(
        world.version(), resolution=make_resolution(PROVINCE, "province"), by=head
    )
    actions.adopt_version(first, by=governor)
    second = actions.draft_next_version(first.plan, by=head)
    yearly = actions.open_plan("yearly", make_area(PROVINCE), first_year=YEAR, last_year=YEAR, by=head)

    meeting(
        *(
            lambda source=source: actions.derive_yearly_plan(source, YEAR, by=head)
            for source in (first, second)
        )
    )

    assert PlanItem.objects.get(version=yearly).proposal == proposal


def test_pages_of_a_cluster_confirmed_at_once_go_to_one_version() -> None:
    first, second = (
        ProvinceCluster.objects.create(
            code=f"T{number}", name_th=f"กลุ่มทดสอบ {number}", name_en=f"Test {number}"
        )
        for number in (1, 2)
    )
    batch = ImportBatch.objects.create(file_name="x", sha256="0" * 64, fiscal_year=YEAR, lines=1, amount=1)
    runs = [
        ClusterRun.objects.create(
            batch=batch,
            label="กลุ่มจังหวัดกลุ่มทดสอบ",
            document="x",
            first_page=page,
            last_page=page,
            cluster=first,
        )
        for page in (1, 5)
    ]

    meeting(*(lambda run=run: actions.confirm_cluster_run(run, second, by=None) for run in runs))

    assert set(ClusterRun.objects.values_list("cluster", flat=True)) == {"T2"}
    assert PlanVersion.objects.get().plan.cluster == second
