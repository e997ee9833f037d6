"""Which sheets an XLSX workbook has, which one to read, and the tables its cells refer to.

The workbook is streamed through the standard library's expat instead of a spreadsheet library: those at
hand build the whole grid in memory before the first row, so two cells in opposite corners are a bomb; they
drop cells with errors without a word; and they do not know the date formats of Thai Excel.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from prasan.kernel.sentence import Sentence
from prasan.sheets.cells import RowReader, SharedTexts, merged_areas
from prasan.sheets.faults import SheetFault
from prasan.sheets.markup import Attributes, walk, walk_through
from prasan.sheets.number_formats import DATE_FORMATS, is_date_format
from prasan.sheets.package import Package
from prasan.sheets.sheet import Line
from prasan.sheets.source import Source

_TRUE: Final = ("1", "true")


@dataclass(frozen=True)
class _Entry:
    name: str
    part: str
    hidden: bool


class Workbook:
    """One sheet of a workbook, chosen by name or the first visible one with content."""

    def __init__(self, source: Source, name: str | None) -> None:
        self._limits = source.limits
        self._package = Package(source)
        self._from_1904 = False
        self._entries = self._listed()
        related = self._package.related(self._package.main)
        self._kinds = dict(related.values())
        self._dates = self._date_styles()
        self._texts = self._shared_texts()
        self._chosen = self._choose(name)
        self.merged = merged_areas(self._package.stream(self._chosen.part))

    @property
    def remarks(self) -> tuple[Sentence, ...]:
        said = []
        visible = [entry.name for entry in self._entries if not entry.hidden]
        hidden = [entry.name for entry in self._entries if entry.hidden and entry is not self._chosen]
        if len(visible) > 1:
            name = self._chosen.name
            said.append(
                Sentence(
                    f"ไฟล์มี {len(visible)} แผ่นงาน อ่านเฉพาะแผ่นงาน “{name}”",
                    f"The file has {len(visible)} sheets; only “{name}” is read.",
                )
            )
        if hidden:
            names = ", ".join(hidden)
            said.append(Sentence(f"ไม่อ่านแผ่นงานที่ซ่อนไว้: {names}", f"Hidden sheets are not read: {names}."))
        return tuple(said)

    def grids(self) -> Iterator[tuple[str, Iterator[Line]]]:
        """Each visible sheet by name, with every row of it that holds a value."""
        for entry in self._entries:
            if not entry.hidden:
                yield entry.name, self._lines_of(entry)

    def lines(self) -> Iterator[Line]:
        """Every row of the sheet that holds a value."""
        return self._lines_of(self._chosen)

    def _lines_of(self, entry: _Entry) -> Iterator[Line]:
        reader = RowReader(self._limits, self._texts, self._dates, from_1904=self._from_1904)
        for _ in walk(self._package.stream(entry.part), reader.starts, reader.ends, reader.text):
            yield from reader.take()

    def _listed(self) -> list[_Entry]:
        entries: list[_Entry] = []
        related = self._package.related(self._package.main)

        def properties(attributes: Attributes) -> None:
            self._from_1904 = attributes.get("date1904") in _TRUE

        def sheet(attributes: Attributes) -> None:
            ids = [value for key, value in attributes.items() if key.rpartition(":")[2] == "id"]
            kind, part = related.get(ids[0] if ids else "", ("", ""))
            if any(entry.part == part for entry in entries):
                raise SheetFault("file.forbidden_markup")
            if kind == "worksheet":
                hidden = attributes.get("state", "visible") != "visible"
                entries.append(_Entry(attributes.get("name", ""), part, hidden))

        starts = {"workbookPr": properties, "sheet": sheet}
        walk_through(self._package.small(self._package.main), starts)
        return entries

    def _choose(self, name: str | None) -> _Entry:
        candidates = [
            entry
            for entry in self._entries
            if (not entry.hidden if name is None else entry.name.strip() == name.strip())
        ]
        if name is not None and not candidates:
            names = ", ".join(entry.name for entry in self._entries if not entry.hidden)
            raise SheetFault("sheet.not_found", name=name, sheets=names)
        for entry in candidates:
            if any(True for _ in self._lines_of(entry)):
                return entry
        raise SheetFault("sheet.none")

    def _date_styles(self) -> frozenset[str]:
        """Numbers, as written in cells, of the styles that show dates."""
        if "styles" not in self._kinds:
            return frozenset()
        own: dict[int, bool] = {}
        formats: list[int] = []
        in_cell_styles = False

        def number_format(attributes: Attributes) -> None:
            own[_number(attributes.get("numFmtId"))] = is_date_format(attributes.get("formatCode", ""))

        def cell_styles(_: Attributes) -> None:
            nonlocal in_cell_styles
            in_cell_styles = True

        def cell_styles_end() -> None:
            nonlocal in_cell_styles
            in_cell_styles = False

        def style(attributes: Attributes) -> None:
            if in_cell_styles:
                formats.append(_number(attributes.get("numFmtId", "0")))

        starts = {"numFmt": number_format, "cellXfs": cell_styles, "xf": style}
        walk_through(self._package.small(self._kinds["styles"]), starts, {"cellXfs": cell_styles_end})
        return frozenset(
            str(style) for style, code in enumerate(formats) if own.get(code, code in DATE_FORMATS)
        )

    def _shared_texts(self) -> list[str]:
        if "sharedStrings" not in self._kinds:
            return []
        texts = SharedTexts()
        part = self._package.stream(self._kinds["sharedStrings"], self._limits.shared_text_bytes)
        walk_through(part, texts.starts, texts.ends, texts.text)
        return texts.found


def _number(written: str | None) -> int:
    try:
        return int(written or "")
    except ValueError as error:
        raise SheetFault("file.broken") from error
