import gzip
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prasan.sheets.reading import Limits, open_sheet
from tests.sheets.makers import cells_of_all, fault_of, headers_of, patient, remarks_of, rows_of

TABLE = [
    ["รหัส", "ชื่อหมู่บ้าน", "หมายเหตุ"],
    ["32010101", "บ้านโนนสูง", "น้ำท่วมขัง, ถนนชำรุด; ซ่อมแล้ว"],
    ["32010102", "บ้านปั๊มน้ำ", 'เรียก "คุ้มใต้"\nและคุ้มเหนือ'],
    ["32010103", "บ้านกู่", ""],
]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "cp874"]
UTF_16_BE = b"\xfe\xff"


def written(table, separator=",", newline="\n"):
    def cell(text):
        quoted = any(sign in text for sign in ',;\t|"\n')
        return '"' + text.replace('"', '""') + '"' if quoted else text

    return "".join(separator.join(map(cell, row)) + newline for row in table)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_every_separator_and_encoding_reads_equal(separator, encoding, newline):
    content = written(TABLE, separator, newline).encode(encoding)

    assert headers_of(content) == tuple(TABLE[0])
    assert cells_of_all(content) == TABLE[1:]


def test_utf16_of_either_byte_order_is_read():
    content = UTF_16_BE + written(TABLE).encode("utf-16-be")

    assert cells_of_all(content) == TABLE[1:]


def test_gzip_reads_as_what_is_inside():
    content = gzip.compress(written(TABLE, ";").encode("cp874"))

    assert cells_of_all(content) == TABLE[1:]


words = st.lists(
    st.sampled_from(["ตำบล", "ที่", "น้ำ", "ปั๊ม", "กำนัน", "ผู้ใหญ่บ้าน", "ญี่ปุ่น", "เก็บ", "A1", "๑๒๓", "25,5", "a;b", "|", " "]),  # noqa: E501 - one list
    min_size=1, max_size=5,
).map("".join)  # fmt: skip


@patient
@given(
    rows=st.lists(st.tuples(words, words, words), min_size=1, max_size=12),
    separator=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(ENCODINGS),
)
def test_any_words_read_equal_in_any_separator_and_encoding(rows, separator, encoding):
    table = [TABLE[0], *map(list, rows)]

    read = cells_of_all(written(table, separator).encode(encoding))

    assert read == [row for row in table[1:] if any(cell.strip() for cell in row)]


def test_lines_are_those_a_person_sees():
    content = 'ก,ข\n1,"สอง\nบรรทัด"\n\n2,ค\n,\n3,ง\n'.encode()

    assert [row.line for row in rows_of(content)] == [2, 5, 7]


def test_rows_can_be_read_again_and_side_by_side():
    with open_sheet(io.BytesIO(written(TABLE).encode())) as sheet:
        pairs = list(zip(sheet.rows(), sheet.rows(), strict=True))

        assert [left == right for left, right in pairs] == [True] * 3
        assert len(list(sheet.rows())) == 3


def test_stream_that_cannot_seek_is_read():
    class Pipe(io.RawIOBase):
        def __init__(self, content):
            self.inner = io.BytesIO(content)

        def readable(self):
            return True

        def readinto(self, buffer):
            return self.inner.readinto(buffer)

    with open_sheet(io.BufferedReader(Pipe(written(TABLE).encode()))) as sheet:
        assert [list(row.cells.values()) for row in sheet.rows()] == TABLE[1:]


def test_stream_stays_open_when_the_sheet_is_closed():
    stream = io.BytesIO(written(TABLE).encode())

    open_sheet(stream).close()

    assert not stream.closed


def test_separator_that_excel_announces_is_believed():
    content = "sep=;\nชื่อ;จำนวน\nก,ข;1\n".encode()

    assert headers_of(content) == ("ชื่อ", "จำนวน")
    assert [(row.line, row.cells) for row in rows_of(content)] == [(3, {"ชื่อ": "ก,ข", "จำนวน": "1"})]


def test_single_column_is_read():
    assert cells_of_all("ชื่อ\nบ้านกู่\nบ้านโนน\n".encode()) == [["บ้านกู่"], ["บ้านโนน"]]


def test_what_was_assumed_is_said():
    content = written(TABLE, ";").encode("cp874")

    assert remarks_of(content) == [
        "Read as TIS-620 (Windows-874) text.",
        "Cells are separated by a semicolon.",
    ]
    assert remarks_of(written(TABLE).encode()) == []


def test_row_cut_short_is_a_fault_of_its_line_only():
    content = "ก,ข,ค\n1,2,3\n4,5\n6,7,8\n".encode()

    rows = rows_of(content)

    assert [[fault.code for fault in row.faults] for row in rows] == [[], ["row.too_few"], []]
    assert rows[1].faults[0].line == 3
    assert rows[1].faults[0].sentence.th == ("บรรทัดที่ 3: มี 2 ช่อง แต่หัวตารางมี 3 ช่อง กรุณาตรวจเครื่องหมายคั่น")


def test_row_with_more_than_the_heading_is_a_fault_unless_the_rest_is_blank():
    rows = rows_of("ก,ข\n1,2,,\n3,4,,5\n".encode())

    assert [[fault.code for fault in row.faults] for row in rows] == [[], ["row.too_many"]]


def test_broken_utf8_names_line_and_character():
    content = "ชื่อ,จำนวน\nบ้านกู่,1\nบ้าน".encode() + b"\xe0\xb8" + "น,2\n".encode()

    fault = fault_of(content)

    assert (fault.code, fault.line, fault.column) == ("file.broken_utf8", 3, "5")


def test_broken_utf8_is_found_beyond_the_first_megabyte():
    sound = "ชื่อ,จำนวน\r\n" + "บ้านกู่,1\r\n" * 100_000
    content = sound.encode() + b"\xff,2\r\n"

    fault = fault_of(content)

    assert (fault.code, fault.line, fault.column) == ("file.broken_utf8", 100_002, "1")


def test_utf8_that_stops_within_a_character_is_broken():
    fault = fault_of("ชื่อ,จำนวน\nบ้าน,1\nกู่".encode()[:-1])

    assert (fault.code, fault.line, fault.column) == ("file.broken_utf8", 3, "3")


@pytest.mark.parametrize(
    "content",
    [
        "name,town\ncafé,Orléans\nnaïve,Genève\n".encode("latin-1"),
        "名前,町\n東京都,千代田区\n大阪,北区\n".encode("gbk"),
        bytes(range(128, 256)) * 20,
    ],
)
def test_text_that_is_neither_utf8_nor_thai_is_refused(content):
    assert fault_of(content).code == "file.unreadable_text"


def test_nul_is_refused_with_its_place():
    fault = fault_of("ก,ข\n1,2\n3\0,4\n".encode())

    assert (fault.code, fault.line, fault.column) == ("file.nul", 3, "2")


def test_quotation_mark_never_closed_names_the_line_it_opens():
    fault = fault_of(('ก,ข\n1,2\n3,"ส\n' + "4,5\n" * 10).encode())

    assert (fault.code, fault.line) == ("line.quotes", 3)


def test_quotation_mark_left_open_in_a_large_file_is_found_without_reading_it_all():
    fault = fault_of(('ก,ข\n1,"ส\n' + "4,5\n" * 100_000).encode())

    assert (fault.code, fault.line) == ("line.too_long", 2)


def test_line_without_end_is_refused():
    fault = fault_of(b"a,b\n" + b"x" * 2_000, Limits(line_characters=1_000))

    assert (fault.code, fault.line) == ("line.too_long", 2)


def test_cell_too_long_is_a_fault_of_its_row():
    rows = rows_of(b"a,b\n1," + b"x" * 40_000 + b"\n2,y\n")

    assert [[fault.code for fault in row.faults] for row in rows] == [["cell.too_long"], []]


def test_too_many_columns_are_refused():
    content = ",".join(f"h{number}" for number in range(501)).encode() + b"\n"

    assert fault_of(content).code == "sheet.too_many_columns"


def test_too_many_rows_are_refused_once_reached():
    assert fault_of(b"a,b\n" + b"1,2\n" * 11, Limits(rows=10)).code == "sheet.too_many_rows"
    assert fault_of(b"a,b\n" + b"1,2\n" * 10, Limits(rows=10)) is None


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("admin_tambon.csv", 7_436),
        ("villages.csv.gz", 75_206),
        ("local_governments_2560.csv", 7_873),
        ("province_clusters.csv", 77),
        ("complaints_bangkok_2022.csv.gz", 91_085),
        ("budget_fy2565_provinces_clusters.csv", 1_951),
        ("budget_fy2565_all_ministries_draft.csv.gz", 37_635),
        ("pao_budgets_2565_2566.csv", 1_488),
        ("innovation_base_2562.csv", 47),
        ("local_digital_2564.csv", 45),
        ("excellent_innovation_2567.csv", 4),
        ("complaint_pairs_labelled.csv", 645),
    ],
)
def test_real_file_is_read_whole(shared_data, name, rows):
    with open_sheet(shared_data / name) as sheet:
        read = list(sheet.rows())

    assert len(read) == rows
    assert [row.line for row in read if row.faults] == []
