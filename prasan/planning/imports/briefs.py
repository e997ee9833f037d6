"""Reading form จ.1-1 back from an XLSX file of ours: a form on each sheet, or lists of many projects."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, BinaryIO, Final

from prasan.kernel.calendar import parse_date
from prasan.kernel.digits import parse_number, parse_whole
from prasan.kernel.sentence import NotUnderstood, Sentence
from prasan.planning.papers.brief import ActivityLine, Brief, IndicatorLine
from prasan.planning.papers.form_xlsx import LIST_FIELDS
from prasan.planning.papers.labels import (
    ACTIVITY_SHEET,
    BESIDE,
    HEAD,
    INDICATOR_SHEET,
    LIST_SHEET,
    TITLE,
    numbered,
)
from prasan.sheets.faults import SheetFault
from prasan.sheets.grids import open_grids
from prasan.sheets.sheet import Line

_NOT_OURS: Final = Sentence(
    "ไม่พบแบบ จ.1-1 ในไฟล์นี้ กรุณาใช้ไฟล์ที่ดาวน์โหลดจากระบบ",
    "No form จ.1-1 was found in this file. Please use a file that was downloaded here.",
)


@dataclass(frozen=True, slots=True)
class ReadBrief:
    """One project of a file: where it stands, what was read of it, and what could not be."""

    sheet: str
    line: int
    brief: Brief
    faults: tuple[Sentence, ...] = ()


@dataclass
class _Reading:
    """Values of one project as they are found."""

    sheet: str
    line: int
    values: dict[str, Any] = field(default_factory=dict)
    indicators: list[IndicatorLine] = field(default_factory=list)
    activities: dict[int, ActivityLine] = field(default_factory=dict)
    faults: list[Sentence] = field(default_factory=list)

    def take(self, key: str, written: str, line: Line) -> None:
        """Keep a value of a field by its kind; a fault where it cannot be read."""
        self.values[key] = self.read(_KINDS.get(key, _text), written, line)

    def read(self, kind: Callable[[str], Any], written: str, line: Line) -> Any:
        try:
            return kind(written)
        except NotUnderstood as reason:
            self.fault(line, reason.sentence)
            return None

    def fault(self, line: Line, reason: Sentence) -> None:
        told = SheetFault("cell.value", line=line.number, reason_th=reason.th, reason_en=reason.en)
        self.faults.append(told.sentence)

    def mind(self, line: Line) -> None:
        """Tell of cells of the line that could not be read at all."""
        for position, code, words in line.faults:
            self.faults.append(SheetFault(code, line=line.number, column=str(position + 1), **words).sentence)

    def done(self) -> ReadBrief:
        brief = Brief(**{key: value for key, value in self.values.items() if value is not None})
        activities = tuple(self.activities[number] for number in sorted(self.activities))
        brief = replace(brief, activities=activities, indicators=tuple(self.indicators))
        return ReadBrief(self.sheet, self.line, brief, tuple(self.faults))


def read_briefs(path_or_stream: str | os.PathLike[str] | BinaryIO) -> Iterator[ReadBrief]:
    """Every project in a file of ours, in its order; raises `SheetFault` where it is no such file.

    Nothing is looked up and nothing kept: codes of areas, sectors and kinds are as written.
    """
    found = False
    with open_grids(path_or_stream) as grids:
        lists: dict[int, _Reading] = {}
        for name, lines in grids:
            first = next(lines, None)
            if first is None:
                continue
            if _cell(first, 0) == TITLE:
                found = True
                yield _form(name, lines).done()
            elif name in _OF_LISTS:
                found = True
                _OF_LISTS[name](lists, name, first, lines)
        for place in sorted(lists):
            yield lists[place].done()
    if not found:
        raise SheetFault("cell.value", reason_th=_NOT_OURS.th, reason_en=_NOT_OURS.en)


def _form(sheet: str, lines: Iterable[Line]) -> _Reading:
    """A form on a sheet of its own, by the labels in its first column."""
    reading = _Reading(sheet, 1)
    years: list[int | None] = []
    for line in lines:
        reading.mind(line)
        label = _cell(line, 0).strip()
        if label in _FIELD_OF:
            reading.take(_FIELD_OF[label], _cell(line, 1), line)
        elif label == numbered("duration"):
            reading.take("starts", _cell(line, 1), line)
            reading.take("ends", _cell(line, 2), line)
        elif label == numbered("activities"):
            years = [reading.read(_whole, written, line) for written in line.fields[4:]]
        elif label.startswith("4.") and label[2:].isdigit():
            reading.indicators.append(IndicatorLine(_cell(line, 1), _cell(line, 2)))
        elif label.startswith("6.") and label[2:].isdigit():
            costs = [reading.read(_sum, written, line) for written in line.fields[4:]]
            budgets = {year: cost for year, cost in zip(years, costs, strict=False) if year and cost}
            reading.activities[len(reading.activities)] = ActivityLine(
                _cell(line, 1), _cell(line, 2), _cell(line, 3), budgets
            )
    return reading


def _projects(lists: dict[int, _Reading], sheet: str, first: Line, lines: Iterable[Line]) -> None:
    fields = {heading: key for key, (heading, _) in LIST_FIELDS.items()}
    columns = {fields[heading]: place for place, heading in enumerate(first.fields) if heading in fields}
    for line in lines:
        reading = _Reading(sheet, line.number)
        reading.mind(line)
        place = reading.read(_whole, _cell(line, 0), line)
        for key, column in columns.items():
            reading.take(key, _cell(line, column), line)
        lists[place if place is not None else -line.number] = reading


def _activities(lists: dict[int, _Reading], sheet: str, first: Line, lines: Iterable[Line]) -> None:
    for line in lines:
        reading = _owner(lists, sheet, line)
        number = reading.read(_whole, _cell(line, 1), line)
        year = reading.read(_whole, _cell(line, 5), line)
        cost = reading.read(_sum, _cell(line, 6), line)
        if number is None:
            continue
        before = reading.activities.get(number)
        budgets = {**(before.budgets if before else {}), **({year: cost} if year and cost else {})}
        reading.activities[number] = ActivityLine(_cell(line, 2), _cell(line, 3), _cell(line, 4), budgets)


def _indicators(lists: dict[int, _Reading], sheet: str, first: Line, lines: Iterable[Line]) -> None:
    for line in lines:
        _owner(lists, sheet, line).indicators.append(IndicatorLine(_cell(line, 2), _cell(line, 3)))


def _owner(lists: dict[int, _Reading], sheet: str, line: Line) -> _Reading:
    """The project that the line belongs to; one that is not in the list is told of as a project without a
    name, so that its line is not lost."""
    new = _Reading(sheet, line.number)
    place = new.read(_whole, _cell(line, 0), line)
    reading = lists.setdefault(place if place is not None else -line.number, new)
    reading.mind(line)
    return reading


def _cell(line: Line, position: int) -> str:
    return line.fields[position] if position < len(line.fields) else ""


def _text(written: str) -> str:
    return written


def _whole(written: str) -> int | None:
    return parse_whole(written) if written.strip() else None


def _sum(written: str) -> Decimal | None:
    return parse_number(written) if written.strip() else None


def _day(written: str) -> date | None:
    return parse_date(written) if written.strip() else None


_KINDS: Final[Mapping[str, Callable[[str], Any]]] = {
    "number": _whole,
    "fiscal_year": _whole,
    "households": _whole,
    "beneficiaries": _whole,
    "budget_asked": _sum,
    "starts": _day,
    "ends": _day,
}
_FIELD_OF: Final = {
    **{label: key for key, label in HEAD.items() if key != "measures"},
    **{
        numbered(key): key
        for key in ("name", "rationale", "objective", "target_words", "operator", "budget_asked")
    },
    **{numbered(key): key for key in ("output", "outcome")},
    **{label: key for key, label in BESIDE.items()},
}
_OF_LISTS: Final = {LIST_SHEET: _projects, ACTIVITY_SHEET: _activities, INDICATOR_SHEET: _indicators}
