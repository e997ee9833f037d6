import io
from datetime import date
from decimal import Decimal

import pytest
from docx import Document
from docx.oxml.ns import qn
from jinja2.exceptions import SecurityError

from prasan.sheets.docx import Heading, Paragraph, render_docx, write_docx
from prasan.sheets.table import Table

TABLE = Table(
    "โครงการ",
    ("ที่", "ชื่อ", "งบประมาณ", "เริ่ม"),
    [(1, "ฝาย", Decimal("1234567.50"), date(2024, 8, 20)), (2, "ถนน", None, None)],
)


def written(*blocks, **options):
    stream = io.BytesIO()
    write_docx(stream, blocks, **options)
    return Document(stream)


def template(*paragraphs: str) -> io.BytesIO:
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    stream = io.BytesIO()
    document.save(stream)
    stream.seek(0)
    return stream


def rendered(template, context) -> list[str]:
    stream = io.BytesIO()
    render_docx(template, context, stream)
    return [paragraph.text for paragraph in Document(stream).paragraphs]


def test_document_holds_its_blocks_in_order():
    document = written(Heading("รายงาน", 0), Paragraph("ปี 2568 <b> & \x0bท้าย"), TABLE)

    assert [paragraph.text for paragraph in document.paragraphs] == ["รายงาน", "ปี 2568 <b> & ท้าย", "โครงการ"]
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [
        ["ที่", "ชื่อ", "งบประมาณ", "เริ่ม"],
        ["1", "ฝาย", "1,234,567.50", "20 ส.ค. 2567"],
        ["2", "ถนน", "", ""],
    ]


def test_official_document_prints_thai_digits():
    document = written(Paragraph("หน้า 12"), TABLE, thai_digits=True)

    assert document.paragraphs[0].text == "หน้า ๑๒"
    assert [cell.text for cell in document.tables[0].rows[1].cells] == [
        "๑",
        "ฝาย",
        "๑,๒๓๔,๕๖๗.๕๐",
        "๒๐ ส.ค. ๒๕๖๗",
    ]


def test_thai_letters_have_the_official_face_and_size():
    document = written(Paragraph("ก"))

    properties = document.styles["Normal"].element.rPr
    assert properties.rFonts.get(qn("w:cs")) == "TH Sarabun New"
    assert properties.find(qn("w:szCs")).get(qn("w:val")) == "32"
    assert properties.find(qn("w:lang")).get(qn("w:bidi")) == "th-TH"


def test_heading_of_a_table_repeats_on_every_page():
    row = written(TABLE).tables[0].rows[0]._tr

    assert row.trPr.find(qn("w:tblHeader")).get(qn("w:val")) == "true"


def test_template_is_filled_and_values_stay_text():
    filled = rendered(template("เรียน {{ name }}", "{% for x in rows %}({{ x }}){% endfor %}"),
                      {"name": "<w:p/> & {{ 7*7 }}", "rows": ["ก", "ข"]})  # fmt: skip

    assert filled == ["เรียน <w:p/> & {{ 7*7 }}", "(ก)(ข)"]


def test_template_cannot_reach_into_python():
    with pytest.raises(SecurityError):
        rendered(template("{{ name.__class__.__mro__ }}"), {"name": "ก"})
