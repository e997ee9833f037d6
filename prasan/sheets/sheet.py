"""A table as it is read from a file: headings, rows, and what was assumed on the way."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from prasan.kernel.sentence import Sentence
from prasan.sheets.faults import SheetFault


@dataclass(frozen=True)
class Line:
    """One non-blank line of a file before anyone knows which line holds the headings."""

    number: int
    fields: list[str]
    faults: tuple[tuple[int, str, Mapping[str, object]], ...] = ()
    """Cells that could not be read: position, code of the fault, words for its sentence."""

    @property
    def filled(self) -> int:
        """How many fields there are up to the last one that is not blank."""
        for position in range(len(self.fields), 0, -1):
            if self.fields[position - 1].strip():
                return position
        return 0


@dataclass(frozen=True)
class Row:
    """One row of data, with the number of the line on which it starts.

    `cells` has every heading as a key. A row with faults must not be used, only reported.
    """

    line: int
    cells: dict[str, str]
    faults: tuple[SheetFault, ...] = ()


class Sheet:
    """One table of a file; rows are read anew, one after the other, each time they are asked for."""

    def __init__(
        self,
        headers: tuple[str, ...],
        remarks: tuple[Sentence, ...],
        rows: Callable[[], Iterator[Row]],
        close: Callable[[], None],
    ) -> None:
        self.headers = headers
        self.remarks = remarks
        self._rows = rows
        self._close = close

    def rows(self) -> Iterator[Row]:
        """Every row that is not blank; raises `SheetFault` where reading on is impossible."""
        return self._rows()

    def close(self) -> None:
        self._close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
