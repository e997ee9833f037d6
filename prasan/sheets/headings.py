"""Which lines of a table are its heading, and what its columns are called."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from prasan.kernel.sentence import Sentence
from prasan.kernel.text import clean
from prasan.sheets.cells import Area, letter_of
from prasan.sheets.faults import SheetFault
from prasan.sheets.sheet import Line

SEARCHED: Final = 40
"""Lines at the top of a file among which the heading is looked for."""
_DEEPEST: Final = 5
"""Lines that a heading of merged cells may take."""
_WIDEST: Final = 500
"""Columns of a merged area that are looked at."""
_MOST_AREAS: Final = 2_000
"""Merged areas around the heading that are looked at."""
_JOINT: Final = " / "


@dataclass(frozen=True)
class Headings:
    """Names of the columns by position, and the last line that belongs to the heading."""

    names: tuple[str, ...]
    last_line: int
    remarks: tuple[Sentence, ...]


def find_headings(head: Sequence[Line], merged: Sequence[Area] = ()) -> Headings:
    """The headings of a table whose first lines are given; titles above them are passed over.

    The heading is the first line that fills at least half of the columns in use. Where its cells are
    merged across columns or down lines, the lines below belong to it and names are joined: “งบประมาณ / 2566”.
    """
    if not head:
        raise SheetFault("file.empty")
    grid = {line.number: [" ".join(clean(field).split()) for field in line.fields] for line in head}
    near = tuple(islice((area for area in merged if area.top in grid), _MOST_AREAS))
    top = _top(grid, near)
    lines = _lines_from(top, grid, near)
    width = max(_width(grid[number]) for number in lines if number in grid)
    across = max((area.right + 1 for area in near if area.top in lines), default=0)
    width = max(width, min(across, max(map(len, grid.values()))))
    names = [_joined(column, lines, grid, near) for column in range(width)]
    remarks: list[Sentence] = []
    above = top - min(top, head[0].number)
    if above:
        remarks.append(
            Sentence(
                f"หัวตารางอยู่บรรทัดที่ {top} (ข้ามข้อความด้านบน)",
                f"The heading is in line {top}; what stands above it is left out.",
            )
        )
    if len(lines) > 1:
        remarks.append(
            Sentence(
                f"รวมหัวตารางที่ผสานเซลล์ในบรรทัดที่ {top}–{lines[-1]} เป็นชื่อเดียว",
                f"Headings merged over lines {top}–{lines[-1]} are joined into one name each.",
            )
        )
    remarks += _named(names)
    remarks += _numbered(names)
    remarks += _merged_below(lines[-1], merged)
    return Headings(tuple(names), lines[-1], tuple(remarks))


def _top(grid: dict[int, list[str]], merged: Sequence[Area]) -> int:
    filled = {number: _filled(number, fields, merged) for number, fields in grid.items()}
    widest = max(filled.values())
    return next(
        number for number, count in filled.items() if count * 2 >= widest and (count > 1 or widest < 2)
    )


def _filled(number: int, fields: list[str], merged: Sequence[Area]) -> int:
    """How many columns a line fills, merged ones included; a title merged across all counts as one."""
    own = [column for column, field in enumerate(fields) if field]
    if len(own) < 2:
        return len(own)
    spread = sum(area.right - area.left for area in merged if area.top == number and area.left in own)
    return len(own) + min(spread, _WIDEST)


def _lines_from(top: int, grid: dict[int, list[str]], merged: Sequence[Area]) -> list[int]:
    bottom = line = top
    while line <= bottom:
        starting = [area for area in merged if area.top == line and area.bottom - top < _DEEPEST]
        bottom = max([bottom, *(area.bottom for area in starting)])
        across = {
            column
            for area in starting
            if area.right > area.left
            for column in range(area.left, min(area.right, _WIDEST) + 1)
        }
        if line == bottom < top + _DEEPEST - 1 and across and _continues(line, grid, across):
            bottom = line + 1
        line += 1
    return list(range(top, bottom + 1))


def _continues(line: int, grid: dict[int, list[str]], across: set[int]) -> bool:
    """Whether the next line only names the columns under a heading that is merged across them."""
    below = grid.get(line + 1, [])
    named = {column for column, field in enumerate(below) if field}
    return bool(named) and named <= across


def _joined(column: int, lines: list[int], grid: dict[int, list[str]], merged: Sequence[Area]) -> str:
    parts: list[str] = []
    for number in lines:
        row, source = number, column
        for area in merged:
            if area.top <= number <= area.bottom and area.left <= column <= area.right:
                row, source = area.top, area.left
                break
        fields = grid.get(row, [])
        part = fields[source] if source < len(fields) else ""
        if part and (not parts or parts[-1] != part):
            parts.append(part)
    return _JOINT.join(parts)


def _width(fields: list[str]) -> int:
    return max((column + 1 for column, field in enumerate(fields) if field), default=0)


def _named(names: list[str]) -> list[Sentence]:
    """Give columns without a heading the letter they have in Excel."""
    nameless = [column for column, name in enumerate(names) if not name]
    for column in nameless:
        names[column] = f"คอลัมน์ {letter_of(column)}"
    if not nameless:
        return []
    letters = ", ".join(letter_of(column) for column in nameless[:20])
    return [
        Sentence(f"คอลัมน์ที่ไม่มีหัวตาราง: {letters}", f"Columns without a heading: {letters}."),
    ]


def _numbered(names: list[str]) -> list[Sentence]:
    """Tell equal headings apart by a number."""
    seen: set[str] = set()
    doubled: dict[str, None] = {}
    for column, name in enumerate(names):
        number, distinct = 1, name
        while distinct in seen:
            number += 1
            distinct = f"{name} ({number})"
        if number > 1:
            doubled[name] = None
        seen.add(distinct)
        names[column] = distinct
    if not doubled:
        return []
    shown = ", ".join(f"“{name}”" for name in list(doubled)[:20])
    return [Sentence(f"หัวตารางซ้ำกัน จึงเติมเลขกำกับ: {shown}", f"Equal headings were numbered: {shown}.")]


def _merged_below(last: int, merged: Sequence[Area]) -> list[Sentence]:
    count = sum(area.top > last for area in merged)
    if not count:
        return []
    return [
        Sentence(
            f"มีเซลล์ผสานในข้อมูล {count} แห่ง ค่าอยู่ที่ช่องแรกเท่านั้น ช่องอื่นอ่านเป็นช่องว่าง",
            f"{count} groups of data cells are merged; only the first cell of each holds the value.",
        )
    ]
