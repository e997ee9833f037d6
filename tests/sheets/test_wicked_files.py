import gzip
import io
import struct
import tracemalloc
import zipfile
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prasan.sheets.docx import Paragraph, write_docx
from prasan.sheets.faults import SheetFault
from prasan.sheets.limits import Limits
from prasan.sheets.reading import open_sheet
from prasan.sheets.table import Table
from prasan.sheets.xlsx import write_xlsx
from tests.sheets.makers import archive, cells_of_all, fault_of, patient, sheet_data, workbook, workbook_parts

SOUND = {1: ["รหัส", "ชื่อ"], 2: [1, "ก"]}
MEGABYTE = 1_000_000
OFFICE_LINK = '<Relationships><Relationship Id="r" Type="x/officeDocument" Target="x.xml"/></Relationships>'


def our_workbook() -> bytes:
    stream = io.BytesIO()
    write_xlsx(stream, [Table("ก", ["รหัส", "ชื่อ"], [(number, "น้ำ") for number in range(30)])])
    return stream.getvalue()


def word_document() -> bytes:
    stream = io.BytesIO()
    write_docx(stream, [Paragraph("สวัสดี")])
    return stream.getvalue()


def ods() -> bytes:
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    return archive({"mimetype": mimetype, "content.xml": "<x/>", "META-INF/manifest.xml": "<x/>"})


def old_excel(inside: bytes = b"") -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + inside


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.empty"),
        (b"\xef\xbb\xbf", "file.empty"),
        (b"\n \n,,\n", "file.empty"),
        (gzip.compress(b"", mtime=0), "file.empty"),
        (b"%PDF-1.7\n1 0 obj", "file.pdf"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "file.image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "file.image"),
        (b"\n<html><table><tr><td>1", "file.markup"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', "file.markup"),
        (old_excel(), "file.old_excel"),
        (old_excel("EncryptedPackage".encode("utf-16-le")), "file.password"),
        (ods(), "file.open_document"),
        (word_document(), "file.word"),
        (archive({"ข้อมูล.csv": "ก,ข"}), "file.archive"),
        (archive({"_rels/.rels": OFFICE_LINK, "x.xml": "<drawing><workbook/></drawing>"}), "file.archive"),
        (archive({"_rels/.rels": OFFICE_LINK, "x.xml": "<presentation/>"}), "file.slides"),
        (archive({"_rels/.rels": OFFICE_LINK.replace(".xml", ".bin"), "x.bin": b"\0"}), "file.binary_excel"),
        (archive({"_rels/.rels": OFFICE_LINK}), "file.broken"),
        (gzip.compress(gzip.compress(b"a,b", mtime=0), mtime=0), "file.archive"),
        (gzip.compress(our_workbook(), mtime=0), "file.archive"),
        (archive({}), "file.archive"),
        (our_workbook()[:-200], "file.broken"),
        (our_workbook()[:1000], "file.broken"),
        (gzip.compress(b"a,b\n1,2\n" * 1000, mtime=0)[:-20], "file.broken"),
        (gzip.compress(b"a,b\n1,2\n", mtime=0)[:9], "file.broken"),
        (workbook("<sheetData><row r='2'/><row r='1'/></sheetData>" + "<v/>"), "file.broken"),
        (workbook(sheet_data(SOUND) + "<open>"), "file.broken"),
        (workbook('<sheetData><row r="1"><c r="A1" t="s"><v>7</v></c></row></sheetData>'), "file.broken"),
        (workbook('<sheetData><row><c t="s"><v>-1</v></c></row></sheetData>', shared="<si/>"), "file.broken"),
        (workbook('<sheetData><row r="1"><c r="เอ1"><v>7</v></c></row></sheetData>'), "file.broken"),
    ],
)  # fmt: skip
def test_file_of_another_kind_or_damaged_gets_its_own_sentence(content, code):
    assert fault_of(content).code == code


def test_gzip_bomb_is_refused_early():
    bomb = gzip.compress(b"a,b\n" + b"0" * (60 * MEGABYTE))

    fault = fault_of(bomb)

    assert fault.code == "file.expands_too_much"


def test_gzip_that_grows_slowly_but_too_far_is_refused():
    content = gzip.compress(b"a,b\n" + b"1,2\n" * 500_000, compresslevel=0)

    assert fault_of(content, Limits(unpacked_bytes=MEGABYTE)).code == "file.expands_too_much"


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"]
)
def test_zip_bomb_in_any_part_is_refused_in_small_memory(part):
    parts = workbook_parts({"ก": sheet_data(SOUND)}, shared="<si/>", styles="<x/>")
    content = str(parts[part])
    end = content.rindex("</")
    parts[part] = content[:end].encode() + b" " * (50 * MEGABYTE) + content[end:].encode()
    bomb = archive(parts)
    del parts

    tracemalloc.start()
    fault = fault_of(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert fault.code == "file.expands_too_much"
    assert peak < 30 * MEGABYTE


def test_zip_that_lies_about_its_sizes_is_broken_not_believed():
    content = bytearray(workbook(sheet_data(SOUND) + " " * 100_000))
    directory = content.rindex(
        b"PK\x01\x02", 0, content.index(b"xl/worksheets/sheet1.xml", len(content) // 2)
    )
    struct.pack_into("<L", content, directory + 24, 500)

    assert fault_of(bytes(content)).code == "file.broken"


def test_entities_are_refused():
    lol = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    for part in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "_rels/.rels"):
        parts = workbook_parts({"ก": sheet_data(SOUND)})
        parts[part] = lol + str(parts[part])

        assert fault_of(archive(parts)).code == "file.forbidden_markup"


@pytest.mark.parametrize(
    "xml",
    [
        sheet_data(SOUND) + "<a>" * 5_000 + "</a>" * 5_000,
        sheet_data(SOUND) + f"<a b='{'x' * 9_000_000}'/>",
        sheet_data(SOUND) + "".join(f"<a{number}/>" for number in range(20_000)),
    ],
)
def test_markup_made_to_fill_the_memory_is_refused(xml):
    parts = workbook_parts({"ก": xml})

    assert fault_of(archive(parts, stored=True)).code == "file.forbidden_markup"


def test_two_cells_in_opposite_corners_do_not_fill_the_memory():
    corners = workbook(
        '<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1" t="str"><v>ก</v></c></row>'
        '<row r="1048576"><c r="XFD1048576" t="str"><v>ข</v></c></row></sheetData>'
    )

    fault = fault_of(corners)

    assert (fault.code, fault.line) == ("sheet.too_many_columns", 1_048_576)


def test_one_long_text_used_by_every_cell_does_not_multiply():
    data = '<row r="1"><c t="str"><v>ก</v></c></row>'
    data += "".join(f'<row r="{number}"><c t="s"><v>0</v></c></row>' for number in range(2, 5_000))
    content = workbook(f"<sheetData>{data}</sheetData>", shared=f"<si><t>{'x' * 30_000}</t></si>")

    tracemalloc.start()
    with open_sheet(io.BytesIO(content)) as sheet:
        rows = list(sheet.rows())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert len(rows) == 4_998
    assert peak < 20 * MEGABYTE


def test_merged_area_over_the_whole_sheet_is_harmless():
    content = workbook(sheet_data(SOUND) + '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')

    assert cells_of_all(content) == [["1", "ก"]]


def test_archive_of_very_many_parts_is_refused():
    parts = workbook_parts({"ก": sheet_data(SOUND)}) | {f"xl/media/{number}": b"" for number in range(2_001)}

    assert fault_of(archive(parts)).code == "file.too_many_parts"


def test_directory_of_the_archive_that_claims_to_be_huge_is_not_read():
    content = bytearray(our_workbook())
    struct.pack_into("<L", content, content.rindex(b"PK\x05\x06") + 12, 100 * MEGABYTE)

    assert fault_of(bytes(content)).code == "file.too_many_parts"


def test_part_that_stands_twice_or_climbs_out_is_refused():
    for name in ("XL/Workbook.xml", "xl/../../etc/passwd"):
        parts = workbook_parts({"ก": sheet_data(SOUND)}) | {name: "<x/>"}

        assert fault_of(archive(parts)).code == "file.forbidden_markup"


def test_one_part_cannot_be_many_sheets():
    parts = workbook_parts({"ก": "<sheetData/>", "ข": sheet_data(SOUND)})
    relations = str(parts["xl/_rels/workbook.xml.rels"])
    parts["xl/_rels/workbook.xml.rels"] = relations.replace("sheet2.xml", "sheet1.xml")

    assert fault_of(archive(parts)).code == "file.forbidden_markup"


def test_sheets_that_are_too_much_together_are_refused():
    parts = workbook_parts({"ก": sheet_data(SOUND), "ข": " " * 400_000, "ค": " " * 400_000})

    content = archive(parts, stored=True)

    assert fault_of(content, Limits(unpacked_bytes=390_000)).code == "file.expands_too_much"
    assert fault_of(content, Limits(unpacked_bytes=410_000)) is None


def test_very_many_merged_areas_do_not_hold_up_the_reading():
    areas = "".join(f'<mergeCell ref="A{number % 40 + 1}:SF{number % 40 + 1}"/>' for number in range(100_000))
    content = workbook(sheet_data(SOUND) + f"<mergeCells>{areas}</mergeCells>")
    before = perf_counter()

    assert fault_of(content) is None
    assert perf_counter() - before < 5


def test_file_too_large_is_refused_at_once(tmp_path):
    path = tmp_path / "sparse.csv"
    with path.open("wb") as file:
        file.truncate(300 * MEGABYTE)
    before = perf_counter()

    with pytest.raises(SheetFault) as caught:
        open_sheet(path)

    assert perf_counter() - before < 0.5
    assert caught.value.sentence.th == ("ไฟล์มีขนาด 300 MB ใหญ่กว่าที่รับได้ 200 MB กรุณาแบ่งเป็นหลายไฟล์แล้วส่งใหม่")


def test_stream_too_large_is_refused_without_being_kept():
    class Endless(io.RawIOBase):
        given = 0

        def readable(self):
            return True

        def readinto(self, buffer):
            Endless.given += len(buffer)
            return len(buffer)

    with pytest.raises(SheetFault) as caught:
        open_sheet(io.BufferedReader(Endless()), limits=Limits(file_bytes=MEGABYTE))

    assert caught.value.code == "file.too_large"
    assert Endless.given < 2 * MEGABYTE


damages = st.lists(st.tuples(st.integers(0, 1 << 20), st.integers(0, 255)), min_size=1, max_size=8)
WHOLE_XLSX = our_workbook()
LAID_OPEN_XLSX = archive(
    workbook_parts({"ก": sheet_data(SOUND)}, shared="<si><t>ก</t></si>", styles="<cellXfs><xf/></cellXfs>"),
    stored=True,
)
WHOLE_CSV = ("รหัส,ชื่อ\n" + '1,"น้ำ ""ท่วม"""\n' * 20).encode()


@pytest.mark.parametrize("whole", [WHOLE_XLSX, LAID_OPEN_XLSX, WHOLE_CSV, gzip.compress(WHOLE_CSV, mtime=0)])
@patient
@given(damages=damages)
def test_damaged_bytes_end_in_a_fault_or_are_read(whole, damages):
    content = bytearray(whole)
    for place, value in damages:
        content[place % len(content)] = value

    fault = fault_of(bytes(content))

    assert fault is None or fault.sentence.th


@patient
@given(length=st.integers(4, len(WHOLE_XLSX) - 1))
def test_workbook_cut_anywhere_is_refused(length):
    assert isinstance(fault_of(WHOLE_XLSX[:length]), SheetFault)


@patient
@given(content=st.binary(max_size=3_000))
def test_any_bytes_end_in_a_fault_or_are_read(content):
    fault = fault_of(content)

    assert fault is None or fault.sentence.en


@patient
@given(xml=st.text(st.sampled_from('<>/"= abcrtsv19A&;'), max_size=300))
def test_any_markup_ends_in_a_fault_or_is_read(xml):
    parts = workbook_parts({"ก": "<sheetData>" + xml + "</sheetData>"})

    fault = fault_of(archive(parts, stored=True))

    assert fault is None or fault.sentence.th


def test_laid_open_workbook_is_sound_to_begin_with():
    assert zipfile.ZipFile(io.BytesIO(LAID_OPEN_XLSX)).testzip() is None
    assert cells_of_all(LAID_OPEN_XLSX) == [["1", "ก"]]
