import pytest

from tests.sheets.makers import cells_of_all, headers_of, remarks_of, rows_of, sheet_data, workbook


def merged(*areas: str) -> str:
    return "<mergeCells>" + "".join(f'<mergeCell ref="{area}"/>' for area in areas) + "</mergeCells>"


BUDGETS = workbook(
    sheet_data(
        {
            1: ["บัญชีโครงการ จังหวัดสุรินทร์"],
            2: ["ข้อมูล ณ วันที่ 1 ตุลาคม 2567"],
            4: ["ที่", "โครงการ", "งบประมาณ (บาท)", None, None, "หมายเหตุ"],
            5: [None, None, "ปี 2566", "ปี 2567", "ปี 2568"],
            6: [1, "ฝายน้ำล้น", 100, 200, 300, "ก"],
            7: [2, "ถนน", 10, 20, 30],
        }
    )
    + merged("A1:F1", "A2:F2", "A4:A5", "B4:B5", "C4:E4", "F4:F5")
)


def test_merged_headings_are_joined_and_titles_passed_over():
    assert headers_of(BUDGETS) == (
        "ที่",
        "โครงการ",
        "งบประมาณ (บาท) / ปี 2566",
        "งบประมาณ (บาท) / ปี 2567",
        "งบประมาณ (บาท) / ปี 2568",
        "หมายเหตุ",
    )
    assert [row.line for row in rows_of(BUDGETS)] == [6, 7]
    assert cells_of_all(BUDGETS)[1] == ["2", "ถนน", "10", "20", "30", ""]
    assert remarks_of(BUDGETS) == [
        "The heading is in line 4; what stands above it is left out.",
        "Headings merged over lines 4–5 are joined into one name each.",
    ]


def test_heading_merged_across_only_takes_the_line_that_names_its_columns():
    data = {1: ["ที่", "งบประมาณ", None], 2: [None, 2566, 2567], 3: [1, 5, 6]}

    content = workbook(sheet_data(data) + merged("B1:C1"))

    assert headers_of(content) == ("ที่", "งบประมาณ / 2566", "งบประมาณ / 2567")
    assert cells_of_all(content) == [["1", "5", "6"]]


def test_heading_of_three_levels_is_joined():
    data = {
        1: ["ที่", "เงิน"],
        2: [None, "ปี 2566", None, "ปี 2567"],
        3: [None, "รัฐ", "ท้องถิ่น", "รัฐ"],
        4: [1, 2, 3, 4],
    }

    content = workbook(sheet_data(data) + merged("A1:A3", "B1:D1", "B2:C2"))

    assert headers_of(content) == ("ที่", "เงิน / ปี 2566 / รัฐ", "เงิน / ปี 2566 / ท้องถิ่น", "เงิน / ปี 2567 / รัฐ")
    assert cells_of_all(content) == [["1", "2", "3", "4"]]


def test_data_under_a_merged_heading_is_not_taken_for_a_heading():
    data = {1: ["ที่", "ชื่อ"], 2: [1, "ก", "ข"]}

    content = workbook(sheet_data(data) + merged("B1:C1"))

    assert headers_of(content) == ("ที่", "ชื่อ", "ชื่อ (2)")
    assert cells_of_all(content) == [["1", "ก", "ข"]]


def test_merged_data_cells_are_not_filled_and_that_is_said():
    data = {1: ["จังหวัด", "งบ"], 2: ["สุรินทร์", 5], 3: [None, 6]}

    content = workbook(sheet_data(data) + merged("A2:A3"))

    assert cells_of_all(content) == [["สุรินทร์", "5"], ["", "6"]]
    assert remarks_of(content) == [
        "1 groups of data cells are merged; only the first cell of each holds the value."
    ]


def test_equal_headings_are_numbered():
    content = "ชื่อ,ชื่อ,ชื่อ (2)\nก,ข,ค\n".encode()

    assert headers_of(content) == ("ชื่อ", "ชื่อ (2)", "ชื่อ (2) (2)")
    assert remarks_of(content) == ["Equal headings were numbered: “ชื่อ”, “ชื่อ (2)”."]


def test_column_without_heading_gets_its_letter():
    content = ",ชื่อ,ตำบล,\n1,ก,ข,\n".encode()

    assert headers_of(content) == ("คอลัมน์ A", "ชื่อ", "ตำบล")
    assert [row.faults for row in rows_of(content)] == [()]


def test_heading_is_cleaned():
    assert headers_of("\u200bชื่อ \u00a0 โครงการ\n".encode() + b"x\n") == ("ชื่อ โครงการ",)


@pytest.mark.parametrize("title", ["รายชื่อหมู่บ้าน", "รายชื่อหมู่บ้าน,,,"])
def test_title_above_a_csv_table_is_passed_over(title):
    content = f"{title}\n\nรหัส,ชื่อ,ตำบล,อำเภอ\n1,ก,ข,ค\n".encode()

    assert headers_of(content) == ("รหัส", "ชื่อ", "ตำบล", "อำเภอ")
    assert [(row.line, row.faults) for row in rows_of(content)] == [(4, ())]


def test_heading_of_years_is_a_heading():
    assert headers_of("จังหวัด,2566,2567\nสุรินทร์,1,2\n".encode()) == ("จังหวัด", "2566", "2567")
