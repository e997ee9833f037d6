import io
import struct
import time
import zipfile

import pytest
import xlsxwriter
from django.utils import translation
from docx import Document

from prasan.documents.models import File
from prasan.documents.office import check_office
from prasan.kernel.refusals import Refused
from tests.factories.documents import OFFICE, office


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def test_kind_follows_from_content():
    assert check_office(office("docx")) is File.Kind.DOCX
    assert check_office(office("xlsx")) is File.Kind.XLSX


def test_files_of_real_programs_are_taken():
    document, sheet = io.BytesIO(), io.BytesIO()
    text = Document()
    text.add_paragraph("ผู้ใหญ่บ้าน หมู่ 3")
    text.save(document)
    with xlsxwriter.Workbook(sheet) as book:
        page = book.add_worksheet()
        page.write(0, 0, "งบประมาณ")
        page.write_url(1, 0, "https://example.org/")

    assert check_office(document) is File.Kind.DOCX
    assert check_office(sheet) is File.Kind.XLSX


@pytest.mark.parametrize(
    "part",
    [
        "word/vbaProject.bin",
        "xl/VBAPROJECT.BIN",
        "word/activeX/activeX1.xml",
        "word/embeddings/oleObject1.bin",
        "x.exe",
    ],
)
def test_acting_parts_are_refused(part):
    with pytest.raises(Refused, match="macros, programs"):
        check_office(office(parts={part: b"x"}))


def test_settings_of_a_printer_are_harmless():
    assert (
        check_office(office("xlsx", parts={"xl/printerSettings/printerSettings1.bin": b"x"}))
        is File.Kind.XLSX
    )


@pytest.mark.parametrize(
    "main",
    [
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    ],
)
def test_files_made_for_macros_are_refused(main):
    with pytest.raises(Refused, match="macros"):
        check_office(office(main=main))


@pytest.mark.parametrize("main", [OFFICE + "presentationml.presentation.main+xml", "text/html", "x" + OFFICE])
def test_other_packages_are_refused(main):
    with pytest.raises(Refused, match="Only plain Word and Excel"):
        check_office(office(main=main))


@pytest.mark.parametrize(
    "reference",
    [
        b'<Relationship Id="r" Type="http://x/attachedTemplate" Target="http://evil" TargetMode="External"/>',
        b'<Relationship TargetMode=\'External\' Target="http://evil/t" Type="http://x/oleObject" Id="r"/>',
        b'<r:Relationship Id="r" Type="x/externalLinkPath" Target="file://evil" TargetMode="External"/>',
        b'<Relationship Id="r" Type="x/image" Target="http://evil/seen.png" TargetMode="External"/>',
        b'<Relationship Id="a>b" Type="x/oleObject" Target="http://evil" TargetMode="External"/>',
        b'<Relationship Id="r" Type="x/oleObject" Target="http://evil" TargetMode="&#69;xternal"/>',
    ],
)
def test_parts_fetched_from_elsewhere_are_refused(reference):
    with pytest.raises(Refused, match="parts from elsewhere"):
        check_office(office(parts={"word/_rels/settings.xml.rels": b"<Relationships>" + reference}))


def test_references_without_end_are_refused_at_once():
    started = time.perf_counter()

    with pytest.raises(Refused, match="not a whole"):
        check_office(office(parts={"word/_rels/a.rels": b"<Relationship " * 100_000}))

    assert time.perf_counter() - started < 5


def test_reference_in_letters_of_two_bytes_is_refused():
    with pytest.raises(Refused, match="not a whole"):
        check_office(office(parts={"word/_rels/a.rels": "<Relationship/>".encode("utf-16")}))


def test_entities_in_the_list_of_types_are_refused():
    with pytest.raises(Refused, match="macros, programs"):
        check_office(office(main='"><!DOCTYPE x [<!ENTITY a "b">]><x y="'))


def test_package_bomb_is_refused():
    content = bytearray(office(parts={"word/document.xml": b"x"}).getvalue())
    central = content.rindex(b"PK\x01\x02")
    struct.pack_into("<I", content, central + 24, 401 * 1024 * 1024)  # the size unpacked, as declared

    with pytest.raises(Refused, match="unpacks to far more"):
        check_office(io.BytesIO(bytes(content)))


def test_package_of_endless_parts_is_refused():
    with pytest.raises(Refused, match="unpacks to far more"):
        check_office(office(parts={f"p{number}": b"" for number in range(5001)}))


def test_list_of_types_without_end_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "x" * 3_000_000)

    with pytest.raises(Refused, match="not a whole"):
        check_office(stream)


@pytest.mark.parametrize("name", ["../../etc/cron.d/x", "/etc/passwd", "word/../../x"])
def test_parts_that_lead_out_are_refused(name):
    with pytest.raises(Refused, match="not a whole"):
        check_office(office(parts={name: b"x"}))


def test_locked_package_is_refused():
    content = bytearray(office().getvalue())
    central = content.rindex(b"PK\x01\x02")
    struct.pack_into("<H", content, central + 8, 1)

    with pytest.raises(Refused, match="locked"):
        check_office(io.BytesIO(bytes(content)))


@pytest.mark.parametrize("cut", [0, 4, 30, -30])
def test_truncated_package_is_refused(cut):
    with pytest.raises(Refused, match="not a whole"):
        check_office(io.BytesIO(office().getvalue()[:cut]))
