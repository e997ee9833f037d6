from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prasan.kernel.digits import to_thai
from prasan.sheets.columns import Column, cells_of, match_columns
from prasan.sheets.reading import Row, SheetFault
from tests.sheets.makers import patient

CODE = Column("tambon_code", "รหัสตำบล", "Tambon code", aliases=("รหัส ต.",))
NAME = Column("name", "ชื่อโครงการ", "Project name")
BUDGET = Column("budget", "งบประมาณ", "Budget", kind="number", required=False)
HOUSES = Column("houses", "จำนวนครัวเรือน", "Households", kind="whole", required=False)
STARTS = Column("starts", "วันเริ่ม", "Starts", kind="date", required=False)
ALL = (CODE, NAME, BUDGET, HOUSES, STARTS)


@pytest.mark.parametrize(
    "header",
    ["tambon_code", "TAMBON CODE", "รหัสตำบล", "รหัส ตำบล", " รหัส-ตำบล: ", "รหัส ต.", "รหัสตำบล (6 หลัก)"],
)
def test_column_is_found_under_any_of_its_names(header):
    matching = match_columns((header, "อื่น"), (CODE,))

    assert matching.headers == {"tambon_code": header}
    assert matching.unknown == ("อื่น",)
    assert matching.is_complete


def test_name_that_only_resembles_is_not_taken():
    matching = match_columns(("รหัสตำบลเดิม", "งบประมาณ / ปี 2566"), (CODE, BUDGET))

    assert matching.headers == {}
    assert matching.missing == (CODE, BUDGET)


def test_tone_marks_and_vowels_count():
    column = Column("paddy", "นา", "Paddy field")

    assert match_columns(("น้ำ",), (column,)).headers == {}


def test_missing_required_column_is_explained():
    matching = match_columns(("ชื่อโครงการ",), ALL)

    assert [fault.sentence.th for fault in matching.faults] == [
        "ไม่พบคอลัมน์ “รหัสตำบล” กรุณาเพิ่มคอลัมน์นี้หรือแก้ชื่อหัวตาราง"
    ]
    assert matching.missing == (CODE, BUDGET, HOUSES, STARTS)
    assert not matching.is_complete


def test_two_columns_that_could_be_it_are_never_chosen_between():
    matching = match_columns(("ชื่อโครงการ", "ชื่อโครงการ (2)"), (NAME,))

    assert matching.headers == {}
    assert matching.unknown == ()
    assert [fault.sentence.en for fault in matching.faults] == [
        "Several columns could be “Project name”: “ชื่อโครงการ”, “ชื่อโครงการ (2)”. Please keep only one."
    ]


def test_outright_name_goes_before_one_with_brackets():
    matching = match_columns(("งบประมาณ (ล้านบาท)", "งบประมาณ"), (BUDGET,))

    assert matching.headers == {"budget": "งบประมาณ"}


def test_unused_columns_are_remarked():
    matching = match_columns(("ชื่อโครงการ", "สี", "ขนาด"), (NAME,))

    assert [remark.th for remark in matching.remarks] == ["คอลัมน์ที่ไม่ได้ใช้: “สี”, “ขนาด”"]


def row_of(code="320101", name="ฝาย", budget="", houses="", starts="", faults=()):
    cells = dict(zip((column.th for column in ALL), (code, name, budget, houses, starts), strict=True))
    return Row(7, cells, faults)


MATCHING = match_columns(tuple(column.th for column in ALL), ALL)


def test_cells_are_read_by_kind():
    cells = cells_of(row_of(" 320101 ", "ฝาย  น้ำล้น", "๑,๒๓๔.๕๐", "12", "20 ส.ค. 67"), MATCHING)

    assert cells.faults == ()
    assert (cells.line, cells.text("tambon_code"), cells.text("name")) == (7, "320101", "ฝาย น้ำล้น")
    assert cells.number("budget") == Decimal("1234.50")
    assert cells.whole("houses") == 12
    assert cells.date("starts") == date(2024, 8, 20)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-08-20", date(2024, 8, 20)),
        ("2024-08-20 12:30:00", date(2024, 8, 20)),
        ("2567-08-20", date(2024, 8, 20)),
        ("29/2/2567", date(2024, 2, 29)),
    ],
)
def test_dates_that_excel_hands_out_are_read(written, day):
    assert cells_of(row_of(starts=written), MATCHING).date("starts") == day


@pytest.mark.parametrize("blank", ["", "  ", "-", "–", "\u200b"])
def test_blank_or_dash_is_no_number_and_no_date(blank):
    cells = cells_of(row_of(budget=blank, houses=blank, starts=blank), MATCHING)

    assert cells.faults == ()
    assert (cells.number("budget"), cells.whole("houses"), cells.date("starts")) == (None, None, None)


def test_every_bad_cell_of_a_row_is_a_fault_with_its_place():
    cells = cells_of(row_of("", "ฝาย", "1.234,5", "5.5", "31 ก.พ. 67"), MATCHING)

    assert [(fault.code, fault.line, fault.column) for fault in cells.faults] == [
        ("cell.missing", 7, "รหัสตำบล"),
        ("cell.value", 7, "งบประมาณ"),
        ("cell.value", 7, "จำนวนครัวเรือน"),
        ("cell.value", 7, "วันเริ่ม"),
    ]
    assert cells.faults[0].sentence.th == "บรรทัดที่ 7 คอลัมน์ “รหัสตำบล”: ต้องมีค่า กรุณากรอกให้ครบ"
    assert cells.faults[2].sentence.th.startswith("บรรทัดที่ 7 คอลัมน์ “จำนวนครัวเรือน”: “5.5” ไม่ใช่จำนวนเต็ม")


def test_row_of_wrong_length_brings_only_that_fault():
    fault = SheetFault("row.too_few", line=7, found=1, wanted=5)

    cells = cells_of(row_of("320101", "", faults=(fault,)), MATCHING)

    assert cells.faults == (fault,)
    assert (cells.text("name"), cells.number("budget")) == ("", None)


def test_cell_with_a_fault_of_reading_is_not_judged_twice():
    fault = SheetFault("cell.error", line=7, column="รหัสตำบล", value="#REF!")

    assert cells_of(row_of("", faults=(fault,)), MATCHING).faults == (fault,)


def test_optional_column_that_is_not_there_is_blank():
    matching = match_columns(("รหัสตำบล", "ชื่อโครงการ"), ALL)

    cells = cells_of(Row(2, {"รหัสตำบล": "320101", "ชื่อโครงการ": "ฝาย"}), matching)

    assert (cells.number("budget"), cells.faults) == (None, ())


def test_asking_for_the_wrong_kind_is_our_mistake():
    with pytest.raises(TypeError):
        cells_of(row_of(), MATCHING).number("name")


@patient
@given(st.integers(-(10**12), 10**12), st.booleans())
def test_whole_numbers_are_read_in_either_digits(number, thai):
    written = f"{number:,}"

    assert cells_of(row_of(houses=to_thai(written) if thai else written), MATCHING).whole("houses") == number
