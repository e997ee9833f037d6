import gzip

import pytest
import xlsxwriter

from prasan.ledger.models import Entry
from prasan.places.actions import make_up_villages
from prasan.places.imports import import_villages
from prasan.places.models import Area, AreaCount, Level, PlaceSource
from prasan.places.queries import counts_below

HEADINGS = "village_code moo name_th name_en tambon_code"
ROWS = (
    ("32030101", 1, "บ้านท่าตูม", "Ban Tha Tum", "320301"),
    ("32030102", 2, "บ้านหนองบัว", "Ban Nong Bua", "320301"),
    ("32030103", 3, "", "", "320301"),
)

pytestmark = pytest.mark.django_db


def known():
    rows = Area.objects.filter(level=Level.VILLAGE, is_abolished=False).order_by("code")
    return list(rows.values_list("code", "moo", "name_th", "is_made_up"))


def thai(report):
    return [sentence.th for sentence in report.sentences()]


@pytest.fixture
def first(official, table):
    return import_villages(table(HEADINGS, *ROWS))


def test_first_list_is_taken_over_at_once(first):
    assert first.is_applied is True
    assert thai(first) == ["นำเข้าหมู่บ้านแล้ว: เพิ่ม 3 แก้ไข 0 ยกเลิก 0"]
    assert known() == [
        ("32030101", 1, "บ้านท่าตูม", False),
        ("32030102", 2, "บ้านหนองบัว", False),
        ("32030103", 3, "", False),
    ]
    assert counts_below(Area.objects.get(code="320301")).villages == 3


def test_import_is_recorded_with_the_digest_of_the_file(first):
    entry = Entry.objects.get(kind="places.villages.imported")

    assert (entry.after["added"], len(entry.after["sha256"]), entry.actor_id) == (3, 64, None)


def test_same_list_again_repeats_nothing(first, table):
    again = import_villages(table(HEADINGS, *ROWS), apply=True)

    assert again.is_applied is False
    assert thai(again) == ["หมู่บ้านในไฟล์ 3 รายการตรงกับข้อมูลที่มีอยู่แล้วทั้งหมด ไม่มีอะไรเปลี่ยนแปลง"]
    assert Entry.objects.filter(kind="places.villages.imported").count() == 1


def test_another_list_shows_what_would_change_and_waits(first, table):
    changed = table(
        HEADINGS, ROWS[0], ("32030102", 2, "บ้านหนองไผ่", "", "320301"), ("32030104", 4, "บ้านใหม่", "", "")
    )
    before = known()

    shown = import_villages(changed)

    assert known() == before
    assert thai(shown) == [
        "จะเพิ่ม 32030104 บ้านใหม่",
        "จะแก้ไข 32030102 บ้านหนองบัว → บ้านหนองไผ่",
        "จะยกเลิก 32030103",
        "ยังไม่ได้บันทึก ไฟล์นี้จะเปลี่ยนหมู่บ้านที่มีอยู่: เพิ่ม 1 แก้ไข 1 ยกเลิก 1 หากถูกต้อง กรุณาสั่งอีกครั้งพร้อม --apply",
    ]

    applied = import_villages(changed, apply=True)

    assert applied.is_applied is True
    assert [row[:3] for row in known()] == [
        ("32030101", 1, "บ้านท่าตูม"),
        ("32030102", 2, "บ้านหนองไผ่"),
        ("32030104", 4, "บ้านใหม่"),
    ]
    assert Area.objects.get(code="32030103").is_abolished is True


def test_list_of_one_province_leaves_other_provinces_alone(first, table):
    report = import_villages(table(HEADINGS, ("31110101", 1, "บ้านไกล", "", "")), apply=True)

    assert (report.changes.added, report.changes.removed) == (1, 0)
    assert len(known()) == 4


def test_every_bad_row_is_told_and_nothing_is_taken(official, table):
    path = table(
        HEADINGS,
        ("32030101", 1, "ดี", "", ""),
        ("3203", 1, "สั้น", "", ""),
        ("32999901", 1, "ไม่มีตำบล", "", ""),
        ("10470101", 1, "ยกเลิกแล้ว", "", ""),
        ("32030102", 3, "เลขไม่ตรง", "", ""),
        ("32030103", 3, "แม่ไม่ตรง", "", "320302"),
        ("32030101", 1, "ซ้ำ", "", ""),
        ("32030104", "สี่", "ไม่ใช่เลข", "", ""),
        ("32030105", 5, "ย" * 121, "", ""),
    )

    report = import_villages(path)

    assert known() == []
    assert [fault.line for fault in report.faults] == [3, 4, 5, 6, 7, 8, 9, 10]
    assert thai(report)[:4] == [
        "บรรทัดที่ 3: รหัสหมู่บ้าน “3203” ต้องเป็นตัวเลข 8 หลัก",
        "บรรทัดที่ 4: ไม่มีตำบลรหัส 329999",
        "บรรทัดที่ 5: ตำบลรหัส 104701 ถูกยกเลิกแล้ว กรุณาใช้รหัสปัจจุบัน",
        "บรรทัดที่ 6: หมู่ที่ 3 ไม่ตรงกับสองหลักท้ายของรหัส 32030102",
    ]
    assert report.sentences()[-1].en.startswith("No villages were imported because of 8 faults")


def test_missing_column_is_told(official, table):
    report = import_villages(table("village_code name_th", ("32030101", "บ้าน")))

    assert [fault.sentence.th for fault in report.faults] == ["ไม่พบคอลัมน์ “หมู่ที่” กรุณาเพิ่มคอลัมน์นี้หรือแก้ชื่อหัวตาราง"]


def test_file_that_is_no_table_is_refused(official, tmp_path):
    path = tmp_path / "villages.csv"
    path.write_bytes(b"%PDF-1.7 not a table")

    report = import_villages(path)

    assert [fault.sentence.th for fault in report.faults] == ["ไฟล์นี้เป็น PDF ไม่ใช่ตาราง กรุณาส่งไฟล์ .xlsx หรือ CSV"]


def test_thai_headings_thai_digits_and_tis620_are_read(official, tmp_path):
    path = tmp_path / "หมู่บ้าน.csv"
    path.write_bytes("รหัสหมู่บ้าน;หมู่ที่;ชื่อหมู่บ้าน\n๓๒๐๓๐๑๐๑;๑;บ้านท่าตูม\n".encode("tis-620"))

    assert import_villages(path).is_applied is True
    assert known() == [("32030101", 1, "บ้านท่าตูม", False)]


def test_workbook_and_gzip_say_the_same_as_plain_csv(first, table, tmp_path):
    plain = table(HEADINGS, *ROWS)
    packed = tmp_path / "villages.csv.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    book = tmp_path / "villages.xlsx"
    with xlsxwriter.Workbook(book) as workbook:
        sheet = workbook.add_worksheet()
        for number, row in enumerate((HEADINGS.split(), *ROWS)):
            sheet.write_row(number, 0, row)

    assert [import_villages(path).changes.total for path in (packed, book)] == [0, 0]


def made_up_in(*codes):
    return [AreaCount.objects.get(area=code).made_up_villages for code in codes]


def test_made_up_villages_become_the_real_ones_of_their_code(official, table):
    assert make_up_villages([Area.objects.get(code="3203")]) == 60
    assert made_up_in("TH", "32", "3203") == [60, 60, 60]
    first_row = Area.objects.get(code="32030101")
    assert (first_row.name_th, first_row.name_en, first_row.is_made_up) == (
        "บ้านสมมุติ 1",
        "Made-up village 1",
        True,
    )

    report = import_villages(table(HEADINGS, *ROWS))

    assert report.is_applied is True
    assert [row[0] for row in known()] == ["32030101", "32030102", "32030103"]
    assert Area.objects.get(code="32030101").is_made_up is False
    assert made_up_in("TH", "32", "3203") == [0, 0, 0]
    assert PlaceSource.objects.get(kind="villages").count == 3


def test_villages_are_not_made_up_where_some_are_known(first):
    assert make_up_villages([Area.objects.get(code="32")]) == 0
