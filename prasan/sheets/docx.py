"""Writing Word documents: from a template, or plain ones with a Thai official face."""

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO, Final

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.text.font import CT_RPr
from docx.shared import Cm, Pt
from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment

from prasan.kernel.calendar import format_date, format_datetime
from prasan.kernel.digits import format_number, to_thai
from prasan.sheets.table import CellValue, Table, printable
from prasan.sheets.xlsx import FONT

_POINTS: Final = 16
_HEADING_POINTS: Final = {0: 20, 1: 18, 2: 16}


@dataclass(frozen=True)
class Heading:
    """A heading; level 0 is the title of the document."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    text: str


Block = Heading | Paragraph | Table


def render_docx(
    template: str | os.PathLike[str] | BinaryIO, context: Mapping[str, object], stream: BinaryIO
) -> None:
    """Fill a Word template with values, which stay text whatever they hold, and write it.

    A template is trusted like code: it comes with the product or from an administrator.
    """
    document = DocxTemplate(template)
    document.render(dict(context), jinja_env=SandboxedEnvironment(autoescape=True), autoescape=True)
    document.save(stream)


def write_docx(
    stream: BinaryIO, blocks: Iterable[Block], *, lang: str = "th", thai_digits: bool = False
) -> None:
    """Write a plain A4 document of headings, paragraphs and tables; the stream stays open."""
    document = Document()
    _prepare(document, lang)
    write = to_thai if thai_digits else str
    for block in blocks:
        if isinstance(block, Heading):
            _add_heading(document, printable(write(block.text)), block.level)
        elif isinstance(block, Paragraph):
            document.add_paragraph(printable(write(block.text)))
        else:
            _add_table(document, block, lambda value: printable(write(_shown(value, lang))))
    document.save(stream)


def _prepare(document: WordDocument, lang: str) -> None:
    """The page and the face of Thai official letters; Thai is a complex script and has sizes of its own."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.top_margin, section.bottom_margin = Cm(2.5), Cm(2)
    normal = document.styles["Normal"]
    normal.paragraph_format.space_after = Pt(6)
    _set_face(normal.element.get_or_add_rPr(), _POINTS, bold=False)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:bidi"), "th-TH" if lang == "th" else "en-US")
    normal.element.get_or_add_rPr().append(language)


def _add_heading(document: WordDocument, text: str, level: int) -> None:
    paragraph = document.add_paragraph(style="Title" if level == 0 else f"Heading {level}")
    if level == 0:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    _set_face(run._r.get_or_add_rPr(), _HEADING_POINTS.get(level, _POINTS), bold=True)


def _add_table(document: WordDocument, table: Table, shown: Callable[[CellValue], str]) -> None:
    if table.title:
        _add_heading(document, shown(table.title), 2)
    grid = document.add_table(rows=1, cols=len(table.headers), style="Table Grid")
    for cell, header in zip(grid.rows[0].cells, table.headers, strict=True):
        run = cell.paragraphs[0].add_run(shown(header))
        _set_face(run._r.get_or_add_rPr(), _POINTS, bold=True)
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    grid.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row in table.rows:
        for cell, value in zip(grid.add_row().cells, row, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.add_run(shown(value))
            if isinstance(value, (int, Decimal)):
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _shown(value: CellValue, lang: str) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return format_datetime(value, lang, "short")
    if isinstance(value, date):
        return format_date(value, lang, "short")
    if isinstance(value, Decimal):
        return format_number(value)
    return str(value)


def _set_face(properties: CT_RPr, points: int, *, bold: bool) -> None:
    """Set face, size and weight for Latin letters and, separately, for Thai."""
    for name in ("w:rFonts", "w:sz", "w:szCs", "w:b", "w:bCs", "w:color"):
        for old in properties.findall(qn(name)):
            properties.remove(old)
    fonts = properties._add_rFonts()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)
    if bold:
        properties._add_b()
        properties._add_bCs()
    properties._add_sz().val = Pt(points)
    complex_size = OxmlElement("w:szCs")
    complex_size.set(qn("w:val"), str(points * 2))
    properties.append(complex_size)
