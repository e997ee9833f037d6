"""Lines of CSV text: the separator found from the head, quotes minded, every line within bounds."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Final

from prasan.kernel.sentence import Sentence
from prasan.sheets.csv_writer import unguarded
from prasan.sheets.encoding import THAI_FILE, Openable, encoding_of
from prasan.sheets.faults import SheetFault
from prasan.sheets.limits import Limits
from prasan.sheets.sheet import Line

SEPARATORS: Final = {",": ("จุลภาค", "a comma"), ";": ("อัฒภาค", "a semicolon"),
                     "\t": ("แท็บ", "a tab"), "|": ("ขีดตั้ง", "a vertical bar")}  # fmt: skip
_SAMPLE_RECORDS = 60
_EXCEL_HINT = "sep="


class Delimited:
    """A CSV text whose encoding and separator are settled."""

    def __init__(self, source: Openable, limits: Limits) -> None:
        self._source = source
        self._limits = limits
        self._encoding = encoding_of(source)
        self._hint = self._separator_hint()
        self._separator = self._hint or self._best_separator()

    @property
    def remarks(self) -> tuple[Sentence, ...]:
        said = []
        if self._encoding.name == THAI_FILE:
            said.append(
                Sentence("อ่านเป็นรหัสอักษร TIS-620 (Windows-874)", "Read as TIS-620 (Windows-874) text.")
            )
        if self._separator != ",":
            thai, english = SEPARATORS[self._separator]
            said.append(Sentence(f"อ่านโดยใช้{thai}คั่นช่อง", f"Cells are separated by {english}."))
        return tuple(said)

    def lines(self) -> Iterator[Line]:
        """Every line that is not blank."""
        for number, fields in self._records(self._separator):
            if any(field and not field.isspace() for field in fields):
                yield self._bounded(Line(number, fields))

    def _bounded(self, line: Line) -> Line:
        limits = self._limits
        if len(line.fields) > limits.columns and line.filled > limits.columns:
            raise SheetFault("sheet.too_many_columns", line=line.number, limit=limits.columns)
        faults = tuple(
            (position, "cell.too_long", {"limit": f"{limits.cell_characters:,}"})
            for position, field in enumerate(line.fields)
            if len(field) > limits.cell_characters
        )
        return Line(line.number, line.fields, faults) if faults else line

    def _records(self, separator: str) -> Iterator[tuple[int, list[str]]]:
        with self._text() as text:
            reader = csv.reader(
                _bounded_lines(text, self._limits.line_characters), delimiter=separator, strict=True
            )
            skipped = 1 if self._hint else 0
            while True:
                number = reader.line_num + 1
                try:
                    fields = next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    if "field limit" in str(error):
                        limit = f"{csv.field_size_limit():,}"
                        raise SheetFault("line.too_long", line=number, limit=limit) from error
                    raise SheetFault("line.quotes", line=number) from error
                if number > skipped:
                    yield number, [unguarded(field) if field[:1] == "'" else field for field in fields]

    def _text(self) -> io.TextIOWrapper:
        file = self._source.open()
        file.read(self._encoding.mark)
        return io.TextIOWrapper(file, encoding=self._encoding.name, errors="strict", newline="")

    def _separator_hint(self) -> str | None:
        """What a first line such as `sep=;`, an Excel convention, says."""
        with self._text() as text:
            first = text.readline(len(_EXCEL_HINT) + 3).rstrip("\r\n")
        if first.lower().startswith(_EXCEL_HINT) and first[len(_EXCEL_HINT) :] in SEPARATORS:
            return first[len(_EXCEL_HINT) :]
        return None

    def _best_separator(self) -> str:
        """The separator that cuts the most lines of the head into the same number of cells."""
        return max(SEPARATORS, key=self._evenness)

    def _evenness(self, separator: str) -> tuple[bool, float, int]:
        widths = Counter[int]()
        try:
            for _, fields in islice(self._records(separator), _SAMPLE_RECORDS):
                if any(fields):
                    widths[len(fields)] += 1
        except SheetFault:
            widths[0] += 1
        if not widths:
            return False, 0.0, 0
        width, lines = max(widths.items(), key=lambda pair: (pair[0] > 1, pair[1], pair[0]))
        return width > 1, lines / widths.total(), width


def _bounded_lines(text: io.TextIOWrapper, limit: int) -> Iterator[str]:
    number = 0
    while line := text.readline(limit):
        number += 1
        if len(line) == limit and line[-1] not in "\r\n":
            raise SheetFault("line.too_long", line=number, limit=f"{limit:,}")
        yield line
