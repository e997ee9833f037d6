from decimal import Decimal

import pytest

from prasan.kernel.refusals import Refused
from prasan.planning.imports.listed import guessed_columns, read_list
from prasan.planning.imports.lists import confirm, looked_at, receive_file, take_right_rows
from prasan.planning.models import ColumnHabit, Proposal, ProposalList
from prasan.planning.queries import totals_below
from tests.factories.agencies import make_area, make_holder
from tests.factories.planning import PROVINCE, World

pytestmark = pytest.mark.django_db

HEADINGS = "ลำดับ;ชื่อโครงการ/กิจกรรม;รหัสพื้นที่;งบประมาณ ปี 2571 (บาท);งบประมาณ ปี 2572 (บาท);หน่วยงานรับผิดชอบหลัก"
ROWS = (
    "1;ขุดลอกหนองน้ำ;32070401;๑,๐๐๐,๐๐๐;500000;ชลประทานสุรินทร์",
    "2;ถนนคอนกรีต;320704;250000;;แขวงทางหลวงชนบท",
    "3;อบรมอาชีพ;99999999;10000;;พัฒนาชุมชน",
    "4;ไม่มีเงิน;320704;;;พัฒนาชุมชน",
)


def sheet(*rows: str, headings: str = HEADINGS) -> bytes:
    return "\n".join((headings, *rows)).encode("cp874")


def make_list(world: World, *rows: str, standing: str = "submitted") -> ProposalList:
    for code in ("320704",):
        make_area(code)
    head = world.person("provincial_head")
    listing = receive_file(make_area(PROVINCE), sheet(*(rows or ROWS)), name="บัญชีโครงการ.csv", by=head)
    return confirm(listing, listing.columns, fiscal_year=None, standing=standing, by=head)


def test_columns_are_guessed_from_headings_as_officials_write_them() -> None:
    assert guessed_columns(HEADINGS.split(";")) == {
        "ชื่อโครงการ/กิจกรรม": "name",
        "รหัสพื้นที่": "code",
        "งบประมาณ ปี 2571 (บาท)": "budget_2571",
        "งบประมาณ ปี 2572 (บาท)": "budget_2572",
        "หน่วยงานรับผิดชอบหลัก": "operator",
    }


def test_right_rows_are_taken_in_and_wrong_ones_told(world: World) -> None:
    listing = make_list(world)

    reading, new = looked_at(listing)
    made = take_right_rows(listing, by=world.person("provincial_head"))

    assert (reading.rows, new, [fault.line for fault in reading.faults]) == (4, 2, [4, 5])
    assert [(each.name, each.area_id, each.state, each.budget_asked, each.fiscal_year) for each in made] == [
        ("ขุดลอกหนองน้ำ", "32070401", "submitted", Decimal(1_500_000), 2571),
        ("ถนนคอนกรีต", "320704", "submitted", Decimal(250_000), 2571),
    ]
    assert [(b.fiscal_year, b.amount) for a in made[0].activities.all() for b in a.budgets.all()] == [
        (2571, Decimal(1_000_000)),
        (2572, Decimal(500_000)),
    ]
    assert totals_below(make_area(PROVINCE)).asked == reading.asked == Decimal(1_750_000)


def test_same_list_again_repeats_nothing(world: World) -> None:
    head = world.person("provincial_head")
    take_right_rows(make_list(world), by=head)

    again = make_list(world, *ROWS, "5;สะพานไม้;320704;7000;;อบต.")

    assert looked_at(again)[1] == 1
    assert [each.name for each in take_right_rows(again, by=head)] == ["สะพานไม้"]
    assert Proposal.objects.count() == 3


def test_list_is_taken_in_once(world: World) -> None:
    listing, head = make_list(world), world.person("provincial_head")
    projects = read_list(listing).projects
    take_right_rows(listing, by=head)

    listing.refresh_from_db()
    from_memory = ProposalList.objects.get(pk=listing.pk)

    assert (from_memory.content, from_memory.taken, len(projects)) == (None, 2, 2)
    with pytest.raises(ValueError, match="no content"):
        take_right_rows(from_memory, by=head)


def test_file_with_headings_seen_once_is_understood(world: World) -> None:
    head = world.person("provincial_head")
    first = receive_file(make_area(PROVINCE), sheet("a;b", headings="หัวข้อแปลก;เงิน"), name="x.csv", by=head)
    confirm(first, {"หัวข้อแปลก": "name", "เงิน": "budget"}, fiscal_year=2571, standing="accepted", by=head)

    second = receive_file(make_area(PROVINCE), sheet("c;d", headings="หัวข้อแปลก;เงิน"), name="y.csv", by=head)

    assert (first.columns, second.columns) == ({}, {"หัวข้อแปลก": "name", "เงิน": "budget"})
    assert ColumnHabit.objects.count() == 1


def test_accepted_list_goes_to_the_ranking(world: World) -> None:
    listing = make_list(world, ROWS[0], standing="accepted")

    (made,) = take_right_rows(listing, by=world.person("provincial_head"))

    assert (made.state, [each.why for each in made.versions.all()]) == ("accepted", ["imported"])


def test_yearly_budgets_that_do_not_add_up_are_told(world: World) -> None:
    make_area("320704")
    head = world.person("provincial_head")
    content = sheet("ขุดบ่อ;320704;100;50;120", headings="ชื่อโครงการ;รหัสพื้นที่;2571;2572;งบประมาณ")
    listing = receive_file(make_area(PROVINCE), content, name="x.csv", by=head)
    confirm(listing, listing.columns, fiscal_year=None, standing="submitted", by=head)

    (fault,) = read_list(listing).faults

    assert "150" in fault.sentence.th
    assert "120" in fault.sentence.th


@pytest.mark.parametrize(
    ("columns", "reason"),
    [({"a": "budget"}, "ชื่อโครงการ"), ({"a": "name", "b": "name"}, "ซ้ำ")],
)
def test_columns_that_say_too_little_or_the_same_are_refused(
    world: World, columns: dict, reason: str
) -> None:
    head = world.person("provincial_head")
    listing = receive_file(make_area(PROVINCE), sheet("1;2", headings="a;b"), name="x.csv", by=head)

    with pytest.raises(Refused, match=reason):
        confirm(listing, columns, fiscal_year=2571, standing="submitted", by=head)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04rubbish", b"\xff\xd8\xff\xe0"])
def test_file_that_is_no_table_is_refused_in_a_sentence(world: World, content: bytes) -> None:
    with pytest.raises(Refused):
        receive_file(make_area(PROVINCE), content, name="x.csv", by=world.person("analyst"))


@pytest.mark.parametrize("role", ["governor", "village_head", "tambon_secretary", "agency_officer"])
def test_only_the_provincial_office_brings_lists(world: World, role: str) -> None:
    with pytest.raises(Refused):
        receive_file(make_area(PROVINCE), sheet(*ROWS), name="x.csv", by=world.person(role))


def test_office_of_another_province_takes_in_nothing(world: World) -> None:
    listing = make_list(world)

    with pytest.raises(Refused):
        take_right_rows(listing, by=make_holder("analyst", "40"))

    assert Proposal.objects.count() == 0
