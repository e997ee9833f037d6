from datetime import date

import pytest

from prasan.places.actions import make_up_local_governments
from prasan.places.imports import import_local_governments
from prasan.places.models import Area, LocalGovernment, LocalGovernmentKind
from prasan.places.queries import counts_below, local_governments_in

HEADINGS = "dola_code type_abbr_th name_th amphoe_code province_code project_geocode"
ROWS = (
    ("2320101", "อบจ.", "สุรินทร์", "", "32", "320050"),
    ("5320302", "ทต.", "ท่าตูม", "3203", "32", "3296"),
    ("6320301", "อบต.", "เมืองแก", "3203", "32", "320360"),
    ("", "เมืองพัทยา", "พัทยา", "", "20", "2096"),
)

pytestmark = pytest.mark.django_db
MARCH_2560 = date(2017, 3, 31)


def kinds(code):
    rows = LocalGovernmentKind.objects.filter(local_government=code).order_by("valid_to")
    return list(rows.values_list("full_name_th", "valid_from", "valid_to"))


@pytest.fixture
def first(official, table):
    return import_local_governments(table(HEADINGS, *ROWS), as_of=MARCH_2560)


def test_first_list_is_taken_over_with_full_names(first):
    assert first.is_applied is True
    assert {body.full_name_th for body in LocalGovernmentKind.objects.all()} == {
        "องค์การบริหารส่วนจังหวัดสุรินทร์",
        "เทศบาลตำบลท่าตูม",
        "องค์การบริหารส่วนตำบลเมืองแก",
        "เมืองพัทยา",
    }
    assert kinds("5320302") == [("เทศบาลตำบลท่าตูม", None, None)]


def test_body_is_tied_to_the_tambon_of_its_name(first):
    assert list(LocalGovernment.objects.get(code="6320301").areas.values_list("code", flat=True)) == [
        "320305"
    ]
    assert [kind.name_en for kind in local_governments_in(Area.objects.get(code="320305"))] == ["Mueang Kae"]


def test_bodies_are_counted_where_they_sit(first):
    counts = [
        counts_below(Area.objects.get(code=code)).local_governments for code in ("TH", "32", "3203", "320305")
    ]

    assert counts == [4, 3, 2, 1]


def test_change_of_kind_keeps_what_was(first, table):
    later = table(HEADINGS, ROWS[0], ("5320302", "ทม.", "ท่าตูม", "3203", "32", ""), *ROWS[2:])

    report = import_local_governments(later, as_of=date(2024, 10, 1), apply=True)

    assert (report.changes.added, report.changes.changed, report.changes.removed) == (0, 1, 0)
    assert kinds("5320302") == [
        ("เทศบาลตำบลท่าตูม", None, date(2024, 9, 30)),
        ("เทศบาลเมืองท่าตูม", date(2024, 10, 1), None),
    ]
    assert list(LocalGovernment.objects.get(code="5320302").areas.values_list("code", flat=True)) == [
        "320301"
    ]


def test_body_that_is_gone_ends_and_stays_known(first, table):
    report = import_local_governments(
        table(HEADINGS, *ROWS[:2], ROWS[3]), as_of=date(2024, 10, 1), apply=True
    )

    assert report.changes.removed == 1
    assert kinds("6320301") == [("องค์การบริหารส่วนตำบลเมืองแก", None, date(2024, 9, 30))]
    assert counts_below(Area.objects.get(code="3203")).local_governments == 1


def test_same_list_again_repeats_nothing(first, table):
    again = import_local_governments(table(HEADINGS, *ROWS), apply=True)

    assert (again.changes.total, again.is_applied) == (0, False)


def test_row_whose_code_belongs_to_another_province_is_set_aside_and_told(official, table):
    misfiled = ("5320302", "ทต.", "ท่าตูม", "", "33", "3296")

    report = import_local_governments(table(HEADINGS, misfiled, ROWS[1]))

    assert report.is_applied is True
    assert LocalGovernment.objects.get().province_id == "32"
    assert [remark.th for remark in report.remarks] == [
        "บรรทัดที่ 2: ไม่นำเข้า ทต.ท่าตูม เพราะรหัส 5320302 เป็นของบรรทัดที่ 3 และจังหวัดในแถวนี้ไม่ตรงกับรหัส"
    ]


def test_every_bad_row_is_told_and_nothing_is_taken(official, table):
    report = import_local_governments(
        table(
            HEADINGS,
            ROWS[1],
            ("5320303", "สภา", "ท่าตูม", "3203", "32", ""),
            ("5320304", "ทต.", "ท่าตูม", "3203", "99", ""),
            ("5320305", "ทต.", "ท่าตูม", "3399", "32", ""),
            ("5320306", "ทต.", "ท่าตูม", "3301", "32", ""),
            ("", "ทต.", "ท่าตูม", "3203", "32", ""),
            ROWS[1],
        )
    )

    assert LocalGovernment.objects.count() == 0
    assert [(fault.line, fault.sentence.th) for fault in report.faults] == [
        (3, "บรรทัดที่ 3: ไม่รู้จักประเภท “สภา” กรุณาใช้ อบจ. ทน. ทม. ทต. อบต. อปท."),
        (4, "บรรทัดที่ 4: ไม่มีจังหวัดรหัส 99"),
        (4, "บรรทัดที่ 4: อำเภอรหัส 3203 ไม่อยู่ในจังหวัดรหัส 99"),
        (5, "บรรทัดที่ 5: ไม่มีอำเภอรหัส 3399"),
        (6, "บรรทัดที่ 6: อำเภอรหัส 3301 ไม่อยู่ในจังหวัดรหัส 32"),
        (7, "บรรทัดที่ 7: ต้องมีรหัส อปท. หรือรหัสพื้นที่เป็นตัวเลข"),
        (8, "บรรทัดที่ 8: รหัส 5320302 ซ้ำกับบรรทัดที่ 2"),
    ]


def test_made_up_bodies_are_marked_and_give_way_to_real_ones(official, table):
    made = make_up_local_governments([Area.objects.get(code="32")])
    assert made == 160
    tao = LocalGovernment.objects.get(code="S320305")
    assert (str(tao.kinds.get()), tao.is_made_up) == ("องค์การบริหารส่วนตำบลสมมุติ เมืองแก", True)
    assert make_up_local_governments([Area.objects.get(code="32")]) == 0

    report = import_local_governments(table(HEADINGS, *ROWS))

    assert report.is_applied is True
    assert LocalGovernmentKind.objects.filter(valid_to=None).count() == 4
    assert counts_below(Area.objects.get(code="32")).local_governments == 3
