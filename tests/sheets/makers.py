"""Files built for the tests, sound ones and wicked ones."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from hypothesis import settings

from prasan.sheets.reading import Limits, Row, SheetFault, open_sheet

patient = settings(deadline=None, max_examples=60)
"""A busy machine is slow now and then; that is no fault of the code."""

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def rows_of(content: bytes, **options) -> list[Row]:
    with open_sheet(io.BytesIO(content), **options) as sheet:
        return list(sheet.rows())


def cells_of_all(content: bytes, **options) -> list[list[str]]:
    return [list(row.cells.values()) for row in rows_of(content, **options)]


def remarks_of(content: bytes, **options) -> list[str]:
    with open_sheet(io.BytesIO(content), **options) as sheet:
        return [remark.en for remark in sheet.remarks]


def headers_of(content: bytes, **options) -> tuple[str, ...]:
    with open_sheet(io.BytesIO(content), **options) as sheet:
        return sheet.headers


def fault_of(content: bytes, limits: Limits | None = None, **options) -> SheetFault | None:
    """The fault that ends the reading of a file, if one does."""
    try:
        rows_of(content, limits=limits or Limits(), **options)
    except SheetFault as fault:
        return fault
    return None


def archive(parts: Mapping[str, str | bytes], *, stored: bool = False) -> bytes:
    stream = io.BytesIO()
    method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(stream, "w", method) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return stream.getvalue()


def workbook_parts(
    sheets: Mapping[str, str],
    *,
    states: Mapping[str, str] | None = None,
    shared: str | None = None,
    styles: str | None = None,
    properties: str = "",
) -> dict[str, str | bytes]:
    """The parts of a workbook whose sheets have the given XML inside `<worksheet>`."""
    listed, related, parts = [], [], {}
    for number, (name, xml) in enumerate(sheets.items(), start=1):
        state = (states or {}).get(name, "visible")
        listed.append(f'<sheet name="{escape(name)}" sheetId="{number}" state="{state}" r:id="r{number}"/>')
        related.append((f"r{number}", "worksheet", f"worksheets/sheet{number}.xml"))
        parts[f"xl/worksheets/sheet{number}.xml"] = f'<worksheet xmlns="{MAIN}">{xml}</worksheet>'
    if shared is not None:
        related.append(("rs", "sharedStrings", "sharedStrings.xml"))
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{shared}</sst>'
    if styles is not None:
        related.append(("rt", "styles", "/xl/styles.xml"))
        parts["xl/styles.xml"] = f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'
    return {
        "_rels/.rels": _relations([("r1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{properties}'
        f"<sheets>{''.join(listed)}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _relations(related),
        **parts,
    }


def workbook(xml: str, **options) -> bytes:
    """A workbook of one sheet."""
    return archive(workbook_parts({"ข้อมูล": xml}, **options))


def sheet_data(rows: Mapping[int, Sequence[str | int | None]]) -> str:
    """The XML of rows by number: texts as inline strings, numbers as numbers, None as no cell."""
    written = []
    for number, values in rows.items():
        cells = []
        for column, value in enumerate(values):
            reference = f"{chr(65 + column)}{number}"
            if isinstance(value, int):
                cells.append(f'<c r="{reference}"><v>{value}</v></c>')
            elif value is not None:
                cells.append(f'<c r="{reference}" t="inlineStr"><is><t>{escape(value)}</t></is></c>')
        written.append(f'<row r="{number}">{"".join(cells)}</row>')
    return f"<sheetData>{''.join(written)}</sheetData>"


def _relations(related: Sequence[tuple[str, str, str]]) -> str:
    links = "".join(
        f'<Relationship Id="{identifier}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for identifier, kind, target in related
    )
    return f'<Relationships xmlns="{RELATIONS}">{links}</Relationships>'
