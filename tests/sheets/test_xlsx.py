import io
import re
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import python_calamine
from hypothesis import given
from hypothesis import strategies as st

from prasan.sheets.columns import Column, cells_of, match_columns
from prasan.sheets.reading import open_sheet
from prasan.sheets.table import Table, printable
from prasan.sheets.xlsx import LONGEST_TEXT, write_xlsx
from tests.sheets.makers import cells_of_all, headers_of, patient

HEADERS = ("รหัส", "ชื่อ", "หมายเหตุ")
texts = st.one_of(
    st.text(max_size=30),
    st.text(st.sampled_from("=+-@'\t\r\n\"<>&_x0D กิ้ำ๑\0\x0b"), max_size=14),
    st.sampled_from(["=1+1", "{=1}", "http://a.b", "_x000D_", "_x005F_", "1160100", "TRUE", "#REF!"]),
)


def written(*rows, headers=HEADERS) -> bytes:
    stream = io.BytesIO()
    write_xlsx(stream, [Table("ตาราง", headers, rows)])
    return stream.getvalue()


def part(content: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(content)).read(name).decode()


@patient
@given(st.lists(st.tuples(texts, texts, texts), max_size=12))
def test_any_text_comes_back_as_it_was(rows):
    content = written(*rows)

    assert headers_of(content) == HEADERS
    expected = [[printable(cell) for cell in row] for row in rows]
    assert cells_of_all(content) == [row for row in expected if any(cell.strip() for cell in row)]


@patient
@given(
    st.lists(
        st.tuples(
            st.integers(-(10**18), 10**18),
            st.decimals(min_value=-(10**12), max_value=10**12, places=2),
            st.dates(date(1950, 1, 1), date(2199, 12, 31)),
        ),
        min_size=1,
        max_size=10,
    )
)
def test_numbers_money_and_dates_come_back_exactly(rows):
    wanted = (
        Column("count", HEADERS[0], "", kind="whole"),
        Column("money", HEADERS[1], "", kind="number"),
        Column("day", HEADERS[2], "", kind="date"),
    )

    with open_sheet(io.BytesIO(written(*rows))) as sheet:
        matching = match_columns(sheet.headers, wanted)
        read = [cells_of(row, matching).values for row in sheet.rows()]

    assert [tuple(values.values()) for values in read] == rows


def test_text_never_becomes_a_formula_a_number_or_a_link():
    content = written(("=1+1", "+66 2", "http://a.b"), ("@x", "-1", "0012"))

    sheet = part(content, "xl/worksheets/sheet1.xml")
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert re.findall(r'<c r="(\w+)"[^>]* t="(\w+)"', sheet)[3:] == [
        (cell, "inlineStr") for cell in ("A2", "B2", "C2", "A3", "B3", "C3")
    ]


def test_dates_are_real_dates_shown_in_buddhist_years_and_moments_in_bangkok():
    content = written((date(2024, 8, 20), datetime(2024, 8, 20, 18, 30, tzinfo=UTC), None))

    assert cells_of_all(content) == [["2024-08-20", "2024-08-21 01:30:00", ""]]
    assert "[$-107041E]d mmm yyyy" in part(content, "xl/styles.xml")


def test_another_library_reads_the_same():
    content = written((2568, Decimal("1234567.89"), "ฝาย"), (1, None, "=1+1"))

    other = python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()

    assert other == [list(HEADERS), [2568.0, 1234567.89, "ฝาย"], [1.0, "", "=1+1"]]


def test_heading_is_fixed_in_a_thai_face_and_filterable():
    content = written((1, "ก", "ข"))

    sheet = part(content, "xl/worksheets/sheet1.xml")
    assert 'state="frozen"' in sheet
    assert '<autoFilter ref="A1:C2"/>' in sheet
    assert set(re.findall('<name val="([^"]*)"', part(content, "xl/styles.xml"))) == {"TH Sarabun New"}


def test_columns_are_as_wide_as_their_words_look():
    content = written(("1", "ปั๊มน้ำบ้านกู่สิ้นสุดที่นี่", "x" * 500))

    widths = re.findall('<col [^>]*width="([0-9.]+)"', part(content, "xl/worksheets/sheet1.xml"))
    assert [round(float(width)) for width in widths] == [9, 17, 61]


def test_text_longer_than_a_cell_ends_in_a_sign_that_it_was_cut():
    ((text, _, _),) = cells_of_all(written(("ก" * 40_000, "", "")))

    assert text == "ก" * (LONGEST_TEXT - 1) + "…"


@pytest.mark.parametrize(
    ("count", "sheets"),
    [
        (0, [[]]),
        (3, [["0", "1", "2"]]),
        (4, [["0", "1", "2"], ["3"]]),
        (6, [["0", "1", "2"], ["3", "4", "5"]]),
        (7, [["0", "1", "2"], ["3", "4", "5"], ["6"]]),
    ],
)
def test_rows_that_do_not_fit_go_on_in_the_next_sheet(count, sheets):
    stream = io.BytesIO()
    rows = ((str(number), "ก", "ข") for number in range(count))

    write_xlsx(stream, [Table("งบ", HEADERS, rows)], longest_sheet=4)

    workbook = python_calamine.load_workbook(io.BytesIO(stream.getvalue()))
    assert workbook.sheet_names == ["งบ", "งบ (2)", "งบ (3)"][: len(sheets)]
    for name, numbers in zip(workbook.sheet_names, sheets, strict=True):
        first, *others = workbook.get_sheet_by_name(name).to_python()
        assert first == list(HEADERS)
        assert [row[0] for row in others] == numbers


def test_rows_wait_in_the_workplace_and_leave_nothing_there(tmp_path):
    seen = []

    def rows():
        yield ("1", "ก", "ข")
        seen.extend(path.stat().st_size for path in tmp_path.iterdir())

    write_xlsx(io.BytesIO(), [Table("งบ", HEADERS, rows())], workplace=tmp_path)

    assert len(seen) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (["ก", "ก", "ก"], ["ก", "ก (2)", "ก (3)"]),
        (["งบ/ปี [2568]: *?\\"], ["งบ ปี  2568"]),
        (["ย" * 40, "ย" * 40], ["ย" * 31, "ย" * 27 + " (2)"]),
        (["", "'ก'", "History"], ["1", "ก", "History (2)"]),
    ],
)
def test_titles_become_names_that_excel_accepts(titles, names):
    stream = io.BytesIO()

    write_xlsx(stream, [Table(title, HEADERS, []) for title in titles])

    assert python_calamine.load_workbook(io.BytesIO(stream.getvalue())).sheet_names == names
