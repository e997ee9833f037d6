import io
from datetime import date, datetime
from decimal import Decimal

import pytest
import python_calamine
import xlsxwriter

from prasan.sheets.reading import open_sheet
from prasan.sheets.table import Table
from prasan.sheets.xlsx import write_xlsx
from tests.sheets.makers import (
    archive,
    cells_of_all,
    fault_of,
    headers_of,
    remarks_of,
    rows_of,
    sheet_data,
    workbook,
    workbook_parts,
)

HEADING = ["รหัส", "ชื่อ"]


def made(fill) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        fill(book)
    return stream.getvalue()


def values(cells: str, **options) -> list[str]:
    """What the cells of one row under generous headings read as."""
    heading = '<row r="1">' + "".join(f'<c t="str"><v>h{number}</v></c>' for number in range(6)) + "</row>"
    rows = rows_of(workbook(f'<sheetData>{heading}<row r="2">{cells}</row></sheetData>', **options))
    return [text for text in rows[0].cells.values() if text]


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("1160100", "1160100"),
        ("1160100.0", "1160100"),
        ("3320100123456", "3320100123456"),
        ("12345678901234567", "12345678901234567"),
        ("0.1", "0.1"),
        ("0.30000000000000004", "0.3"),
        ("1234.5599999999999", "1234.56"),
        ("1E+3", "1000"),
        ("1.5E-7", "0.00000015"),
        ("-0", "0"),
        ("-2.50", "-2.5"),
    ],
)
def test_number_comes_as_a_person_would_type_it(stored, text):
    assert values(f"<c><v>{stored}</v></c>") == [text]


@pytest.mark.parametrize(
    ("number_format", "stored", "text"),
    [
        ("14", "45524", "2024-08-20"),
        ("71", "45524", "2024-08-20"),
        ("81", "45524", "2024-08-20"),
        ("22", "45524.75", "2024-08-20 18:00:00"),
        ("20", "0.75", "18:00:00"),
        ("14", "1", "1900-01-01"),
        ("14", "61", "1900-03-01"),
        ("14", "243632", "2567-01-14"),
        ("14", "-1", "-1"),
        ("1", "45524", "45524"),
        ("61", "45524", "45524"),
        ("[$-107041E]d mmm yyyy", "45524", "2024-08-20"),
        ("[$-D07041E]d mmmm yyyy;@", "45524", "2024-08-20"),
        ("d/m/bbbb", "45524", "2024-08-20"),
        ("ว/ด/ปปปป", "45524", "2024-08-20"),
        ('#,##0 "บาท/day"', "45524", "45524"),
        ("[Red]0.00", "45524", "45524"),
        ("t#,##0", "45524", "45524"),
        ("[h]:mm", "45524", "45524"),
        ("General", "45524", "45524"),
    ],
)
def test_date_is_iso_whatever_its_thai_format(number_format, stored, text):
    own = number_format if number_format.isdecimal() else "200"
    styles = (
        f'<numFmts><numFmt numFmtId="200" formatCode="{number_format.replace(chr(34), "&quot;")}"/></numFmts>'
    )
    styles += (
        f'<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf/><xf numFmtId="{own}"/></cellXfs>'
    )

    assert values(f'<c s="1"><v>{stored}</v></c>', styles=styles) == [text]


def test_dates_counted_from_1904_are_right():
    styles = '<cellXfs><xf numFmtId="14"/></cellXfs>'
    properties = '<workbookPr date1904="1"/>'

    assert values('<c s="0"><v>44062</v></c>', styles=styles, properties=properties) == ["2024-08-20"]


def test_texts_of_every_kind_are_read():
    shared = "<si><t>ร่วม</t></si><si><r><t>ตัว</t></r><r><t xml:space='preserve'> หนา</t></r></si>"
    cells = (
        '<c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="inlineStr"><is><t>ใน</t><rPh><t>x</t></rPh></is></c>'
        '<c t="str"><f>A1</f><v>สูตร</v></c><c t="b"><v>1</v></c><c t="str"><v>ก_x000A_ข</v></c>'
    )

    assert values(cells, shared=shared) == ["ร่วม", "ตัว หนา", "ใน", "สูตร", "TRUE", "ก\nข"]


def test_formula_reads_as_its_stored_value():
    assert values("<c><f>SUM(A1:A9)</f><v>12</v></c>") == ["12"]


def test_error_and_formula_without_value_are_faults_of_their_cells():
    data = sheet_data({1: HEADING}).replace(
        "</sheetData>",
        '<row r="4"><c r="A4" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B4"><f>A4</f></c></row></sheetData>',
    )

    (row,) = rows_of(workbook(data))

    assert [(fault.code, fault.line, fault.column) for fault in row.faults] == [
        ("cell.error", 4, "รหัส"),
        ("cell.formula", 4, "ชื่อ"),
    ]


def test_cells_and_rows_without_a_number_follow_each_other():
    data = '<row><c t="str"><v>ก</v></c><c t="str"><v>ข</v></c></row><row><c/><c><v>7</v></c></row>'

    (row,) = rows_of(workbook(f"<sheetData>{data}</sheetData>"))

    assert (row.line, row.cells) == (2, {"ก": "", "ข": "7"})


def test_formatting_without_values_does_not_widen_the_table():
    data = sheet_data({1: HEADING, 2: [1, "ก"]}).replace(
        "</sheetData>", '<row r="1048576"><c r="XFD1048576" s="3"/></row></sheetData>'
    )

    assert headers_of(workbook(data)) == ("รหัส", "ชื่อ")
    assert cells_of_all(workbook(data)) == [["1", "ก"]]


def test_first_visible_sheet_with_content_is_read_and_that_is_said():
    parts = workbook_parts(
        {
            "ลับ": sheet_data({1: ["ซ่อน", "ไว้"]}),
            "ว่าง": "<sheetData/>",
            "ข้อมูล": sheet_data({1: HEADING, 2: [1, "ก"]}),
            "อื่น": sheet_data({1: ["x", "y"]}),
        },
        states={"ลับ": "veryHidden"},
    )

    assert headers_of(archive(parts)) == ("รหัส", "ชื่อ")
    assert remarks_of(archive(parts)) == [
        "The file has 3 sheets; only “ข้อมูล” is read.",
        "Hidden sheets are not read: ลับ.",
    ]


def test_sheet_is_chosen_by_name():
    parts = workbook_parts({"หนึ่ง": sheet_data({1: HEADING}), "สอง": sheet_data({1: ["x", "y"]})})

    assert headers_of(archive(parts), name="สอง") == ("x", "y")
    fault = fault_of(archive(parts), name="สาม")
    assert fault.sentence.th == "ไม่พบแผ่นงานชื่อ “สาม” ในไฟล์นี้ มีแผ่นงาน: หนึ่ง, สอง"


def test_workbook_without_content_is_refused():
    assert fault_of(workbook("<sheetData/>")).code == "sheet.none"
    assert fault_of(workbook(sheet_data({1: HEADING}), states={"ข้อมูล": "hidden"})).code == "sheet.none"


def test_workbook_at_an_unusual_place_with_prefixes_is_read():
    parts = workbook_parts({"ข้อมูล": sheet_data({1: HEADING, 2: [1, "ก"]})})
    parts["_rels/.rels"] = str(parts["_rels/.rels"]).replace("xl/workbook.xml", "/XL/workbook.xml")
    sheet = str(parts["xl/worksheets/sheet1.xml"]).replace("xmlns=", "xmlns:x=")
    parts["xl/worksheets/sheet1.xml"] = sheet.replace("</", "<@").replace("<", "<x:").replace("<x:@", "</x:")

    assert cells_of_all(archive(parts)) == [["1", "ก"]]


def test_same_cells_are_read_as_by_another_library():
    def fill(book):
        sheet = book.add_worksheet("ข้อมูล")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, ["ข้อความ", "จำนวน", "วัน", "จริง"])
        for number in range(1, 200):
            sheet.write_string(number, 0, f"บ้านที่ {number} <&> \"'\n ท้าย ")
            sheet.write_number(number, 1, number * 1.1)
            sheet.write_datetime(number, 2, datetime(2024, 1 + number % 12, 1 + number % 28), day)
            sheet.write_boolean(number, 3, number % 2 == 0)

    content = made(fill)
    other = python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()

    def shown(value):
        if isinstance(value, bool):
            return str(value).upper()
        if isinstance(value, float):
            return f"{Decimal(f'{value:.15g}').normalize():f}"
        return value.isoformat() if isinstance(value, date) else value

    assert cells_of_all(content) == [[shown(value) for value in row] for row in other[1:]]


def test_workbook_of_ours_is_read_from_a_path(tmp_path):
    path = tmp_path / "ไม่มีนามสกุล"
    with path.open("wb") as file:
        write_xlsx(file, [Table("ก", HEADING, [("๑", "ข")])])

    with open_sheet(path) as sheet:
        assert [row.cells for row in sheet.rows()] == [{"รหัส": "๑", "ชื่อ": "ข"}]
