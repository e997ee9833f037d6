from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prasan.agencies.models import Posting
from prasan.complaints.actions import erase_sender, reveal_sender
from prasan.complaints.actions.listing import confirm_list, discard_list, order_list
from prasan.complaints.imports import lists
from prasan.complaints.imports.listed import FIELDS, read_list
from prasan.complaints.imports.lists import looked_at, receive_file, take_in_list
from prasan.complaints.jobs import take_in
from prasan.complaints.models import Complaint, ComplaintList, Sender
from prasan.kernel.refusals import Refused
from prasan.ledger.models import Entry
from prasan.sheets.guessing import guessed_columns
from tests.at_once import at_once
from tests.factories.agencies import make_agency, make_area, make_holder
from tests.factories.complaints import PROVINCE, TAMBON, VILLAGE, make_centre
from tests.killing import killed_when

pytestmark = pytest.mark.django_db

HEADINGS = "เลขที่รับเรื่อง;รายละเอียดเรื่อง;รหัสพื้นที่;ประเภทเรื่อง;วันที่เกิดเหตุ;ชื่อผู้ร้อง;เบอร์โทรศัพท์;อีเมล"
ROWS = (
    f"รบ ๑๒/๒๕๖๙;ไฟทางดับสามวัน;{VILLAGE};ไฟส่องสว่างสาธารณะ;๑ ม.ค. ๒๕๖๙;นางสมศรี ใจดี;081-234-5678;",
    f"13;ถนนเป็นหลุม;{TAMBON};;15/02/2569 10.30 น.;;;",
    "14;ที่ไม่มี;99999999;;;;;",
    f"15;;{TAMBON};;;;;",
    f"16;อนาคต;{TAMBON};;1 ม.ค. 2599;;;",
    f"17;จดหมายผิด;{TAMBON};;;;;ไม่ใช่อีเมล",
    f"13;เลขซ้ำ;{TAMBON};;;;;",
)


@pytest.fixture
def centre():
    make_area(VILLAGE)
    return make_centre()


def sheet(*rows, headings=HEADINGS, encoding="cp874"):
    return "\n".join((headings, *rows)).encode(encoding)


def make_list(centre, *rows, by=None, agency=None, content=None, manner="confidential"):
    officer = by or centre.officer
    listing = receive_file(
        make_area(PROVINCE),
        agency or centre.agency,
        content or sheet(*(rows or ROWS)),
        name="เรื่อง.csv",
        by=officer,
    )
    return confirm_list(listing, listing.columns, manner=manner, by=officer)


def many(number, first=1):
    return [f"{n};เรื่องที่ {n} น้ำท่วม;{VILLAGE};;;;;" for n in range(first, first + number)]


def test_columns_are_guessed_from_headings_as_other_systems_write_them():
    assert guessed_columns(HEADINGS.split(";"), FIELDS) == {
        "เลขที่รับเรื่อง": "number",
        "รายละเอียดเรื่อง": "words",
        "รหัสพื้นที่": "code",
        "ประเภทเรื่อง": "kind",
        "วันที่เกิดเหตุ": "happened",
        "ชื่อผู้ร้อง": "name",
        "เบอร์โทรศัพท์": "phone",
        "อีเมล": "email",
    }


def test_right_rows_are_taken_in_and_wrong_ones_told_by_line_and_column(centre):
    listing = make_list(centre)

    reading, new = looked_at(listing)
    done = take_in_list(listing, by=centre.officer)

    assert (reading.rows, new, reading.wrong_lines) == (7, 2, [4, 5, 6, 7, 8])
    assert [fault.sentence.th for fault in reading.faults] == [
        "บรรทัดที่ 4: คอลัมน์ “รหัสพื้นที่” ไม่มีพื้นที่รหัส 99999999 ใน" + make_area(PROVINCE).title,
        "บรรทัดที่ 5 คอลัมน์ “รายละเอียดเรื่อง”: ต้องมีค่า กรุณากรอกให้ครบ",
        "บรรทัดที่ 6: วันที่เกิดเหตุอยู่ในอนาคต กรุณาตรวจสอบ",
        "บรรทัดที่ 7: คอลัมน์ “อีเมล” ไม่ใช่ที่อยู่อีเมล",
        "บรรทัดที่ 8: คอลัมน์ “เลขที่รับเรื่อง” ซ้ำกับบรรทัดที่ 3",
    ]
    first, second = Complaint.objects.order_by("pk")
    assert (first.source_key, first.words, first.area_id, first.kind_id, first.channel, first.manner) == (
        f"{centre.agency.pk}:รบ 12/2569",
        "ไฟทางดับสามวัน",
        VILLAGE,
        "lighting",
        "import",
        "confidential",
    )
    assert first.happened_at == datetime(2026, 1, 1, 5, tzinfo=UTC)
    assert (second.area_id, second.manner, second.sender, second.kind) == (TAMBON, "anonymous", None, None)
    assert second.happened_at == datetime(2026, 2, 15, 5, tzinfo=UTC)
    assert (done.taken, done.repeated, done.wrong_lines, done.content) == (2, 0, [4, 5, 6, 7, 8], None)


def test_personal_columns_go_to_the_sender_alone(centre):
    take_in_list(make_list(centre, ROWS[0]), by=centre.officer)

    complaint, sender = Complaint.objects.get(), Sender.objects.get()
    assert (sender.name, sender.phone) == ("นางสมศรี ใจดี", "0812345678")
    assert "สมศรี" not in complaint.words + complaint.search_key + complaint.title
    told = " ".join(str((entry.before, entry.after)) for entry in Entry.objects.all())
    assert "สมศรี" not in told
    assert "0812345678" not in told
    assert reveal_sender(complaint, "name", by=centre.officer) == "นางสมศรี ใจดี"
    erase_sender(complaint, by=None)
    assert ComplaintList.objects.get().content is None


def test_same_file_twice_gives_nothing_doubled(centre):
    take_in_list(make_list(centre), by=centre.officer)
    again = make_list(centre, *ROWS, f"18;สะพานชำรุด;{TAMBON};;;;;")

    assert looked_at(again)[1] == 1
    done = take_in_list(again, by=centre.officer)

    assert (done.taken, done.repeated) == (1, 2)
    assert Complaint.objects.count() == 3


def test_same_number_of_another_agency_is_another_complaint(centre):
    take_in_list(make_list(centre, ROWS[1]), by=centre.officer)
    take_in_list(make_list(centre, ROWS[1], agency=centre.other), by=centre.officer)

    assert Complaint.objects.count() == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "tis-620", "cp874", "utf-16"])
def test_file_may_be_in_any_encoding_that_offices_use(centre, encoding):
    take_in_list(make_list(centre, content=sheet(ROWS[0], encoding=encoding)), by=centre.officer)

    assert Complaint.objects.get().words == "ไฟทางดับสามวัน"


@pytest.mark.parametrize(
    "kind",
    [
        "ร้องเรียนเจ้าหน้าที่",
        "ทุจริตต่อหน้าที่",
        "พฤติกรรมเจ้าหน้าที่ไม่เหมาะสม",
        "คอร์รัปชัน",
        "คอรัปชั่น",
        "Corruption",
        "official",
    ],
)
def test_kind_against_officials_is_never_taken_for_an_ordinary_one(centre, kind):
    take_in_list(make_list(centre, f"1;เรียกเงิน;{TAMBON};{kind};;;;"), by=centre.officer)

    assert Complaint.objects.get().is_restricted


def test_unknown_kind_is_told_and_left_to_whoever_screens(centre):
    listing = make_list(centre, f"1;ลิงรื้อหลังคา;{TAMBON};ลิง;;;;", f"2;ลิงอีก;{TAMBON};ลิง;;;;")

    assert dict(read_list(listing).unknown_kinds) == {"ลิง": 2}
    take_in_list(listing, by=centre.officer)
    assert {c.kind for c in Complaint.objects.all()} == {None}


def test_file_with_headings_seen_once_is_understood(centre):
    content = sheet("7;น้ำท่วม", headings="หัวข้อแปลก;อีกหัวข้อ")
    first = receive_file(make_area(PROVINCE), centre.agency, content, name="x", by=centre.officer)
    confirm_list(first, {"หัวข้อแปลก": "number", "อีกหัวข้อ": "words"}, manner="confidential", by=centre.officer)

    second = receive_file(make_area(PROVINCE), centre.agency, content, name="y", by=centre.officer)

    assert (first.columns, second.columns) == ({}, {"หัวข้อแปลก": "number", "อีกหัวข้อ": "words"})


@pytest.mark.parametrize(
    ("columns", "manner", "reason"),
    [
        ({"a": "number"}, "confidential", "คอลัมน์"),
        ({"a": "number", "b": "words", "c": "words"}, "confidential", "ซ้ำ"),
        ({"a": "number", "b": "words"}, "anonymous", "ผู้ร้อง"),
    ],
)
def test_columns_that_say_too_little_or_the_same_are_refused(centre, columns, manner, reason):
    content = sheet("1;2;3", headings="a;b;c")
    listing = receive_file(make_area(PROVINCE), centre.agency, content, name="x", by=centre.officer)

    with pytest.raises(Refused, match=reason):
        confirm_list(listing, columns, manner=manner, by=centre.officer)


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"PK\x03\x04rubbish", b"\xff\xd8\xff\xe0", b"\x00\x01"]
)
def test_file_that_is_no_table_is_refused_in_a_sentence(centre, content):
    with pytest.raises(Refused):
        receive_file(make_area(PROVINCE), centre.agency, content, name="x", by=centre.officer)


def test_file_of_too_many_rows_is_refused_before_it_is_kept(centre, monkeypatch):
    monkeypatch.setattr("prasan.complaints.actions.listing.MOST_ROWS", 3)

    with pytest.raises(Refused, match="3 แถว"):
        receive_file(make_area(PROVINCE), centre.agency, sheet(*many(4)), name="x", by=centre.officer)

    assert ComplaintList.objects.count() == 0


@pytest.mark.parametrize("role", ["governor", "agency_officer", "village_head", "analyst"])
def test_only_the_centre_brings_lists(centre, role):
    stranger = make_holder(role, PROVINCE, agency=make_agency(make_area(PROVINCE)))

    with pytest.raises(Refused):
        make_list(centre, by=stranger)


def test_centre_of_another_province_can_do_nothing_with_it(centre):
    listing, stranger = make_list(centre), make_centre("40").officer

    for act in (
        lambda: take_in_list(listing, by=stranger),
        lambda: order_list(listing, by=stranger),
        lambda: discard_list(listing, by=stranger),
    ):
        with pytest.raises(Refused):
            act()
    assert Complaint.objects.count() == 0


def test_list_thrown_away_keeps_nothing_and_is_never_taken_in(centre):
    listing = discard_list(make_list(centre), by=centre.officer)

    with pytest.raises(Refused):
        order_list(listing, by=centre.officer)
    take_in(listing.pk, centre.officer.pk)
    assert ComplaintList.objects.get().content is None
    assert Complaint.objects.count() == 0


def test_officer_who_left_leaves_a_list_that_another_can_order(centre):
    listing = order_list(make_list(centre), by=centre.officer)
    Posting.objects.filter(person=centre.officer).update(starts=date(2019, 1, 1), ends=date(2020, 1, 1))

    take_in(listing.pk, centre.officer.pk)

    listing.refresh_from_db()
    assert (listing.is_open, Complaint.objects.count()) == (True, 0)


def test_row_that_became_wrong_meanwhile_stops_no_other(centre, monkeypatch):
    listing = make_list(centre, *many(3))
    reading = read_list(listing)
    make_area(VILLAGE)
    monkeypatch.setattr(lists, "read_list", lambda _listing: reading)
    reading.complaints[1].told.area.is_abolished = True
    reading.complaints[1].told.area.save()
    reading.complaints[0].told.area.refresh_from_db()

    done = take_in_list(listing, by=centre.officer)

    assert (done.taken, done.wrong_lines) == (0, [2, 3, 4])
    assert done.taken_at is not None


hostile = st.text(st.characters(exclude_characters="\x00\r\n;\"'", exclude_categories=["Cs"]), max_size=60)


@given(st.lists(st.tuples(*([hostile] * 8)), max_size=6))
@settings(max_examples=40, deadline=None)
def test_every_row_is_a_complaint_or_is_told_of_whatever_stands_in_it(rows):
    make_area(VILLAGE)
    centre = make_centre()
    content = "\n".join((HEADINGS, *(";".join(cells) for cells in rows))).encode()
    try:
        listing = make_list(centre, content=content)
    except Refused:
        return

    reading = read_list(listing)

    assert reading.rows == len(reading.complaints) + len(reading.wrong_lines)
    before = Complaint.objects.count()
    done = take_in_list(listing, by=centre.officer)
    assert done.taken == len(reading.complaints) == Complaint.objects.count() - before


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_same_file_taken_in_twice_at_once_gives_nothing_doubled(centre):
    first, second = (make_list(centre, *many(120)) for _twice in range(2))

    done = at_once(
        *(
            lambda listing=listing: take_in_list(listing, by=centre.officer)
            for listing in (first, second, first)
        )
    )

    assert Complaint.objects.count() == 120
    assert done[0].taken + done[1].taken == 120
    assert done[0].repeated + done[1].repeated == 120


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_worker_killed_in_the_middle_loses_nothing_and_doubles_nothing(centre):
    listing = order_list(make_list(centre, *many(600)), by=centre.officer)
    program = f"from prasan.complaints.jobs import take_in; take_in({listing.pk}, {centre.officer.pk})"

    seen = [0]
    for rows in (1, 150, 300):
        killed_when(program, lambda rows=rows: Complaint.objects.count() >= rows)
        listing.refresh_from_db()
        assert listing.done == listing.taken == Complaint.objects.count()
        seen.append(listing.done)
    take_in(listing.pk, centre.officer.pk)

    listing.refresh_from_db()
    assert seen == sorted(seen)
    assert 0 < seen[-1] < 600
    assert (listing.taken, listing.repeated, listing.wrong_lines) == (600, 0, [])
    keys = Complaint.objects.values_list("source_key", flat=True)
    assert sorted(keys) == sorted(f"{centre.agency.pk}:{n}" for n in range(1, 601))
    assert Entry.objects.filter(kind="complaints.complaint.begin").count() == 600
